import { gunzipSync } from 'node:zlib'
import { Hono } from 'hono'
import { describe, expect, it } from 'vitest'
import { compression } from '../../../src/server/http/compression.ts'

const GZIP = { 'accept-encoding': 'gzip' }

/** Answers with so many letters. */
const app = new Hono()
app.use(compression)
app.get('/text/:length', (c) => {
  const body = 'x'.repeat(Number(c.req.param('length')))
  return c.body(body, 200, { 'content-type': 'text/plain', 'content-length': String(body.length), etag: '"tag"' })
})
app.get('/picture', (c) => c.body('x'.repeat(5000), 200, { 'content-type': 'image/png' }))
app.get('/done', (c) => c.body('x'.repeat(5000), 200, { 'content-type': 'text/plain', 'content-encoding': 'zstd' }))

describe('an answer is compressed', () => {
  it.each([
    [1023, null, '"tag"', '1023'],
    [1024, 'gzip', '"tag-gzip"', null],
  ])('of %i bytes: %s', async (length, encoding, tag, contentLength) => {
    const { headers, status } = await app.request(`/text/${length}`, { headers: GZIP })
    const told = ['content-encoding', 'etag', 'content-length', 'vary'].map((name) => headers.get(name))
    expect([status, ...told]).toEqual([200, encoding, tag, contentLength, 'Accept-Encoding'])
  })

  it('whole', async () => {
    const response = await app.request('/text/5000', { headers: GZIP })
    expect(gunzipSync(Buffer.from(await response.arrayBuffer())).toString()).toBe('x'.repeat(5000))
  })

  it('unless that makes it no smaller, or was done before', async () => {
    for (const [path, encoding] of [
      ['/picture', null],
      ['/done', 'zstd'],
    ] as const) {
      const response = await app.request(path, { headers: GZIP })
      expect(response.headers.get('content-encoding')).toBe(encoding)
      expect(await response.text()).toBe('x'.repeat(5000))
    }
  })
})
