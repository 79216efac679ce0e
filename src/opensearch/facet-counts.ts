import { META } from '../article/article-fields.ts'
import { canonicalField } from '../article/searched-fields.ts'
import { type Facets, NO_FACETS } from '../search/engine/facets.ts'
import { prefixOf, valuesIn } from './field-values.ts'
import type { Query } from './filter-query.ts'
import type { Snapshot } from './snapshot.ts'

/** Different values of one field that are counted in one answer; of more, those of most articles. */
const VALUES_MAX = 20_000

export interface CountedValue {
  readonly value: string | number
  readonly count: number
}

interface Buckets {
  readonly buckets: readonly { readonly key: string; readonly doc_count: number }[]
}

const SIGNS = /[^\p{L}\p{N}]/gu
/** In the cluster's regular expressions a sign stands for itself behind a backslash. */
const literal = (text: string): string => text.replace(SIGNS, '\\$&')

const isDate = (field: string): boolean => field === 'date'

/** The values of some fields among the articles of a query, each with their number. */
export async function valueCounts(
  snapshot: Snapshot,
  query: Query,
  fields: readonly string[],
  signal: AbortSignal | undefined,
): Promise<ReadonlyMap<string, readonly CountedValue[]>> {
  if (fields.length === 0) return new Map()
  const aggs = Object.fromEntries(
    fields.map((field, at) => [
      `field${at}`,
      {
        terms: isDate(field)
          ? { field: 'months', size: VALUES_MAX }
          : { field: 'values', include: `${literal(prefixOf(field))}.*`, size: VALUES_MAX },
      },
    ]),
  )
  const { aggregations } = await snapshot.searchArticles<{ aggregations: Record<string, Buckets> }>(
    { size: 0, track_total_hits: false, query, aggs },
    signal,
  )
  return new Map(
    fields.map((field, at) => {
      const { buckets } = aggregations[`field${at}`] as Buckets
      const counted = buckets.map(({ key, doc_count }) => {
        const value = isDate(field) ? key : (valuesIn([key], field)[0] as string | number)
        return { value, count: doc_count }
      })
      return [field, counted]
    }),
  )
}

/** A number and the text that is written like it are counted under one name. */
export function byName(counts: readonly CountedValue[]): CountedValue[] {
  const named = new Map<string, CountedValue>()
  for (const { value, count } of counts) {
    const name = String(value)
    const before = named.get(name)
    if (before === undefined) named.set(name, { value, count })
    else named.set(name, { value: name, count: before.count + count })
  }
  return [...named.values()]
}

const byText = (a: string | number, b: string | number): number => {
  const [one, other] = [String(a), String(b)]
  return one < other ? -1 : one > other ? 1 : 0
}

/** The most frequent first, then numbers by size, then by name. */
export const byFrequency = (a: CountedValue, b: CountedValue): number =>
  b.count - a.count ||
  (typeof a.value === 'number' && typeof b.value === 'number' ? a.value - b.value : 0) ||
  byText(a.value, b.value)

/** @param most values of one field; dates are counted whatever their number */
export async function facetsOf(
  snapshot: Snapshot,
  query: Query,
  wanted: readonly string[],
  most: number,
  signal: AbortSignal | undefined,
): Promise<Facets> {
  if (wanted.length === 0) return NO_FACETS
  const names = [...new Set(wanted.flatMap((name) => (name === '*' ? listedFields(snapshot) : [name])))]
  const counts = await valueCounts(snapshot, query, [...new Set(names.map(canonicalField))], signal)
  const distribution: Record<string, Record<string, number>> = {}
  const stats: Record<string, { min: number; max: number }> = {}
  for (const name of names) {
    const field = canonicalField(name)
    const values = counts.get(field) ?? []
    const shown = isDate(field)
      ? [...values].sort((a, b) => byText(a.value, b.value))
      : byName(values).sort(byFrequency).slice(0, most)
    define(distribution, name, recordOf(shown))
    const numbers = values.flatMap(({ value }) => (typeof value === 'number' ? [value] : []))
    if (numbers.length > 0) define(stats, name, rangeOf(numbers))
  }
  return { distribution, stats }
}

/** Fields that are worth counting: not those that name single articles. */
function listedFields({ statistics }: Snapshot): string[] {
  return statistics.fields
    .filter((field) => field !== 'title' && field !== 'url')
    .map((field) => {
      const short = field.startsWith(META) ? field.slice(META.length) : field
      return canonicalField(short) === field ? short : field
    })
    .sort()
}

function recordOf(counts: readonly CountedValue[]): Record<string, number> {
  const record: Record<string, number> = {}
  for (const { value, count } of counts) define(record, String(value), count)
  return record
}

const rangeOf = (numbers: readonly number[]): { min: number; max: number } =>
  numbers.reduce(({ min, max }, one) => ({ min: Math.min(min, one), max: Math.max(max, one) }), {
    min: Number.POSITIVE_INFINITY,
    max: Number.NEGATIVE_INFINITY,
  })

/** Sets a key that may be called `__proto__`. */
function define<T>(record: Record<string, T>, key: string, value: T): void {
  Object.defineProperty(record, key, { value, enumerable: true, configurable: true, writable: true })
}
