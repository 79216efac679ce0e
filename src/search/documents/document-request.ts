import type { FilterNode } from '../filter/tree.ts'
import type { MatchingStrategy } from '../query/analyzed-query.ts'
import type { HighlightTags } from '../query/request.ts'
import type { SortKey } from '../query/sorting.ts'

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
  /** Whether words that begin as the last one are found, and words that look like one. */
  readonly completesPrefix: boolean
  readonly forgivesTypos: boolean
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
