import { canonicalField } from '../../article/searched-fields.ts'
import { dateFacets, type Facets } from '../../search/engine/facets.ts'
import { COST, type WorkBudget } from '../../work-budget.ts'
import { topOf } from '../arrays/top-k.ts'
import { lowered } from '../segment/case-folded-table.ts'
import type { DocValuesColumn } from '../segment/doc-values-column.ts'
import type { ArticleIndex } from '../segment/segment.ts'
import type { DocSet } from './filter-docs.ts'

/**
 * Counts the values of fields among hits. Takes time in proportion to the number of values that all articles have in them.
 * @param hits by docId 1 for the hits
 * @param most values of one field, those of most hits; dates are counted whatever their number
 * @throws FundstelleError `request_costly`
 */
export async function facetsOf(
  index: ArticleIndex,
  hits: DocSet,
  fields: readonly string[],
  most: number,
  budget: WorkBudget,
): Promise<Facets> {
  const distribution: Record<string, Record<string, number>> = {}
  const stats: Record<string, { min: number; max: number }> = {}
  const since = budget.spent
  for (const name of namesOf(index, fields)) {
    const field = canonicalField(name)
    if (budget.isHolding) await budget.giveWay()
    budget.demand('facets', since)
    const counts = countsOf(index, field, hits, budget)
    budget.spend(COST.listedValue * Math.min(most, counts.length))
    define(distribution, name, field === 'date' ? byMonth(counts) : mostFrequent(counts, most))
    const range = rangeOf(counts)
    if (range !== null) define(stats, name, range)
  }
  return { distribution, stats }
}

interface ValueCount {
  readonly value: string | number
  readonly count: number
}

function countsOf(index: ArticleIndex, field: string, articles: DocSet, budget: WorkBudget): ValueCount[] {
  const column = index.fields.column(field)
  if (column !== undefined) {
    budget.spend(COST.entry * (column.length + column.values.length))
    const counts = valueCounts(column, articles)
    budget.spend(COST.countedValue * counts.length)
    return counts
  }
  // ids are no column: each article has its own
  const found: ValueCount[] = []
  if (field !== 'id') return found
  const { ids, size } = index.documents
  for (let docId = 0; docId < size; docId++)
    if (articles[docId] === 1) found.push({ value: ids.at(docId) as string, count: 1 })
  budget.spend(COST.document * articles.length + COST.countedValue * found.length)
  return found
}

/** How many of these articles have each value of a column that any of them has. */
export function valueCounts(column: DocValuesColumn, articles: DocSet): ValueCount[] {
  const { values, docIds, entries, length } = column
  const counts = new Uint32Array(values.length)
  for (let entry = 0; entry < length; entry++) {
    const code = entries[entry] as number
    // branch-free: the branch would be mispredicted
    counts[code] = (counts[code] as number) + (articles[docIds[entry] as number] as number)
  }
  const found: ValueCount[] = []
  for (let code = 0; code < counts.length; code++) {
    const count = counts[code] as number
    if (count > 0) found.push({ value: values.at(code) as string | number, count })
  }
  return found
}

/** The values of a field that begin with a text or contain it, without regard to case: the former first, the most frequent of each. */
export function searchedValues(
  index: ArticleIndex,
  field: string,
  articles: DocSet,
  text: string,
  most: number,
  budget: WorkBudget,
): { value: string; count: number }[] {
  const since = budget.spent
  const counts = countsOf(index, field, articles, budget)
  const named =
    field === 'date'
      ? Object.entries(byMonth(counts)).map(([value, count]) => ({ value, count }))
      : byName(counts).map(({ value, count }) => ({ value: String(value), count }))
  const wanted = lowered(text)
  const found = named.flatMap((one) => {
    const offset = lowered(one.value).indexOf(wanted)
    return offset < 0 ? [] : [{ ...one, isInside: offset > 0 }]
  })
  budget.demand('facets', since)
  return firstOf(found, most, (a, b) => Number(a.isInside) - Number(b.isInside) || byFrequency(a, b)).map(
    ({ value, count }) => ({ value, count }),
  )
}

/** The first `most` of some items in an order, without sorting the others. */
function firstOf<T>(items: readonly T[], most: number, compare: (a: T, b: T) => number): T[] {
  const indexes = Uint32Array.from(items.keys())
  return topOf(indexes, most, (a, b) => compare(items[a] as T, items[b] as T)).map((offset) => items[offset] as T)
}

export const byFrequency = (a: ValueCount, b: ValueCount): number =>
  b.count - a.count ||
  (typeof a.value === 'number' && typeof b.value === 'number' ? a.value - b.value : 0) ||
  order(String(a.value), String(b.value))

const order = (a: string, b: string): number => (a < b ? -1 : a > b ? 1 : 0)

/** `*` stands for every field that is worth counting, by their names: not for those that name single articles. */
function namesOf(index: ArticleIndex, fields: readonly string[]): Iterable<string> {
  const isWorth = (name: string): boolean => name !== 'title' && name !== 'url' && index.hasField(name)
  const all = (): string[] => index.fields.names.filter(isWorth).map(shortName).sort()
  return new Set(fields.flatMap((name) => (name === '*' ? all() : [name])))
}

function shortName(field: string): string {
  const short = field.replace(/^meta\./, '')
  return canonicalField(short) === field ? short : field
}

/** A number and the text that is written like it are counted under one name, but for articles that had both: none has. */
function byName(counts: readonly ValueCount[]): ValueCount[] {
  const numbers = new Map(
    counts.flatMap(({ value, count }) => (typeof value === 'number' ? [[String(value), count]] : [])),
  )
  if (numbers.size === 0) return [...counts]
  const texts = new Set<string>()
  const named = counts.flatMap(({ value, count }) => {
    if (typeof value === 'number') return []
    texts.add(value)
    return [{ value, count: count + (numbers.get(value) ?? 0) }]
  })
  return [...named, ...counts.filter(({ value }) => typeof value === 'number' && !texts.has(String(value)))]
}

function mostFrequent(counts: readonly ValueCount[], most: number): Record<string, number> {
  const record: Record<string, number> = {}
  for (const { value, count } of firstOf(byName(counts), most, byFrequency)) define(record, String(value), count)
  return record
}

function byMonth(counts: readonly ValueCount[]): Record<string, number> {
  const months = new Map<string, number>()
  for (const { value, count } of counts)
    for (const name of dateFacets(String(value))) months.set(name, (months.get(name) ?? 0) + count)
  return Object.fromEntries([...months].sort(([a], [b]) => order(a, b)))
}

function rangeOf(counts: readonly ValueCount[]): { min: number; max: number } | null {
  let [min, max] = [Number.POSITIVE_INFINITY, Number.NEGATIVE_INFINITY]
  for (const { value } of counts) {
    if (typeof value !== 'number') continue
    min = Math.min(min, value)
    max = Math.max(max, value)
  }
  return min <= max ? { min, max } : null
}

/** Sets a key that may be called `__proto__`. */
function define<T>(record: Record<string, T>, key: string, value: T): void {
  if (key !== '__proto__') record[key] = value
  else Object.defineProperty(record, key, { value, enumerable: true, configurable: true, writable: true })
}
