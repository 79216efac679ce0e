import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import type { Article } from '../../src/article/article.ts'
import type { Engine } from '../../src/search/engine/engine.ts'
import type { SearchOptions } from '../../src/search/query/analyzed-query.ts'
import { anyArticles, anyQuery, articleOf } from '../support/articles.ts'
import { CLUSTER_URL, clusterEngineOf, NEEDS_CLUSTER } from '../support/cluster-engine.ts'
import { anyOperators, anyOptions, figuresOf, RECENCY, shownOf } from '../support/equal-results.ts'
import { analyzer, ask, engineOf, indexOf } from '../support/memory-index.ts'
import { ReferenceEngine } from '../support/reference/reference-engine.ts'
import { withWeights } from '../support/weights.ts'

/** Collections of one run; each is asked several queries, since writing one takes longer than asking it. */
const RUNS = 20
const QUERIES = 6
/** What fails is told as it is: making it smaller would write hundreds of collections more. */
const OPTIONS = { numRuns: RUNS, endOnFailure: true }

const asked = (query: fc.Arbitrary<string>) =>
  fc.array(fc.tuple(query, anyOptions), { minLength: QUERIES, maxLength: QUERIES })

type Asked = readonly (readonly [string, Partial<SearchOptions>])[]

const asReference = (articles: readonly Article[], queries: Asked): Promise<void> =>
  mustBeEqual(articles, queries, new ReferenceEngine(articles, analyzer))

const asEmbedded = (articles: readonly Article[], queries: Asked): Promise<void> =>
  mustBeEqual(articles, queries, engineOf(indexOf(articles), new Map(articles.map((article, i) => [i + 1, article]))))

async function mustBeEqual(articles: readonly Article[], queries: Asked, reference: Engine): Promise<void> {
  const cluster = clusterEngineOf(articles, analyzer)
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
      await fc.assert(fc.asyncProperty(anyArticles, asked(anyQuery), asReference), OPTIONS)
    })

    it('for operators', async () => {
      await fc.assert(fc.asyncProperty(anyArticles, asked(anyOperators), asReference), OPTIONS)
    })

    it('where nothing is asked for', async () => {
      await fc.assert(fc.asyncProperty(anyArticles, asked(fc.constant('')), asReference), OPTIONS)
    })
  })

  // more than are read: how many of them are equal is counted by the cluster
  it('where very many hits are equal', async () => {
    const many = Array.from({ length: 700 }, (_, at) =>
      articleOf({
        id: `a${at}`,
        title: `Fund ${at % 250}`,
        text: at % 3 === 0 ? 'Ein Fund.' : `Der Fund von Stelle ${at % 90}.`,
      }),
    )
    const pages = [0, 40, 120, 240].map((offset) => ['Fund', { foldDuplicates: 'exact', offset, limit: 10 }] as const)
    await asEmbedded(many, [
      ...pages,
      ['', { foldDuplicates: 'exact', limit: 10 }],
      ['Fund Stelle', { foldDuplicates: 'exact', limit: 10 }],
    ])
  })

  // which n-grams are too common to look for every engine with an index decides alike, and the reference has none
  it('and for words that look alike what the embedded engine does', async () => {
    await fc.assert(fc.asyncProperty(anyArticles, asked(anyQuery), asEmbedded), OPTIONS)
  })
})
