import type { WorkBudget } from '../work-budget.ts'
import type { DocumentHit, DocumentSearchRequest } from './documents/document-request.ts'
import type { FacetDistribution, FacetStats } from './engine/facets.ts'
import type { FilterNode } from './filter/tree.ts'
import type { SortKey } from './query/sorting.ts'

export type { DocumentHit, DocumentSearchRequest, ShownAttributes } from './documents/document-request.ts'

// Searching documents as other programs gave them: with Meilisearch's parameters, answered with whole documents. Names of attributes are
// their paths (`info.comment`), in filters and sort keys too.

export interface DocumentAnswer {
  readonly hits: readonly DocumentHit[]
  /** Exact, whatever `limit`. */
  readonly totalHits: number
  readonly facetDistribution: FacetDistribution
  readonly facetStats: FacetStats
  /** Milliseconds. */
  readonly processingTimeMs: number
  readonly isDegraded: boolean
}

/** Documents without a query, in the order they came unless `sort` says otherwise. */
export interface DocumentListRequest {
  /** Null for all. */
  readonly ids: readonly string[] | null
  readonly filter: FilterNode | null
  readonly sort: readonly SortKey[]
  readonly limit: number
  readonly offset: number
  /** Attributes; null for all. */
  readonly fields: readonly string[] | null
}

export interface DocumentList {
  /** Each as JSON. */
  readonly documents: readonly string[]
  readonly total: number
}

/**
 * Searches the documents of one index. What a task has finished with before a call is made is found by it. Each call has a budget of
 * work of its own unless it is given one.
 */
export interface DocumentSearch {
  searchDocuments(request: DocumentSearchRequest, budget?: WorkBudget): Promise<DocumentAnswer>
  /** The documents nearest to one; undefined where there is no such document. */
  similarDocuments(id: string, request: DocumentSearchRequest, budget?: WorkBudget): Promise<DocumentAnswer | undefined>
  documents(request: DocumentListRequest, budget?: WorkBudget): Promise<DocumentList>
  /** The ids of all documents that a filter allows. */
  documentIds(filter: FilterNode | null, budget?: WorkBudget): Promise<readonly string[]>
  /** One as JSON; undefined where there is none. */
  document(id: string, fields: readonly string[] | null): Promise<string | undefined>
}
