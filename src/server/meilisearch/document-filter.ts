import { isMeant } from '../../documents/attributes.ts'
import { FundstelleError } from '../../errors.ts'
import type { FilterableAttribute, IndexSettings } from '../../registry/index-settings.ts'
import { type NamedIndex, settingsOf } from '../../registry/index-table.ts'
import type { FilterNode } from '../../search/filter/tree.ts'
import { parseSortKey, type SortKey } from '../../search/query/sorting.ts'
import { filterOf } from '../http/filter-parameter.ts'
import { ApiError, unsupported } from './api-error.ts'
import { isFilterValue } from './search-rules.ts'

/** Codes of what is wrong with a filter and with sort keys; each route has its own. */
export interface ConditionCodes {
  readonly filter: string
  readonly sort: string
}

const OF_DOCUMENTS: ConditionCodes = { filter: 'invalid_document_filter', sort: 'invalid_document_sort' }

/**
 * A filter as it came in a request, read and held against what an index can be filtered by.
 * @param index null where that is not known yet: then only its grammar is checked
 * @throws ApiError
 */
export function documentFilter(filter: unknown, index: NamedIndex | null, codes = OF_DOCUMENTS): FilterNode | null {
  if (filter === undefined || filter === null) return null
  if (!isFilterValue(filter)) {
    const message = 'Invalid syntax for the filter parameter: expected String, Array, found another type of value.'
    throw new ApiError(codes.filter, message)
  }
  const texts = [filter].flat(2)
  const geo = texts.find((text) => /_geo(?:Radius|BoundingBox|Polygon|Point)?\b/.test(text))
  if (geo !== undefined) throw unsupported('Searching by places (_geo)')
  try {
    if (index !== null)
      for (const text of texts) for (const condition of conditionsOf(filterOf(text))) mustBeFilterable(condition, text, index, codes)
    return filterOf(filter)
  } catch (error) {
    if (error instanceof FundstelleError) throw new ApiError(codes.filter, error.detail('en'))
    throw error
  }
}

type Condition = Exclude<FilterNode, { readonly node: unknown } | { readonly nodes: unknown }>

function* conditionsOf(node: FilterNode | null): Generator<Condition> {
  if (node === null) return
  if ('nodes' in node) for (const one of node.nodes) yield* conditionsOf(one)
  else if (node.kind === 'not') yield* conditionsOf(node.node)
  else yield node
}

function mustBeFilterable(condition: Condition, text: string, index: NamedIndex, { filter: code }: ConditionCodes): void {
  const { field } = condition
  const { filterableAttributes } = settingsOf(index)
  const rule = filterableAttributes.find((attribute) => patternsOf(attribute).some((pattern) => isMeant(field, pattern)))
  if (rule !== undefined && allows(rule, condition)) return
  const start = text.indexOf(field)
  const place = `${start + 1}:${start + field.length + 1} ${text}`
  if (rule !== undefined) {
    const kind = isComparison(condition) ? 'comparison' : 'equality'
    throw new ApiError(code, `Attribute \`${field}\` cannot be filtered by ${kind}: its filterableAttributes do not allow that.\n${place}`)
  }
  const names = filterableAttributes.flatMap(patternsOf).toSorted()
  const known =
    names.length === 0
      ? 'This index does not have configured filterable attributes.'
      : `Available filterable attribute patterns are: \`${names.join(', ')}\`.`
  throw new ApiError(code, `Attribute \`${field}\` is not filterable. ${known}\n${place}`)
}

const patternsOf = (attribute: FilterableAttribute): readonly string[] =>
  typeof attribute === 'string' ? [attribute] : attribute.attributePatterns

const isComparison = ({ kind, ...condition }: Condition): boolean =>
  kind === 'range' || (kind === 'compare' && !['=', '!='].includes((condition as { operator: string }).operator))

/** Unless a rule says otherwise, its attributes can be filtered by equality. */
function allows(rule: FilterableAttribute, condition: Condition): boolean {
  if (typeof rule === 'string') return true
  const { equality = true, comparison = false } = rule.features?.filter ?? {}
  return isComparison(condition) ? comparison : equality
}

/** @throws ApiError */
export function documentSort(
  sort: readonly string[] | null | undefined,
  index: NamedIndex,
  codes = OF_DOCUMENTS,
): SortKey[] {
  const { sortableAttributes } = settingsOf(index)
  return (sort ?? []).map((text) => {
    if (/^_geo/.test(text)) throw unsupported('Sorting by places (_geo)')
    const key = /:(?:asc|desc)$/i.test(text) ? parseSortKey(text) : null
    if (key === null) {
      const message = `Invalid syntax for the sort parameter: expected expression ending by \`:asc\` or \`:desc\`, found \`${text.slice(0, 100)}\`.`
      throw new ApiError(codes.sort, message)
    }
    if (sortableAttributes.some((name) => isMeant(key.field, name))) return key
    throw new ApiError(codes.sort, notSortable(key.field, sortableAttributes))
  })
}

function notSortable(field: string, sortable: IndexSettings['sortableAttributes']): string {
  const known =
    sortable.length === 0
      ? 'This index does not have configured sortable attributes.'
      : `Available sortable attributes are: \`${sortable.toSorted().join(', ')}\`.`
  return `Attribute \`${field}\` is not sortable. ${known}`
}
