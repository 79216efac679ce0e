import { createHash } from 'node:crypto'
import type { Context, MiddlewareHandler } from 'hono'
import { namedTag } from './negotiate.ts'

/** An answer that is a minute old may be shown while a new one is fetched; a browser asks again each time. */
const DATA = 'max-age=0, stale-while-revalidate=60'
/** A page is asked for again each time, which mostly costs a 304. */
const PAGE = 'no-cache'
const ONE_YEAR_S = 31_536_000

export const IMMUTABLE = `public, max-age=${ONE_YEAR_S}, immutable`

const TAG_LENGTH = 22

export interface CachingOptions {
  /** Names the state of index, rules, settings and program, and the day where answers depend on it. */
  readonly version: () => Promise<string>
  /** What of the request the answer depends on beside its address. */
  readonly varied: (c: Context) => readonly string[]
  /** The headers that tell so. */
  readonly vary: string
  readonly isPage: (c: Context) => boolean
}

/**
 * Lets clients keep answers: a strong validator made of everything an answer depends on, so that a question that was answered
 * before costs no search but a 304. (Two responses with one ETag differ only in `processingTimeMs`.)
 */
export function cached({ version, varied, vary, isPage }: CachingOptions): MiddlewareHandler {
  return async (c, next) => {
    if (c.req.method !== 'GET' && c.req.method !== 'HEAD') return next()
    const { pathname, search } = new URL(c.req.url)
    const names = [await version(), pathname, search, ...varied(c)]
    const tag = createHash('sha256').update(JSON.stringify(names)).digest('base64url').slice(0, TAG_LENGTH)
    // whichever encoding the client got
    const tags = ['', '-br', '-gzip'].map((encoding) => `"${tag}${encoding}"`)
    const known = namedTag(c.req.header('if-none-match'), tags)
    if (known !== null) {
      c.header('etag', known)
      c.header('cache-control', isPage(c) ? PAGE : DATA)
      c.header('vary', `${vary}, Accept-Encoding`, { append: true })
      return c.body(null, 304)
    }
    await next()
    c.res.headers.append('vary', vary)
    if (c.res.status !== 200) return
    c.res.headers.set('etag', `"${tag}"`)
    c.res.headers.set('cache-control', isPage(c) ? PAGE : DATA)
    return
  }
}
