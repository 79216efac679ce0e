/**
 * A score as a number from 0 to 1, for programs that compare hits of several searches or leave out poor ones:
 *
 *     ranking = score / (score + HALF x sum over query words of  count x idf)
 *
 * It rises with the score, and is the same for a rare word and a common one that are found equally well: what words weigh is taken out.
 * Where nothing was asked for it is 1, as in Meilisearch.
 */
const HALF = 1

interface WeightedWord {
  readonly count: number
  readonly termWeight: number
}

export function rankingOfScore(score: number, words: readonly WeightedWord[] | null): number {
  if (words === null) return 1
  const half = halfOf(words)
  // an article that stands there for another reason than the words
  if (!(score > 0)) return 0
  return half > 0 ? score / (score + half) : 1
}

/** The least score that comes to a ranking. */
export function scoreOfRanking(ranking: number, words: readonly WeightedWord[]): number {
  if (ranking >= 1) return Number.POSITIVE_INFINITY
  return (halfOf(words) * ranking) / (1 - ranking)
}

const halfOf = (words: readonly WeightedWord[]): number =>
  HALF * words.reduce((sum, { count, termWeight }) => sum + count * Math.max(0, termWeight), 0)
