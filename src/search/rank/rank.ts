// The room `search/rank`, the second stage: the best candidates of an engine are read, token by token, and what they say to the query adds to their scores.
// Imports the seam, what queries match, and formulas; no engine.
import { SHARE, type WorkBudget } from '../../work-budget.ts'
import type { TokenStreams } from '../engine/token-stream.ts'
import type { FormMatcher } from '../match/form-matcher.ts'
import { type Features, secondStage, signalWeights } from '../ranking/signals.ts'
import type { ResolvedQuery } from '../rewrite/rewrite.ts'
import { FeatureExtractor } from './feature-extractor.ts'

/** What the second stage found. */
export interface Ranked {
  /** By docId of the candidates that were read. */
  readonly features: ReadonlyMap<number, Features>
  /** By docId what it adds to their scores. */
  readonly added: ReadonlyMap<number, number>
}

export const UNRANKED: Ranked = { features: new Map(), added: new Map() }

/**
 * Reads candidates, best first; where the budget is used up, the rest keep the scores they have.
 * @param matches which words of the query the forms of the streams match
 */
export async function rank(
  candidates: readonly number[],
  query: ResolvedQuery,
  streams: TokenStreams,
  matches: FormMatcher,
  budget: WorkBudget,
): Promise<Ranked> {
  if (candidates.length === 0) return UNRANKED
  const features = new Map<number, Features>()
  const added = new Map<number, number>()
  const weights = signalWeights(query.isQuestion, undefined, query.titleFactor)
  const extractor = new FeatureExtractor(query, streams, matches, budget)
  for (const docId of candidates) {
    if (budget.isHolding) await budget.giveWay()
    if (budget.isSpent(SHARE.ranking)) {
      budget.cut('ranking')
      break
    }
    const found = extractor.features(streams.of(docId))
    features.set(docId, found)
    added.set(docId, secondStage(found, weights))
  }
  extractor.release()
  return { features, added }
}
