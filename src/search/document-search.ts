import type { WorkBudget } from '../work-budget.ts'
import type { FacetDistribution, FacetStats } from './engine/facets.ts'
import type { FilterNode } from './filter/tree.ts'
import type { MatchingStrategy } from './query/analyzed-query.ts'
import type { HighlightTags } from './query/request.ts'
import type { SortKey } from './query/sorting.ts'

// Searching documents as other programs gave them: with Meilisearch's parameters, answered with whole documents. Names of attributes are
// their paths (`info.comment`), in filters and sort keys too.

/** Which attributes of a document an answer carries. */
export interface ShownAttributes {
  /** Of all that may be shown; null for all. */
  readonly displayed: readonly string[] | null
  /** Of these the ones that were asked for; null for all. */
  readonly retrieved: readonly string[] | null
}

/** A search for documents with every choice made. */
export interface DocumentSearchRequest {
  readonly q: string
  readonly limit: number
  readonly offset: number
  readonly filter: FilterNode | null
  /** Documents that alone may be hits; null for all. */
  readonly ids: readonly string[] | null
  readonly sort: readonly SortKey[]
  /** Attributes whose values are counted. */
  readonly facets: readonly string[]
  readonly maxValuesPerFacet: number
  /** By attribute, `*` for all others, which values come first, and so are counted where there are more: by name, or those of most hits. */
  readonly facetOrder: Readonly<Record<string, 'alpha' | 'count'>>
  readonly distinct: string | null
  readonly matchingStrategy: MatchingStrategy | 'frequency'
  /** Attributes that the words may stand in; null for all that are searched. */
  readonly searchOn: readonly string[] | null
  readonly shown: ShownAttributes
  /** Attributes whose words are marked in `_formatted`; `*` stands for all that may be shown. */
  readonly highlighted: readonly string[]
  readonly highlight: HighlightTags
  /** Attributes that are cut in `_formatted`, each with its number of words. */
  readonly cropped: readonly { readonly attribute: string; readonly words: number }[]
  readonly cropMarker: string
  readonly showMatchesPosition: boolean
  readonly showRankingScore: boolean
  readonly showRankingScoreDetails: boolean
  /** Whether hits have `_vectors`: there are none in them. */
  readonly showVectors: boolean
  /** From 0 to 1: hits below it are none. */
  readonly rankingScoreThreshold: number | null
}

/** A hit, as far as it is finished. */
export interface DocumentHit {
  /** The hit as JSON: the document, with `_formatted` and the like where they were asked for. */
  readonly json: string
  readonly id: string
  /** From 0 to 1. */
  readonly rankingScore: number
  /** Values of the attributes that hits are sorted by, in the order of the keys; for putting hits of several searches in one order. */
  readonly sortValues: readonly (string | number | null)[]
}

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
