import { getEventListeners } from 'node:events'
import { writeFileSync } from 'node:fs'
import { MessageChannel } from 'node:worker_threads'
import { beforeEach, describe, expect, onTestFinished, test, vi } from 'vitest'
import { FundstelleError } from '../../src/errors.ts'
import { EmbeddedEngine } from '../../src/index/embedded-engine.ts'
import { analysedBy } from '../../src/index/open-analysis.ts'
import { ArticleIndex } from '../../src/index/segment/segment.ts'
import { DIRECT_CHANGES_MAX } from '../../src/index/snapshot/backlog.ts'
import { buildSnapshot } from '../../src/index/snapshot/catch-up.ts'
import { catchUp } from '../../src/index/snapshot/index-sink.ts'
import { NO_RULES, type Rules } from '../../src/rules.ts'
import type { SearchAnswer } from '../../src/search/answer.ts'
import type { DocumentSearch } from '../../src/search/document-search.ts'
import { createDocumentSearch } from '../../src/search/document-service.ts'
import { parseFilter } from '../../src/search/filter/parse.ts'
import { DEFAULT_REQUEST, type SearchRequest } from '../../src/search/query/request.ts'
import { createSearchService, type SearchService } from '../../src/search/service.ts'
import { nameOf, searchSettingsOf, versionOf } from '../../src/search/version.ts'
import type { Method } from '../../src/search-threads/messages.ts'
import type { SearchThread } from '../../src/search-threads/search-thread.ts'
import { serveThread } from '../../src/search-threads/serve-thread.ts'
import { createApp } from '../../src/server/app.ts'
import { readAssets } from '../../src/server/http/assets.ts'
import type { ArticleStore } from '../../src/store/article-store.ts'
import { WORK_MAX, WorkBudget } from '../../src/work-budget.ts'
import { articleOf } from '../support/articles.ts'
import { documentsAsked } from '../support/document-requests.ts'
import { temporaryFolder } from '../support/folders.ts'
import { answering, PLAIN, talking } from '../support/search-threads.ts'
import { openStore } from '../support/stores.ts'

let cache = ''
let store: ArticleStore
beforeEach(() => {
  cache = temporaryFolder()
  store = openStore(cache)
})

/** Articles by numbers; every other one is in Köln. */
function put(from: number, to: number, text = 'Ein Haus am Ufer, dahinter die Häuser der Stadt.'): void {
  store.transaction(() => {
    for (let i = from; i < to; i++) {
      const meta = { ort: i % 2 === 0 ? 'Köln' : 'Bonn', zahl: i }
      store.put(
        articleOf({ id: `a${i}`, title: `Haus ${i}`, url: `https://www.beispiel.example/${i}`, text, meta }),
        null,
      )
    }
  })
}

/** The service as it is without a thread, on the same articles. */
async function directly(rules: Rules = NO_RULES): Promise<SearchService & DocumentSearch> {
  const analysed = analysedBy(rules)
  const index = new ArticleIndex()
  await catchUp(index, store, analysed.analyzer)
  const parts = { analyzer: () => analysed.analyzer, rules: () => analysed.rules, settings: searchSettingsOf(PLAIN) }
  const engine = new EmbeddedEngine(index, store, analysed)
  return {
    ...createSearchService(engine, parts),
    ...createDocumentSearch(engine, { ...parts, source: () => store, hasFiles: true }),
  }
}

const asking = (q: string, more: Partial<SearchRequest> = {}): SearchRequest => ({ ...DEFAULT_REQUEST, ...more, q })
const search = (thread: SearchThread, q: string, budget: WorkBudget | null = null): Promise<SearchAnswer> =>
  thread.call('search', [asking(q)], budget) as Promise<SearchAnswer>

/** How long it took is not what is answered. */
function comparable(answer: unknown): unknown {
  if (typeof answer !== 'object' || answer === null || !('processingTimeMs' in answer)) return answer
  return { ...answer, processingTimeMs: 0 }
}

/** Every search gives way wherever it may: for the clock, ages pass between two looks at it. */
function hold(): void {
  let nowMs = performance.now()
  const clock = vi.spyOn(performance, 'now').mockImplementation(() => {
    nowMs += 1000
    return nowMs
  })
  onTestFinished(() => void clock.mockRestore())
}

describe('what is asked through a thread', () => {
  /** Of every method some calls; one that is missing does not compile. */
  const CALLS: Record<Exclude<Method, 'samples'>, readonly (readonly unknown[])[]> = {
    search: [
      [asking('Häuser ufer', { facets: ['*'], explain: true })],
      [asking('Hauz')],
      [asking('', { filter: parseFilter('ort = Köln AND zahl > 3'), sort: [{ field: 'zahl', descending: true }] })],
      [asking('nirgends', { explain: true, page: 2 })],
    ],
    similar: [
      ['a3', asking('')],
      ['fehlt', asking('')],
    ],
    suggest: [['Hau', 5]],
    facetValues: [[{ field: 'ort', text: 'k', filter: null, most: 5 }]],
    article: [['a3'], ['fehlt']],
    marked: [
      ['a3', 'Häuser'],
      ['a3', ''],
      ['fehlt', 'Haus'],
    ],
    pageMarks: [
      ['Haus', 'https://www.beispiel.example/3'],
      ['Haus', 'https://anderswo.example/'],
    ],
    analyze: [['Häuser am Ufer', 'de']],
    searchDocuments: [[documentsAsked({ q: 'Häuser', highlighted: ['*'], facets: ['ort'] })], [documentsAsked()]],
    similarDocuments: [
      ['a3', documentsAsked()],
      ['fehlt', documentsAsked()],
    ],
    documents: [
      [{ ids: null, filter: null, sort: [], limit: 3, offset: 2, fields: ['title'] }],
      [{ ids: null, filter: parseFilter('ort = Köln'), sort: [], limit: 3, offset: 2, fields: null }],
    ],
    documentIds: [[parseFilter('ort = Köln')]],
    document: [
      ['a3', null],
      ['fehlt', null],
    ],
  }

  test.each(Object.entries(CALLS))(
    '%s gives what the service gives, and costs what it costs there',
    async (name, calls) => {
      put(0, 12)
      const { thread } = await answering(cache)
      const service = await directly()
      const method = name as keyof typeof CALLS
      const call = service[method] as (...args: readonly unknown[]) => Promise<unknown>
      for (const args of calls) {
        const [spent, budget] = [new WorkBudget(), new WorkBudget()]
        const hasOwn = method === 'analyze' || method === 'document'
        const got = await thread.call(method, args, hasOwn ? null : spent)
        expect(comparable(got)).toEqual(comparable(await call(...args, ...(hasOwn ? [] : [budget]))))
        expect(spent.state).toEqual(budget.state)
      }
      expect(thread.load).toBe(0)
    },
  )

  test('without a budget it has one of its own', async () => {
    put(0, 2)
    const { thread } = await answering(cache)
    expect((await search(thread, 'Haus')).totalHits).toBe(2)
  })

  test('samples are the newest articles and the longest, with words of theirs', async () => {
    put(0, 3)
    const { thread } = await answering(cache)
    const samples = (await thread.call('samples', [], null)) as { id: string; words: string[] }[]
    expect(samples).toHaveLength(2)
    expect(samples.map(({ id }) => id)).toContain('a2')
    for (const { words } of samples) expect(words).toContain('ufer')
  })
})

describe('a budget', () => {
  test('that is too small comes back with what was cut', async () => {
    put(0, 60)
    const { thread } = await answering(cache)
    const service = await directly()
    const [budget, expected] = [new WorkBudget(60_000), new WorkBudget(60_000)]
    const request = asking('Häuser Ufer Stadt dahinter')
    const got = await thread.call('search', [request], budget)
    expect(comparable(got)).toEqual(comparable(await service.search(request, expected)))
    expect(budget.cuts).not.toEqual([])
    expect(budget.state).toEqual(expected.state)
  })

  test('is shared by several searches as it is without a thread: what one spends, cuts and demands the next one lacks', async () => {
    put(0, 60)
    const { thread } = await answering(cache)
    const service = await directly()
    const requests = [
      asking('Haus', { filter: parseFilter('zahl > 3'), sort: [{ field: 'zahl', descending: false }] }),
      asking('Häuser Ufer Stadt dahinter'),
      asking('Haus', { facets: ['*'] }),
    ]
    const shared = async (whole: WorkBudget, by: (request: SearchRequest, part: WorkBudget) => Promise<unknown>) => {
      const answers: unknown[] = []
      for (const [at, request] of requests.entries()) {
        const part = whole.part(requests.length - at - 1)
        answers.push(comparable(await by(request, part)))
        whole.settle(part)
      }
      return { answers, state: whole.state, next: whole.part(0).state }
    }
    const limit = 400_000
    const got = await shared(new WorkBudget(limit), (request, part) => thread.call('search', [request], part))
    const wanted = await shared(new WorkBudget(limit), (request, part) => service.search(request, part))
    expect(got).toEqual(wanted)
    expect(got.state.indivisible).toBeLessThan(new WorkBudget(limit).state.indivisible)
    expect(got.state.cuts).not.toEqual([])
    expect(got.state.spent).toBeGreaterThan(0)
  })

  test('is the same on both sides, there and back, whatever was done to it', () => {
    const here = new WorkBudget(1000)
    here.spend(10)
    const there = WorkBudget.of(here.state, new AbortController().signal)
    expect(there.state).toEqual(here.state)
    const part = there.part(0)
    part.spend(20)
    part.demand('sort', 5)
    part.cut('hits')
    there.settle(part)
    there.spend(1)
    there.mayDemand(0)
    here.take(there.state)
    expect(here.state).toEqual({ limit: 1000, indivisible: 285, demanded: 31, spent: 31, cuts: ['hits'] })
    expect(here.state).toEqual(there.state)
  })

  test('that was begun before it reached the thread is not begun anew there', async () => {
    put(0, 3)
    const { thread } = await answering(cache)
    const budget = new WorkBudget()
    budget.spend(WORK_MAX)
    const answer = await search(thread, 'Haus', budget)
    expect(answer).toMatchObject({ degraded: true, hits: [] })
    expect(budget.cuts).toEqual(['searches'])
  })
})

describe('an error', () => {
  test('of ours keeps its code and parameters, and what was spent until then is spent', async () => {
    put(0, 60)
    const { thread } = await answering(cache)
    const service = await directly()
    const request = asking('', { filter: parseFilter('zahl > 3 AND ort = Köln') })
    const [budget, expected] = [new WorkBudget(1000), new WorkBudget(1000)]
    const wanted = await service.search(request, expected).then(
      () => null,
      (error: unknown) => error,
    )
    expect(wanted).toBeInstanceOf(FundstelleError)
    const { code, params } = wanted as FundstelleError
    expect(code).toBe('request_costly')
    const failing = thread.call('search', [request], budget)
    await expect(failing).rejects.toBeInstanceOf(FundstelleError)
    await expect(failing).rejects.toMatchObject({ code, params })
    expect(budget.state).toEqual(expected.state)
  })

  test('that nobody expected becomes a 500 without its words; the log has them, and where it happened', async () => {
    const { thread } = await answering(cache)
    const service = await directly()
    const told: Error[] = []
    const app = createApp({
      service: { ...service, search: () => thread.call('search', [null], null) as Promise<SearchAnswer> },
      ready: () => true,
      assets: readAssets(),
      onError: (error) => told.push(error as Error),
    })
    const response = await app.request('/search?q=Haus', { headers: { accept: 'application/json' } })
    expect(response.status).toBe(500)
    const [error] = told as [Error]
    expect(error.message).toMatch(/null/)
    expect(error.stack).toContain('service.ts')
    const body = await response.text()
    expect(body).not.toContain(error.message)
    expect(body).not.toContain('service.ts')
  })
})

describe('a client that goes away', () => {
  test('cancels the work in the thread: it is given up the next time that it gives way', async () => {
    put(0, 60)
    const { thread, answers, until } = await answering(cache)
    hold()
    const gone = new AbortController()
    const budget = new WorkBudget(undefined, undefined, gone.signal)
    const asked = search(thread, 'Häuser Ufer', budget)
    expect(getEventListeners(gone.signal, 'abort')).toHaveLength(1)
    gone.abort(new Error('fort'))
    await expect(asked).rejects.toThrow('fort')
    expect(thread.load).toBe(0)
    expect(getEventListeners(gone.signal, 'abort')).toHaveLength(0)
    await until(() => answers.length === 1)
    expect(answers[0]).toMatchObject({ id: 0, error: { message: expect.stringMatching(/abort|gone away/) } })
    expect((await search(thread, 'Haus')).totalHits).toBe(60)
  })

  test('before it asks is not asked for', async () => {
    const { thread } = await answering(cache)
    const budget = new WorkBudget(undefined, undefined, AbortSignal.abort('zu spät'))
    await expect(search(thread, 'Haus', budget)).rejects.toMatchObject({ cause: 'zu spät' })
    expect(thread.load).toBe(0)
  })

  test('after its answer leaves nothing behind', async () => {
    put(0, 2)
    const { thread } = await answering(cache)
    const { signal } = new AbortController()
    await search(thread, 'Haus', new WorkBudget(undefined, undefined, signal))
    expect(getEventListeners(signal, 'abort')).toHaveLength(0)
  })
})

test('a search that takes too long ends with the seconds that it had', async () => {
  put(0, 60)
  const { thread } = await answering(cache, { timeoutMs: 0 })
  hold()
  await expect(search(thread, 'Häuser Ufer')).rejects.toMatchObject({
    code: 'engine_unavailable',
    params: { why: { de: 'nach 0 Sekunden aufgegeben', en: 'given up after 0 seconds' } },
  })
})

describe('the status', () => {
  test('is told when it begins: articles, state and rules', async () => {
    put(0, 3)
    const { thread } = await answering(cache)
    const { version } = await search(thread, 'Haus').then(({ indexVersion }) => ({ version: indexVersion }))
    expect(thread.status).toMatchObject({ ready: true, articles: 3 })
    expect(version).toBe(await (await directly()).version())
  })

  test('of a new state comes before the first answer that was found in it', async () => {
    put(0, 1)
    const { thread, statuses } = await answering(cache)
    const settings = searchSettingsOf(PLAIN)
    const told = (): string[] => statuses.map(({ state, rules }) => versionOf(state, settings, rules, nameOf(settings)))
    for (let articles = 2; articles < 6; articles++) {
      put(articles - 1, articles)
      let found = 0
      while (found < articles) {
        const answer = await search(thread, 'Haus')
        expect(told()).toContain(answer.indexVersion)
        found = answer.totalHits
      }
      expect(thread.status?.articles).toBe(articles)
    }
  })

  test('is told once where nothing changes', async () => {
    put(0, 1)
    const { thread, statuses } = await answering(cache)
    for (let i = 0; i < 3; i++) await search(thread, 'Haus')
    const { length } = statuses
    expect(new Set(statuses.map((status) => JSON.stringify(status))).size).toBe(length)
  })
})

describe('other rules', () => {
  const synonym: Rules = { ...NO_RULES, synonyms: [{ from: ['Hütte'], to: ['Haus'] }] }

  test('for queries are in force when that is said', async () => {
    put(0, 3)
    const { thread } = await answering(cache)
    expect((await search(thread, 'Hütte ')).totalHits).toBe(0)
    await thread.reconfigure(synonym)
    const { rules } = thread.status as { rules: string }
    expect(rules).toBe(analysedBy(synonym).rules.version)
    const answer = await search(thread, 'Hütte ')
    expect(answer.totalHits).toBe(3)
    expect(answer.indexVersion).toBe(await (await directly(synonym)).version())
    expect(answer).toEqual({
      ...(await (await directly(synonym)).search(asking('Hütte '))),
      processingTimeMs: expect.any(Number),
    })
  })

  test('that come while it opens are in force as soon as it has', async () => {
    put(0, 3)
    const { thread } = talking(cache)
    await thread.reconfigure(synonym)
    expect((await search(thread, 'Hütte ')).totalHits).toBe(3)
  })

  test('for articles have another index built, which takes the place of the one before', async () => {
    put(0, 3, 'Die Donaudampfschiffe sind fort.')
    const rules: Rules = { ...NO_RULES, unsplit: ['Donaudampfschiffe'] }
    const { analyzer, fingerprint } = analysedBy(rules)
    let builds = 0
    const build = async (): Promise<void> => {
      builds += 1
      await buildSnapshot(cache, store, analyzer, fingerprint)
    }
    const { thread, until, statuses } = await answering(cache, { build })
    expect((await search(thread, 'Dampf ')).totalHits).toBe(3)
    const before = thread.status?.state
    await thread.reconfigure(rules)
    const { length } = statuses
    await until(() => statuses.length > length && thread.status?.state !== before)
    expect((await search(thread, 'Dampf ')).totalHits).toBe(0)
    expect((await search(thread, 'Donaudampfschiff ')).totalHits).toBe(3)
    expect(builds).toBe(1)
  })
})

describe('a build', () => {
  test('is asked for where there is no snapshot of a large store; the thread is ready when it is there', async () => {
    put(0, DIRECT_CHANGES_MAX + 1)
    const { analyzer, fingerprint } = analysedBy(NO_RULES)
    let letGo: () => void = () => {}
    const held = new Promise<void>((resolve) => {
      letGo = resolve
    })
    const build = async (): Promise<void> => {
      await held
      await buildSnapshot(cache, store, analyzer, fingerprint)
    }
    const { thread, until, events } = talking(cache, { build })
    await until(() => thread.status !== undefined)
    expect(thread.status).toMatchObject({ ready: false, articles: 0 })
    expect(events).toEqual([{ kind: 'rebuilding' }])
    letGo()
    await until(() => thread.status?.ready === true)
    expect((await search(thread, 'Haus')).totalHits).toBe(DIRECT_CHANGES_MAX + 1)
  })

  test('that fails is told with its code and when it is tried again', async () => {
    put(0, DIRECT_CHANGES_MAX + 1)
    const build = (): Promise<void> => Promise.reject(new FundstelleError('store_busy', { path: cache, seconds: 5 }))
    const { until, events } = talking(cache, { build })
    await until(() => events.some(({ kind }) => kind === 'failed'))
    expect(events.at(-1)).toEqual({
      kind: 'failed',
      error: { code: 'store_busy', params: { path: cache, seconds: 5 } },
      retryMs: 3000,
    })
  })

  test('under way does not keep a thread from closing, and is no failure then', async () => {
    put(0, DIRECT_CHANGES_MAX + 1)
    const { thread, opened, closed, events } = talking(cache, { build: () => new Promise(() => {}) })
    await opened
    thread.close()
    await closed
    expect(events).toEqual([{ kind: 'rebuilding' }])
  })
})

describe('closing', () => {
  test('ends a thread that still opens its index, which is given up', async () => {
    // several pieces of work
    put(0, DIRECT_CHANGES_MAX)
    const { thread, opened, closed, events } = talking(cache)
    thread.close()
    await Promise.all([opened, closed])
    expect(events).toEqual([])
    expect(thread.status).toBeUndefined()
  })

  test('while calls are under way each of them is answered, or refused with 503', async () => {
    put(0, 60)
    const { thread, closed } = await answering(cache)
    hold()
    const asked = Array.from({ length: 5 }, () => search(thread, 'Häuser Ufer'))
    expect(thread.load).toBe(5)
    thread.close()
    await closed
    thread.end()
    for (const outcome of await Promise.allSettled(asked)) {
      if (outcome.status === 'fulfilled') expect(outcome.value.totalHits).toBe(60)
      else expect(outcome.reason).toMatchObject({ code: 'engine_unavailable', status: 503 })
    }
    expect(thread.load).toBe(0)
  })

  test('nothing can be asked of a thread that has ended, and it has no status', async () => {
    const { thread } = await answering(cache)
    const signal = new AbortController().signal
    const pending = search(thread, 'Haus', new WorkBudget(undefined, undefined, signal))
    thread.end()
    const error = await pending.catch((thrown: unknown) => thrown)
    expect(error).toMatchObject({ code: 'engine_unavailable', message: expect.stringMatching(/^[^0-9]* geendet und/) })
    expect((error as FundstelleError).detail('en')).toMatch(/: the thread that searched has ended .*try again later/)
    expect(getEventListeners(signal, 'abort')).toHaveLength(0)
    expect(thread).toMatchObject({ status: undefined, load: 0, hasEnded: true })
    await expect(search(thread, 'Haus')).rejects.toMatchObject({ code: 'engine_unavailable' })
    await expect(thread.reconfigure(NO_RULES)).rejects.toMatchObject({ code: 'engine_unavailable' })
  })

  test('a store that cannot be opened is why a thread does not begin', async () => {
    const broken = temporaryFolder()
    writeFileSync(`${broken}/store.sqlite`, 'kein Artikelspeicher '.repeat(100))
    const { port1, port2 } = new MessageChannel()
    onTestFinished(() => port1.close())
    const task = { cache: broken, rules: NO_RULES, answers: PLAIN, timeoutMs: 1000 }
    await expect(serveThread(port2, task)).rejects.toMatchObject({ code: 'store_broken' })
  })
})
