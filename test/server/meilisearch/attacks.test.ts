import type { Server } from 'node:http'
import type { AddressInfo } from 'node:net'
import { connect } from 'node:net'
import { brotliCompressSync, constants, deflateSync, gzipSync } from 'node:zlib'
import { serve } from '@hono/node-server'
import { Hono } from 'hono'
import { afterAll, beforeEach, describe, expect, it, onTestFinished } from 'vitest'
import { isDeeper } from '../../../src/json-depth.ts'
import { createApp } from '../../../src/server/app.ts'
import { readAssets } from '../../../src/server/http/assets.ts'
import { CONNECTION_LIMITS, endSilentConnections } from '../../../src/server/http/connection-limits.ts'
import { parsedJson } from '../../../src/server/meilisearch/json-body.ts'
import { apiContext, asking, MASTER_KEY } from '../../support/api-context.ts'
import { articleOf } from '../../support/articles.ts'
import { jsonOf } from '../../support/json.ts'
import { memoryService } from '../../support/memory-service.ts'

// What docs/MEILISEARCH.md lists under “Attacks”, as far as it concerns bodies, headers, paths and connections. Forged tokens and guessed
// keys are in access.test.ts, other sites' pages in door.test.ts.

const memory = memoryService([articleOf({ id: 'a', title: 'Haus', text: 'Ein Haus am See.' })])
afterAll(() => memory.close())

const assets = readAssets()
let api: ReturnType<typeof apiContext>
let app: ReturnType<typeof createApp>
beforeEach(() => {
  api = apiContext()
  app = createApp({
    service: memory.service,
    ready: () => true,
    assets,
    onError: (error) => {
      throw error
    },
    api,
  })
})

const KEY = { actions: ['search'], indexes: ['a'], expiresAt: null }

/** Every route that takes a body and writes. */
const WRITING: readonly [method: string, path: string, body: unknown][] = [
  ['POST', '/indexes', { uid: 'a' }],
  ['PATCH', '/indexes/a', { primaryKey: 'id' }],
  ['POST', '/indexes/a/documents', [{ id: 1 }]],
  ['PUT', '/indexes/a/documents', [{ id: 1 }]],
  ['POST', '/indexes/a/documents/delete-batch', [1]],
  ['POST', '/indexes/a/documents/delete', { filter: 'id = 1' }],
  ['POST', '/swap-indexes', [{ indexes: ['a', 'b'] }]],
  ['PATCH', '/indexes/a/settings', { stopWords: ['und'] }],
  ['PUT', '/indexes/a/settings/stop-words', ['und']],
  ['PATCH', '/indexes/a/settings/typo-tolerance', { enabled: false }],
  ['POST', '/keys', KEY],
  ['PATCH', '/keys/4bc0887a-0e41-4f3b-935d-0c451dcee9c8', { name: 'x' }],
]

describe('forms of other sites (CSRF)', () => {
  it.each(WRITING)('cannot %s %s, whatever they send', async (method, path, body) => {
    for (const type of [
      'application/x-www-form-urlencoded',
      'multipart/form-data; boundary=x',
      'text/plain',
      'text/plain;application/json',
      '',
    ]) {
      const headers = { authorization: `Bearer ${MASTER_KEY}`, 'content-type': type }
      const response = await app.request(path, { method, headers, body: JSON.stringify(body) })
      expect([type, response.status]).toEqual([type, 415])
    }
    expect(api.registry.taskLists.uids({})).toEqual([])
    expect(api.registry.keys.count).toBe(0)
  })

  it.each(WRITING)('cannot %s %s for lack of the header', async (method, path, body) => {
    const response = await app.request(path, { ...asking(null, method, body) })
    expect(response.status).toBe(401)
    expect(response.headers.get('set-cookie')).toBeNull()
    expect(api.registry.taskLists.uids({})).toEqual([])
  })
})

describe('bodies', () => {
  const send = (
    body: BodyInit,
    headers: Record<string, string> = {},
    path = '/indexes/a/settings',
  ): Promise<Response> =>
    Promise.resolve(
      app.request(path, {
        method: 'PATCH',
        headers: { authorization: `Bearer ${MASTER_KEY}`, 'content-type': 'application/json', ...headers },
        body,
        duplex: 'half',
      } as RequestInit),
    )

  /** Endless JSON, and how much of it was taken. */
  function endless(): { readonly stream: ReadableStream<Uint8Array>; readonly taken: { bytes: number } } {
    const chunk = Buffer.from(`${'x'.repeat(65_535)}\n`)
    const taken = { bytes: 0 }
    const stream = new ReadableStream<Uint8Array>(
      {
        pull(controller) {
          controller.enqueue(taken.bytes === 0 ? Buffer.from('["') : chunk)
          taken.bytes += chunk.length
          // much more than is allowed; a test that fails should end
          if (taken.bytes > 64 * 1024 * 1024) controller.close()
        },
      },
      { highWaterMark: 0 },
    )
    return { stream, taken }
  }

  it('without an end are not read to it', async () => {
    const { stream, taken } = endless()
    const response = await send(stream)
    expect([response.status, (await jsonOf(response)).code]).toEqual([413, 'payload_too_large'])
    expect(taken.bytes).toBeLessThan(17 * 1024 * 1024)
  })

  it('that say that they are too long are not read at all', async () => {
    const { stream, taken } = endless()
    expect((await send(stream, { 'content-length': '99999999999' })).status).toBe(413)
    expect(taken.bytes).toBe(0)
  })

  it.each([
    ['gzip', gzipSync],
    ['deflate', deflateSync],
    ['br', (bytes: Buffer) => brotliCompressSync(bytes, { params: { [constants.BROTLI_PARAM_QUALITY]: 1 } })],
  ] as const)('that are bombs of %s are not unfolded', async (encoding, compress) => {
    const bomb = compress(Buffer.alloc(128 * 1024 * 1024, ' '))
    expect(bomb.length).toBeLessThan(1024 * 1024)
    const before = process.memoryUsage().arrayBuffers
    const response = await send(new Uint8Array(bomb), { 'content-encoding': encoding })
    expect([response.status, (await jsonOf(response)).code]).toEqual([413, 'payload_too_large'])
    expect(process.memoryUsage().arrayBuffers - before).toBeLessThan(64 * 1024 * 1024)
  })

  it.each(['gzip', 'deflate', 'br'])('that are no %s though they say so are refused', async (encoding) => {
    const response = await send('{"stopWords": ["und"]}', { 'content-encoding': encoding })
    expect([response.status, (await jsonOf(response)).code]).toEqual([400, 'malformed_payload'])
  })

  it.each(['gzip, gzip', 'zstd', 'constructor', 'x'.repeat(5000)])(
    'in the encoding %s are refused',
    async (encoding) => {
      const response = await send('{}', { 'content-encoding': encoding })
      expect([response.status, (await jsonOf(response)).code]).toEqual([400, 'invalid_content_encoding'])
    },
  )

  it.each([
    ['gzip', gzipSync],
    ['deflate', deflateSync],
    ['br', brotliCompressSync],
  ] as const)('compressed with %s are read', async (encoding, compress) => {
    const body = compress(Buffer.from('{"stopWords": ["und"]}'))
    expect((await send(new Uint8Array(body), { 'content-encoding': encoding })).status).toBe(202)
  })

  it('that are cut off are refused', async () => {
    const body = gzipSync(Buffer.from('{"stopWords": ["und"]}')).subarray(0, -5)
    expect((await send(new Uint8Array(body), { 'content-encoding': 'gzip' })).status).toBe(400)
  })

  it.each([
    ['lists', '['.repeat(1_000_000)],
    ['lists that end', `${'['.repeat(100_000)}${']'.repeat(100_000)}`],
    ['objects', '{"a":'.repeat(200_000)],
    ['a member that is deep', `{"synonyms":${'{"a":'.repeat(200)}1${'}'.repeat(200)}}`],
  ])('with %s within each other are refused', async (_what, body) => {
    const response = await send(body)
    const { code, message } = await jsonOf(response)
    expect([response.status, code]).toEqual([400, 'malformed_payload'])
    expect(message).toContain('recursion limit exceeded')
  })

  it.each([
    ['/indexes/a/settings', '{"__proto__": {"polluted": true}}'],
    ['/indexes/a/settings', '{"synonyms": {"__proto__": ["polluted"]}}'],
    ['/indexes/a/settings', '{"synonyms": {"\\u005f_proto__": ["polluted"]}}'],
    ['/indexes/a/settings', '{"faceting": {"sortFacetValuesBy": {"__proto__": "count"}}}'],
    ['/indexes/a/settings', '{"constructor": {"prototype": {"polluted": true}}}'],
    ['/keys/4bc0887a-0e41-4f3b-935d-0c451dcee9c8', '{"__proto__": {"name": "polluted"}}'],
    ['/keys/4bc0887a-0e41-4f3b-935d-0c451dcee9c8', '{"name": "x", "toString": "polluted"}'],
  ])('that would change what every object has are refused: %s %s', async (path, body) => {
    const response = await send(body, {}, path)
    expect([response.status, (await jsonOf(response)).code]).toEqual([400, 'bad_request'])
    expect(({} as { polluted?: unknown }).polluted).toBeUndefined()
    expect(({} as { name?: unknown }).name).toBeUndefined()
    expect(api.registry.taskLists.uids({})).toEqual([])
  })

  it.each([
    ['UTF-16', Buffer.from('\ufeff{}', 'utf16le')],
    ['Latin-1', Buffer.from('{"stopWords": ["für"]}', 'latin1')],
    ['half a character', Buffer.from('{"stopWords": ["ü"]}').subarray(0, 17)],
  ])('in %s are refused', async (_what, body) => {
    expect((await jsonOf(send(new Uint8Array(body)))).code).toBe('malformed_payload')
  })

  it('are as deep as their brackets outside of texts', () => {
    expect(isDeeper('[[[]]]', 3)).toBe(false)
    expect(isDeeper('[[[]]]', 2)).toBe(true)
    expect(isDeeper('["[[[[", "\\"[[[[", {"]": "}"}]', 2)).toBe(false)
    expect(isDeeper('[][][]{}{}', 1)).toBe(false)
    expect(parsedJson(Buffer.from(`${'['.repeat(128)}${']'.repeat(128)}`))).toBeInstanceOf(Array)
  })
})

describe('paths', () => {
  it.each([
    '..%2F..%2Fetc%2Fpasswd',
    'a%00',
    '%0d%0aset-cookie:%20a=b',
    '$(id)',
    "';drop table key;--",
    '%ff',
    'a%2Fsettings',
  ])('with %s in the place of a name lead nowhere', async (name) => {
    for (const path of [`/indexes/${name}`, `/indexes/${name}/settings`, `/keys/${name}`, `/tasks/${name}`]) {
      const response = await app.request(path, asking(MASTER_KEY))
      expect([400, 404]).toContain(response.status)
      expect(response.headers.get('set-cookie')).toBeNull()
      expect(response.headers.get('content-type')).toContain('json')
    }
    expect(api.registry.keys.count).toBe(0)
  })

  it('are shown in part where they are long', async () => {
    const { message } = await jsonOf(app.request(`/indexes/${'x'.repeat(10_000)}`, asking(MASTER_KEY)))
    expect(message.length).toBeLessThan(500)
  })
})

describe('answers', () => {
  it('tell nothing of the machine', async () => {
    for (const [method, path, body] of [
      ...WRITING,
      ['GET', '/keys', undefined],
      ['GET', '/nichts', undefined],
    ] as const) {
      const response = await app.request(path, asking(MASTER_KEY, method, body === undefined ? undefined : 7))
      const text = (await response.text()) + JSON.stringify([...response.headers])
      expect(text).not.toMatch(/node_modules|\.ts\b|at \w+ \(|\/tmp|SqliteError|sqlite|x-powered-by/i)
    }
  })
})

/** A server with the limits of the real one, or others; counts the requests that its app gets. */
async function serving(
  limits: object = {},
): Promise<{ readonly port: number; readonly paths: string[]; readonly server: Server }> {
  const paths: string[] = []
  const outer = new Hono()
  outer.use(async (c, next) => {
    paths.push(`${c.req.method} ${c.req.path}`)
    await next()
  })
  outer.route('/', app as unknown as Hono)
  const server = serve({
    fetch: outer.fetch,
    hostname: '127.0.0.1',
    port: 0,
    serverOptions: { ...CONNECTION_LIMITS, ...limits },
  }) as Server
  await new Promise((resolve) => server.once('listening', resolve))
  onTestFinished(async () => {
    server.closeAllConnections()
    await new Promise((resolve) => server.close(resolve))
  })
  return { port: (server.address() as AddressInfo).port, paths, server }
}

/** Sends bytes as they are; gives all that comes until the server ends the connection. */
function exchange(port: number, pieces: string): Promise<string> {
  return new Promise((resolve) => {
    let answer = ''
    const socket = connect(port, '127.0.0.1', () => socket.write(pieces, 'latin1'))
    socket.setEncoding('latin1')
    socket.on('data', (text: string) => {
      answer += text
    })
    // what is still sent while the server ends it is lost: no fault of the test
    socket.on('error', () => {})
    socket.on('close', () => resolve(answer))
  })
}

const SMUGGLED = 'GET /smuggled HTTP/1.1\r\nHost: x\r\nConnection: close\r\n\r\n'
const post = (headers: string, body: string): string =>
  `POST /keys HTTP/1.1\r\nHost: x\r\nAuthorization: Bearer ${MASTER_KEY}\r\nContent-Type: application/json\r\n${headers}\r\n\r\n${body}`

describe('requests that two servers would read differently (smuggling)', () => {
  it.each([
    ['length and chunks', post('Content-Length: 5\r\nTransfer-Encoding: chunked', `0\r\n\r\n${SMUGGLED}`)],
    ['chunks and length', post('Transfer-Encoding: chunked\r\nContent-Length: 4', `5c\r\n${SMUGGLED}\r\n0\r\n\r\n`)],
    ['two lengths', post(`Content-Length: 0\r\nContent-Length: ${SMUGGLED.length}`, SMUGGLED)],
    ['a list of lengths', post(`Content-Length: 0, ${SMUGGLED.length}`, SMUGGLED)],
    ['a length with a sign', post('Content-Length: +0', SMUGGLED)],
    ['a length in hexadecimal', post('Content-Length: 0x0', SMUGGLED)],
    ['an unknown encoding', post('Transfer-Encoding: xchunked', `0\r\n\r\n${SMUGGLED}`)],
    ['chunks and then nothing', post('Transfer-Encoding: chunked, identity', `0\r\n\r\n${SMUGGLED}`)],
    ['a space before the colon', post('Transfer-Encoding : chunked', `0\r\n\r\n${SMUGGLED}`)],
    ['a folded header', post('X: y\r\n Transfer-Encoding: chunked', `0\r\n\r\n${SMUGGLED}`)],
    ['a line that ends with LF alone', post('Transfer-Encoding: chunked\n', `0\r\n\r\n${SMUGGLED}`)],
    ['a chunk of a wrong size', post('Transfer-Encoding: chunked', `zz\r\n${SMUGGLED}`)],
    ['a NUL in a header', post('X: a\0b\r\nContent-Length: 0', SMUGGLED)],
    [
      'two hosts',
      `GET /health HTTP/1.1\r\nHost: x\r\nHost: y\r\n\r\n${SMUGGLED}`.replace('Host: y\r\n\r\n', 'Host : y\r\n\r\n'),
    ],
  ])('%s: nothing of it is taken for a second request', async (_what, bytes) => {
    const { port, paths } = await serving()
    const answer = await exchange(port, bytes)
    expect(paths.filter((path) => path.includes('smuggled'))).toEqual([])
    expect(answer).toMatch(/^HTTP\/1\.1 4\d\d /)
    expect(answer).not.toMatch(/HTTP\/1\.1 2\d\d/)
  })

  it('and a second request that is one is answered', async () => {
    const { port, paths } = await serving()
    const answer = await exchange(port, `GET /health HTTP/1.1\r\nHost: x\r\n\r\n${SMUGGLED}`)
    expect(paths).toEqual(['GET /health', 'GET /smuggled'])
    expect(answer).toMatch(/^HTTP\/1\.1 200 [\s\S]*HTTP\/1\.1 404 /)
  })

  it('and bodies that are whole are read, in chunks and compressed too', async () => {
    const { port } = await serving()
    const body = JSON.stringify(KEY)
    const chunks = `${(5).toString(16)}\r\n${body.slice(0, 5)}\r\n${(body.length - 5).toString(16)}\r\n${body.slice(5)}\r\n0\r\n\r\n`
    const zipped = gzipSync(Buffer.from(body)).toString('latin1')
    const whole = `Content-Encoding: gzip\r\nContent-Length: ${zipped.length}\r\nConnection: close`
    expect(await exchange(port, post('Transfer-Encoding: chunked\r\nConnection: close', chunks))).toMatch(
      /^HTTP\/1\.1 201 /,
    )
    expect(await exchange(port, post(whole, zipped))).toMatch(/^HTTP\/1\.1 201 /)
    expect(api.registry.keys.count).toBe(2)
  })

  it('and bodies in chunks are read where two routes look at them', async () => {
    const { port } = await serving()
    const asked = (body: string): string =>
      `POST /multi-search HTTP/1.1\r\nHost: x\r\nContent-Type: application/json\r\nTransfer-Encoding: chunked\r\nConnection: close\r\n\r\n` +
      `${body.length.toString(16)}\r\n${body}\r\n0\r\n\r\n`
    expect(await exchange(port, asked('{"queries": [{"q": "Haus"}]}'))).toMatch(/^HTTP\/1\.1 200 /)
    expect(await exchange(port, asked('{"queries": [{"indexUid": "a"}]}'))).toMatch(/^HTTP\/1\.1 401 /)
    expect(await exchange(port, asked(`{"queries": [{"q": "${'x'.repeat(200_000)}"}]}`))).toMatch(/^HTTP\/1\.1 413 /)
  })

  it('what follows a body that is too large is no request', async () => {
    const { port, paths } = await serving()
    const answer = await exchange(port, post('Content-Length: 99999999', SMUGGLED))
    expect(paths).toEqual(['POST /keys'])
    expect(answer).toMatch(/^HTTP\/1\.1 413 /)
    expect(answer.toLowerCase()).toContain('connection: close')
  })
})

describe('heads', () => {
  it.each([
    ['an address', `GET /indexes/${'x'.repeat(20_000)} HTTP/1.1\r\nHost: x\r\n\r\n`],
    ['a header', `GET /health HTTP/1.1\r\nHost: x\r\nX: ${'x'.repeat(20_000)}\r\n\r\n`],
    ['many headers', `GET /health HTTP/1.1\r\nHost: x\r\n${'X-Header: y\r\n'.repeat(5000)}\r\n`],
  ])('with %s beyond 16 kB are refused', async (_what, bytes) => {
    const { port, paths } = await serving()
    expect(await exchange(port, bytes)).toMatch(/^HTTP\/1\.1 431 /)
    expect(paths).toEqual([])
  })

  it('with two Authorization headers open nothing, whichever of them would', async () => {
    const { port } = await serving()
    const head = (first: string, second: string): string =>
      `GET /keys HTTP/1.1\r\nHost: x\r\nAuthorization: Bearer ${first}\r\nAuthorization: Bearer ${second}\r\nConnection: close\r\n\r\n`
    expect(await exchange(port, head('falsch', MASTER_KEY))).toMatch(/^HTTP\/1\.1 403 /)
    expect(await exchange(port, head(MASTER_KEY, 'falsch'))).toMatch(/^HTTP\/1\.1 403 /)
  })
})

describe('clients that take their time (slow loris)', () => {
  const SHORT = { headersTimeout: 100, requestTimeout: 200, connectionsCheckingInterval: 20 }

  it('over the head of a request are cut off', async () => {
    const { port, paths } = await serving(SHORT)
    expect(await exchange(port, 'GET /health HTTP/1.1\r\nHost: x\r\nX-A')).toMatch(/^HTTP\/1\.1 408 /)
    expect(paths).toEqual([])
  })

  it('over the body of a request are cut off, and nothing is done', async () => {
    const { port } = await serving(SHORT)
    const answer = await exchange(port, post('Content-Length: 1000', '{"actions":'))
    expect(answer).not.toMatch(/^HTTP\/1\.1 2/)
    expect(api.registry.keys.count).toBe(0)
  })

  it('who say nothing at all in the middle are cut off', async () => {
    const { port, server } = await serving()
    endSilentConnections(server, 50)
    const answer = await exchange(port, post('Content-Length: 1000', '{"actions":'))
    expect(answer).not.toMatch(/^HTTP\/1\.1 2/)
    expect(api.registry.keys.count).toBe(0)
  })

  it('do not keep others from being answered', async () => {
    const { port } = await serving()
    const slow = Array.from({ length: 200 }, () =>
      connect(port, '127.0.0.1', function (this: unknown) {
        ;(this as ReturnType<typeof connect>).write('GET /health HTTP/1.1\r\nHost: x\r\nX')
      }).on('error', () => {}),
    )
    await Promise.all(slow.map((socket) => new Promise((resolve) => socket.once('connect', resolve))))
    expect(await exchange(port, 'GET /health HTTP/1.1\r\nHost: x\r\nConnection: close\r\n\r\n')).toMatch(
      /^HTTP\/1\.1 200 /,
    )
    for (const socket of slow) socket.destroy()
  })
})
