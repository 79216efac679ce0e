import type { RetrievalPlan } from '../search/engine/retrieval.ts'
import type { Query } from './filter-query.ts'
import { HIT_FIELDS, type Hit, hitOf } from './hit-order.ts'
import { readHits } from './paging.ts'
import type { RetrievalParts } from './retrieval-parts.ts'

/** Hits that are ordered, folded and told apart here; where there are more, what cannot be told by so many is refused. */
const LISTED_MAX = 100_000

/**
 * The best hits of a query, or all of them where what is wanted cannot be told by fewer.
 * @throws FundstelleError `request_costly` where these are too many
 */
export async function findHits(
  { snapshot, budget }: RetrievalParts,
  plan: RetrievalPlan,
  query: Query,
  most: number,
  sort: readonly unknown[],
): Promise<{ readonly hits: Hit[]; readonly total: number }> {
  const { foldDuplicates, distinct, sort: keys, scoreMin } = plan
  const folds = foldDuplicates !== 'none' && snapshot.statistics.hasDuplicates
  const takesAll = folds || distinct !== null || keys.length > 0 || scoreMin > 0
  const asked = { query, sort, fields: fieldsRead(plan) }
  const { hits, total } = await readHits(snapshot, asked, takesAll ? LISTED_MAX : Math.max(1, most), budget.signal)
  if (takesAll && total > hits.length) budget.refuse('sort')
  return { hits: hits.map(hitOf), total }
}

/** Those of some articles, `most` of them at most, that a query finds. */
export async function hitsAmong(
  { snapshot, budget }: RetrievalParts,
  plan: RetrievalPlan,
  query: Query,
  which: Query,
  most: number,
): Promise<Hit[]> {
  const asked = {
    query: { bool: { must: [query], filter: [which] } },
    sort: [{ _score: 'desc' }, { _doc: 'asc' }],
    fields: fieldsRead(plan),
  }
  const { hits } = await readHits(snapshot, asked, most, budget.signal)
  return hits.map(hitOf)
}

const fieldsRead = ({ foldDuplicates, distinct, sort }: RetrievalPlan): string[] => [
  ...HIT_FIELDS,
  ...(foldDuplicates === 'none' ? [] : ['content']),
  ...(distinct === null ? [] : ['first']),
  ...(sort.length === 0 ? [] : ['values']),
]
