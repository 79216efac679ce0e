import type { MiddlewareHandler } from 'hono'
import { cors } from 'hono/cors'

/** What other sites may ask for. */
export const SHARED = ['/search', '/multi-search', '/suggest', '/facets/*', '/articles/*', '/analyze', '/marks']

const PREFLIGHT_S = 86_400
/** Cap on reported origins: a client can send any Origin header. */
const REPORTED_MAX = 20

/**
 * Lets pages of other origins ask (CORS).
 * @param allowed origins, or `*` for all
 * @param onRefused told once of each origin whose pages ask in vain, as only its visitors would see that otherwise
 */
export function sharing(allowed: readonly string[], onRefused: (origin: string) => void): MiddlewareHandler {
  const isForAll = allowed.includes('*')
  const headers = cors({
    origin: isForAll ? '*' : [...allowed],
    allowMethods: ['GET', 'HEAD', 'POST'],
    allowHeaders: ['Content-Type'],
    maxAge: PREFLIGHT_S,
  })
  const reported = new Set<string>()
  return async (c, next) => {
    // with GET a browser names the origin only where it is another
    const origin = c.req.method === 'GET' ? c.req.header('origin') : undefined
    if (
      origin !== undefined &&
      !isForAll &&
      !allowed.includes(origin) &&
      !reported.has(origin) &&
      reported.size < REPORTED_MAX
    ) {
      reported.add(origin)
      onRefused(origin)
    }
    return allowed.length === 0 ? next() : headers(c, next)
  }
}
