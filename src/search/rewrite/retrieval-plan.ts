import type { RetrievalPlan } from '../engine/retrieval.ts'
import type { AnalyzedQuery } from '../query/analyzed-query.ts'
import { hitRuleOf } from '../ranking/hit-rule.ts'
import type { DateBoost } from '../ranking/recency.ts'
import { WEIGHTS } from '../ranking/weights.ts'
import type { ResolvedQuery } from './rewrite.ts'

/** So many of the best by BM25 are read for the second stage. */
export const CANDIDATES = 100

/**
 * What an engine is asked for.
 * @param resolved null where the query asks for nothing: then every article is a hit
 */
export function retrievalPlanOf(
  query: AnalyzedQuery,
  resolved: ResolvedQuery | null,
  dateBoost: DateBoost | null,
): RetrievalPlan {
  const { excludeLike, pinned, sort, foldDuplicates, distinct, facets, maxValuesPerFacet, offset, limit, explain } =
    query
  const phrases = resolved?.phrases ?? []
  return {
    words: resolved?.words ?? null,
    constraint: resolved?.constraint ?? null,
    filter: query.filter,
    hidden: resolved === null ? [] : query.hidden,
    excludeLike,
    hitRule: hitRuleOf(query.matchingStrategy),
    phraseBoosts: phrases.map(({ phrase, field, idf }) => ({ phrase, field, boost: WEIGHTS.phrase * idf })),
    dateBoost,
    candidates: CANDIDATES,
    // an order that was asked for is not changed
    pinned: sort.length > 0 || resolved === null ? [] : pinned,
    ...{ sort, foldDuplicates, distinct, facets, maxValuesPerFacet, offset, limit, explain },
  }
}
