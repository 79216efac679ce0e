import type { HighlightTags } from './highlight.ts'
import type { MatchingStrategy } from './plan.ts'

/** A search with every choice made. */
export interface SearchRequest {
  readonly q: string
  readonly limit: number
  readonly offset: number
  /** Set where pages were asked for: the answer then counts in pages. */
  readonly page: number | null
  readonly matchingStrategy: MatchingStrategy
  /** Words of a snippet. */
  readonly cropLength: number
  readonly cropMarker: string
  readonly highlight: HighlightTags
  /** Fields a hit carries; null means every field but `text`. */
  readonly attributesToRetrieve: readonly string[] | null
}

export const LIMIT_DEFAULT = 20
export const LIMIT_MAX = 100
export const CROP_LENGTH_DEFAULT = 30

export const DEFAULT_REQUEST: SearchRequest = {
  q: '',
  limit: LIMIT_DEFAULT,
  offset: 0,
  page: null,
  matchingStrategy: 'last',
  cropLength: CROP_LENGTH_DEFAULT,
  cropMarker: '…',
  highlight: { pre: '<mark>', post: '</mark>' },
  attributesToRetrieve: null,
}
