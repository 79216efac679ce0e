import { afterAll, describe, expect, it } from 'vitest'
import { FundstelleError } from '../src/errors.ts'
import type { SearchAnswer } from '../src/search/answer.ts'
import { DEFAULT_REQUEST, type SearchRequest } from '../src/search/query/request.ts'
import { createApp, type DegradedRequest } from '../src/server/app.ts'
import { readAssets } from '../src/server/http/assets.ts'
import { WORK_MAX, WorkBudget } from '../src/work-budget.ts'
import { randomOf } from './bench/random.mjs'
import { requests } from './bench/worst/requests.mjs'
import { wordsOf } from './bench/worst/words.mjs'
import { articleOf } from './support/articles.ts'
import { BusyBudget } from './support/busy-budget.ts'
import { generatedArticle, seededRandom } from './support/corpus.ts'
import { memoryService } from './support/memory-service.ts'

const random = seededRandom(11)
const articles = Array.from({ length: 250 }, (_, i) =>
  articleOf({
    id: `artikel-${i}`,
    title: `Titel ${i % 40} Grundwort`,
    text: generatedArticle(i, 1, random),
    tags: [`t${i % 7}`, 'alle'],
    meta: { ort: `Ort ${i % 30}`, zahl: i % 11, eigen: `Kürzel-${i}` },
  }),
)
const street = Array.from({ length: 4000 }, (_, i) => `Hauptstraße ${i}, nach dem Gesetz des Landes.`)
articles.push(articleOf({ id: 'lang', title: 'Straßen', text: street.join('\n\n') }))
const memory = memoryService(articles)
const degraded: DegradedRequest[] = []
const errors: unknown[] = []
const app = createApp({
  service: memory.service,
  ready: () => true,
  assets: readAssets(),
  onDegraded: (request) => degraded.push(request),
  onError: (error) => errors.push(error),
})
afterAll(() => memory.close())
await app.request('/search')

const search = (q: string, more: Partial<SearchRequest> = {}, budget?: WorkBudget): Promise<SearchAnswer> =>
  memory.service.search({ ...DEFAULT_REQUEST, q, ...more }, budget)
const ids = ({ hits }: SearchAnswer): (string | undefined)[] => hits.map(({ id }) => id)

/**
 * More than this no single step takes here: the long article read once, or what one word is expanded to.
 * A stage looks at the budget before each step, and three of them have a part for themselves.
 */
const STEP_MAX = 6_000_000
const PARTS = 1 + 3 * 0.3

describe('what a request may cost', () => {
  const words = wordsOf(async (path: string) => (await app.request(path)).json())

  it('whatever is asked, work stays near the budget, and no answer is a 500', async () => {
    const { fresh, changed, request } = requests(randomOf(3), await words)
    let gene = fresh()
    for (let n = 0; n < 400; n++) {
      gene = n % 3 === 0 ? fresh() : changed(gene)
      const { path, headers = {}, body } = request(gene)
      const response = await app.request(path, body === undefined ? { headers } : { method: 'POST', body })
      await response.arrayBuffer()
      const work = Number(response.headers.get('x-fundstelle-work') ?? 0)
      expect(response.status, path.slice(0, 300)).toBeLessThan(500)
      expect(work, path.slice(0, 300)).toBeLessThan(WORK_MAX * PARTS + STEP_MAX)
    }
    expect(errors).toEqual([])
  })

  it.each([0, 300_000, 1_000_000, 3_000_000])('a budget of %i is kept, too', async (limit) => {
    const { fresh, request } = requests(randomOf(limit + 1), await words)
    for (let n = 0; n < 120; n++) {
      const { path } = request({ ...fresh(), route: 'search', conditions: 0, facets: '', sort: '' })
      const q = new URLSearchParams(path.slice(path.indexOf('?') + 1)).get('q') ?? ''
      const budget = new WorkBudget(limit)
      const answer = await search(q, { explain: n % 2 === 0 }, budget).catch((error: unknown) => {
        expect(error).toBeInstanceOf(FundstelleError)
        expect((error as FundstelleError).code).toBe('request_costly')
        return null
      })
      expect(budget.spent).toBeLessThan(limit * PARTS + STEP_MAX)
      if (answer !== null && budget.isDegraded) expect(answer.degraded).toBe(true)
      if (answer !== null && !budget.isDegraded) {
        const free = await search(q, { explain: n % 2 === 0 }, new WorkBudget(Number.POSITIVE_INFINITY))
        expect({ ...answer, processingTimeMs: 0 }).toEqual({ ...free, processingTimeMs: 0 })
      }
    }
  })

  it('the same request does the same work, whatever was asked before', async () => {
    const spent = async (): Promise<number> => {
      const budget = new WorkBudget()
      await search('Hauptstrasse Grundwrot Kennwort7x1', {}, budget)
      return budget.spent
    }
    const first = await spent()
    await search('Kennwort9x1 Grundwort')
    expect(await spent()).toBe(first)
  })

  it('suggestions are the same, whatever was asked before', async () => {
    for (let limit = 50_000; limit < 30_000_000; limit *= 2) {
      const fresh = memoryService(articles.slice(-30))
      await fresh.service.search(DEFAULT_REQUEST)
      const suggested = () =>
        Promise.all(
          ['Haupts', 'Ges', 'Kennwort2'].map(async (q) => {
            const budget = new WorkBudget(limit)
            const suggestions = await fresh.service.suggest(q, 10, budget)
            return { texts: suggestions.map(({ text }) => text), spent: budget.spent }
          }),
        )
      const first = await suggested()
      expect(limit < 1_000_000 || first.every(({ texts }) => texts.length > 0)).toBe(true)
      await fresh.service.suggest('L', 10)
      expect(await suggested()).toEqual(first)
      fresh.close()
    }
  })

  it('explanations cost their words and hits, not words times places times hits', async () => {
    const work = async (count: number, explain: boolean): Promise<number> => {
      const budget = new WorkBudget(Number.POSITIVE_INFINITY)
      const q = ['Hauptstraße', 'Gesetz', 'Land', ...Array.from({ length: count }, (_, i) => `Kennwort${i}x1`)].join(
        ' ',
      )
      await search(q, { explain, limit: 20 }, budget)
      return budget.spent
    }
    const more = (await work(120, true)) - (await work(120, false))
    const few = (await work(30, true)) - (await work(30, false))
    expect(more).toBeLessThan(few * 5)
  })
})

describe('what is cut short', () => {
  const few = (): WorkBudget => new WorkBudget(6_000_000)
  const many = Array.from({ length: 300 }, (_, i) => `Kennwrot${i}x1`).join(' ')

  it('is told, in words where an explanation was asked for', async () => {
    const answer = await search(`Hauptstraße ${many}`, { explain: true }, few())
    expect(answer.degraded).toBe(true)
    expect(answer.degradation?.cuts).toEqual(['query'])
    expect(answer.degradation?.text).toMatch(
      /^Die Suche wurde abgekürzt, weil sie zu aufwendig ist: .*nur der Anfang der Anfrage wurde gelesen\.$/,
    )
    expect(await search(`Hauptstraße ${many}`, {}, few())).not.toHaveProperty('degradation')
    expect(await search('Hauptstraße')).not.toHaveProperty('degraded')
  })

  it.each([
    [0.4, '"Gesetz des Landes" Hauptstraße', []],
    [0.46, '"Gesetz des Landes" Hauptstraße', ['phrases']],
    [0.5, 'Gesetz Landes', []],
    [0.56, 'Gesetz Landes', ['expansions']],
    [0.63, 'Gesetz', ['expansions']],
    [0.63, 'Gesetz Landes', ['expansions', 'words']],
    [0.87, 'Gesetz', ['expansions', 'ranking']],
  ])('where %d of the budget is spent before, what is left out of %s is told: %j', async (share, q, cuts) => {
    const budget = new WorkBudget(20_000_000)
    budget.spend(budget.limit * share)
    expect(ids(await search(q, { limit: 100 }, budget))).toContain('lang')
    expect(budget.cuts).toEqual(cuts)
  })

  it('the words that were searched find what they find', async () => {
    expect(ids(await search(`Hauptstraße ${many}`, {}, few()))).toContain('lang')
  })

  it('the log is told of it, but not what was searched', async () => {
    degraded.length = 0
    const response = await app.request(`/search?q=${encodeURIComponent('geheim '.repeat(1000))}`)
    expect(response.status).toBe(200)
    expect(degraded).toEqual([
      { path: '/search', queryLength: expect.any(Number), work: expect.any(Number), cuts: ['query'] },
    ])
  })

  it('the page says so', async () => {
    const html = await (await app.request(`/?q=${encodeURIComponent('geheim '.repeat(700))}`)).text()
    expect(html).toContain('Die Suche wurde abgekürzt')
  })

  it('several searches have one budget, and each a part of it', async () => {
    const costly = Array.from({ length: 100 }, (_, i) => `"Gesetz des Landes" "Haupt${i} Straße"`).join(' ')
    const odd = Array.from({ length: 25 }, (_, i) => ({ q: `${many.slice(0, 1200)} ${costly.slice(0, 500)} ${i}` }))
    const plain = Array.from({ length: 25 }, (_, i) => ({ q: `Kennwort${i}x1 Grundwort`, explain: true }))
    const response = await app.request('/multi-search', {
      method: 'POST',
      body: JSON.stringify({ queries: [...odd, ...plain] }),
    })
    const { results } = (await response.json()) as { results: SearchAnswer[] }
    expect(results.length).toBe(50)
    expect(Number(response.headers.get('x-fundstelle-work'))).toBeLessThan(WORK_MAX * PARTS + STEP_MAX)
    for (const [i, { totalHits, query }] of results.slice(25).entries()) {
      expect(query).toBe(plain[i]?.q)
      expect(totalHits).toBeGreaterThan(0)
    }
  })

  it('what must not be cut short has one part of the budget for all of several searches', async () => {
    const answered = async (filters: readonly string[]): Promise<Response> => {
      const queries = filters.map((filter, i) => ({ q: `Kennwort${i}x1 Grundwort`, filter }))
      return app.request('/multi-search', { method: 'POST', body: JSON.stringify({ queries }) })
    }
    const plain = Array.from({ length: 49 }, () => '')
    expect((await answered([...plain, 'title CONTAINS Titel AND NOT eigen = x'])).status).toBe(200)
    const costly = Array.from({ length: 150 }, (_, i) => `eigen CONTAINS x${i}`).join(' OR ')
    expect((await answered([costly])).status).toBe(200)
    const refused = await answered(Array.from({ length: 25 }, () => costly))
    expect([refused.status, Number(refused.headers.get('x-fundstelle-work')) < WORK_MAX]).toEqual([400, true])
  })

  it('a search that nothing is left for is told, and why', async () => {
    const budget = new WorkBudget(1000)
    budget.spend(1000)
    expect(await search('Gesetz', { explain: true }, budget)).toMatchObject({
      hits: [],
      totalHits: 0,
      degraded: true,
      degradation: { cuts: ['searches'], text: expect.stringContaining('nicht alle Suchen wurden ausgeführt') },
    })
  })

  it.each([2, 5, 12, 24])(
    'of %i phrases none takes the part of the others: who has them all is found',
    async (count) => {
      const phrases = Array.from({ length: count }, (_, i) => `"Hauptstraße ${i * 7}"`)
      const answer = await search(phrases.join(' '), {}, new WorkBudget(8_000_000))
      expect(ids(answer)).toEqual(['lang'])
    },
  )

  it('a phrase that fails late, again and again, is counted', async () => {
    const rows = memoryService([articleOf({ id: 'tabelle', text: `${'null '.repeat(60_000)}eins` })])
    const budget = new WorkBudget(20_000_000)
    const answer = await rows.service.search({ ...DEFAULT_REQUEST, q: `"${'null '.repeat(90)}eins"` }, budget)
    rows.close()
    expect(ids(answer)).toEqual([])
    expect(answer.degraded).toBe(true)
    // of 5.4 million comparisons a part was made
    expect(budget.spent).toBeGreaterThan(18_000_000)
    expect(budget.spent).toBeLessThan(20_000_000 + STEP_MAX)
  })

  it('a page of long articles ends early', async () => {
    const long = memoryService(
      Array.from({ length: 40 }, (_, i) =>
        articleOf({ id: `lang-${i}`, text: `Riese ${i} ${'Wort '.repeat(20_000)}` }),
      ),
    )
    const budget = new WorkBudget(5_000_000)
    const answer = await long.service.search({ ...DEFAULT_REQUEST, q: 'Riese', limit: 40 }, budget)
    long.close()
    expect(answer.totalHits).toBe(40)
    expect(answer.hits.length).toBeGreaterThan(0)
    expect(answer.hits.length).toBeLessThan(40)
    expect(budget.cuts).toContain('hits')
    expect(budget.spent).toBeLessThan(8_000_000)
  })

  it('the page shows hits where counting what they can be narrowed down by takes too much', async () => {
    const many = Array.from({ length: 4000 }, (_, i) =>
      articleOf({
        id: `a${i}`,
        text: `Haus ${i}`,
        meta: Object.fromEntries(Array.from({ length: 60 }, (_, n) => [`feld${n}`, `${n}-${i}`])),
      }),
    )
    const wide = memoryService(many)
    const page = createApp({ service: wide.service, ready: () => true, assets: readAssets(), onError() {} })
    const refused = await page.request('/search?q=Haus&facets=*')
    const response = await page.request('/?q=Haus')
    const html = await response.text()
    wide.close()
    expect([refused.status, response.status]).toEqual([400, 200])
    expect(html).toContain('class="hit"')
    expect(html).toContain('die Werte zum Eingrenzen wurden nicht gezählt')
    expect(Number(response.headers.get('x-fundstelle-work'))).toBeLessThan(WORK_MAX)
  })

  it('an article’s page marks so many places, and says where there are more', async () => {
    const long = memoryService([articleOf({ id: 'haus', text: 'Haus '.repeat(25_000) })])
    const page = createApp({ service: long.service, ready: () => true, assets: readAssets(), onError() {} })
    await page.request('/search')
    const html = await (await page.request('/articles/haus?q=Haus', { headers: { accept: 'text/html' } })).text()
    long.close()
    expect(html.match(/<mark/g)?.length).toBe(20_000)
    expect(html).toContain('Fundstellen sind nicht überall markiert')
  })

  it('the page does not say that nothing fits where not all was searched', async () => {
    const html = await (await app.request(`/?q=${encodeURIComponent('qzxqj '.repeat(900))}`)).text()
    expect(html).toContain('Bis dahin wurde kein Artikel gefunden')
    expect(html).not.toContain('Kein Artikel passt')
  })

  it.each([
    ['a filter', { filter: Array.from({ length: 900 }, (_, i) => `eigen CONTAINS x${i}`).join(' OR ') }, 'filter'],
    ['facets', { facets: Array.from({ length: 100 }, (_, i) => (i % 2 ? `meta.eigen${i}` : 'eigen')) }, null],
  ] as const)('%s is answered whole or refused', async (_, given, name) => {
    const response = await app.request('/search', { method: 'POST', body: JSON.stringify({ q: '', ...given }) })
    if (response.status === 200) expect(await response.json()).not.toHaveProperty('degraded')
    else
      expect(await response.json()).toMatchObject({
        status: 400,
        code: 'request_costly',
        detail: expect.stringContaining(name ?? ''),
      })
  })

  it('an exclusion that cannot be looked through is refused, in words', async () => {
    const q = `Gesetz ${Array.from({ length: 20 }, () => '-"Landes Gesetz"').join(' ')}`
    const error = await search(q, {}, new WorkBudget(2_000_000)).catch((thrown: unknown) => thrown)
    expect(error).toBeInstanceOf(FundstelleError)
    expect((error as FundstelleError).detail('de')).toBe(
      'Mehr Arbeit, als eine Anfrage machen darf: Ausschlüsse und Operatoren in der Anfrage (q). Mit weniger oder kürzeren Bedingungen geht es.',
    )
  })

  it.each([200_000, 700_000, 1_500_000, 4_000_000, 9_000_000])(
    'with %i units what is excluded is never a hit, and what a filter leaves out neither',
    async (limit) => {
      for (const q of [
        'Grundwort -Kennwort3x1',
        `${many} Gesetz -"Gesetz des Landes"`,
        'Titel -titel:Titel -"nach Landes"',
      ]) {
        const filter = { kind: 'not', node: { kind: 'compare', field: 'zahl', operator: '=', value: '5' } } as const
        const answer = await search(q, { filter, limit: 100 }, new WorkBudget(limit)).catch((error: unknown) => {
          expect((error as FundstelleError).code).toBe('request_costly')
          return null
        })
        if (answer === null) continue
        expect(ids(answer)).not.toContain('artikel-3')
        for (const { meta } of answer.hits) expect(meta?.['zahl']).not.toBe(5)
      }
    },
  )

  it('where an exclusion is not read, the search is refused; where no word is, nothing is searched', async () => {
    const words = 'Grundwort '.repeat(400)
    for (const exclusion of ['-Titel', '-"Gesetz des Landes"', 'NICHT Titel', '-(Titel Gesetz)'])
      await expect(search(`${words} ${exclusion}`)).rejects.toMatchObject({ code: 'request_costly' })
    expect((await search(`${words} Titel`)).degraded).toBe(true)
    // not all articles, as an empty query has them
    expect(await search(`   ${'x'.repeat(5000)}`)).toMatchObject({ totalHits: 0, degraded: true })
    const cut = await search('Verfassungsgericht', { page: 1 }, new WorkBudget(50_000))
    expect(cut).toMatchObject({ hits: [], totalHits: 0, degraded: true, page: 1, totalPages: 0 })
  })

  it('no exclusion is forgotten, however many there are', async () => {
    const excluded = Array.from({ length: 60 }, (_, i) => `-Kürzel-${i * 4}`).join(' ')
    const hits = ids(await search(`Grundwort ${excluded}`, { limit: 300 }))
    expect(hits.length).toBeGreaterThan(0)
    for (let i = 0; i < 60; i++) expect(hits).not.toContain(`artikel-${i * 4}`)
  })

  it('why nothing was found is told by searches that were made whole, or not told', async () => {
    const q = 'titel:Titel titel:Hauptstraße Kennwrot5x1 Kennwort7x1 Gesezt'
    const free = await search(q, { explain: true }, new WorkBudget(Number.POSITIVE_INFINITY))
    expect(free.totalHits).toBe(0)
    let told = 0
    for (let limit = 1_000_000; limit < 40_000_000; limit *= 1.3) {
      const { explanation, degradation } = await search(q, { explain: true }, new WorkBudget(limit))
      for (const { word, articles, hitsWithout } of explanation?.words ?? []) {
        expect(free.explanation?.words).toContainEqual(expect.objectContaining({ word, articles, hitsWithout }))
        told += 1
      }
      if ((explanation?.words.length ?? 0) < (free.explanation?.words.length ?? 0))
        expect(degradation?.cuts).toContain('reasons')
    }
    expect(told).toBeGreaterThan(0)
  })

  it('an order that cannot be made whole is refused', async () => {
    const sort = [{ field: 'zahl', descending: true }] as const
    await expect(search('', { sort }, new WorkBudget(20_000))).rejects.toMatchObject({ code: 'request_costly' })
    expect((await search('', { sort })).totalHits).toBe(articles.length)
  })

  it('texts of hits that are too long together are refused', async () => {
    const huge = memoryService(
      Array.from({ length: 11 }, (_, i) => articleOf({ id: `riese-${i}`, text: `Riese ${i} ${'x'.repeat(500_000)}` })),
    )
    const error = await huge.service
      .search({ ...DEFAULT_REQUEST, q: 'Riese', attributesToRetrieve: ['text'] })
      .catch((thrown: unknown) => thrown)
    huge.close()
    expect((error as FundstelleError).code).toBe('answer_large')
  })
})

describe('giving way', () => {
  const queries = [
    'Grundwort Hauptstraße',
    '"Gesetz des Landes" -Titel',
    'Kennwrot3x1',
    'titel:Straßen Gesetz',
    'Gese*',
  ]

  it('two searches at once answer as each alone', async () => {
    const plain = ({ hits, totalHits, droppedWords }: SearchAnswer) => ({ hits, totalHits, droppedWords })
    for (const q of queries) {
      const alone = plain(await search(q, { explain: true }))
      const budgets = [new BusyBudget(), new BusyBudget()]
      const both = await Promise.all([
        search(q, { explain: true }, budgets[0]),
        search('Straßen Land Kennwort5x1', {}, budgets[1]),
        search(q, { explain: true }),
      ])
      expect(plain(both[0])).toEqual(alone)
      expect(plain(both[2])).toEqual(alone)
      expect(budgets[0]?.turns).toBeGreaterThan(3)
    }
  })

  it('others are answered meanwhile', async () => {
    const order: string[] = []
    const costly = search(queries[1] as string, { explain: true }, new BusyBudget()).then(() => order.push('search'))
    const health = Promise.resolve(app.request('/health')).then(() => order.push('health'))
    await Promise.all([costly, health])
    expect(order).toEqual(['health', 'search'])
  })
})
