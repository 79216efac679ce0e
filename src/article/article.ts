// The room `article`: what an article is, which fields it has, and which of them are searched. It imports `src` alone: readers, the store,
// the index and the pages all meet here.

import { FundstelleError, type Localized } from '../errors.ts'
import type { Structure } from './structure.ts'

/** What a further field of an article may hold. */
export type MetaValue = string | number | boolean | readonly string[]

/** One value of a field that can be filtered and sorted by. */
export type FieldValue = string | number

/** One article, as the store keeps it and a search answers with it. At least one of `title` and `text` is not empty. */
export interface Article {
  /** Unique among all articles of a store. */
  readonly id: string
  readonly title: string
  /** Plain text; paragraphs are parted by an empty line. */
  readonly text: string
  readonly url: string | null
  /** ISO 8601: a whole day (`2024-03-03`) or a time (`2024-03-03T10:00:00Z`). */
  readonly date: string | null
  readonly author: string | null
  readonly tags: readonly string[]
  /** A BCP 47 tag such as `de`: what is told as another language than German counts less, see `--prefer-german`. */
  readonly language: string | null
  readonly meta: Readonly<Record<string, MetaValue>>
  /** Absent where a reader told none. It is no field: nothing is searched, filtered or retrieved by it. */
  readonly structure?: Structure
  /**
   * Of a document that another program gave: what it can be filtered, sorted and counted by beside the fields above, by the paths of its
   * attributes. They take the place of `meta` there, which then is only what is searched.
   */
  readonly values?: Readonly<Record<string, readonly FieldValue[]>>
  /** That document as it came: one JSON object. It is no field either. */
  readonly document?: string
}

const OWN_FIELDS = new Set(['id', '_id', 'title', 'text', 'url', 'date', 'author', 'tags', 'language', 'meta'])

/**
 * Checks one JSON value against the article schema and gives the article it stands for.
 * Fields the schema does not know are taken as `meta`; `_id` stands for `id`; `null` counts as absent.
 * @param fallbackId the id where the value has none
 * @throws FundstelleError `article_not_object`, `article_field` or `article_empty`
 */
export function parseArticle(value: unknown, fallbackId: string): Article {
  if (typeof value !== 'object' || value === null || Array.isArray(value)) {
    throw new FundstelleError('article_not_object', { got: show(value) })
  }
  const fields = value as Record<string, unknown>
  const meta: Record<string, MetaValue> = {}
  const given = fields['meta'] ?? {}
  if (typeof given !== 'object' || Array.isArray(given))
    throw wrongField('meta', given, { de: 'ein Objekt', en: 'an object' })
  for (const [key, entry] of Object.entries(given)) addMeta(meta, key, entry)
  for (const [key, entry] of Object.entries(fields)) if (!OWN_FIELDS.has(key)) addMeta(meta, key, entry)

  const article: Article = {
    id: idOf(fields['id'] ?? fields['_id'], fallbackId),
    title: stringOf(fields, 'title') ?? '',
    text: stringOf(fields, 'text') ?? '',
    url: stringOf(fields, 'url'),
    date: dateOf(fields['date']),
    author: stringOf(fields, 'author'),
    tags: tagsOf(fields['tags']),
    language: stringOf(fields, 'language'),
    meta,
  }
  if (article.title.trim() === '' && article.text.trim() === '') throw new FundstelleError('article_empty')
  return article
}

const ISO_DATE =
  /^(\d{4})-(\d{2})-(\d{2})(?:[T ]([01]\d|2[0-3]):[0-5]\d(?::(?:[0-5]\d|60)(?:\.\d+)?)?(?:Z|[+-](?:[01]\d|2[0-3]):?[0-5]\d)?)?$/

/** True for a day or a time in ISO 8601 that the calendar has. */
export function isIsoDate(text: string): boolean {
  const match = ISO_DATE.exec(text)
  if (match === null) return false
  const [year, month, day] = [Number(match[1]), Number(match[2]), Number(match[3])]
  const date = new Date(Date.UTC(year, month - 1, day))
  date.setUTCFullYear(year)
  return date.getUTCMonth() === month - 1 && date.getUTCDate() === day
}

function idOf(value: unknown, fallback: string): string {
  if (value === undefined || value === null) return fallback
  if (typeof value === 'number' && Number.isFinite(value)) return String(value)
  // in an address, the dots lead to the folder and the one above
  if (typeof value === 'string' && !['', '.', '..'].includes(value)) return value.normalize('NFC').toWellFormed()
  throw wrongField('id', value, {
    de: 'eine Zeichenkette, nicht leer und nicht „.“ oder „..“',
    en: 'a string, neither empty nor “.” or “..”',
  })
}

function stringOf(fields: Record<string, unknown>, name: string): string | null {
  const value = fields[name]
  if (value === undefined || value === null) return null
  if (typeof value === 'string') return value
  throw wrongField(name, value, { de: 'eine Zeichenkette', en: 'a string' })
}

function dateOf(value: unknown): string | null {
  if (value === undefined || value === null || value === '') return null
  if (typeof value === 'string' && isIsoDate(value)) return value
  throw wrongField('date', value, { de: 'ein Datum wie 2024-03-03 oder 2024-03-03T10:00:00Z', en: 'an ISO 8601 date' })
}

function tagsOf(value: unknown): readonly string[] {
  if (value === undefined || value === null) return []
  if (typeof value === 'string') return value === '' ? [] : [value]
  if (Array.isArray(value) && value.every((entry) => typeof entry === 'string')) return value
  throw wrongField('tags', value, { de: 'eine Liste von Zeichenketten', en: 'a list of strings' })
}

function addMeta(meta: Record<string, MetaValue>, key: string, value: unknown): void {
  if (value === undefined || value === null) return
  const fits =
    typeof value === 'string' ||
    typeof value === 'boolean' ||
    (typeof value === 'number' && Number.isFinite(value)) ||
    (Array.isArray(value) && value.every((entry) => typeof entry === 'string'))
  if (!fits) {
    throw wrongField(key, value, {
      de: 'Zeichenkette, Zahl, Wahrheitswert oder Liste von Zeichenketten',
      en: 'a string, a number, a boolean or a list of strings',
    })
  }
  // defineProperty, because a field may be called __proto__
  Object.defineProperty(meta, key, { value, enumerable: true, configurable: true, writable: true })
}

function wrongField(field: string, value: unknown, expected: Localized): FundstelleError {
  return new FundstelleError('article_field', { field, expected, got: show(value) })
}

function show(value: unknown): string {
  const text = JSON.stringify(value) ?? String(value)
  return text.length > 60 ? `${text.slice(0, 60)}…` : text
}
