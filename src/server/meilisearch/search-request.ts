import { isMeant } from '../../documents/attributes.ts'
import { isSortRule, patternsOf } from '../../registry/index-settings.ts'
import { type NamedIndex, settingsOf } from '../../registry/index-table.ts'
import type { DocumentSearchRequest, ShownAttributes } from '../../search/document-search.ts'
import { parseSortKey, type SortKey } from '../../search/query/sorting.ts'
import { ApiError, unsupported } from './api-error.ts'
import {
  availableWords,
  bothFilters,
  documentFilter,
  documentSort,
  filterableOf,
  isFilterable,
  OF_SEARCHES,
} from './document-filter.ts'
import { isShown, type SearchRules, shownByBoth } from './search-rules.ts'
import type { SearchParameters } from './search-schema.ts'

export const LIMIT_DEFAULT = 20
const CROP_LENGTH_DEFAULT = 10

/** How the pages of an answer are counted. */
export type Paging =
  | { readonly kind: 'offset'; readonly limit: number; readonly offset: number }
  | { readonly kind: 'pages'; readonly page: number; readonly hitsPerPage: number }

/** What an index is asked for, and how the answer is counted. */
export interface ReadSearch {
  readonly request: DocumentSearchRequest
  readonly paging: Paging
  readonly maxTotalHits: number
}

/**
 * What a search of an index asks for, with everything that its settings and the bearer's rules say.
 * @throws ApiError
 */
export function readSearch(parameters: SearchParameters, index: NamedIndex, rules: SearchRules): ReadSearch {
  refuseUnsupported(parameters)
  const settings = settingsOf(index)
  const { maxTotalHits } = settings.pagination
  const paging = pagingOf(parameters)
  const facets = facetsOf(parameters.facets ?? [], index, rules)
  const distinct = parameters.distinct ?? settings.distinctAttribute
  if (parameters.distinct && !isFilterable(index, parameters.distinct)) throw notDistinct(parameters.distinct, index)
  const { cropLength, cropMarker, highlightPreTag, highlightPostTag } = parameters
  return {
    paging,
    maxTotalHits,
    request: {
      q: parameters.q ?? '',
      ...stretchOf(paging, maxTotalHits),
      filter: bothFilters(
        documentFilter(rules.filter, index, OF_SEARCHES),
        documentFilter(parameters.filter, index, OF_SEARCHES),
      ),
      ids: null,
      sort: sortOf(parameters, index),
      facets,
      maxValuesPerFacet: settings.faceting.maxValuesPerFacet,
      facetOrder: settings.faceting.sortFacetValuesBy,
      distinct,
      matchingStrategy: parameters.matchingStrategy ?? 'last',
      searchOn: searchOnOf(parameters.attributesToSearchOn, index),
      shown: shownOf(index, rules, parameters.attributesToRetrieve),
      highlighted: parameters.attributesToHighlight ?? [],
      highlight: { pre: highlightPreTag ?? '<em>', post: highlightPostTag ?? '</em>' },
      cropped: croppedOf(parameters.attributesToCrop ?? [], cropLength ?? CROP_LENGTH_DEFAULT),
      cropMarker: cropMarker ?? '…',
      showMatchesPosition: parameters.showMatchesPosition ?? false,
      showRankingScore: parameters.showRankingScore ?? false,
      showRankingScoreDetails: parameters.showRankingScoreDetails ?? false,
      showVectors: parameters.retrieveVectors ?? false,
      completesPrefix: settings.prefixSearch === 'indexingTime',
      forgivesTypos: settings.typoTolerance.enabled,
      rankingScoreThreshold: (parameters.rankingScoreThreshold as number | null | undefined) ?? null,
    },
  }
}

/**
 * The request's own order; without one, where nothing is searched for or it stands before all other rules, that of the index's rules that
 * sort by an attribute.
 */
function sortOf({ q, sort }: SearchParameters, index: NamedIndex): SortKey[] {
  const asked = documentSort(sort, index, OF_SEARCHES)
  if (asked.length > 0) return asked
  const { rankingRules } = settingsOf(index)
  const isPlain = (q ?? '').trim() === ''
  const end = isPlain ? -1 : rankingRules.findIndex((rule) => !isSortRule(rule))
  const rules = rankingRules.slice(0, end < 0 ? rankingRules.length : end).filter(isSortRule)
  return rules.flatMap((rule) => parseSortKey(rule) ?? [])
}

/** What Meilisearch finds by vectors, or asks of other servers. */
export function refuseUnsupported(given: {
  readonly vector?: unknown
  readonly hybrid?: unknown
  readonly media?: unknown
  readonly personalize?: unknown
  readonly useNetwork?: boolean | null | undefined
}): void {
  const isGiven = (value: unknown): boolean => value !== undefined && value !== null
  if (isGiven(given.vector) || isGiven(given.hybrid)) throw unsupported('Searching by vectors (`vector`, `hybrid`)')
  if (isGiven(given.media)) throw unsupported('Searching by media (`media`)')
  if (isGiven(given.personalize)) throw unsupported('Personalization (`personalize`)')
  if (given.useNetwork === true) throw unsupported('Searching on other servers (`useNetwork`)')
}

export function shownOf(
  index: NamedIndex,
  { displayed }: SearchRules,
  retrieved: readonly string[] | null | undefined,
): ShownAttributes {
  const { displayedAttributes } = settingsOf(index)
  return {
    displayed: shownByBoth(displayedAttributes.includes('*') ? null : displayedAttributes, displayed ?? null),
    retrieved: retrieved === null || retrieved === undefined || retrieved.includes('*') ? null : retrieved,
  }
}

function pagingOf({ page, hitsPerPage, limit, offset }: SearchParameters): Paging {
  const isPaged = (page ?? null) !== null || (hitsPerPage ?? null) !== null
  if (isPaged) return { kind: 'pages', page: page ?? 1, hitsPerPage: hitsPerPage ?? LIMIT_DEFAULT }
  return { kind: 'offset', limit: limit ?? LIMIT_DEFAULT, offset: offset ?? 0 }
}

/** Beyond the most hits that may be seen there is nothing. */
export function stretchOf(paging: Paging, maxTotalHits: number): { readonly limit: number; readonly offset: number } {
  const [offset, limit] =
    paging.kind === 'offset'
      ? [paging.offset, paging.limit]
      : paging.page === 0
        ? [0, 0]
        : [(paging.page - 1) * paging.hitsPerPage, paging.hitsPerPage]
  if (offset >= maxTotalHits) return { offset: 0, limit: 0 }
  return { offset, limit: Math.min(limit, maxTotalHits - offset) }
}

/**
 * The attributes whose values are counted; what the bearer is not shown is not counted either.
 * @throws ApiError
 */
export function facetsOf(
  given: readonly string[],
  index: NamedIndex,
  rules: SearchRules,
  code = 'invalid_search_facets',
): readonly string[] {
  const filterable = filterableOf(index)
  const named = given.filter((name) => name !== '*')
  const wrong = named.filter((name) => !isFilterable(index, name))
  if (wrong.length > 0) {
    const [first] = wrong
    const words =
      wrong.length === 1
        ? `Attribute \`${first}\` is not filterable.`
        : `Attributes \`${wrong.join(', ')}\` are not filterable.`
    const known = availableWords(filterable ?? [], 'filterable')
    throw new ApiError(code, `Invalid facet distribution: ${words} ${known}`)
  }
  if (!given.includes('*')) return [...new Set(named)].filter((name) => isShown(name, rules))
  if (rules.displayed !== undefined) return rules.displayed.filter((name) => isFilterable(index, name))
  // what a pattern covers only the index knows
  const all = filterable?.flatMap(patternsOf)
  return all === undefined || all.some((name) => name.includes('*')) ? ['*'] : [...new Set([...named, ...all])]
}

function croppedOf(given: readonly string[], length: number): DocumentSearchRequest['cropped'] {
  return given.flatMap((text) => {
    const [, name = text, own] = /^(.*):(\d{1,9})$/.exec(text) ?? []
    const words = own === undefined ? length : Number(own)
    return words === 0 ? [] : [{ attribute: name, words }]
  })
}

function searchOnOf(given: readonly string[] | null | undefined, index: NamedIndex): readonly string[] | null {
  if (given === null || given === undefined || given.includes('*')) return null
  const { searchableAttributes } = settingsOf(index)
  if (searchableAttributes.includes('*')) return given
  const wrong = given.find(
    (name) => !name.includes('*') && !searchableAttributes.some((one) => isMeant(name, one) || isMeant(one, name)),
  )
  if (wrong === undefined) return given
  const known = searchableAttributes.toSorted().join(', ')
  throw new ApiError(
    'invalid_search_attributes_to_search_on',
    `Attribute \`${wrong}\` is not searchable. Available searchable attributes are: \`${known}\`.`,
  )
}

const notDistinct = (attribute: string, index: NamedIndex): ApiError =>
  new ApiError(
    'invalid_search_distinct',
    `Index \`${index.uid}\`: Attribute \`${attribute}\` is not filterable and thus, cannot be used as distinct attribute. ` +
      availableWords(filterableOf(index) ?? [], 'filterable'),
  )
