// The room `documents`: JSON documents that other programs write, from the bytes of a request to articles. It imports `article` and, of
// `ingest`, what names and texts mean; it writes nothing.

import { type Article, isIsoDate, type MetaValue } from '../article/article.ts'
import { cleanLine, paragraphs } from '../ingest/clean.ts'
import { plainField } from '../ingest/field-markup.ts'
import { type ArticleField, languageTag, namedField, rankInsteadOfText, sitesUrl, splitTags } from '../ingest/fields.ts'
import { attributesOf, fieldValueOf, isMeant, type JsonDocument } from './attributes.ts'

/** Which attributes of an index's documents are searched, and which are kept to filter, sort and count by. */
export interface DocumentMapping {
  readonly primaryKey: string
  /** The most important first; null for all but ids that nobody types. */
  readonly searchable: readonly string[] | null
  /** Names or patterns. */
  readonly valued: readonly string[]
}

type Values = readonly (string | number | boolean)[]

/** A value that a field of the article was taken from, or may be. */
interface Candidate {
  readonly path: string
  readonly values: Values
  readonly rank: number
}

/**
 * The article of a document. Title, text, author, tags, date, address and language are found by the names of attributes, as in files; where
 * nothing is named as the title, the most important searched attribute is it, where nothing is named as the text, a description or whatever has
 * most words. Words of
 * all other searched attributes are found as those of `meta` are.
 * @param json the document as it came
 * @param document the same, parsed
 */
export function articleOfDocument(id: string, json: string, document: JsonDocument, mapping: DocumentMapping): Article {
  const attributes = attributesOf(document)
  const searched = searchedOf(attributes, mapping)
  const taken = new Set<string>()
  const take = (candidate: Candidate | undefined): Values => {
    if (candidate !== undefined) taken.add(candidate.path)
    return candidate?.values ?? []
  }
  const named = (field: ArticleField, from: readonly Candidate[]): Candidate | undefined =>
    best(from, (path) => {
      const name = namedField(path)
      return name?.field === field ? name.rank : undefined
    })
  const all = [...attributes].map(([path, values], rank) => ({ path, values, rank }))
  const texts = searched.filter(({ values }) =>
    values.some((value) => typeof value === 'string' && value.trim() !== ''),
  )
  const textOf = named('text', texts) ?? best(texts, rankInsteadOfText) ?? longestProse(texts)
  const titles = texts.filter((candidate) => candidate !== textOf)
  const titleOf = named('title', titles) ?? (mapping.searchable === null ? undefined : titles[0])
  const title = cleanLine(wordsIn(take(titleOf)).join(' · '))
  const text = paragraphs(wordsIn(take(textOf)))
  const author = cleanLine(wordsIn(take(named('author', searched))).join(', ')) || null
  const tags = tagsOf(take(named('tags', searched)))
  const [date, url, language] = (['date', 'url', 'language'] as const).map((field) => named(field, all))
  const meta: Record<string, MetaValue> = {}
  for (const { path, values } of searched) {
    if (taken.has(path) || path === date?.path || path === url?.path || path === language?.path) continue
    const words = wordsIn(values).map(cleanLine)
    if (words.length > 0) define(meta, path, words.length === 1 ? (words[0] as string) : words)
  }
  return {
    id,
    title,
    text,
    url: urlOf(url?.values[0]),
    date: dateOf(date?.values[0]),
    author,
    tags,
    language: languageOf(language?.values[0]),
    meta,
    values: valuesOf(attributes, mapping),
    document: json,
  }
}

/** The searched attributes, the most important first. */
function searchedOf(
  attributes: ReadonlyMap<string, Values>,
  { searchable, primaryKey }: DocumentMapping,
): readonly Candidate[] {
  const searched: Candidate[] = []
  for (const [path, values] of attributes) {
    const isTyped = path !== primaryKey || !MACHINE_ID.test(String(values[0]))
    const rank = searchable === null ? (isTyped ? 0 : -1) : searchable.findIndex((name) => isMeant(path, name))
    if (rank >= 0) searched.push({ path, values, rank })
  }
  return searched.sort((one, other) => one.rank - other.rank)
}

/** The one with most words that is named as nothing else. */
function longestProse(from: readonly Candidate[]): Candidate | undefined {
  let [found, most]: [Candidate | undefined, number] = [undefined, PROSE_WORDS_MIN - 1]
  for (const candidate of from) {
    if (namedField(candidate.path) !== undefined) continue
    // a list is one of names
    const count = candidate.values.length > 1 ? 0 : String(candidate.values[0]).split(' ').length
    if (count > most) [found, most] = [candidate, count]
  }
  return found
}

/** Fewer words are a name or a list. */
const PROSE_WORDS_MIN = 3

/** An id that nobody types. */
const MACHINE_ID = /^[\da-f-]{16,}$/i

/** The first of the least rank. */
function best(from: readonly Candidate[], rankOf: (path: string) => number | undefined): Candidate | undefined {
  let [found, least]: [Candidate | undefined, number] = [undefined, Number.POSITIVE_INFINITY]
  for (const candidate of from) {
    const rank = rankOf(candidate.path) ?? Number.POSITIVE_INFINITY
    if (rank < least) [found, least] = [candidate, rank]
  }
  return found
}

/** Texts and numbers as words; HTML becomes the text that it stands for. */
const wordsIn = (values: Values): string[] =>
  values.flatMap((value) =>
    typeof value === 'boolean' ? [] : [typeof value === 'string' ? plainField(value) : String(value)],
  )

function tagsOf(values: Values): string[] {
  const tags = wordsIn(values).flatMap((tag) => (values.length === 1 ? splitTags(tag) : [tag]))
  return [...new Set(tags.map(cleanLine))].filter((tag) => tag !== '')
}

const SECONDS_MAX = 1e11

/** A date of ISO 8601, or a moment in seconds or milliseconds since 1970; null for anything else. */
function dateOf(value: string | number | boolean | undefined): string | null {
  if (typeof value === 'string') return isIsoDate(value) ? value : null
  if (typeof value !== 'number') return null
  const date = new Date(Math.abs(value) < SECONDS_MAX ? value * 1000 : value)
  const iso = Number.isNaN(date.getTime()) ? '' : date.toISOString()
  return isIsoDate(iso) ? iso : null
}

const urlOf = (value: string | number | boolean | undefined): string | null =>
  typeof value === 'string' ? sitesUrl(cleanLine(value)) : null

const languageOf = (value: string | number | boolean | undefined): string | null =>
  typeof value === 'string' ? languageTag(value.trim()) : null

function valuesOf(
  attributes: ReadonlyMap<string, Values>,
  { valued }: DocumentMapping,
): NonNullable<Article['values']> {
  const kept: Record<string, readonly (string | number)[]> = {}
  for (const [path, values] of attributes)
    if (valued.some((name) => isMeant(path, name))) define(kept, path, values.map(fieldValueOf))
  return kept
}

/** An attribute may be called `__proto__`. */
function define<T>(object: Record<string, T>, name: string, value: T): void {
  Object.defineProperty(object, name, { value, enumerable: true, configurable: true, writable: true })
}
