import type { FieldValue } from '../search/article-fields.ts'
import { canonicalField } from '../search/fields.ts'
import { periodOf } from '../search/filter/dates.ts'
import type { SortKey } from '../search/sorting.ts'
import type { ArticleIndex } from './article-index.ts'
import type { FieldColumn } from './fields.ts'

/** Negative where the first article comes before the second. */
export type Order = (a: number, b: number) => number

/** Stands last. */
const MISSING = -1

/**
 * The order that sort keys ask for, the first first; equals are left to whatever comes after. Of several values of an article the
 * least counts, the greatest where the order is descending. Numbers stand before texts, texts in the order of a German dictionary
 * (DIN 5007-1: ä like a, ß like ss, case last).
 */
export function orderBy(index: ArticleIndex, keys: readonly SortKey[]): Order {
  const orders = keys.map((key) => orderByKey(index, key))
  return (a, b) => {
    for (const order of orders) {
      const result = order(a, b)
      if (result !== 0) return result
    }
    return 0
  }
}

function orderByKey(index: ArticleIndex, { field: name, descending }: SortKey): Order {
  const ranks = ranksOf(index, canonicalField(name), descending)
  if (ranks === null) return () => 0
  const sign = descending ? -1 : 1
  return (a, b) => {
    const [rankA, rankB] = [ranks[a] as number, ranks[b] as number]
    if (rankA === rankB) return 0
    if (rankA === MISSING) return 1
    if (rankB === MISSING) return -1
    return sign * (rankA - rankB)
  }
}

/** By ordinal the rank of an article's value; null where no article has the field. */
function ranksOf(index: ArticleIndex, field: string, descending: boolean): Float64Array | null {
  const ranks = new Float64Array(index.documents.size).fill(MISSING)
  if (field === 'id') {
    ranks.set(rankValues(index.documents.ids, false))
    return ranks
  }
  const column = index.fields.column(field)
  if (column === undefined) return null
  const valueRanks = rankedValues(column, field === 'date')
  const { ordinals, entries, length } = column
  for (let entry = 0; entry < length; entry++) {
    const code = entries[entry] as number
    const ordinal = ordinals[entry] as number
    const rank = valueRanks[code] as number
    const before = ranks[ordinal] as number
    if (before === MISSING || (descending ? rank > before : rank < before)) ranks[ordinal] = rank
  }
  return ranks
}

/** The ranks of a column's values, kept until it has more of them. */
const remembered = new WeakMap<FieldColumn, Float64Array>()

function rankedValues(column: FieldColumn, isDate: boolean): Float64Array {
  let ranks = remembered.get(column)
  if (ranks === undefined || ranks.length !== column.values.length) {
    ranks = rankValues(column.values, isDate)
    remembered.set(column, ranks)
  }
  return ranks
}

/** For each value its place among all; equal ones have the same. */
function rankValues(values: readonly FieldValue[], isDate: boolean): Float64Array {
  const keys = values.map((value) => {
    if (isDate) return periodOf(String(value), false).start
    return typeof value === 'number' ? value : dictionaryKey(value)
  })
  const compare = (a: number, b: number): number => {
    const [keyA, keyB] = [keys[a] as FieldValue, keys[b] as FieldValue]
    if (typeof keyA !== typeof keyB) return typeof keyA === 'number' ? -1 : 1
    if (keyA !== keyB) return keyA < keyB ? -1 : 1
    const [textA, textB] = [String(values[a]), String(values[b])]
    return isDate || textA === textB ? 0 : textA < textB ? -1 : 1
  }
  const order = Array.from(values, (_, i) => i).sort(compare)
  const ranks = new Float64Array(values.length)
  let rank = 0
  for (const [place, i] of order.entries()) {
    if (place > 0 && compare(order[place - 1] as number, i) !== 0) rank = place
    ranks[i] = rank
  }
  return ranks
}

/** ä like a, ß like ss, capitals like small letters. */
const dictionaryKey = (text: string): string =>
  text.normalize('NFKD').replace(/\p{M}/gu, '').toLowerCase().replaceAll('ß', 'ss')
