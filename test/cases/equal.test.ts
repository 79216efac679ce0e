import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import type { Article } from '../../src/article/article.ts'
import type { SearchOptions } from '../../src/search/query/analyzed-query.ts'
import { anyArticles, anyQuery, articleOf } from '../support/articles.ts'
import { anyOperators, anyOptions, figuresOf, RECENCY, shownOf } from '../support/equal-results.ts'
import { analyzer, ask, engineOf, indexOf } from '../support/memory-index.ts'
import { ReferenceEngine } from '../support/reference/reference-engine.ts'
import { withWeights } from '../support/weights.ts'
import '../support/property.ts'

async function mustBeEqual(articles: readonly Article[], query: string, asked: Partial<SearchOptions>): Promise<void> {
  const embedded = engineOf(indexOf(articles), new Map(articles.map((article, i) => [i + 1, article])))
  const [one, other] = [
    await ask(embedded, query, { explain: true, ...asked }, RECENCY),
    await ask(new ReferenceEngine(articles, analyzer), query, { explain: true, ...asked }, RECENCY),
  ]
  expect(shownOf(one)).toEqual(shownOf(other))
  const expected = figuresOf(other)
  for (const [i, figure] of figuresOf(one).entries()) expect(figure).toBeCloseTo(expected[i] as number, 5)
}

describe('an engine that goes through all articles finds the same', () => {
  // which n-grams are too common to look for is a measure of speed, so an index misses some words that only look alike
  withWeights({ neighbour: 0 })

  it('for words', async () => {
    await fc.assert(fc.asyncProperty(anyArticles, anyQuery, anyOptions, mustBeEqual), { numRuns: 300 })
  })

  it('for operators', async () => {
    await fc.assert(fc.asyncProperty(anyArticles, anyOperators, anyOptions, mustBeEqual), { numRuns: 300 })
  })

  it('where nothing is asked for', async () => {
    await fc.assert(fc.asyncProperty(anyArticles, fc.constant(''), anyOptions, mustBeEqual), { numRuns: 100 })
  })
})

it('the comparison notices what differs', async () => {
  const articles = [articleOf({ id: 'a', text: 'Haus' }), articleOf({ id: 'b', text: 'Haus am See' })]
  const one = await ask(new ReferenceEngine(articles, analyzer), 'Haus')
  const other = await ask(new ReferenceEngine(articles.slice(1), analyzer), 'Haus')
  expect(shownOf(one)).not.toEqual(shownOf(other))
})
