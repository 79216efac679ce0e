import { describe, expect, it, onTestFinished, vi } from 'vitest'
import { NearDuplicates } from '../../src/index/docset/near-duplicates.ts'
import type { EmbeddedReader } from '../../src/index/embedded-reader.ts'
import { analyzeQuery } from '../../src/search/query/analyze.ts'
import { WorkBudget } from '../../src/work-budget.ts'
import { articleOf } from '../support/articles.ts'
import { BusyBudget } from '../support/busy-budget.ts'
import { generatedArticle, seededRandom } from '../support/corpus.ts'
import { analyzer, engineOf, indexOf, readerOf, search, searchReader } from '../support/memory-index.ts'

const random = seededRandom(5)
const articles = Array.from({ length: 600 }, (_, i) =>
  articleOf({ id: `a${i}`, title: `T ${i % 50}`, text: generatedArticle(i % 500, 1, random) }),
)
const index = indexOf(articles)
const pieces = (reader: EmbeddedReader): number => [...reader.warmUp()].length
const near = (query: string) => analyzeQuery(query, analyzer, { foldDuplicates: 'near', explain: true })

describe('before an index is put in service', () => {
  it('everything is prepared that its first searches would wait for, in pieces', () => {
    const reader = readerOf(index)
    const first = pieces(reader)
    expect(first).toBeGreaterThan(20)
    // nothing is left but a look at each thing
    expect(pieces(reader)).toBeLessThan(first / 2)
  })

  it('searches may come between the pieces, and articles may come and go', async () => {
    const grown = indexOf(articles.slice(0, 300))
    const reader = readerOf(grown)
    let next = 300
    for (const _ of reader.warmUp()) {
      if (next < 400) {
        next += 1
        grown.add(next, articles[next - 1] as (typeof articles)[0], analyzer)
        if (next % 10 === 0) grown.remove(next - 250)
      }
      if (next % 25 === 0) await searchReader(reader, near('Kennwrot7x1'))
    }
    const plan = near('Grundwort Kennwrot33x1')
    const fresh = await searchReader(readerOf(grown), plan)
    const prepared = await searchReader(reader, plan)
    // what reads their structure is another function each time
    const told = ({ hits }: typeof fresh) => hits.map(({ structure, ...hit }) => ({ ...hit, structure: structure() }))
    expect(told(prepared)).toEqual(told(fresh))
    expect(prepared.totalHits).toBe(fresh.totalHits)
  })

  it('nearly equal articles are grouped where somebody has asked for them, then in each index that follows', async () => {
    const numbered = new Map(articles.map((article, i) => [i + 1, article]))
    const engine = engineOf(indexOf(articles), numbered)
    await engine.swap(indexOf(articles))
    const grouping = vi.spyOn(NearDuplicates.prototype, 'prepareNear')
    onTestFinished(() => grouping.mockRestore())
    await engine.swap(indexOf(articles))
    expect(grouping).not.toHaveBeenCalled()
    const found = await search(engine, near('Grundwort'))
    grouping.mockClear()
    await engine.swap(indexOf(articles))
    expect(grouping).toHaveBeenCalled()
    grouping.mockClear()
    expect(await search(engine, near('Grundwort'))).toMatchObject({ totalHits: found.totalHits })
    // all is there at the first look
    expect(grouping).toHaveBeenCalledTimes(1)
  })

  it('the one before answers until then', async () => {
    const numbered = new Map(articles.map((article, i) => [i + 1, article]))
    const engine = engineOf(indexOf(articles.slice(0, 10)), numbered)
    const swapping = engine.swap(index)
    const plan = analyzeQuery('Grundwort', analyzer, { foldDuplicates: 'none' })
    expect((await search(engine, plan)).totalHits).toBe(10)
    await swapping
    expect((await search(engine, plan)).totalHits).toBe(600)
  })

  it('it is not put there any more where that is given up', async () => {
    const engine = engineOf(indexOf(articles.slice(0, 10)), new Map())
    const { index: before } = engine
    const stop = AbortSignal.abort()
    await expect(engine.swap(index, { signal: stop })).rejects.toBe(stop.reason)
    expect(engine.index).toBe(before)
  })

  it('a search that began before keeps what it began with', async () => {
    const numbered = new Map(articles.map((article, i) => [i + 1, article]))
    const engine = engineOf(indexOf(articles.slice(0, 10)), numbered)
    const budget = new BusyBudget()
    const plan = analyzeQuery('Grundwort', analyzer, { foldDuplicates: 'none' })
    const searching = search(engine, plan, budget)
    await engine.swap(indexOf(articles.slice(0, 20)))
    expect((await searching).totalHits).toBe(10)
  })

  it('one that waited for its turn reads what is in service then, and says so', async () => {
    const numbered = new Map(articles.map((article, i) => [i + 1, article]))
    const engine = engineOf(indexOf(articles.slice(0, 10)), numbered)
    let letGo = (): void => {}
    const released = new Promise<void>((resolve) => {
      letGo = resolve
    })
    const held = engine.read(() => released, new WorkBudget())
    const waiting = search(engine, analyzeQuery('Grundwort', analyzer, { foldDuplicates: 'none' }))
    const before = await engine.state()
    await engine.swap(indexOf(articles.slice(0, 20)))
    letGo()
    await held
    expect(await waiting).toMatchObject({ totalHits: 20, state: await engine.state() })
    expect(await engine.state()).not.toBe(before)
  })

  it('the index changes between searches, never in the middle of one', async () => {
    const numbered = new Map(articles.map((article, i) => [i + 1, article]))
    const own = indexOf(articles.slice(0, 50))
    const engine = engineOf(own, numbered)
    const plan = analyzeQuery('Grundwort', analyzer, { foldDuplicates: 'none', limit: 100 })
    const searching = search(engine, plan, new BusyBudget())
    const changing = engine.exclusively(() => {
      for (let i = 0; i < 20; i++) own.remove(i + 1)
      own.add(601, articles[599] as (typeof articles)[0], analyzer)
    })
    expect((await searching).totalHits).toBe(50)
    await changing
    expect((await search(engine, plan)).totalHits).toBe(31)
  })
})
