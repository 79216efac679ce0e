import { describe, expect, it } from 'vitest'
import { createAnalyzer } from '../../../src/analysis/analyzer.ts'
import type { Engine, EngineReader } from '../../../src/search/engine/engine.ts'
import { withTimeLimit } from '../../../src/search/engine/time-limit.ts'
import { DEFAULT_REQUEST } from '../../../src/search/query/request.ts'
import { createSearchService } from '../../../src/search/service.ts'
import { createApp } from '../../../src/server/app.ts'
import { readAssets } from '../../../src/server/http/assets.ts'
import { WorkBudget } from '../../../src/work-budget.ts'
import { articleOf } from '../../support/articles.ts'
import { engineOf, indexOf } from '../../support/memory-index.ts'

/** An engine that takes every call and answers none. */
const never = <T>(): Promise<T> => new Promise<T>(() => {})
const silent: Engine = {
  read: never,
  article: never,
  idWithUrl: never,
  suggestTerms: never,
  facetValues: never,
  state: never,
}
const service = createSearchService(withTimeLimit(silent, 5), createAnalyzer())
const ALIVE = engineOf(indexOf([articleOf({ id: 'a', text: 'Haus' })]), new Map())

describe('an engine that does not answer', () => {
  it.each<[name: string, call: () => Promise<unknown>]>([
    ['a search', () => service.search({ ...DEFAULT_REQUEST, q: 'Haus' })],
    ['what is like an article', () => service.similar('a', DEFAULT_REQUEST)],
    ['an article', () => service.article('a')],
    ['an article with marks', () => service.marked('a', 'Haus')],
    ['marks of a page', () => service.pageMarks('Haus', 'https://a.example/')],
    ['suggestions', () => service.suggest('Ha', 5)],
    ['the name of its state', () => service.version()],
    ['values of a field', () => service.facetValues({ field: 'tags', text: '', filter: null, most: 5 })],
  ])('ends %s with a clear error', async (_, call) => {
    await expect(call()).rejects.toMatchObject({ code: 'engine_unavailable', status: 503 })
  })

  it('is a 503 that tells the client to come back, and the log that it happened', async () => {
    const logged: unknown[] = []
    const app = createApp({ service, ready: () => true, assets: readAssets(), onError: (error) => logged.push(error) })
    const response = await app.request('/search?q=Haus&lang=en')
    expect([response.status, await response.json()]).toMatchObject([503, { code: 'engine_unavailable' }])
    expect(logged).toMatchObject([{ code: 'engine_unavailable' }])
  })
})

describe('a request that is given up', () => {
  it('ends with its own reason, whatever the engine does', async () => {
    const stop = new AbortController()
    const budget = new WorkBudget(undefined, undefined, stop.signal)
    const reading = withTimeLimit(silent, 60_000).read(never, budget)
    stop.abort(new Error('gone'))
    await expect(reading).rejects.toThrow('gone')
  })

  it('does not begin later, nor does one whose time is over', async () => {
    let letGo = (): void => {}
    const held = new Promise<void>((resolve) => {
      letGo = resolve
    })
    const first = ALIVE.read(() => held, new WorkBudget())
    let begun = 0
    const late = Array.from({ length: 5 }, () =>
      withTimeLimit(ALIVE, 5).read(async () => {
        begun += 1
      }, new WorkBudget()),
    )
    expect((await Promise.allSettled(late)).map(({ status }) => status)).toEqual(Array(5).fill('rejected'))
    letGo()
    await first
    // its turn comes after theirs
    await ALIVE.read(async () => {}, new WorkBudget())
    expect(begun).toBe(0)
  })

  it('is answered with 499, which nobody reads, and is no failure', async () => {
    const logged: unknown[] = []
    const limited = createSearchService(withTimeLimit(silent, 60_000), createAnalyzer())
    const app = createApp({
      service: limited,
      ready: () => true,
      assets: readAssets(),
      onError: (error) => logged.push(error),
    })
    const stop = new AbortController()
    const search = app.request('/search', { method: 'POST', body: '{"q":"Haus"}', signal: stop.signal })
    await Promise.resolve()
    // as a server does it: with a text
    stop.abort('Error: aborted')
    expect([(await search).status, logged]).toEqual([499, []])
  })

  it('does not begin when its turn comes, and lets the next one begin', async () => {
    let letGo = (): void => {}
    const held = new Promise<void>((resolve) => {
      letGo = resolve
    })
    const first = ALIVE.read(() => held, new WorkBudget())
    const stop = new AbortController()
    let hasBegun = false
    const second = ALIVE.read(
      async () => {
        hasBegun = true
      },
      new WorkBudget(undefined, undefined, stop.signal),
    )
    const third = ALIVE.read(async ({ state }: EngineReader) => state, new WorkBudget())
    stop.abort(new Error('gone'))
    letGo()
    await first
    await expect(second).rejects.toThrow('gone')
    expect([hasBegun, await third]).toEqual([false, await ALIVE.state()])
  })

  it('stops where it gives way', async () => {
    const stop = new AbortController()
    const budget = new WorkBudget(undefined, undefined, stop.signal)
    stop.abort(new Error('gone'))
    await expect(budget.giveWay()).rejects.toThrow('gone')
    for (const part of [budget.part(2), budget.reserve(0)]) expect(part.signal).toBe(stop.signal)
  })
})

it('a call that ends in time is what the engine gives, failures too', async () => {
  const limited = withTimeLimit(ALIVE, 60_000)
  expect(await limited.read(async ({ state }) => state, new WorkBudget())).toBe(await ALIVE.state())
  await expect(limited.read(() => Promise.reject(new RangeError('so nicht')), new WorkBudget())).rejects.toThrow(
    'so nicht',
  )
})
