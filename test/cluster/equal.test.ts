import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import type { Article } from '../../src/article/article.ts'
import type { SearchOptions } from '../../src/search/query/analyzed-query.ts'
import { anyArticles, anyQuery } from '../support/articles.ts'
import { CLUSTER_URL, clusterEngineOf, NEEDS_CLUSTER } from '../support/cluster-engine.ts'
import { anyOperators, anyOptions, figuresOf, RECENCY, shownOf } from '../support/equal-results.ts'
import { analyzer, ask } from '../support/memory-index.ts'
import { ReferenceEngine } from '../support/reference/reference-engine.ts'
import { withWeights } from '../support/weights.ts'

/** Collections of one run; each is asked several queries, since writing one takes longer than asking it. */
const RUNS = 20
const QUERIES = 6
/** What fails is told as it is: making it smaller would write hundreds of collections more. */
const OPTIONS = { numRuns: RUNS, endOnFailure: true }

const asked = (query: fc.Arbitrary<string>) =>
  fc.array(fc.tuple(query, anyOptions), { minLength: QUERIES, maxLength: QUERIES })

async function mustBeEqual(
  articles: readonly Article[],
  queries: readonly (readonly [string, Partial<SearchOptions>])[],
): Promise<void> {
  const cluster = clusterEngineOf(articles, analyzer)
  const reference = new ReferenceEngine(articles, analyzer)
  for (const [query, options] of queries) {
    const one = await ask(cluster, query, { explain: true, ...options }, RECENCY)
    const other = await ask(reference, query, { explain: true, ...options }, RECENCY)
    expect([query, options, shownOf(one)]).toEqual([query, options, shownOf(other)])
    const expected = figuresOf(other)
    for (const [i, figure] of figuresOf(one).entries()) expect(figure).toBeCloseTo(expected[i] as number, 5)
  }
}

describe.skipIf(CLUSTER_URL === undefined)(`a cluster finds what the reference does${NEEDS_CLUSTER}`, () => {
  describe('but for words that only look alike', () => {
    withWeights({ neighbour: 0 })

    it('for words', async () => {
      await fc.assert(fc.asyncProperty(anyArticles, asked(anyQuery), mustBeEqual), OPTIONS)
    })

    it('for operators', async () => {
      await fc.assert(fc.asyncProperty(anyArticles, asked(anyOperators), mustBeEqual), OPTIONS)
    })

    it('where nothing is asked for', async () => {
      await fc.assert(fc.asyncProperty(anyArticles, asked(fc.constant('')), mustBeEqual), OPTIONS)
    })
  })

  it('for words that look alike, too', async () => {
    await fc.assert(fc.asyncProperty(anyArticles, asked(anyQuery), mustBeEqual), OPTIONS)
  })
})
