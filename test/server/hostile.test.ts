import fc from 'fast-check'
import { afterAll, describe, expect, it } from 'vitest'
import { createApp } from '../../src/server/app.ts'
import { readAssets } from '../../src/server/http/assets.ts'
import { articleOf } from '../support/articles.ts'
import { jsonOf } from '../support/json.ts'
import { memoryService } from '../support/memory-service.ts'

const memory = memoryService([
  articleOf({ id: 'a', title: 'Straßenbahn', text: 'Die Straßenbahn fährt um 4.700 Uhr, z. B. nach Köln-Süd.' }),
  articleOf({ id: 'b', title: '', text: 'İstanbul, ﬁnden, naïve Café-Gäste 👩‍👩‍👧 e\u0301', tags: ['x'] }),
])
const app = createApp({
  service: memory.service,
  ready: () => true,
  assets: readAssets(),
  onError: (error) => {
    throw error
  },
})
afterAll(() => memory.close())

const piece = fc.oneof(
  fc.constantFrom(
    'q',
    'limit',
    'offset',
    'page',
    'hitsPerPage',
    'cropLength',
    'cropMarker',
    'highlightPreTag',
    'lang',
    'filter',
  ),
  fc.constantFrom(
    '=',
    '&',
    '%',
    '%00',
    '%ff',
    '%C3',
    '%F0%9F%98%80',
    '+',
    '?',
    '#',
    '/',
    '\\',
    '"',
    "'",
    ';',
    '-',
    '.',
    '..',
  ),
  fc.constantFrom('Straßenbahn', 'stra%C3%9Fe', '-1', '1e9', '99999999999999999999', 'NaN', '0x10', 'null', '[]', '{}'),
  fc.string({ unit: 'binary', maxLength: 6 }).map((text) => encodeURIComponent(text.toWellFormed())),
)
const anyQueryString = fc.array(piece, { maxLength: 12 }).map((pieces) => pieces.join(''))

describe('hostile requests', () => {
  it('never get a 500', async () => {
    await fc.assert(
      fc.asyncProperty(anyQueryString, fc.constantFrom('/search', '/', '/articles/x'), async (query, path) => {
        const response = await app.request(`${path}?${query}`)
        expect([200, 400, 404]).toContain(response.status)
        const isPage = response.headers.get('content-type')?.startsWith('text/html') === true
        expect(isPage).toBe(path === '/')
        if (response.status === 400 && !isPage) expect((await jsonOf(response)).errors.length).toBeGreaterThan(0)
      }),
      { numRuns: 1000 },
    )
  })

  it.each(['%', '%ff', '%C3%28', '..%2f..%2fetc', '%00', 'ä', '%F0%9F%98%80'])(
    'GET /articles/%s is answered',
    async (id) => {
      expect([200, 400, 404]).toContain((await app.request(`/articles/${id}`)).status)
    },
  )

  it('searches a query of 100 kB by its first words', async () => {
    const query = Array.from({ length: 12_000 }, (_, i) => `wort${i}`).join('+')
    const response = await app.request(`/search?q=Stra%C3%9Fenbahn+${query}`)
    expect(response.status).toBe(200)
    const answer = await jsonOf(response)
    expect(answer.hits[0].id).toBe('a')
    expect(answer.droppedWords.length).toBeLessThan(400)
  })
})
