/** Which articles that match some words of a query are hits. */
export interface HitRule {
  /** Whether all words must match. */
  readonly isAll: boolean
  /** Else the matched words must carry this share of the weight of all words that some article has… */
  readonly weightShare: number
  /** …unless fewer articles do: then the share falls until so many are hits. */
  readonly hitsWanted: number
}

export const hitRuleOf = (strategy: 'all' | 'last' | 'frequency'): HitRule => ({
  isAll: strategy === 'all',
  weightShare: 0.5,
  // a page of hits, or the best one where the rarest words are asked for
  hitsWanted: strategy === 'frequency' ? 1 : 20,
})

/** Sums of the same weights may differ in the last digit by the order they were added in. */
export const ROUNDING = 1e-9

interface WeightedWord {
  readonly count: number
  readonly termWeight: number
  readonly isConstrained: boolean
  readonly isFound: boolean
}

/** What a word that matches carries; nothing where an operator decides about it. */
export const carriedWeight = ({ count, termWeight, isConstrained }: WeightedWord): number =>
  isConstrained ? 0 : count * termWeight

/**
 * The least weight of matched words that makes an article a hit.
 * @param hasConstraint whether the query has operators
 * @param nthWeight the weight that the n-th article carries of those that carry most; 0 where there are fewer
 */
export function minimumWeight(
  { isAll, weightShare, hitsWanted }: HitRule,
  words: readonly WeightedWord[],
  hasConstraint: boolean,
  nthWeight: (n: number) => number,
): number {
  const free = words.filter(({ isConstrained }) => !isConstrained)
  // an article that satisfies the operators is a hit, unless enough articles match the optional words too
  const isDemanded = hasConstraint && (free.length === 0 || free.length < words.length)
  if (free.length === 0) return isDemanded ? 0 : Number.POSITIVE_INFINITY
  // a word that no article has cannot be asked of any
  const counted = isAll ? free : free.filter(({ isFound }) => isFound)
  const total = counted.reduce((sum, { count, termWeight }) => sum + count * termWeight, 0)
  if (isAll) return total * (1 - ROUNDING)
  const share = total * weightShare * (1 - ROUNDING)
  const nth = nthWeight(hitsWanted) * (1 - ROUNDING)
  // an article without any match is no hit
  return Math.max(isDemanded ? 0 : Number.MIN_VALUE, Math.min(share, nth))
}
