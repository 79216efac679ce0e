import { canonicalField, isNullable } from '../article/searched-fields.ts'
import { NUMBER } from '../search/filter/condition.ts'
import { type DateValue, dateValue } from '../search/filter/dates.ts'
import type { Comparison, FilterNode } from '../search/filter/tree.ts'
import { bounded, fieldValue, loweredText, orderedNumber, prefixOf } from './field-values.ts'

/** A query of OpenSearch's. */
export type Query = Readonly<Record<string, unknown>>

export const ALL: Query = { match_all: {} }
export const NONE: Query = { match_none: {} }

export const allOf = (queries: readonly Query[]): Query => {
  const [first = ALL] = queries
  return queries.length <= 1 ? first : { bool: { filter: queries } }
}

export const anyOf = (queries: readonly Query[]): Query => {
  const [first = NONE] = queries
  return queries.length <= 1 ? first : { bool: { should: queries, minimum_should_match: 1 } }
}

/** Documents by their numbers, see `FoundDocuments`. */
export const numbered = (docIds: readonly number[]): Query =>
  docIds.length === 0 ? NONE : { terms: { seqNo: docIds } }

export const noneOf = (queries: readonly Query[]): Query => ({ bool: { must_not: queries } })

/** After everything that begins so. */
const LAST = '\u{10ffff}'
const WILDCARD = /[*?\\]/g

/** The articles that fulfil a filter, as `valueTest` tells it of their values (search/filter/condition.ts). */
export function filterQuery(node: FilterNode): Query {
  switch (node.kind) {
    case 'and':
      return allOf(node.nodes.map(filterQuery))
    case 'or':
      return anyOf(node.nodes.map(filterQuery))
    case 'not':
      return noneOf([filterQuery(node.node)])
    default:
      return leafQuery(node, canonicalField(node.field))
  }
}

type Leaf = Exclude<FilterNode, { kind: 'and' | 'or' | 'not' }>

function leafQuery(node: Leaf, field: string): Query {
  switch (node.kind) {
    case 'exists':
      return { term: { fields: bounded(field) } }
    case 'null':
      return isNullable(field) ? noneOf([{ term: { fields: bounded(field) } }]) : NONE
    case 'empty':
      return { term: { empty: bounded(field) } }
    case 'contains':
      return { wildcard: { lowered: { value: `${escaped(prefixOf(field))}*${escaped(loweredText(node.value))}*` } } }
    case 'starts':
      return { prefix: { lowered: { value: fieldValue(field, loweredText(node.value)) } } }
    case 'in':
      return anyOf(node.values.map((value) => equal(field, value)))
    case 'range':
      return rangeQuery(field, node.from, node.to)
    case 'compare': {
      if (node.operator === '!=') return noneOf([equal(field, node.value)])
      return node.operator === '=' ? equal(field, node.value) : ordered(field, node.operator, node.value)
    }
  }
}

const escaped = (text: string): string => text.replace(WILDCARD, '\\$&')

function equal(field: string, value: string): Query {
  if (field === 'date') {
    const date = dateValue(value)
    return date === null ? NONE : periodQuery(date, '=')
  }
  const text: Query = { term: { lowered: fieldValue(field, loweredText(value)) } }
  if (!NUMBER.test(value)) return text
  return anyOf([text, { term: { numbers: fieldValue(field, orderedNumber(Number(value))) } }])
}

/** One value is between both ends; of a date the stretch of time that it stands for. */
function rangeQuery(field: string, from: string, to: string): Query {
  if (field === 'date') return allOf([ordered(field, '>=', from), ordered(field, '<=', to)])
  const [isFrom, isTo] = [NUMBER.test(from), NUMBER.test(to)]
  if (isFrom !== isTo) return NONE
  return boundsQuery(field, isFrom, { gte: from, lte: to })
}

const BOUND = { '<': 'lt', '<=': 'lte', '>': 'gt', '>=': 'gte' } as const

function ordered(field: string, operator: Exclude<Comparison, '=' | '!='>, value: string): Query {
  if (field !== 'date') return boundsQuery(field, NUMBER.test(value), { [BOUND[operator]]: value })
  const date = dateValue(value)
  return date === null ? NONE : periodQuery(date, operator)
}

/** Texts compare with texts, numbers with numbers. */
function boundsQuery(field: string, isNumber: boolean, bounds: Readonly<Record<string, string>>): Query {
  const stored = (value: string): string =>
    fieldValue(field, isNumber ? orderedNumber(Number(value)) : loweredText(value))
  const limits = Object.fromEntries(Object.entries(bounds).map(([bound, value]) => [bound, stored(value)]))
  const isBelow = 'lt' in bounds || 'lte' in bounds
  const isAbove = 'gt' in bounds || 'gte' in bounds
  // the values of other fields stand before and after
  const all = {
    ...(isAbove ? {} : { gte: prefixOf(field) }),
    ...(isBelow ? {} : { lte: prefixOf(field) + LAST }),
    ...limits,
  }
  return { range: { [isNumber ? 'numbers' : 'texts']: all } }
}

function periodQuery({ start, end, isCalendar }: DateValue, operator: Exclude<Comparison, '!='>): Query {
  const [from, to] = isCalendar ? ['dayStart', 'dayEnd'] : ['start', 'end']
  const range = (field: string, bounds: object): Query => ({ range: { [field]: bounds } })
  switch (operator) {
    case '=':
      return allOf([range(from as string, { lt: end }), range(to as string, { gt: start })])
    case '<':
      return range(to as string, { lte: start })
    case '<=':
      return range(from as string, { lt: end })
    case '>':
      return range(from as string, { gte: end })
    case '>=':
      return range(to as string, { gt: start })
  }
}
