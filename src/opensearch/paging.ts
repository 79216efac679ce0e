import type { Query } from './filter-query.ts'
import { NOTHING_STORED, type SearchBody } from './search-batch.ts'
import type { Snapshot } from './snapshot.ts'

/** In one answer; a cluster gives no more. */
const PAGE = 10_000

export interface RawHit {
  readonly _score: number | null
  readonly sort: readonly unknown[]
  readonly fields: Readonly<Record<string, readonly unknown[] | undefined>>
}

export interface Page {
  readonly hits: { readonly total: { readonly value: number }; readonly hits: readonly RawHit[] }
}

/** What is read of the hits of a query. */
export interface AskedHits {
  readonly query: Query
  readonly sort: readonly unknown[]
  readonly fields: readonly string[]
}

/** See `FoundDocuments`; `seqNo` must be among what is read. */
export const docIdOf = ({ fields }: RawHit): number => fields['seqNo']?.[0] as number

/** Reads the first `most` hits, page by page, each from where the one before ended. */
export async function readHits(
  snapshot: Snapshot,
  asked: AskedHits,
  most: number,
  signal: AbortSignal | undefined,
): Promise<{ readonly total: number; readonly hits: readonly RawHit[] }> {
  const found: RawHit[] = []
  let total = 0
  let after: readonly unknown[] | undefined
  while (true) {
    const size = Math.min(PAGE, most - found.length)
    const body: SearchBody = {
      size,
      query: asked.query,
      sort: asked.sort,
      ...NOTHING_STORED,
      docvalue_fields: asked.fields,
      track_scores: true,
      track_total_hits: after === undefined,
      ...(after === undefined ? {} : { search_after: after }),
    }
    const { hits } = await snapshot.searchArticles<Page>(body, signal)
    if (after === undefined) total = hits.total.value
    found.push(...hits.hits)
    after = hits.hits.at(-1)?.sort
    if (after === undefined || hits.hits.length < size || found.length >= most || found.length >= total) break
  }
  return { total, hits: found }
}
