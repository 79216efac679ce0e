import { promisify } from 'node:util'
import { brotliCompress, constants, gzip } from 'node:zlib'
import type { MiddlewareHandler } from 'hono'
import { type Encoding, encodingFor } from './negotiate.ts'

/** Less is sent as it is: the headers would weigh more. */
const BYTES_MIN = 1024
const COMPRESSIBLE = /^(?:text\/|application\/(?:[\w.+-]*\+)?(?:json|xml|javascript)|image\/svg\+xml)/

const compressors = { br: promisify(brotliCompress), gzip: promisify(gzip) }

/** Answers are made while somebody waits: quick settings, which give up a few percent. */
const compressed = (encoding: Encoding, body: Buffer): Promise<Buffer> =>
  encoding === 'br'
    ? compressors.br(body, { params: { [constants.BROTLI_PARAM_QUALITY]: 4 } })
    : compressors.gzip(body, { level: 6 })

/** Compresses answers for whoever takes them so; a strong validator gets the encoding's name, as its bytes are others. */
export const compression: MiddlewareHandler = async (c, next) => {
  await next()
  const { headers } = c.res
  if (!COMPRESSIBLE.test(headers.get('content-type') ?? '') || headers.has('content-encoding')) return
  c.res.headers.append('vary', 'Accept-Encoding')
  const encoding = encodingFor(c.req.header('accept-encoding'))
  if (encoding === null || c.res.body === null) return
  const body = Buffer.from(await c.res.arrayBuffer())
  const isWorth = body.length >= BYTES_MIN
  const sent = isWorth ? await compressed(encoding, body) : body
  const response = new Response(Uint8Array.from(sent), c.res)
  if (isWorth) {
    response.headers.set('content-encoding', encoding)
    response.headers.delete('content-length')
    const tag = response.headers.get('etag')
    if (tag !== null) response.headers.set('etag', tag.replace(/"$/, `-${encoding}"`))
  }
  c.res = undefined
  c.res = response
}
