import type { RetrievalPlan } from '../search/engine/retrieval.ts'
import type { Query } from './filter-query.ts'
import { HIT_FIELDS, type Hit, hitOf } from './hit-order.ts'
import { type AskedHits, readHits } from './paging.ts'
import type { RetrievalParts } from './retrieval-parts.ts'

/** Hits that are ordered, folded and told apart here; where there are more, what cannot be told by so many is refused. */
const LISTED_MAX = 100_000

/** Groups of equal articles that are counted in one answer; where there are more, all hits are read. */
const GROUPS_MAX = 1_000
/** So many hits are read rather than counted. */
const READ_RATHER = 300

export interface FoundHits {
  readonly hits: readonly Hit[]
  readonly total: number
  /** By content how many of all hits have it, where several have; null where all hits were read. */
  readonly groups: Groups | null
}

export type Groups = ReadonlyMap<string, number>

interface GroupsAnswer {
  readonly aggregations: {
    readonly equal: { readonly buckets: readonly { readonly key: string; readonly doc_count: number }[] }
  }
}

/**
 * The best hits of a query, or all of them where what is wanted cannot be told by fewer.
 * @throws FundstelleError `request_costly` where these are too many
 */
export async function findHits(
  parts: RetrievalParts,
  plan: RetrievalPlan,
  query: Query,
  most: number,
  sort: readonly unknown[],
): Promise<FoundHits> {
  const { snapshot, budget } = parts
  const { foldDuplicates, distinct, sort: keys, scoreMin, facets, pinned } = plan
  const folds = foldDuplicates !== 'none' && snapshot.statistics.hasDuplicates
  const asked = { query, sort, fields: fieldsRead(plan) }
  const needsAll = distinct !== null || keys.length > 0 || scoreMin > 0
  if (!needsAll && !folds) {
    const { hits, total } = await readHits(snapshot, asked, Math.max(1, most), budget.signal)
    return { hits: hits.map(hitOf), total, groups: null }
  }
  // facets are not counted of those that are folded, and an article that is pinned may be like one that is found: then each must be known
  if (!needsAll && snapshot.statistics.isOneShard && facets.length === 0 && pinned.length === 0) {
    const found = await withGroups(parts, plan, asked, most)
    if (found !== null) return found
  }
  const { hits, total } = await readHits(snapshot, asked, LISTED_MAX, budget.signal)
  if (total > hits.length) budget.refuse('sort')
  return { hits: hits.map(hitOf), total, groups: null }
}

/** The best hits, and how many are equal among all of them; null where this does not tell what is shown. */
async function withGroups(
  { snapshot, budget }: RetrievalParts,
  { offset, limit }: RetrievalPlan,
  asked: AskedHits,
  most: number,
): Promise<FoundHits | null> {
  const found = await readHits(snapshot, asked, Math.max(READ_RATHER, most), budget.signal)
  const { total } = found
  const hits = found.hits.map(hitOf)
  if (hits.length >= total) return { hits, total, groups: null }
  if (new Set(hits.map(({ content }) => content)).size < offset + limit) return null
  // asked for with the hits it takes longer than reading some hundreds, and most searches have no more
  const aggs = { equal: { terms: { field: 'content', min_doc_count: 2, size: GROUPS_MAX } } }
  const { aggregations } = await snapshot.searchArticles<GroupsAnswer>(
    { size: 0, track_total_hits: false, query: asked.query, aggs },
    budget.signal,
  )
  const { buckets } = aggregations.equal
  if (buckets.length >= GROUPS_MAX) return null
  return { hits, total, groups: new Map(buckets.map(({ key, doc_count }) => [key, doc_count])) }
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
