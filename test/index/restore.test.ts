import { describe, expect, it } from 'vitest'
import type { EmbeddedEngine } from '../../src/index/embedded-engine.ts'
import { Postings } from '../../src/index/segment/postings.ts'
import { analyzeQuery } from '../../src/search/query/analyze.ts'
import { WorkBudget } from '../../src/work-budget.ts'
import { articleOf } from '../support/articles.ts'
import { analyzer, indexOf, search, textlessEngine } from '../support/memory-index.ts'

const index = indexOf(
  Array.from({ length: 30 }, (_, i) =>
    articleOf({
      id: `a${i}`,
      title: i % 3 === 0 ? 'Haus am See' : 'Garten',
      text: `Häuser, Hausboote und runde Tische ${'Boden-Luft-Rakete '.repeat(i % 4)} im Jahr ${2000 + i}`,
    }),
  ),
)

const queries = [
  'Haus Hausboot',
  '"runder Tisch" -Garten',
  'Bodenluft-Rakete See',
  'Hasu',
  'Haus* UND titel:See',
  'Jonglier Garten',
]
const answerOf = async (engine: EmbeddedEngine, query: string) => {
  const { hits, totalHits } = await search(engine, analyzeQuery(query, analyzer, { explain: true, limit: 100 }))
  // what reads their structure is another function each time
  return { hits: hits.map(({ structure, ...hit }) => ({ ...hit, structure: structure() })), totalHits }
}

/** Throws at the n-th thing that is counted. */
class ThrowingBudget extends WorkBudget {
  #left: number

  constructor(left: number) {
    super()
    this.#left = left
  }

  override spend(units: number): void {
    if (this.#left-- === 0) throw new Error('as if memory had run out')
    super.spend(units)
  }
}

describe('an exception in the middle of a search', () => {
  it.each(queries)('leaves nothing behind, wherever it comes: %s', async (query) => {
    const engine = textlessEngine(index)
    const expected = await Promise.all(queries.map((one) => answerOf(textlessEngine(index), one)))
    let thrown = 0
    for (let at = 0; at < 4000; at += at < 60 ? 1 : 7) {
      const plan = analyzeQuery(query, analyzer, { explain: true, limit: 100 })
      const failed = await search(engine, plan, new ThrowingBudget(at)).then(
        () => false,
        () => true,
      )
      if (!failed) break
      thrown += 1
      const other = queries[thrown % queries.length] as string
      expect(await answerOf(engine, other)).toEqual(expected[thrown % queries.length])
    }
    expect(thrown).toBeGreaterThan(10)
  })

  it('also where posting lists cannot be read', async () => {
    const engine = textlessEngine(index)
    const expected = await answerOf(engine, 'Haus Garten')
    const { lists } = Postings.prototype
    for (let at = 0; at < 12; at++) {
      let left = at
      index.postings.lists = (...asked: Parameters<typeof lists>) => {
        if (left-- === 0) throw new Error('broken')
        return lists.apply(index.postings, asked)
      }
      try {
        await expect(answerOf(engine, 'Haus Garten Bodenluft-Rakete')).rejects.toThrow('broken')
      } finally {
        index.postings.lists = lists
      }
      expect(await answerOf(engine, 'Haus Garten')).toEqual(expected)
    }
  })
})
