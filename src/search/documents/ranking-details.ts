import type { ResolvedWord } from '../query/resolved-query.ts'
import type { SortKey } from '../query/sorting.ts'
import type { ScoreParts } from '../rank/score-parts.ts'

type SortValue = string | number | null

/** What a hit's score is made of. */
export interface ScoredHit {
  /** Null where nothing was explained. */
  readonly parts: ScoreParts | null
  readonly rankingScore: number
}

/**
 * The details of a hit's score by the names of Meilisearch's ranking rules, as near as ours come to them: `words` and `typo` count the words
 * that were found, `proximity` is what stands together, `attributeRank` what stands in the title, `wordPosition` what stands near
 * the beginning, `exactness` what is spelt as it was typed. A rule's score is the share of its signals of what the query's words weigh, at most 1.
 */
export function rankingDetails(
  { parts, rankingScore }: ScoredHit,
  words: readonly ResolvedWord[],
  sort: readonly SortKey[],
  sortValues: readonly SortValue[],
): Record<string, Record<string, unknown>> {
  const weight = words.reduce((sum, { count, termWeight }) => sum + count * termWeight, 0)
  const shareOf = (...names: string[]): number => {
    const sum = (parts?.signals ?? []).reduce((all, { signal, share }) => all + (names.includes(signal) ? share : 0), 0)
    return weight > 0 ? round(Math.min(1, Math.max(0, sum / weight))) : 1
  }
  const maxMatchingWords = words.length
  const found = words.filter((_, at) => (parts?.words[at] ?? 1) > 0)
  const matchingWords = found.length
  const typoCount = found.filter(({ meant }) => meant.some(({ kind }) => kind === 'typo')).length
  const wordsScore = maxMatchingWords === 0 ? 1 : matchingWords / maxMatchingWords
  const rules: [string, Record<string, unknown>][] = [
    ['words', { matchingWords, maxMatchingWords, score: round(wordsScore) }],
    [
      'typo',
      { typoCount, maxTypoCount: maxMatchingWords, score: round(1 - typoCount / Math.max(1, maxMatchingWords)) },
    ],
    ['proximity', { score: shareOf('pairs', 'sentence', 'phrase') }],
    [
      'attributeRank',
      { attributeRankingOrderScore: shareOf('title', 'wholeTitle'), score: shareOf('title', 'wholeTitle') },
    ],
    ...sort.map(({ field, descending }, at): [string, Record<string, unknown>] => [
      `${field}:${descending ? 'desc' : 'asc'}`,
      { value: sortValues[at] ?? null },
    ]),
    ['wordPosition', { queryWordDistanceScore: shareOf('lead'), score: shareOf('lead') }],
    [
      'exactness',
      {
        matchType: matchingWords === maxMatchingWords && rankingScore > 0 ? 'matchesStart' : 'noExactMatch',
        matchingWords,
        maxMatchingWords,
        score: shareOf('spelling'),
      },
    ],
  ]
  return Object.fromEntries(rules.map(([name, details], order) => [name, { order, ...details }]))
}

const round = (score: number): number => Math.round(score * 10_000) / 10_000
