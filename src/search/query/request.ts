import type { Language } from '../../errors.ts'
import { DEFAULT_OPTIONS, type MatchingStrategy, type SearchOptions } from './analyzed-query.ts'

/** What is put around matches; taken as it is, so the caller answers for it. */
export interface HighlightTags {
  readonly pre: string
  readonly post: string
}

/** A search with every choice made. */
export interface SearchRequest
  extends Omit<
    SearchOptions,
    | 'pinned'
    | 'hidden'
    | 'excludeLike'
    | 'rankingScoreMin'
    | 'ties'
    | 'titleFactor'
    | 'countsOnly'
    | 'prefixLengthMin'
    | 'forgivesTypos'
    | 'matchingStrategy'
  > {
  readonly q: string
  readonly matchingStrategy: MatchingStrategy
  /** Set where pages were asked for: the answer then counts in pages. */
  readonly page: number | null
  /** Words of a snippet. */
  readonly cropLength: number
  readonly cropMarker: string
  readonly highlight: HighlightTags
  /** Fields a hit carries; null means every field but `text`. */
  readonly attributesToRetrieve: readonly string[] | null
  /** Of explanations. */
  readonly language: Language
}

export const LIMIT_DEFAULT = 20
export const LIMIT_MAX = 100
export const CROP_LENGTH_DEFAULT = 30

export const DEFAULT_REQUEST: SearchRequest = {
  ...DEFAULT_OPTIONS,
  matchingStrategy: 'last',
  q: '',
  limit: LIMIT_DEFAULT,
  offset: 0,
  page: null,
  cropLength: CROP_LENGTH_DEFAULT,
  cropMarker: '…',
  highlight: { pre: '<mark>', post: '</mark>' },
  attributesToRetrieve: null,
  language: 'de',
}
