import { afterAll, describe, expect, it } from 'vitest'
import { FundstelleError } from '../../src/errors.ts'
import { createApp } from '../../src/server/app.ts'
import { readAssets } from '../../src/server/http/assets.ts'
import { articleOf } from '../support/articles.ts'
import { jsonOf } from '../support/json.ts'
import { memoryService } from '../support/memory-service.ts'

const memory = memoryService([
  articleOf({
    id: 'drohnen.txt',
    title: 'Drohnen über dem Hafen',
    text: 'Gestern flogen Drohnen <b>tief</b>.',
    date: '2024-03-03',
  }),
  articleOf({
    id: 'ordner/käse & brot.md',
    title: 'Käse',
    text: 'Brot und Käse.',
    url: 'https://beispiel.example/kaese',
  }),
  articleOf({ id: 'alt', title: 'Alt', text: 'Eine alte Drohne.', date: '1999-01-01', meta: { ort: 'Kiel', zahl: 3 } }),
])
const errors: unknown[] = []
const state = { ready: true }
const assets = readAssets()
const app = createApp({
  service: memory.service,
  ready: () => state.ready,
  onError: (error) => errors.push(error),
  assets,
})
afterAll(() => memory.close())

const get = async (path: string, headers: Record<string, string> = {}) => app.request(path, { headers })
const json = async (path: string, headers: Record<string, string> = {}) => {
  const response = await get(path, headers)
  return { status: response.status, type: response.headers.get('content-type'), body: await jsonOf(response) }
}

describe('GET /search', () => {
  it('answers in the format of the contract', async () => {
    const { status, body } = await json('/search?q=Drohnen&limit=1')
    expect(status).toBe(200)
    expect(body).toEqual({
      query: 'Drohnen',
      hits: [
        {
          id: 'drohnen.txt',
          title: 'Drohnen über dem Hafen',
          url: null,
          date: '2024-03-03',
          author: null,
          tags: [],
          language: null,
          meta: {},
          score: expect.any(Number),
          formatted: {
            title: '<mark>Drohnen</mark> über dem Hafen',
            snippet: 'Gestern flogen <mark>Drohnen</mark> &lt;b&gt;tief&lt;/b&gt;.',
          },
          matches: [
            { field: 'title', start: 0, end: 7, kind: 'exact' },
            { field: 'text', start: 15, end: 22, kind: 'exact' },
          ],
        },
      ],
      totalHits: 2,
      limit: 1,
      offset: 0,
      processingTimeMs: expect.any(Number),
      facetDistribution: {},
      facetStats: {},
      droppedWords: [],
      didYouMean: null,
      indexVersion: expect.any(String),
    })
  })

  it('gives the newest articles for an empty query, undated last', async () => {
    const { body } = await json('/search')
    expect(body.hits.map((hit: { id: string; score: number }) => [hit.id, hit.score])).toEqual([
      ['drohnen.txt', 0],
      ['alt', 0],
      ['ordner/käse & brot.md', 0],
    ])
    expect((await json('/search?q=%20%20')).body.totalHits).toBe(3)
  })

  it('counts in pages where pages are asked for', async () => {
    const { body } = await json('/search?q=drohne&page=2&hitsPerPage=1')
    expect(body).toMatchObject({ page: 2, hitsPerPage: 1, totalPages: 2, totalHits: 2, limit: 1, offset: 1 })
    expect(body.hits).toHaveLength(1)
    expect((await json('/search?q=drohne&page=3')).body).toMatchObject({
      page: 3,
      hitsPerPage: 20,
      totalPages: 1,
      hits: [],
    })
  })

  it('lets limit and offset have no effect beside pages', async () => {
    for (const pages of ['page=1', 'hitsPerPage=1', 'page=2&hitsPerPage=1']) {
      const comparable = async (address: string) => {
        const { processingTimeMs, ...rest } = (await json(address)).body
        return rest
      }
      expect(await comparable(`/search?${pages}&limit=2&offset=1`)).toEqual(await comparable(`/search?${pages}`))
    }
  })

  it('joins pages to the whole list without gap or repeat', async () => {
    const whole = (await json('/search?limit=3')).body.hits.map((hit: { id: string }) => hit.id)
    const pages = await Promise.all([0, 1, 2].map((offset) => json(`/search?limit=1&offset=${offset}`)))
    expect(pages.flatMap(({ body }) => body.hits.map((hit: { id: string }) => hit.id))).toEqual(whole)
  })

  it('takes tags, marker and crop length from the caller', async () => {
    const address = '/search?q=tief&cropLength=1&cropMarker=%5B…%5D&highlightPreTag=%7B&highlightPostTag=%7D'
    const { body } = await json(address)
    expect(body.hits[0].formatted.snippet).toBe('[…]&lt;b&gt;{tief}[…]'.replace('&lt;b&gt;', ''))
  })

  it('gives the fields that are asked for', async () => {
    const { body } = await json('/search?q=Kiel&attributesToRetrieve=id,text')
    expect(Object.keys(body.hits[0]).sort()).toEqual(['formatted', 'id', 'matches', 'score', 'text'])
    const everything = await json('/search?q=Kiel&attributesToRetrieve=*')
    expect(everything.body.hits[0]).toMatchObject({ text: 'Eine alte Drohne.', meta: { ort: 'Kiel', zahl: 3 } })
  })

  it('says which field a word beside title and text was found in', async () => {
    const { body } = await json('/search?q=kiel')
    expect(body.hits[0].matches).toEqual([{ field: 'meta.ort', start: 0, end: 4, kind: 'exact' }])
  })

  it('names the words the first hit lacks', async () => {
    expect((await json('/search?q=Drohne+Quastenflosser')).body.droppedWords).toEqual(['Quastenflosser'])
    expect((await json('/search?q=Drohne+Quastenflosser&matchingStrategy=all')).body).toMatchObject({
      totalHits: 0,
      hits: [],
    })
  })

  it('ignores unknown parameters, empty numbers, and escapes that are no UTF-8', async () => {
    expect((await json('/search?q=drohne&facetten=1&limit=&page=')).body).toMatchObject({ totalHits: 2, limit: 20 })
    expect((await json('/search?q=%ff%fe')).status).toBe(200)
    expect((await json('/search?q=%')).status).toBe(200)
    expect((await json('/search?q=a&q=Drohne')).body.query).toBe('a')
  })

  it('allows any offset', async () => {
    expect((await json(`/search?q=drohne&offset=${Number.MAX_SAFE_INTEGER}`)).body).toMatchObject({
      totalHits: 2,
      hits: [],
    })
    const page = await json(`/search?q=drohne&page=${Number.MAX_SAFE_INTEGER}`)
    expect(page.body).toMatchObject({ totalHits: 2, hits: [] })
  })
})

describe('GET /articles/:id', () => {
  it('gives one article, text included', async () => {
    const { status, body } = await json(`/articles/${encodeURIComponent('ordner/käse & brot.md')}`)
    expect(status).toBe(200)
    expect(body).toEqual({
      id: 'ordner/käse & brot.md',
      title: 'Käse',
      text: 'Brot und Käse.',
      url: 'https://beispiel.example/kaese',
      date: null,
      author: null,
      tags: [],
      language: null,
      meta: {},
    })
  })

  it('says which id there is not', async () => {
    const { status, body } = await json('/articles/fehlt?lang=en')
    expect([status, body.code, body.detail]).toEqual([
      404,
      'article_not_found',
      'There is no article with the id “fehlt”.',
    ])
  })
})

describe('the rest', () => {
  it.each(['starting', 'running', 'restarting', 'failed'] as const)(
    'is ready though watching is %s, and says so',
    async (watching) => {
      const watched = createApp({
        service: memory.service,
        ready: () => true,
        onError() {},
        assets,
        watching: () => watching,
      })
      const response = await watched.request('/ready')
      expect([response.status, await response.json()]).toEqual([200, { status: 'ready', watching }])
    },
  )

  it('is alive always, ready only when it can answer', async () => {
    expect((await get('/health')).status).toBe(200)
    expect((await get('/ready')).status).toBe(200)
    state.ready = false
    try {
      expect((await get('/health')).status).toBe(200)
      for (const path of ['/ready', '/search?q=a', '/', '/articles/alt']) {
        const { status, body } = await json(path)
        expect([path, status, body.code]).toEqual([path, 503, 'not_ready'])
      }
      expect((await get('/ready')).headers.get('retry-after')).toBe('1')
    } finally {
      state.ready = true
    }
  })

  it('says how a text is taken apart, in German or English', async () => {
    const german = await json('/analyze?text=Verfassungsgerichten%20%26')
    expect(german.status).toBe(200)
    expect(german.body).toMatchObject({
      text: 'Verfassungsgerichten &',
      tokens: [
        {
          surface: 'Verfassungsgerichten',
          start: 0,
          end: 20,
          term: 'verfassungsgericht',
          parts: [
            { start: 0, end: 11, term: 'verfass' },
            { start: 11, end: 20, term: 'gericht' },
          ],
        },
      ],
    })
    const [token] = german.body.tokens as { steps: string[] }[]
    expect(token?.steps.at(-1)).toBe('steht im Index unter „verfassungsgericht“')
    const english = (await json('/analyze?text=Museen&lang=en')).body.tokens as { steps: string[] }[]
    expect(english[0]?.steps).toContain('is a form of “museum”')
    expect((await json('/analyze?text=')).body).toEqual({ text: '', tokens: [] })
  })

  it('wants a text to take apart', async () => {
    const { status, body } = await json('/analyze?lang=fr')
    expect(status).toBe(400)
    expect(body.errors?.map(({ name }: { name: string }) => name)).toEqual(['text', 'lang'])
  })

  it('answers 404 as a problem, also for what comes later', async () => {
    for (const path of ['/metrics', '/stats', '/articles', '/nirgends']) {
      const { status, body } = await json(path)
      expect([path, status, body.code]).toEqual([path, 404, 'not_found'])
    }
  })

  it('tells nothing internal on a 500, and the log everything', async () => {
    const cause = new FundstelleError('store_broken', { path: '/geheim', reason: 'kaputt' })
    const broken = createApp({
      service: {
        search: () => Promise.reject(cause),
        article: () => Promise.reject(new Error('/geheim')),
        analyze: async () => [],
        similar: () => Promise.reject(cause),
        suggest: () => Promise.reject(cause),
        facetValues: () => Promise.reject(cause),
        marked: () => Promise.reject(cause),
        pageMarks: () => Promise.reject(cause),
        version: async () => 'broken',
      },
      ready: () => true,
      onError: (error) => errors.push(error),
      assets,
    })
    for (const path of ['/search?q=a', '/articles/a', '/']) {
      const response = await broken.request(path)
      expect(response.status).toBe(500)
      expect(await response.text()).not.toContain('geheim')
    }
    expect(errors).toContain(cause)
  })
})
