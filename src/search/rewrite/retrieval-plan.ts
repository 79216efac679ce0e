import type { RetrievalPlan } from '../engine/retrieval.ts'
import type { AnalyzedQuery } from '../query/analyzed-query.ts'
import { hitRuleOf } from '../ranking/hit-rule.ts'
import { scoreOfRanking } from '../ranking/ranking-score.ts'
import type { DateBoost } from '../ranking/recency.ts'
import { WEIGHTS } from '../ranking/weights.ts'
import type { ResolvedQuery } from './rewrite.ts'

/** So many of the best by BM25 are read for the second stage, and so many of the best by title. */
export const CANDIDATES = 100
export const TITLE_CANDIDATES = 30

/**
 * What an engine is asked for.
 * @param resolved null where the query asks for nothing: then every article is a hit
 */
export function retrievalPlanOf(
  query: AnalyzedQuery,
  resolved: ResolvedQuery | null,
  { dateBoost, prefersGerman }: { readonly dateBoost: DateBoost | null; readonly prefersGerman: boolean },
): RetrievalPlan {
  const { excludeLike, pinned, sort, foldDuplicates, distinct, facets, maxValuesPerFacet, offset, limit, explain } =
    query
  const { rankingScoreMin, ties } = query
  const phrases = resolved?.phrases ?? []
  return {
    words: resolved?.words ?? null,
    titleWords: query.matchingStrategy === 'all' ? [] : (resolved?.titleWords ?? []),
    constraint: resolved?.constraint ?? null,
    filter: query.filter,
    hidden: resolved === null ? [] : query.hidden,
    excludeLike,
    hitRule: hitRuleOf(query.matchingStrategy),
    phraseBoosts: phrases.map(({ phrase, field, idf }) => ({ phrase, field, boost: WEIGHTS.phrase * idf })),
    dateBoost,
    // what is like an article is asked for whatever its language
    otherLanguageFactor: prefersGerman && !query.isInOtherLanguage && excludeLike === null ? WEIGHTS.otherLanguage : 1,
    candidates: CANDIDATES,
    titleCandidates: TITLE_CANDIDATES,
    // an order that was asked for is not changed
    pinned: sort.length > 0 || resolved === null ? [] : pinned,
    scoreMin: resolved === null || rankingScoreMin === null ? 0 : scoreOfRanking(rankingScoreMin, resolved.words),
    ...{ sort, foldDuplicates, distinct, facets, maxValuesPerFacet, offset, limit, explain, ties },
  }
}
