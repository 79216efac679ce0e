import { describe, expect, it } from 'vitest'
import { Searcher } from '../../src/index/searcher.ts'
import { planQuery } from '../../src/search/query/plan.ts'
import { articleOf } from '../support/articles.ts'
import { BusyBudget } from '../support/busy-budget.ts'
import { generatedArticle, seededRandom } from '../support/corpus.ts'
import { analyzer, engineOf, indexOf } from '../support/memory-index.ts'

const random = seededRandom(5)
const articles = Array.from({ length: 600 }, (_, i) =>
  articleOf({ id: `a${i}`, title: `T ${i % 50}`, text: generatedArticle(i % 500, 1, random) }),
)
const index = indexOf(articles)
const pieces = (searcher: Searcher): number => [...searcher.preparation()].length

describe('before an index is put in service', () => {
  it('everything is prepared that its first searches would wait for, in pieces', () => {
    const searcher = new Searcher(index, analyzer)
    const first = pieces(searcher)
    expect(first).toBeGreaterThan(20)
    // nothing is left but a look at each thing
    expect(pieces(searcher)).toBeLessThan(first / 2)
  })

  it('searches may come between the pieces, and articles may come and go', async () => {
    const grown = indexOf(articles.slice(0, 300))
    const searcher = new Searcher(grown, analyzer)
    let next = 300
    for (const _ of searcher.preparation()) {
      if (next < 400) {
        next += 1
        grown.add(next, articles[next - 1] as (typeof articles)[0], analyzer)
        if (next % 10 === 0) grown.remove(next - 250)
      }
      if (next % 25 === 0) await searcher.search(planQuery('Kennwrot7x1', analyzer, { foldDuplicates: 'near' }))
    }
    const plan = planQuery('Grundwort Kennwrot33x1', analyzer, { foldDuplicates: 'near', explain: true })
    const fresh = await new Searcher(grown, analyzer).search(plan)
    const prepared = await searcher.search(plan)
    expect(prepared.hits).toEqual(fresh.hits)
    expect(prepared.totalHits).toBe(fresh.totalHits)
  })

  it('the one before answers until then', async () => {
    const numbered = new Map(articles.map((article, i) => [i + 1, article]))
    const engine = engineOf(indexOf(articles.slice(0, 10)), numbered)
    const swapping = engine.swap(index)
    const plan = planQuery('Grundwort', analyzer, { foldDuplicates: 'none' })
    expect((await engine.search(plan)).totalHits).toBe(10)
    await swapping
    expect((await engine.search(plan)).totalHits).toBe(600)
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
    const plan = planQuery('Grundwort', analyzer, { foldDuplicates: 'none' })
    const searching = engine.search(plan, budget)
    await engine.swap(indexOf(articles.slice(0, 20)))
    expect((await searching).totalHits).toBe(10)
  })

  it('so does one that waited for another: it was read for the index there was then', async () => {
    const numbered = new Map(articles.map((article, i) => [i + 1, article]))
    const engine = engineOf(indexOf(articles.slice(0, 10)), numbered)
    const { version } = engine
    const plan = planQuery('Grundwort', analyzer, { foldDuplicates: 'none' })
    const before = engine.search(plan, new BusyBudget())
    const waiting = engine.search(plan)
    await engine.swap(indexOf(articles.slice(0, 20)))
    await before
    expect(await waiting).toMatchObject({ totalHits: 10, version })
  })

  it('the index changes between searches, never in the middle of one', async () => {
    const numbered = new Map(articles.map((article, i) => [i + 1, article]))
    const own = indexOf(articles.slice(0, 50))
    const engine = engineOf(own, numbered)
    const plan = planQuery('Grundwort', analyzer, { foldDuplicates: 'none', limit: 100 })
    const searching = engine.search(plan, new BusyBudget())
    const changing = engine.exclusively(() => {
      for (let i = 0; i < 20; i++) own.remove(i + 1)
      own.add(601, articles[599] as (typeof articles)[0], analyzer)
    })
    expect((await searching).totalHits).toBe(50)
    await changing
    expect((await engine.search(plan)).totalHits).toBe(31)
  })
})
