import fc from 'fast-check'
import type { SearchOptions } from '../../src/search/query/analyzed-query.ts'
import type { SearchResult } from '../../src/search/rank/search-result.ts'
import { anyQuery } from './articles.ts'

/** Everything of a result but the last digits of its figures: sums are made in another order. */
export function shownOf({ hits, totalHits, words, droppedWords, facets }: SearchResult) {
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

export const figuresOf = ({ hits, words }: SearchResult): number[] => [
  ...hits.flatMap(({ score, parts }) => [
    score,
    ...(parts?.words ?? []),
    ...(parts?.signals ?? []).map(({ share }) => share),
  ]),
  ...words.map(({ termWeight }) => termWeight),
]

/** The same day for both. */
export const RECENCY = { halfLifeDays: 400, now: () => Date.UTC(2025, 0, 1) }

const OPERATORS = ['"', '-', '(', ')', ' UND ', ' ODER ', ' NICHT ', 'titel:', 'text:', 'tag:', 'ort:', '*']

export const anyOperators = fc
  .array(fc.oneof(anyQuery, fc.constantFrom(...OPERATORS)), { minLength: 1, maxLength: 7 })
  .map((pieces) =>
    pieces
      .join(' ')
      .replace(/(["(:-]) /g, '$1')
      .replace(/ ([")*])/g, '$1'),
  )

export const anyOptions: fc.Arbitrary<Partial<SearchOptions>> = fc.record({
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
