import { isMeant } from '../../documents/attributes.ts'
import { FundstelleError } from '../../errors.ts'
import { type FilterableAttribute, type IndexSettings, patternsOf } from '../../registry/index-settings.ts'
import { MAIN_INDEX, type NamedIndex, settingsOf } from '../../registry/index-table.ts'
import { parseFilter } from '../../search/filter/parse.ts'
import type { FilterNode } from '../../search/filter/tree.ts'
import { parseSortKey, type SortKey } from '../../search/query/sorting.ts'
import { ApiError, unsupported } from './api-error.ts'

/** Filters in lists, all together. */
const FILTERS_MAX = 10_000

const GEO = /_geo(?:Radius|BoundingBox|Polygon|Point|Distance)?\s*[(<>=!]/

/** How it is said what is wrong with a filter and with sort keys; each route has its own codes. */
export interface ConditionCodes {
  readonly filter: string
  readonly sort: string
  /** Whether errors say which index they are about. */
  readonly namesIndex: boolean
}

export const OF_DOCUMENTS: ConditionCodes = {
  filter: 'invalid_document_filter',
  sort: 'invalid_document_sort',
  namesIndex: false,
}
export const OF_SEARCHES: ConditionCodes = {
  filter: 'invalid_search_filter',
  sort: 'invalid_search_sort',
  namesIndex: true,
}

/**
 * A filter of a request: a text, or a list of which all must hold; of a list within it any. Only what the index lets be filtered may stand in it.
 * @param given null, undefined or an empty text for none
 * @param index null where that is not known yet: then only the grammar is checked
 * @throws ApiError
 */
export function documentFilter(given: unknown, index: NamedIndex | null, codes = OF_DOCUMENTS): FilterNode | null {
  const code = codes.filter
  if (given === null || given === undefined) return null
  if (typeof given === 'string') return filterOf(given, index, codes)
  if (!Array.isArray(given)) throw wrongShape('String, Array', given, code)
  let count = 0
  const counted = (text: unknown): FilterNode | null => {
    count += 1
    if (count > FILTERS_MAX) throw new ApiError(code, `Too many filters: at most ${FILTERS_MAX} are allowed.`)
    if (typeof text !== 'string') throw wrongShape('String', text, code)
    return filterOf(text, index, codes)
  }
  const all = given.map((one) => (Array.isArray(one) ? joined('or', one.map(counted)) : counted(one)))
  return joined('and', all)
}

/** What holds where one filter does, and another beside it. */
export const bothFilters = (one: FilterNode | null, other: FilterNode | null): FilterNode | null =>
  joined('and', [one, other])

function joined(kind: 'and' | 'or', nodes: readonly (FilterNode | null)[]): FilterNode | null {
  const given = nodes.filter((node) => node !== null)
  return given.length > 1 ? { kind, nodes: given } : (given[0] ?? null)
}

function filterOf(text: string, index: NamedIndex | null, codes: ConditionCodes): FilterNode | null {
  if (GEO.test(text)) throw unsupported('Filtering by places (`_geoRadius`, `_geoBoundingBox`, `_geoPolygon`)')
  try {
    const filter = parseFilter(text, 'documents')
    if (filter !== null && index !== null) checkFields(filter, text, index, codes)
    return filter
  } catch (error) {
    if (error instanceof FundstelleError) throw new ApiError(codes.filter, error.detail('en'))
    throw error
  }
}

function checkFields(node: FilterNode, text: string, index: NamedIndex, codes: ConditionCodes): void {
  if ('nodes' in node) for (const one of node.nodes) checkFields(one, text, index, codes)
  else if ('node' in node) checkFields(node.node, text, index, codes)
  else {
    const { field } = node
    const where = codes.namesIndex ? `Index \`${index.uid}\`: ` : ''
    const attributes = filterableOf(index)
    if (attributes === null) return
    const allowing = attributes.filter((attribute) => patternsOf(attribute).some((name) => isMeant(field, name)))
    const start = Math.max(0, text.indexOf(field)) + 1
    const place = `${start}:${start + field.length} ${text}`
    if (allowing.length === 0) {
      const known = availableWords(attributes, 'filterable')
      throw new ApiError(codes.filter, `${where}Attribute \`${field}\` is not filterable. ${known}\n${place}`)
    }
    if (allowing.every((attribute) => !allowsOperator(attribute, node))) {
      const operator = node.kind === 'compare' ? node.operator : node.kind === 'range' ? 'TO' : node.kind
      throw new ApiError(
        codes.filter,
        `${where}Filter operator \`${operator}\` is not allowed for the attribute \`${field}\`.\n${place}`,
      )
    }
  }
}

/** @throws ApiError */
export function documentSort(
  given: readonly string[] | null | undefined,
  index: NamedIndex,
  { sort: code } = OF_DOCUMENTS,
): SortKey[] {
  return (given ?? []).map((text) => {
    if (/^\s*_geo(?:Point|Distance)?\b/.test(text)) throw unsupported('Sorting by places (`_geoPoint`)')
    const hasDirection = /:(?:asc|desc)\s*$/i.test(text)
    const key = hasDirection ? parseSortKey(text) : null
    if (key === null)
      throw new ApiError(
        code,
        `Invalid syntax for the sort parameter: expected expression ending by \`:asc\` or \`:desc\`, found \`${text.slice(0, 200)}\`.`,
      )
    const sortable = sortableOf(index)
    if (sortable !== null && !sortable.some((name) => isMeant(key.field, name))) {
      const known =
        sortable.length === 0
          ? 'This index does not have configured sortable attributes.'
          : `Available sortable attributes are: ${sortable
              .toSorted()
              .map((name) => `\`${name}\``)
              .join(', ')}.`
      throw new ApiError(code, `Index \`${index.uid}\`: Attribute \`${key.field}\` is not sortable. ${known}`)
    }
    return key
  })
}

/**
 * What an index lets be filtered and counted by; null for everything: articles from files can be filtered by each of their fields unless somebody
 * has said otherwise.
 */
export function filterableOf(index: NamedIndex): readonly FilterableAttribute[] | null {
  if (index.uid === MAIN_INDEX && index.set.filterableAttributes === undefined) return null
  return settingsOf(index).filterableAttributes
}

/** The same for sorting. */
export function sortableOf(index: NamedIndex): IndexSettings['sortableAttributes'] | null {
  if (index.uid === MAIN_INDEX && index.set.sortableAttributes === undefined) return null
  return settingsOf(index).sortableAttributes
}

export const isFilterable = (index: NamedIndex, attribute: string): boolean =>
  filterableOf(index)?.some((one) => patternsOf(one).some((name) => isMeant(attribute, name))) ?? true

/** Which attributes there are, for errors. */
export function availableWords(
  attributes: readonly FilterableAttribute[],
  kind: 'filterable' | 'facet-searchable',
): string {
  const names = attributes.flatMap(patternsOf).toSorted()
  if (names.length === 0) return `This index does not have configured ${kind} attributes.`
  return `Available ${kind} attribute patterns are: ${names.map((name) => `\`${name}\``).join(', ')}.`
}

function allowsOperator(attribute: FilterableAttribute, node: FilterNode): boolean {
  if (typeof attribute === 'string') return true
  const { equality = true, comparison = false } = attribute.features?.filter ?? {}
  const isComparison =
    node.kind === 'range' || (node.kind === 'compare' && node.operator !== '=' && node.operator !== '!=')
  return isComparison ? comparison : equality
}

const wrongShape = (expected: string, found: unknown, code: string): ApiError =>
  new ApiError(
    code,
    `Invalid syntax for the filter parameter: \`expected ${expected}, found: ${JSON.stringify(found)?.slice(0, 200)}\`.`,
  )
