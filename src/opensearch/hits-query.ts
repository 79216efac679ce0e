import type { RetrievalPlan } from '../search/engine/retrieval.ts'
import type { ResolvedWord } from '../search/query/resolved-query.ts'
import { minimumWeight } from '../search/ranking/hit-rule.ts'
import { allOf, anyOf, numbered, type Query } from './filter-query.ts'
import { docIdOf, readHits } from './paging.ts'
import type { RetrievalParts } from './retrieval-parts.ts'
import type { LookedUpWord } from './scored-word.ts'
import { titleQuery } from './title-query.ts'
import { scoringAtLeast, weightQuery } from './word-query.ts'

/** Scores of the cluster have the precision of its numbers, which is less than ours. */
const CLUSTER_ROUNDING = 1e-6
/** The least weight that is one. */
const WEIGHT_MIN = 1e-30

/** The least weight of matched words that makes an article a hit. */
export async function thresholdOf(
  { snapshot, budget }: RetrievalParts,
  { hitRule, constraint }: RetrievalPlan,
  words: readonly ResolvedWord[],
  scored: readonly LookedUpWord[],
  allowed: readonly Query[],
): Promise<number> {
  let nth = 0
  if (!hitRule.isAll && words.some(({ isConstrained }) => !isConstrained)) {
    const query = { bool: { must: [weightQuery(scored)], filter: allowed } }
    const sort = [{ _score: 'desc' }]
    const { hits } = await readHits(snapshot, { query, sort, fields: [] }, hitRule.hitsWanted, budget.signal)
    nth = hits[hitRule.hitsWanted - 1]?._score ?? 0
  }
  return minimumWeight(hitRule, words, constraint !== null, () => nth)
}

/** The same where many articles have much of the words: then it does not depend on them. */
export const thresholdOfMany = ({ hitRule, constraint }: RetrievalPlan, words: readonly ResolvedWord[]): number =>
  minimumWeight(hitRule, words, constraint !== null, () => Number.POSITIVE_INFINITY)

/** The hits: what has enough of the words, or a title of which the query has every word. */
export function hitsQueryOf(
  scored: readonly LookedUpWord[],
  allowed: readonly Query[],
  threshold: number,
  byTitle: readonly number[],
): Query {
  if (threshold <= 0) return allOf(allowed)
  const least = threshold * (1 - CLUSTER_ROUNDING)
  const enough =
    threshold === Number.POSITIVE_INFINITY ? [] : [scoringAtLeast(weightQuery(scored), Math.max(WEIGHT_MIN, least))]
  const titled = byTitle.length === 0 ? [] : [numbered(byTitle)]
  return allOf([anyOf([...enough, ...titled]), ...allowed])
}

/** The documents of whose titles the query has every word, the best of them. */
export async function bestByTitle(
  { snapshot, budget }: RetrievalParts,
  plan: RetrievalPlan,
  allowed: readonly Query[],
): Promise<number[]> {
  if (plan.titleWords.length === 0) return []
  const query = titleQuery(plan.titleWords, snapshot.statistics.meanTitleLength, allowed)
  const sort = [{ _score: 'desc' }, { time: 'desc' }, { id: 'asc' }]
  const { hits } = await readHits(snapshot, { query, sort, fields: ['seqNo'] }, plan.titleCandidates, budget.signal)
  return hits.map(docIdOf)
}
