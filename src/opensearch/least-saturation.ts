import type { QueryWord } from '../search/query/words.ts'
import { K1, lengthNorm, saturation } from '../search/ranking/bm25.ts'
import { WEIGHTS } from '../search/ranking/weights.ts'
import { WEIGHTED_UNITS } from './analysed-article.ts'
import { FREQUENCIES_REMEMBERED, RememberedAnswers } from './gathered-lookups.ts'
import { leastQuery } from './score-script.ts'
import { NOTHING_STORED } from './search-batch.ts'
import type { Snapshot } from './snapshot.ts'
import { hasWhole } from './word-query.ts'

/** Scores of the cluster are less precise than ours: the least of some may be the second there. */
const LOWEST = 10

interface LeastHit {
  readonly _score: number
  readonly fields: { readonly length: readonly [number] }
}

const known = new WeakMap<Snapshot, RememberedAnswers<number>>()

/** Whether anything may stand for a word that must score below it: then it is asked where that is. */
export const hasLower = ({ word }: QueryWord, prefixTerms: number): boolean => prefixTerms > 0 || word.parts.length > 0

/** The least saturation of a word, whole, among the articles that have it; times its weight it is the least that it gives to one. Infinite where none has it. */
export function leastSaturation(snapshot: Snapshot, word: QueryWord): Promise<number> {
  const remembered = known.get(snapshot) ?? new RememberedAnswers(FREQUENCIES_REMEMBERED)
  known.set(snapshot, remembered)
  return remembered.of([word.word.term, ...word.alternatives].join(' '), () => lookUp(snapshot, word))
}

async function lookUp(snapshot: Snapshot, word: QueryWord): Promise<number> {
  const { meanLength } = snapshot.statistics
  const { hits } = await snapshot.searchArticles<{ hits: { hits: readonly LeastHit[] } }>({
    size: LOWEST,
    track_total_hits: false,
    query: leastQuery(hasWhole(word), word, meanLength),
    sort: [{ _score: 'asc' }, '_doc'],
    track_scores: true,
    ...NOTHING_STORED,
    docvalue_fields: ['length'],
  })
  return Math.min(
    Number.POSITIVE_INFINITY,
    ...hits.hits.map(({ _score, fields }) => exactly(_score, lengthNorm(fields.length[0], meanLength))),
  )
}

/** A saturation to the last digit, told by one of the cluster's precision: the frequency is a multiple of a known part of one. */
function exactly(rough: number, norm: number): number {
  const frequency = (rough * norm) / (K1 + 1 - rough)
  const step = (WEIGHTS.part > 0 ? Math.min(1, WEIGHTS.part) : 1) / WEIGHTED_UNITS
  return saturation(Math.max(step, Math.round(frequency / step) * step), norm)
}
