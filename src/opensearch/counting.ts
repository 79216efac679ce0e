import { anyOf, type Query } from './filter-query.ts'
import type { Snapshot } from './snapshot.ts'

/** Queries counted in one request. */
const COUNTED_MAX = 500

/** How many articles each of some queries finds: exactly, by one request. */
export async function countsOf(snapshot: Snapshot, queries: readonly Query[], signal?: AbortSignal): Promise<number[]> {
  const counts: number[] = []
  for (let at = 0; at < queries.length; at += COUNTED_MAX) {
    const filters = queries.slice(at, at + COUNTED_MAX)
    const { aggregations } = await snapshot.searchArticles<{
      aggregations: { counts: { buckets: { doc_count: number }[] } }
    }>({ size: 0, track_total_hits: false, query: anyOf(filters), aggs: { counts: { filters: { filters } } } }, signal)
    counts.push(...aggregations.counts.buckets.map(({ doc_count }) => doc_count))
  }
  return counts
}
