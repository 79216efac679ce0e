import { createHash } from 'node:crypto'
import type { Article, FieldValue } from '../article/article.ts'
import { fieldsOf } from '../article/article-fields.ts'
import { dateFacets } from '../search/engine/facets.ts'
import { periodOf } from '../search/filter/dates.ts'

/** Between the name of a field and its value. */
const BORDER = '\u0000'
/** Of a longer value its beginning is kept, and what tells it from others; in UTF-16 units. */
const LENGTH_MAX = 8_000
/** The same in UTF-8, where a unit is up to three bytes: values of the cluster hold 32,766 at most, and refused is the whole document. */
const BYTES_MAX = 32_000
/** Of them so many for the name of a field before its value. */
const NAME_BYTES_MAX = 16_000
const UNIT_BYTES_MAX = 3
/** Between what is kept and what tells it from others. */
const CUT = '\u0001'
const HASH_BYTES = 43

export const hashOf = (text: string): string => createHash('sha256').update(text.toWellFormed()).digest('base64url')

export function bounded(text: string, bytesMax = BYTES_MAX): string {
  const kept = text.slice(0, LENGTH_MAX).toWellFormed()
  const isWhole = kept.length === text.length
  if (isWhole && (kept.length * UNIT_BYTES_MAX <= bytesMax || Buffer.byteLength(kept) <= bytesMax)) return kept
  return beginningOf(kept, bytesMax - CUT.length - HASH_BYTES) + CUT + hashOf(text)
}

/** As many whole characters as take so many bytes. */
const beginningOf = (text: string, bytesMax: number): string =>
  text.slice(0, new TextEncoder().encodeInto(text, new Uint8Array(bytesMax)).read)

/** The value of a field, so that the values of all fields can stand in one: articles may have as many fields as they like. */
export function fieldValue(field: string, value: string): string {
  const prefix = prefixOf(field)
  return prefix + bounded(value, BYTES_MAX - Buffer.byteLength(prefix))
}

export const loweredText = (value: FieldValue): string => String(value).normalize('NFC').toLowerCase()

/** Numbers as texts of the same order. */
export function orderedNumber(value: number): string {
  const view = new DataView(new ArrayBuffer(8))
  // -0 is 0
  view.setFloat64(0, value + 0)
  const bits = view.getBigUint64(0)
  const ordered = bits >> 63n === 1n ? ~bits & 0xffff_ffff_ffff_ffffn : bits | (1n << 63n)
  return ordered.toString(16).padStart(16, '0')
}

const NUMBER = 'n'
const TEXT = 's'

/** A value with its type, to be given back as it was. */
const typedValue = (value: FieldValue): string => (typeof value === 'number' ? NUMBER : TEXT) + String(value)
const valueOfTyped = (typed: string): FieldValue => (typed.startsWith(NUMBER) ? Number(typed.slice(1)) : typed.slice(1))

/** What the values of a field begin with among those of all fields. */
export const prefixOf = (field: string): string => bounded(field, NAME_BYTES_MAX) + BORDER

/** Those of a document's values that belong to a field. */
export function valuesIn(stored: readonly string[], field: string): FieldValue[] {
  const prefix = prefixOf(field)
  return stored.flatMap((one) => (one.startsWith(prefix) ? [valueOfTyped(one.slice(prefix.length))] : []))
}

/** Everything that an article is filtered, sorted, counted and told apart by, as its document has it. */
export function valueFields(article: Article): Readonly<Record<string, unknown>> {
  const fields: [string, readonly FieldValue[]][] = [['id', [article.id]], ...fieldsOf(article)]
  const all = fields.flatMap(([field, values]) => values.map((value) => ({ field, value })))
  const period = article.date === null ? null : periodOf(article.date, false)
  const days = article.date === null ? null : periodOf(article.date, true)
  return {
    fields: fields.map(([field]) => bounded(field)),
    filled: fields.flatMap(([field, values]) => (values.length > 0 && field !== 'id' ? [bounded(field)] : [])),
    empty: fields.flatMap(([field, values]) =>
      values.length === 0 || values.some((value) => value === '') ? [bounded(field)] : [],
    ),
    lowered: all.map(({ field, value }) => fieldValue(field, loweredText(value))),
    texts: all.flatMap(({ field, value }) =>
      typeof value === 'string' ? [fieldValue(field, loweredText(value))] : [],
    ),
    numbers: all.flatMap(({ field, value }) =>
      typeof value === 'number' ? [fieldValue(field, orderedNumber(value))] : [],
    ),
    values: all.map(({ field, value }) => fieldValue(field, typedValue(value))),
    first: fields.flatMap(([field, [value]]) =>
      value === undefined || field === 'id' ? [] : [fieldValue(field, typedValue(value))],
    ),
    months: article.date === null ? [] : dateFacets(article.date),
    ...(period === null ? {} : { start: wholeMs(period.start), end: wholeMs(period.end) }),
    ...(days === null ? {} : { dayStart: wholeMs(days.start), dayEnd: wholeMs(days.end) }),
  }
}

/** Before every moment that a date can name. */
export const NO_TIME = Number.MIN_SAFE_INTEGER

export const wholeMs = (timeMs: number): number => (Number.isFinite(timeMs) ? timeMs : NO_TIME)

/** Which article it is equal to, by title and text. */
export const contentName = ({ title, text }: Article): string => hashOf(JSON.stringify([title, text]))
