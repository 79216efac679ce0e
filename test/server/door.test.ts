import { afterAll, beforeEach, describe, expect, it, onTestFinished } from 'vitest'
import type { IndexSettings } from '../../src/registry/index-settings.ts'
import type { ApiKey } from '../../src/registry/key-table.ts'
import { type AppDependencies, createApp } from '../../src/server/app.ts'
import { readAssets } from '../../src/server/http/assets.ts'
import { keyValue } from '../../src/server/meilisearch/key-values.ts'
import { ownDoor } from '../../src/server/meilisearch/own-door.ts'
import { apiContext, asking, MASTER_KEY } from '../support/api-context.ts'
import { articleOf } from '../support/articles.ts'
import { jsonOf } from '../support/json.ts'
import { memoryService } from '../support/memory-service.ts'
import { tenantToken } from '../support/tenant-tokens.ts'

const memory = memoryService([articleOf({ id: 'a', title: 'Haus', text: 'Ein Haus am See.' })])
afterAll(() => memory.close())

const assets = readAssets()
let api: ReturnType<typeof apiContext>
beforeEach(() => {
  api = apiContext()
})

const appWith = (options: Partial<AppDependencies> = {}): ReturnType<typeof createApp> =>
  createApp({
    service: memory.service,
    ready: () => true,
    assets,
    onError: (error) => {
      throw error
    },
    api,
    ...options,
  })

const NOW = '2026-11-29T12:00:00.000Z'
const UID = '4bc0887a-0e41-4f3b-935d-0c451dcee9c8'

function key(parts: Partial<ApiKey> = {}): string {
  const moment = '2026-11-29T11:00:00.000Z'
  const rest = { name: null, description: null, expiresAt: null, origins: null, perMinute: null, forced: null }
  const made = {
    uid: UID,
    actions: ['search'],
    indexes: ['*'],
    ...rest,
    createdAt: moment,
    updatedAt: moment,
    ...parts,
  }
  api.registry.transaction(() => api.registry.keys.add(made))
  return keyValue(MASTER_KEY, made.uid)
}

const preflight = (origin: string, method = 'PUT'): RequestInit => ({
  method: 'OPTIONS',
  headers: {
    origin,
    'access-control-request-method': method,
    'access-control-request-headers': 'authorization,content-type,x-meilisearch-client',
  },
})

describe('pages of other sites', () => {
  const SITE = 'https://www.beispiel.de'

  it.each(['/indexes/a/documents', '/indexes', '/keys', '/multi-search', '/tasks', '/indexes/a/settings/stop-words'])(
    'may use %s where the server is told of them',
    async (path) => {
      const app = appWith({ allowedOrigins: [SITE] })
      const { headers } = await app.request(path, preflight(SITE))
      expect(headers.get('access-control-allow-origin')).toBe(SITE)
      const methods = headers.get('access-control-allow-methods')?.split(',')
      expect(methods).toEqual(expect.arrayContaining(['GET', 'POST', 'PUT', 'PATCH', 'DELETE']))
      const names = headers.get('access-control-allow-headers')?.toLowerCase().split(',')
      expect(names).toEqual(expect.arrayContaining(['authorization', 'content-type', 'x-meilisearch-client']))
      expect(headers.get('access-control-allow-credentials')).toBeNull()
    },
  )

  it.each(['https://boese.example', 'https://www.beispiel.de.boese.example', 'http://www.beispiel.de', 'null', ''])(
    'may not where it is not: %j',
    async (origin) => {
      key({ origins: ['https://laden.example'] })
      const app = appWith({ allowedOrigins: [SITE] })
      const asked = await app.request('/indexes', preflight(origin))
      expect(asked.headers.get('access-control-allow-origin')).toBeNull()
      const answer = await app.request('/indexes', { headers: { origin, authorization: `Bearer ${MASTER_KEY}` } })
      expect(answer.headers.get('access-control-allow-origin')).toBeNull()
    },
  )

  it('may where a key is for them, as long as it is there', async () => {
    key({ origins: ['https://laden.example'] })
    const app = appWith()
    const allowed = async (): Promise<string | null> =>
      (await app.request('/multi-search', preflight('https://laden.example', 'POST'))).headers.get(
        'access-control-allow-origin',
      )
    expect(await allowed()).toBe('https://laden.example')
    api.registry.transaction(() => api.registry.keys.remove(UID))
    expect(await allowed()).toBeNull()
  })

  it('are told of errors too', async () => {
    const { status, headers } = await appWith({ allowedOrigins: [SITE] }).request('/keys', {
      headers: { origin: SITE },
    })
    expect([status, headers.get('access-control-allow-origin')]).toEqual([401, SITE])
    expect(headers.get('vary')?.toLowerCase()).toContain('origin')
  })

  it('still may not do more than read with the routes of Fundstelle itself', async () => {
    const { headers } = await appWith({ allowedOrigins: [SITE] }).request('/search', preflight(SITE))
    expect(headers.get('access-control-allow-methods')).toBe('GET,HEAD,POST')
  })
})

describe('an address', () => {
  const from = (remoteAddress: string): object => ({ incoming: { socket: { remoteAddress } } })

  it('makes so many requests a minute, over all routes, and is told so in each one’s words', async () => {
    const app = appWith({ rateLimit: 2 })
    const first = await app.request('/search?q=Haus', {}, from('203.0.113.1'))
    expect([first.status, first.headers.get('ratelimit'), first.headers.get('ratelimit-policy')]).toEqual([
      200,
      expect.stringMatching(/^"address";r=1;t=\d+$/),
      '"address";q=2;w=60',
    ])
    await app.request('/indexes', asking(MASTER_KEY), from('203.0.113.1'))
    const own = await app.request('/search?q=Haus', {}, from('203.0.113.1'))
    expect([own.status, Number(own.headers.get('retry-after')) > 0]).toEqual([429, true])
    expect(await own.json()).toMatchObject({ code: 'too_many_requests', status: 429 })
    const other = await app.request('/indexes', asking(MASTER_KEY), from('203.0.113.1'))
    expect([other.status, Number(other.headers.get('retry-after')) > 0]).toEqual([429, true])
    expect(await other.json()).toMatchObject({
      code: 'too_many_requests',
      type: 'system',
      message: expect.stringMatching(/^Too many requests: 2 a minute are allowed\. Try again in \d+ s\.$/),
    })
    expect((await app.request('/search?q=Haus', {}, from('203.0.113.2'))).status).toBe(200)
  })

  it('may always ask whether the server lives', async () => {
    const app = appWith({ rateLimit: 1 })
    for (let asked = 0; asked < 5; asked++) {
      expect((await app.request('/health', {}, from('203.0.113.1'))).status).toBe(200)
      expect((await app.request('/ready', {}, from('203.0.113.1'))).status).toBe(200)
    }
  })

  it('is not counted unless that is asked for', async () => {
    const { headers } = await appWith().request('/search?q=Haus', {}, from('203.0.113.1'))
    expect(headers.get('ratelimit')).toBeNull()
  })
})

describe('a private server', () => {
  const OWN = [
    '/',
    '/search?q=Haus',
    '/suggest?q=Ha',
    '/facets/tags',
    '/articles/a',
    '/articles/a/similar',
    '/analyze?text=Haus',
    '/marks?q=Haus&url=x',
  ]

  it.each(OWN)('answers %s with a key alone', async (path) => {
    const app = appWith({ isPrivate: true })
    const refused = await app.request(path)
    expect([refused.status, refused.headers.get('www-authenticate')]).toEqual([401, 'Bearer'])
    expect(await jsonOf(refused)).toMatchObject({ code: 'key_missing' })
    const wrong = await app.request(path, asking('falsch'))
    expect([wrong.status, (await jsonOf(wrong)).code]).toEqual([403, 'key_refused'])
    const open = await app.request(path, asking(key()))
    expect([200, 404]).toContain(open.status)
    expect((await app.request(path, asking(MASTER_KEY))).status).toBe(open.status)
  })

  it('does not show what it has in a cached answer either', async () => {
    const app = appWith({ isPrivate: true })
    const etag = (await app.request('/search?q=Haus', asking(key()))).headers.get('etag') as string
    expect((await app.request('/search?q=Haus', { headers: { 'if-none-match': etag } })).status).toBe(401)
  })

  it('is no way around the rules of a key or a token', async () => {
    const app = appWith({ isPrivate: true })
    const value = key()
    const token = (searchRules: unknown): string => tenantToken(value, { apiKeyUid: UID, searchRules })
    expect((await app.request('/search?q=Haus', asking(token(['*'])))).status).toBe(200)
    for (const searchRules of [{ '*': { filter: 'a = 1' } }, ['anderes'], []])
      expect((await app.request('/search?q=Haus', asking(token(searchRules)))).status).toBe(403)
    const tied = key({ uid: UID.replace('4', '5'), forced: { filter: 'a = 1' } })
    expect((await app.request('/search?q=Haus', asking(tied))).status).toBe(403)
    const elsewhere = key({ uid: UID.replace('4', '6'), indexes: ['anderes'] })
    expect((await app.request('/search?q=Haus', asking(elsewhere))).status).toBe(403)
  })

  it('counts the requests of a key there too', async () => {
    const app = appWith({ isPrivate: true })
    const value = key({ perMinute: 1 })
    expect((await app.request('/search?q=Haus', asking(value))).status).toBe(200)
    const second = await app.request('/search?q=Haus', asking(value))
    expect([second.status, second.headers.get('retry-after')]).toEqual([429, '60'])
  })
})

describe('many searches in one request', () => {
  const body = { queries: [{ q: 'Haus' }] }
  const send = (app: ReturnType<typeof createApp>, path: string, bearer: string | null) =>
    app.request(path, asking(bearer, 'POST', body))

  it('are private where the server is', async () => {
    const app = appWith({ isPrivate: true })
    expect((await send(app, '/multi-search', null)).status).toBe(401)
    expect((await send(app, '/multi-search', key())).status).toBe(200)
  })

  it('reach no other index without a key for it', async () => {
    const app = appWith({ serviceFor: () => memory.service })
    expect((await send(app, '/multi-search', null)).status).toBe(200)
    expect((await send(app, '/multi-search?index=geheim', null)).status).toBe(401)
    expect((await send(app, '/multi-search?index=geheim', key({ indexes: ['anderes'] }))).status).toBe(403)
    expect((await send(app, '/multi-search?index=geheim', MASTER_KEY)).status).toBe(200)
  })
})

describe('an index of another name', () => {
  const OWN = [
    '/',
    '/search?q=Haus',
    '/suggest?q=Ha',
    '/facets/tags',
    '/articles/a',
    '/articles/a/similar',
    '/analyze?text=Haus',
    '/marks?q=Haus&url=x',
  ]

  it.each(OWN)('is asked by %s with a key for it alone', async (path) => {
    const app = appWith({ serviceFor: () => memory.service })
    const other = `${path}${path.includes('?') ? '&' : '?'}index=geheim`
    expect((await app.request(other)).status).toBe(401)
    expect((await app.request(other, { method: 'HEAD' })).status).toBe(401)
    expect([200, 404]).toContain((await app.request(other, asking(key({ indexes: ['geheim'] })))).status)
    expect((await app.request(other, asking(key({ uid: UID.replace('4', '5'), indexes: ['anderes'] })))).status).toBe(
      403,
    )
  })
})

describe('an index with settings of what is shown', () => {
  const OWN = [
    '/',
    '/search?q=Haus',
    '/suggest?q=Ha',
    '/facets/tags',
    '/articles/a',
    '/articles/a/similar',
    '/marks?q=Haus&url=x',
  ]
  const set = (settings: Partial<IndexSettings>): void => {
    api.registry.transaction(() => {
      api.registry.indexes.create('laden', 'id', NOW)
      api.registry.indexes.setSettings('laden', settings, NOW)
    })
  }
  const app = () => appWith({ serviceFor: () => memory.service })
  const inShop = (path: string): string => `${path}${path.includes('?') ? '&' : '?'}index=laden`

  it.each<Partial<IndexSettings>>([
    { displayedAttributes: ['id', 'name'] },
    { displayedAttributes: ['id', 'name'], searchableAttributes: ['name', 'einkauf'] },
    { displayedAttributes: [], searchableAttributes: ['name'] },
  ])('is not told by routes that would show what it searches and hides: %o', async (settings) => {
    set(settings)
    for (const path of OWN) {
      const refused = await app().request(inShop(path), asking(key()))
      expect([refused.status, (await jsonOf(refused)).code]).toEqual([403, 'index_hides_text'])
      api.registry.transaction(() => api.registry.keys.remove(UID))
    }
    // nor where it is the one in use, and nobody needs a key
    const inUse = appWith({ indexInUse: 'laden' })
    expect((await inUse.request('/search?q=Haus')).status).toBe(403)
    expect((await inUse.request('/multi-search', asking(null, 'POST', { queries: [{ q: 'Haus' }] }))).status).toBe(403)
  })

  it.each<Partial<IndexSettings>>([
    {},
    { displayedAttributes: ['*'], searchableAttributes: ['name', 'einkauf'] },
    { displayedAttributes: ['id', 'name', 'info'], searchableAttributes: ['name', 'info.text'] },
  ])('is told by them where it hides nothing that it searches: %o', async (settings) => {
    set(settings)
    expect((await app().request(inShop('/search?q=Haus'), asking(key()))).status).toBe(200)
  })

  it('gives articles without the documents that they were made of', async () => {
    const document = '{"id":"d","titel":"Haus","einkaufspreis":3.2}'
    const shop = memoryService([
      { ...articleOf({ id: 'd', title: 'Haus', text: 'Am See.' }), document, values: { einkaufspreis: [3.2] } },
    ])
    onTestFinished(() => shop.close())
    const ofShop = appWith({ service: shop.service })
    const article = await (await ofShop.request('/articles/d')).json()
    expect(article).toMatchObject({ id: 'd', title: 'Haus' })
    for (const path of ['/search?q=Haus&attributesToRetrieve=*', '/articles/d/similar'])
      expect(await (await ofShop.request(path)).text()).not.toContain('einkaufspreis')
    expect(JSON.stringify(article)).not.toContain('einkaufspreis')
  })
})

describe('a server that is not private', () => {
  it('answers its own routes for articles without a key, and other indexes with one alone', async () => {
    const app = appWith()
    app.get(
      '/probe',
      ownDoor(api, false, 'articles', (c) => c.req.query('index') ?? null),
      (c) => c.text('offen'),
    )
    expect((await app.request('/search?q=Haus')).status).toBe(200)
    expect((await app.request('/probe')).status).toBe(200)
    expect((await app.request('/probe?index=geheim')).status).toBe(401)
    expect((await app.request('/probe?index=geheim', asking(key({ indexes: ['geheim'] })))).status).toBe(200)
    expect((await app.request('/probe?index=anderes', asking(keyValue(MASTER_KEY, UID)))).status).toBe(403)
  })
})

describe('an error that nobody foresaw', () => {
  it('is told in Meilisearch’s shape on its routes, and in nobody’s words', async () => {
    const errors: unknown[] = []
    const broken = apiContext({
      enqueue: () => {
        throw new Error('/var/lib/geheim: ENOTHING')
      },
    })
    const app = appWith({ api: broken, onError: (error) => errors.push(error) })
    const response = await app.request('/indexes/a/settings/stop-words', asking(MASTER_KEY, 'DELETE'))
    expect([response.status, await response.json()]).toEqual([
      500,
      {
        message: 'An internal error has occurred. The log of the server has it.',
        code: 'internal',
        type: 'internal',
        link: 'https://docs.meilisearch.com/errors#internal',
      },
    ])
    expect(String(errors)).toContain('ENOTHING')
  })
})

describe('keys and tokens', () => {
  it('stand in no answer of an error', async () => {
    const value = key({ actions: ['search'] })
    const token = tenantToken(value, { apiKeyUid: UID, searchRules: ['anderes'] })
    const app = appWith({ isPrivate: true })
    for (const bearer of [MASTER_KEY, value, token, `${value}x`, `${token}x`])
      for (const path of [
        '/search?q=Haus',
        '/keys/x',
        '/indexes/nichts',
        '/indexes/nichts/settings',
        '/tasks/7',
        '/nichts',
      ]) {
        const response = await app.request(path, asking(bearer))
        const text = (await response.text()) + JSON.stringify([...response.headers])
        for (const secret of [MASTER_KEY, value, token.split('.')[2] as string]) expect(text).not.toContain(secret)
      }
  })
})
