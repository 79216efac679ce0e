import type { AnalyzedQuery } from '../query/analyzed-query.ts'
import type { Phrase } from '../query/phrase.ts'

/**
 * The query where a phrase that no article has is given up like a word that none has: its words are looked for alone. Only where there
 * is something else to look for, and not all of it must be there.
 * @param isUnmatched whether no article has a phrase
 */
export function withoutUnmatchedPhrases(
  query: AnalyzedQuery,
  isUnmatched: (phrase: Phrase, field: string | null) => boolean,
): AnalyzedQuery {
  const { constraint, tokens } = query
  if (constraint === null || query.matchingStrategy === 'all' || tokens.every(({ isConstrained }) => isConstrained))
    return query
  const demands = constraint.kind === 'and' ? constraint.nodes : [constraint]
  const unmatched = new Set<Phrase>()
  const kept = demands.filter((one) => {
    const isGivenUp = one.kind === 'phrase' && isUnmatched(one.phrase, one.field)
    if (isGivenUp) unmatched.add(one.phrase)
    return !isGivenUp
  })
  if (unmatched.size === 0) return query
  return {
    ...query,
    tokens: tokens.map((token) =>
      token.phrase !== null && unmatched.has(token.phrase) ? { ...token, isConstrained: false, phrase: null } : token,
    ),
    constraint: kept.length === 0 ? null : { kind: 'and', nodes: kept },
  }
}
