import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import type { Article } from '../../src/article/article.ts'
import type { SearchOptions } from '../../src/search/query/analyzed-query.ts'
import type { SearchResult } from '../../src/search/rank/search-result.ts'
import { anyArticles, anyQuery, articleOf } from '../support/articles.ts'
import { analyzer, ask, engineOf, indexOf } from '../support/memory-index.ts'
import { ReferenceEngine } from '../support/reference/reference-engine.ts'
import { withWeights } from '../support/weights.ts'
import '../support/property.ts'

/** Everything of a result but the last digits of its figures: sums are made in another order. */
function shown({ hits, totalHits, words, droppedWords, facets }: SearchResult) {
  return {
    totalHits,
    facets,
    droppedWords,
    words: words.map(({ word, expansions }) => [word.term, ...expansions.map(({ term, kind }) => `${kind} ${term}`)]),
    hits: hits.map(({ article, duplicates, isPinned, title, text }) => ({
      id: article.id,
      duplicates,
      isPinned,
      marks: [title, text].map(({ matches, matchedWords, matchedKinds }) => ({ matches, matchedWords, matchedKinds })),
    })),
  }
}

const figures = ({ hits, words }: SearchResult): number[] => [
  ...hits.flatMap(({ score, parts }) => [
    score,
    ...(parts?.words ?? []),
    ...(parts?.signals ?? []).map(({ share }) => share),
  ]),
  ...words.map(({ termWeight }) => termWeight),
]

async function mustBeEqual(articles: readonly Article[], query: string, asked: Partial<SearchOptions>): Promise<void> {
  const embedded = engineOf(indexOf(articles), new Map(articles.map((article, i) => [i + 1, article])))
  const [one, other] = [
    await ask(embedded, query, { explain: true, ...asked }, recency),
    await ask(new ReferenceEngine(articles, analyzer), query, { explain: true, ...asked }, recency),
  ]
  expect(shown(one)).toEqual(shown(other))
  const expected = figures(other)
  for (const [i, figure] of figures(one).entries()) expect(figure).toBeCloseTo(expected[i] as number, 5)
}

/** The same day for both. */
const recency = { halfLifeDays: 400, now: () => Date.UTC(2025, 0, 1) }

const OPERATORS = ['"', '-', '(', ')', ' UND ', ' ODER ', ' NICHT ', 'titel:', 'text:', 'tag:', 'ort:', '*']
const anyOperators = fc
  .array(fc.oneof(anyQuery, fc.constantFrom(...OPERATORS)), { minLength: 1, maxLength: 7 })
  .map((pieces) =>
    pieces
      .join(' ')
      .replace(/(["(:-]) /g, '$1')
      .replace(/ ([")*])/g, '$1'),
  )
const anyOptions: fc.Arbitrary<Partial<SearchOptions>> = fc.record({
  matchingStrategy: fc.constantFrom('last', 'all'),
  foldDuplicates: fc.constantFrom('none', 'exact'),
  distinct: fc.constantFrom(null, 'tags', 'ort', 'fehlt'),
  typing: fc.boolean(),
  facets: fc.constantFrom([], ['*'], ['tags', 'date', 'fehlt']),
  sort: fc.constantFrom([], [{ field: 'date', descending: true }], [{ field: 'ort', descending: false }]),
  filter: fc.constantFrom(
    null,
    { kind: 'exists', field: 'tags' } as const,
    { kind: 'not', node: { kind: 'compare', field: 'title', operator: '=', value: 'Haus' } } as const,
    { kind: 'compare', field: 'date', operator: '>=', value: '2024' } as const,
  ),
  pinned: fc.constantFrom([], [], ['artikel-1', 'fehlt', 'artikel-0']),
  hidden: fc.constantFrom([], [], ['artikel-2']),
  offset: fc.constantFrom(0, 0, 2),
  limit: fc.constantFrom(100, 100, 3),
})

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
  expect(shown(one)).not.toEqual(shown(other))
})
