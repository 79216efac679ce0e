import { createHash } from 'node:crypto'
import { brotliDecompressSync, gunzipSync, gzipSync } from 'node:zlib'
import { afterAll, describe, expect, it } from 'vitest'
import { createApp } from '../../../src/server/app.ts'
import { readAssets } from '../../../src/server/http/assets.ts'
import { encodingFor, languageOf, wantsHtml } from '../../../src/server/http/negotiate.ts'
import { articleOf } from '../../support/articles.ts'
import { jsonOf } from '../../support/json.ts'
import { memoryService } from '../../support/memory-service.ts'

const memory = memoryService(
  Array.from({ length: 30 }, (_, i) =>
    articleOf({
      id: `a${i}`,
      title: `Drohne ${i}`,
      text: 'Eine Drohne fliegt über die Stadt.',
      url: `https://www.beispiel.example/${i}/`,
    }),
  ),
)
const assets = readAssets()
const refused: string[] = []
const appFor = (...allowedOrigins: string[]) =>
  createApp({
    service: memory.service,
    ready: () => true,
    onError: (error) => {
      throw error
    },
    assets,
    allowedOrigins,
    onRefusedOrigin: (one) => refused.push(one),
  })
const app = appFor()
afterAll(() => memory.close())
await app.request('/search')
const get = (path: string, headers: Record<string, string> = {}) => app.request(path, { headers })
const varied = (response: Response): string[] =>
  (response.headers.get('vary') ?? '').split(',').map((name) => name.trim().toLowerCase())

describe('other sites', () => {
  const origin = 'https://www.beispiel.example'

  it('may not ask unless it is said', async () => {
    expect((await get('/search?q=a', { origin })).headers.get('access-control-allow-origin')).toBeNull()
    const preflight = await app.request('/search', { method: 'OPTIONS', headers: { origin } })
    expect(preflight.headers.get('access-control-allow-origin')).toBeNull()
  })

  it('that are named may ask, others not, and caches are told', async () => {
    const shared = appFor(origin, 'http://localhost:8080')
    const asked = await shared.request('/search?q=a', { headers: { origin } })
    expect(asked.headers.get('access-control-allow-origin')).toBe(origin)
    expect(varied(asked)).toContain('origin')
    const other = await shared.request('/search?q=a', { headers: { origin: 'https://boese.example' } })
    expect(other.headers.get('access-control-allow-origin')).toBeNull()
    expect(varied(other)).toContain('origin')
    expect(
      (await shared.request('/marks?q=a', { headers: { origin } })).headers.get('access-control-allow-origin'),
    ).toBe(origin)
    // a problem can be read too
    const wrong = await shared.request('/search?limit=x', { headers: { origin } })
    expect([wrong.status, wrong.headers.get('access-control-allow-origin')]).toEqual([400, origin])
    // the page is for people, not for scripts of other sites
    expect((await shared.request('/', { headers: { origin } })).headers.get('access-control-allow-origin')).toBeNull()
  })

  it.each([
    '/search?q=a',
    '/suggest?q=a',
    '/facets/tags',
    '/articles/a1',
    '/articles/a1/similar',
    '/analyze?text=a',
    '/marks?q=a',
  ])('that are named may ask for %s, by GET and HEAD', async (path) => {
    const shared = appFor(origin)
    for (const method of ['GET', 'HEAD']) {
      const { status, headers } = await shared.request(path, { method, headers: { origin } })
      expect([status, headers.get('access-control-allow-origin')]).toEqual([200, origin])
    }
    const preflight = await shared.request(path, { method: 'OPTIONS', headers: { origin } })
    expect(preflight.headers.get('access-control-allow-methods')).toBe('GET,HEAD,POST')
  })

  it('that are named may ask several questions at once', async () => {
    const init = { method: 'POST', body: '{"queries": [{"q": "a"}]}', headers: { origin } }
    const { status, headers } = await appFor(origin).request('/multi-search', init)
    expect([status, headers.get('access-control-allow-origin')]).toEqual([200, origin])
  })

  it('that ask in vain are told of once, and no more than anybody can read', async () => {
    const shared = appFor(origin)
    refused.length = 0
    for (const one of [origin, 'https://a.example', 'https://a.example', 'null'])
      await shared.request('/search?q=a', { headers: { origin: one } })
    // a form of the server's own page names its origin, which is no other
    await shared.request('/search', { method: 'POST', body: '{}', headers: { origin: 'http://localhost' } })
    expect(refused).toEqual(['https://a.example', 'null'])
    for (let i = 0; i < 50; i++) await shared.request('/search', { headers: { origin: `https://${i}.example` } })
    expect(refused).toHaveLength(20)
    refused.length = 0
    await appFor('*').request('/search', { headers: { origin } })
    expect(refused).toEqual([])
    await appFor().request('/search', { headers: { origin } })
    expect(refused).toEqual([origin])
  })

  it('are told that nothing changed as they were told what there is', async () => {
    const shared = appFor(origin)
    const tag = (await shared.request('/search?q=drohne', { headers: { origin } })).headers.get('etag') as string
    const again = await shared.request('/search?q=drohne', { headers: { origin, 'if-none-match': tag } })
    expect([again.status, again.headers.get('access-control-allow-origin')]).toEqual([304, origin])
    expect(varied(again)).toContain('origin')
  })

  it('get one answer to a preflight for a day', async () => {
    const headers = {
      origin,
      'access-control-request-method': 'POST',
      'access-control-request-headers': 'content-type',
    }
    const preflight = await appFor(origin).request('/search', { method: 'OPTIONS', headers })
    expect(preflight.status).toBe(204)
    expect(preflight.headers.get('access-control-max-age')).toBe('86400')
    expect(preflight.headers.get('access-control-allow-methods')).toContain('POST')
    expect(preflight.headers.get('access-control-allow-headers')).toContain('Content-Type')
  })

  it('all may ask where a star is written out', async () => {
    const response = await appFor('*').request('/search?q=a', { headers: { origin } })
    expect(response.headers.get('access-control-allow-origin')).toBe('*')
  })

  it('may always load the box', async () => {
    const { headers } = await get('/embed.js', { origin })
    expect(headers.get('access-control-allow-origin')).toBe('*')
    expect(headers.get('cross-origin-resource-policy')).toBe('cross-origin')
    expect((await get('/search?q=a')).headers.get('cross-origin-resource-policy')).toBe('same-origin')
  })
})

describe('answers that are kept', () => {
  it.each([
    '/search?q=drohne',
    '/suggest?q=dro',
    '/facets/tags',
    '/articles/a1',
    '/articles/a1/similar',
    '/',
    '/marks?q=drohne',
  ])('GET %s has a strong validator, and is not searched again', async (path) => {
    const first = await get(path)
    const tag = first.headers.get('etag') as string
    expect(tag).toMatch(/^"[\w-]+"$/)
    const again = await get(path, { 'if-none-match': tag })
    expect([again.status, await again.text()]).toEqual([304, ''])
    expect(again.headers.get('etag')).toBe(tag)
    expect(again.headers.get('cache-control')).toBe(first.headers.get('cache-control'))
    expect(varied(again)).toEqual(expect.arrayContaining(['accept-language', 'accept-encoding']))
    expect((await get(path, { 'if-none-match': '"other", W/"more"' })).status).toBe(200)
  })

  it('are not sent again to whoever has any, or one of several', async () => {
    const tag = (await get('/search?q=drohne')).headers.get('etag') as string
    for (const known of [`W/${tag}`, `"other", ${tag}`])
      expect((await get('/search?q=drohne', { 'if-none-match': known })).status).toBe(304)
    // whether there is anything is only known afterwards
    expect((await get('/articles/fort', { 'if-none-match': '*' })).status).toBe(404)
  })

  it('are described to HEAD as they are to GET', async () => {
    for (const [path, accept] of [
      ['/search?q=drohne&limit=20', '*/*'],
      ['/articles/a1', 'text/html'],
      ['/articles/fort', 'text/html'],
    ] as const) {
      const headers = { accept, 'accept-encoding': 'br' }
      const [full, head] = [await get(path, headers), await app.request(path, { method: 'HEAD', headers })]
      expect([head.status, await head.text()]).toEqual([full.status, ''])
      for (const name of ['etag', 'content-type', 'content-encoding', 'vary', 'cache-control'])
        expect(head.headers.get(name), `${path}: ${name}`).toBe(full.headers.get(name))
    }
  })

  it('may be shown while they are asked for again', async () =>
    expect((await get('/search?q=drohne')).headers.get('cache-control')).toBe('max-age=0, stale-while-revalidate=60'))

  it('are others in another language, for another query, as a page, compressed', async () => {
    const tagOf = async (path: string, headers: Record<string, string> = {}) =>
      (await get(path, headers)).headers.get('etag')
    const tags = [
      await tagOf('/search?q=drohne'),
      await tagOf('/search?q=drohne', { 'accept-language': 'en' }),
      await tagOf('/search?q=drohne', { 'accept-encoding': 'br' }),
      await tagOf('/search?q=drohne', { 'accept-encoding': 'gzip' }),
      await tagOf('/search?q=drohnen'),
      await tagOf('/articles/a1'),
      await tagOf('/articles/a1', { accept: 'text/html' }),
    ]
    expect(new Set(tags).size).toBe(tags.length)
    const compressed = tags[2] as string
    const again = await get('/search?q=drohne', { 'if-none-match': compressed, 'accept-encoding': 'br' })
    expect([again.status, again.headers.get('etag')]).toEqual([304, compressed])
  })

  it('are never problems', async () => {
    const { headers } = await get('/search?limit=x')
    expect(headers.get('etag')).toBeNull()
    expect(headers.get('cache-control')).toBe('no-store')
  })
})

describe('compression', () => {
  it('as the client takes it, and only where it is worth it', async () => {
    const plain = await (await get('/search?q=drohne&limit=20')).text()
    const br = await get('/search?q=drohne&limit=20', { 'accept-encoding': 'gzip, deflate, br, zstd' })
    expect(br.headers.get('content-encoding')).toBe('br')
    const text = brotliDecompressSync(Buffer.from(await br.arrayBuffer())).toString()
    const timeless = (json: string): string => json.replace(/"processingTimeMs":[\d.]+/, '')
    expect(timeless(text)).toBe(timeless(plain))
    const gzip = await get('/search?q=drohne&limit=20', { 'accept-encoding': 'gzip' })
    expect(timeless(gunzipSync(Buffer.from(await gzip.arrayBuffer())).toString())).toBe(timeless(plain))
    const short = await get('/health', { 'accept-encoding': 'br' })
    expect(short.headers.get('content-encoding')).toBeNull()
    expect(varied(short)).toContain('accept-encoding')
    expect(await jsonOf(short)).toEqual({ status: 'available' })
  })

  it.each<[string | undefined, string | null]>([
    [undefined, null],
    ['', null],
    ['identity', null],
    ['gzip', 'gzip'],
    ['x-gzip', 'gzip'],
    ['gzip, br', 'br'],
    ['br;q=0, gzip', 'gzip'],
    ['*', 'br'],
    ['*, br;q=0', 'gzip'],
    ['*;q=0', null],
    ['br;q=0.1, gzip;q=1', 'gzip'],
    ['br;q=0.5, gzip;q=0.5', 'br'],
    ['identity;q=1, br;q=0.1', null],
    ['identity;q=0.5, gzip', 'gzip'],
    ['gzip;q=0', null],
    ['BR', 'br'],
  ])('Accept-Encoding: %s', (header, encoding) => expect(encodingFor(header)).toBe(encoding))
})

describe('files for browsers', () => {
  const name = (file: string, version: string): string => file.replace('.', `-${version}.`)

  it.each([
    ['page.css', assets.pageCss, 'text/css'],
    ['page.js', assets.pageJs, 'text/javascript'],
    ['embed.js', assets.embedJs, 'text/javascript'],
    ['icon.svg', assets.icon, 'image/svg+xml'],
  ] as const)('%s, and under a name that can be kept for ever', async (file, asset, type) => {
    const plain = await get(`/${file}`)
    expect(plain.headers.get('content-type')).toContain(type)
    expect(plain.headers.get('cache-control')).toContain('max-age=3600')
    const body = Buffer.from(await plain.arrayBuffer())
    expect(`sha384-${createHash('sha384').update(body).digest('base64')}`).toBe(asset.integrity)
    const versioned = await get(`/${name(file, asset.version)}`)
    expect(versioned.headers.get('cache-control')).toContain('immutable')
    expect(Buffer.from(await versioned.arrayBuffer())).toEqual(body)
    const br = await get(`/${file}`, { 'accept-encoding': 'br' })
    expect(brotliDecompressSync(Buffer.from(await br.arrayBuffer()))).toEqual(body)
    const tag = br.headers.get('etag') as string
    expect((await get(`/${file}`, { 'accept-encoding': 'br', 'if-none-match': tag })).status).toBe(304)
    expect((await get(`/${file}`, { 'if-none-match': tag })).status).toBe(200)
  })

  it('the box is small', () => expect(gzipSync(assets.embedJs.plain, { level: 9 }).length).toBeLessThanOrEqual(9216))

  it('the description for search bars names this server, also behind a proxy', async () => {
    const response = await get('http://suche.example:8080/opensearch.xml')
    expect(response.headers.get('content-type')).toContain('application/opensearchdescription+xml')
    const text = await response.text()
    expect(text).toContain('template="http://suche.example:8080/?q={searchTerms}"')
    expect(text).toContain('template="http://suche.example:8080/suggest?format=opensearch&amp;q={searchTerms}"')
    const behind = { 'x-forwarded-proto': 'https', 'x-forwarded-host': 'suche.example' }
    expect(await (await get('http://127.0.0.1:3000/opensearch.xml', behind)).text()).toContain(
      'template="https://suche.example/search?q={searchTerms}"',
    )
    const forged = { 'x-forwarded-host': '"><script>' }
    expect(await (await get('/opensearch.xml', forged)).text()).not.toContain('<script')
    expect(await (await get('/')).text()).toContain('href="./opensearch.xml"')
  })

  it('suggestions come as search bars read them', async () => {
    const response = await get('/suggest?q=droh&format=opensearch')
    expect(response.headers.get('content-type')).toContain('application/x-suggestions+json')
    const [typed, suggestions] = (await response.json()) as [string, string[]]
    expect(typed).toBe('droh')
    expect(suggestions).toContain('Drohne')
  })
})

describe('what to mark on a page', () => {
  it.each([
    'https://www.beispiel.example/7/',
    'https://www.beispiel.example/7',
    'http://beispiel.example/7/index.html?mark=drohnen#unten',
    'https://www.beispiel.example/7/?utm_source=x',
  ])('%s is the page of an article', async (url) => {
    const marks = await jsonOf(await get(`/marks?q=drohnen&url=${encodeURIComponent(url)}`))
    expect(marks).toMatchObject({
      query: 'drohnen',
      id: 'a7',
      words: ['Drohne'],
      best: 'Eine Drohne fliegt über die Stadt.',
    })
  })

  it('on a page that no article has: what the best hits were found by', async () => {
    const marks = await jsonOf(await get('/marks?q=drohnen&url=https://anders.example/'))
    expect(marks).toMatchObject({ id: null, words: ['Drohne'], best: null })
    expect(await jsonOf(await get('/marks?q=&url=x'))).toMatchObject({ words: [] })
  })
})

describe('what a client takes', () => {
  it.each<[string | undefined, boolean]>([
    [undefined, false],
    ['*/*', false],
    ['text/html', true],
    ['application/json', false],
    ['text/html;q=0.4, application/json;q=0.5', false],
    ['application/json;q=0.4, text/html;q=0.5', true],
    ['text/html;q=0.1, */*', false],
    ['text/html, */*', true],
    ['text/html,application/xhtml+xml,application/xml;q=0.9,*/*;q=0.8', true],
    ['application/json, text/html', false],
    ['text/html, application/json', true],
    ['TEXT/HTML', true],
    ['application/xhtml+xml, text/html, application/json', true],
    ['application/xml, text/html, application/json', true],
    ['application/json, application/xhtml+xml', false],
    ['text/html;q=0', false],
  ])('Accept: %s wants a page: %s', (header, wants) => expect(wantsHtml(header)).toBe(wants))

  it.each<[string | null, string | undefined, string]>([
    [null, undefined, 'de'],
    [null, 'en-GB, de;q=0.5', 'en'],
    [null, 'fr, de-AT;q=0.8, en;q=0.7', 'de'],
    [null, 'en;q=0, fr', 'de'],
    [null, 'fr', 'de'],
    ['en', 'de', 'en'],
    ['fr', 'en', 'en'],
  ])('lang=%s and Accept-Language: %s speak %s', (lang, header, language) =>
    expect(languageOf(lang, header)).toBe(language),
  )
})
