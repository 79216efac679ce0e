import type { QueryWord } from '../search/query/words.ts'
import { FREQUENCIES_REMEMBERED, RememberedAnswers } from './gathered-lookups.ts'
import { leastQuery } from './score-script.ts'
import type { Snapshot } from './snapshot.ts'
import { hasWhole } from './word-query.ts'

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
  const { aggregations } = await snapshot.searchArticles<{ aggregations: { least: { value: number | null } } }>({
    size: 0,
    track_total_hits: false,
    query: leastQuery(hasWhole(word), word, snapshot.statistics.meanLength),
    aggs: { least: { min: { script: { source: '_score' } } } },
  })
  return aggregations.least.value ?? Number.POSITIVE_INFINITY
}
