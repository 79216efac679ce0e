import type { FacetDistribution, FacetStats } from './engine/facets.ts'
import type { Degradation } from './present/degradation.ts'
import type { Hit } from './present/hit.ts'
import type { NoHits } from './present/no-hits.ts'
import type { SearchRequest } from './query/request.ts'

/** What `/search` answers with. */
export interface SearchAnswer {
  readonly query: string
  readonly hits: readonly Hit[]
  readonly totalHits: number
  readonly limit: number
  readonly offset: number
  readonly page?: number
  readonly hitsPerPage?: number
  readonly totalPages?: number
  /** From the request to the finished answer, in milliseconds with three decimals. */
  readonly processingTimeMs: number
  readonly facetDistribution: FacetDistribution
  readonly facetStats: FacetStats
  /** Query words that the first hit lacks, as they were typed. */
  readonly droppedWords: readonly string[]
  readonly didYouMean: string | null
  /** Why there are no hits, where an explanation was asked for and there are none. */
  readonly explanation?: NoHits
  /** Present and true where the request used up its budget of work: part of the answer is missing. */
  readonly degraded?: true
  /** What is missing, where an explanation was asked for. */
  readonly degradation?: Degradation
  readonly indexVersion: string
}

/** The answer to a search that was not made. */
export const unsearched = ({ q, limit, offset, page }: SearchRequest): SearchAnswer => ({
  query: q,
  hits: [],
  totalHits: 0,
  limit,
  offset,
  ...(page !== null && { page, hitsPerPage: limit, totalPages: 0 }),
  processingTimeMs: 0,
  facetDistribution: {},
  facetStats: {},
  droppedWords: [],
  didYouMean: null,
  indexVersion: '',
})
