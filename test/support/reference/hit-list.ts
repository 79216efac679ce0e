import type { FieldValue } from '../../../src/article/article-fields.ts'
import { fieldsOf } from '../../../src/article/article-fields.ts'
import { canonicalField } from '../../../src/article/searched-fields.ts'
import { dateFacets, type Facets } from '../../../src/search/engine/facets.ts'
import { periodOf } from '../../../src/search/filter/dates.ts'
import type { SortKey } from '../../../src/search/query/sorting.ts'
import { timeOf } from '../../../src/time.ts'
import { valuesOf } from './conditions.ts'
import type { ReferenceDocument } from './documents.ts'

export type Order = (a: ReferenceDocument, b: ReferenceDocument) => number

/** Newest first, undated last, then by id. */
export const byDate: Order = ({ article: a }, { article: b }) =>
  timeOf(b.date) - timeOf(a.date) || (a.id < b.id ? -1 : a.id > b.id ? 1 : 0)

/** By the least of the values, the greatest where descending; who has none stands last. */
export function byFields(keys: readonly SortKey[]): Order {
  return (a, b) => {
    for (const { field, descending } of keys) {
      const isDate = canonicalField(field) === 'date'
      const compare = (one: FieldValue, other: FieldValue): number => compareValues(one, other, isDate)
      const sign = descending ? -1 : 1
      const best = (values: readonly FieldValue[] = []): FieldValue | undefined =>
        [...values].sort((one, other) => sign * compare(one, other))[0]
      const [one, other] = [best(valuesOf(a.article, field)), best(valuesOf(b.article, field))]
      if (one === undefined && other === undefined) continue
      if (one === undefined) return 1
      if (other === undefined) return -1
      const result = sign * compare(one, other)
      if (result !== 0) return result
    }
    return 0
  }
}

/** Numbers before texts, texts by DIN 5007-1, dates by their moment. */
function compareValues(a: FieldValue, b: FieldValue, isDate: boolean): number {
  const keyOf = (value: FieldValue): FieldValue => {
    if (isDate) return periodOf(String(value), false).start
    if (typeof value === 'number') return value
    return value.normalize('NFKD').replace(/\p{M}/gu, '').toLowerCase().replaceAll('ß', 'ss')
  }
  const [one, other] = [keyOf(a), keyOf(b)]
  if (typeof one !== typeof other) return typeof one === 'number' ? -1 : 1
  if (one !== other) return one < other ? -1 : 1
  return isDate || a === b ? 0 : String(a) < String(b) ? -1 : 1
}

/** Of each group, told by its name, the first in order; who has no name stays. */
export function firstOfEach(
  documents: readonly ReferenceDocument[],
  order: Order,
  nameOf: (one: ReferenceDocument) => string | undefined,
): Map<ReferenceDocument, number> {
  const sizes = new Map<ReferenceDocument, number>()
  const firsts = new Map<string, ReferenceDocument>()
  for (const one of [...documents].sort(order)) {
    const name = nameOf(one)
    const first = name === undefined ? undefined : firsts.get(name)
    if (first !== undefined) sizes.set(first, (sizes.get(first) as number) + 1)
    else {
      sizes.set(one, 0)
      if (name !== undefined) firsts.set(name, one)
    }
  }
  return sizes
}

export const contentName = ({ article }: ReferenceDocument): string => JSON.stringify([article.title, article.text])

export function valueName(field: string): (one: ReferenceDocument) => string | undefined {
  return ({ article }) => {
    const [first] = valuesOf(article, field) ?? []
    return canonicalField(field) === 'id' || first === undefined ? undefined : JSON.stringify(first)
  }
}

/** Counts values of fields, article by article. */
export function facetsOf(
  hits: readonly ReferenceDocument[],
  all: readonly ReferenceDocument[],
  fields: readonly string[],
  most: number,
): Facets {
  const distribution: Record<string, Record<string, number>> = {}
  const stats: Record<string, { min: number; max: number }> = {}
  for (const name of new Set(fields.flatMap((one) => (one === '*' ? namesOf(all) : [one])))) {
    const counts = countsOf(hits, name)
    const isDate = canonicalField(name) === 'date'
    const listed = isDate
      ? [...counts].sort(([a], [b]) => (a < b ? -1 : 1))
      : [...counts].sort(byFrequency(hits, name)).slice(0, most)
    define(distribution, name, Object.fromEntries(listed))
    const numbers = hits.flatMap(({ article }) =>
      (valuesOf(article, name) ?? []).filter((one) => typeof one === 'number'),
    )
    if (numbers.length > 0) define(stats, name, { min: Math.min(...numbers), max: Math.max(...numbers) })
  }
  return { distribution, stats }
}

/** By value how many articles have it; a date counts under its year and month. */
export function countsOf(documents: readonly ReferenceDocument[], name: string): Map<string, number> {
  const isDate = canonicalField(name) === 'date'
  const counts = new Map<string, number>()
  for (const { article } of documents) {
    const values = (valuesOf(article, name) ?? []).map(String)
    for (const value of new Set(isDate ? values.flatMap(dateFacets) : values))
      counts.set(value, (counts.get(value) ?? 0) + 1)
  }
  return counts
}

/** The most frequent first, then numbers by size, then by name. */
const byFrequency =
  (documents: readonly ReferenceDocument[], name: string) =>
  ([a, countA]: [string, number], [b, countB]: [string, number]): number => {
    const isNumber = (value: string): boolean =>
      documents.every(({ article }) => !(valuesOf(article, name) ?? []).includes(value))
    return countB - countA || (isNumber(a) && isNumber(b) ? Number(a) - Number(b) : 0) || (a < b ? -1 : a > b ? 1 : 0)
  }

function namesOf(documents: readonly ReferenceDocument[]): string[] {
  const fields = documents.flatMap(({ article }) =>
    fieldsOf(article).flatMap(([field, values]) => (values.length > 0 ? [field] : [])),
  )
  const short = (field: string): string => {
    const name = field.replace(/^meta\./, '')
    return canonicalField(name) === field ? name : field
  }
  return [...new Set(fields)]
    .filter((field) => field !== 'title' && field !== 'url')
    .map(short)
    .sort()
}

function define<T>(record: Record<string, T>, key: string, value: T): void {
  Object.defineProperty(record, key, { value, enumerable: true, configurable: true, writable: true })
}
