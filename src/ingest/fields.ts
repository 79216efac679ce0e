import type { MetaValue } from '../article/article.ts'
import { cleanLine, paragraphs } from './clean.ts'
import { isoDate } from './dates.ts'
import { epochDate } from './epoch-date.ts'
import { plainField } from './field-markup.ts'
import { plainKey } from './plain-key.ts'
import { wordpressText } from './wordpress-text.ts'

export type ArticleField = 'id' | 'title' | 'text' | 'url' | 'date' | 'author' | 'tags' | 'language'

/** What a file says about an article, before the schema has checked it. A field the file does not have is absent. */
export interface Fields {
  id?: string
  title?: string
  text?: string
  url?: string
  date?: string
  author?: string
  tags: string[]
  language?: string
  meta: Record<string, MetaValue>
}

/**
 * The names of the article fields, German and English. Upper and lower case, hyphens, underscores and spaces do not
 * matter, nor `ä` for `ae`. Where a file has several names of one field the one further to the front counts and the
 * others stay in `meta`; tags are gathered from all.
 */
const NAMES: Readonly<Record<ArticleField, string>> = {
  id: 'id _id guid uuid kennung identifier postid wppostid',
  title:
    'title titel pagetitle seitentitel headline heading ueberschrift schlagzeile titlerendered posttitle name pagename ' +
    'frage question bezeichnung betreff subject headertitle titeltext artikeltitel articletitle entrytitle',
  text:
    'text body inhalt content volltext fliesstext artikeltext fulltext contentrendered postcontent articlebody bodytext ' +
    'contenthtml html contenttext plaintext contentencoded bodyhtml bodyvalue bodyprocessed antwort answer answertext ' +
    'acceptedanswertext haupttext langtext artikelinhalt',
  url: 'url link permalink canonical canonicalurl adresse webadresse uri href postlink pageurl seitenurl',
  date:
    'date datum published publishedat publishdate datepublished publicationdate pubdate veroeffentlicht ' +
    'veroeffentlichtam veroeffentlichungsdatum erschienen erschienenam erscheinungsdatum postdate dategmt postdategmt ' +
    'publishedon created createdat datecreated erstellt erstelltam stand timestamp datetime',
  author:
    'author autor autorin authors autoren autorinnen verfasser verfasserin authorname autorname creator by von ' +
    'dccreator byline redakteur redakteurin',
  tags:
    'tags tag schlagwoerter schlagworte schlagwort stichwoerter stichworte stichwort keywords keyword kategorien ' +
    'kategorie categories category rubrik rubriken ressort themen posttag posttags postcategory articlesection',
  language: 'language sprache lang locale inlanguage langcode sprachcode',
}

const FIELDS: ReadonlyMap<string, { readonly field: ArticleField; readonly rank: number }> = new Map(
  Object.entries(NAMES).flatMap(([field, names]) =>
    names.split(' ').map((name, rank) => [plainKey(name), { field: field as ArticleField, rank }] as const),
  ),
)

/** What stands for the text of a row or record that has none, in the order in which it does. */
const INSTEAD_OF_TEXT =
  'beschreibung description kurztext kurzbeschreibung teaser teasertext excerpt excerptrendered postexcerpt auszug ' +
  'zusammenfassung summary abstract vorspann lead intro einleitung'
const INSTEAD: ReadonlyMap<string, number> = new Map(INSTEAD_OF_TEXT.split(' ').map((name, rank) => [name, rank]))

/** Nesting deeper than this is left out of `meta`. */
const NESTING_MAX = 8

/** The article field a key or column name stands for, or null. */
export function fieldOf(key: string): ArticleField | null {
  return FIELDS.get(plainKey(key))?.field ?? null
}

/** The article field a name stands for, and how much it is its name: the least rank counts most. Undefined for any other name. */
export const namedField = (name: string): { readonly field: ArticleField; readonly rank: number } | undefined =>
  FIELDS.get(plainKey(name))

/** The rank of a name whose value stands for the text where nothing is named so; undefined for any other name. */
export const rankInsteadOfText = (name: string): number | undefined => INSTEAD.get(plainKey(name))

/**
 * Sorts keys and values, as front matter or a table has them, into article fields and `meta` (keys in lower case).
 * Nested objects become keys like `a.b`, lists become lists of strings, null and undefined are left out.
 * What a field cannot hold, such as a date that no calendar has, stays in `meta` under its own key.
 */
export function fieldsFrom(entries: Iterable<readonly [string, unknown]>): Fields {
  const fields: Fields = { tags: [], meta: {} }
  const flat = [...flatten(entries, '', 0)].map(([key, value]) => ({
    key,
    value: plainValue(value),
    known: FIELDS.get(plainKey(key)),
  }))
  const ranked = flat.filter(({ known }) => known !== undefined)
  ranked.sort((a, b) => (a.known?.rank ?? 0) - (b.known?.rank ?? 0))
  const tags = new Set<string>()
  const taken = new Set(ranked.filter(({ known, value }) => known && setField(fields, tags, known.field, value)))
  fields.tags = [...tags]
  const counts: NameCounts = new Map()
  for (const entry of flat) if (!taken.has(entry)) addMeta(fields.meta, entry.key, entry.value, counts)
  return fields
}

/**
 * The same of a row of a table or a record of an export: where nothing is named as the text, a description or summary is it, and
 * what WordPress adds to texts goes.
 */
export function recordFields(entries: Iterable<readonly [string, unknown]>): Fields {
  const given = [...flatten(entries, '', 0)]
  const hasText = given.some(([key, value]) => fieldOf(key) === 'text' && wordsOf(value).trim() !== '')
  const ranks = given.map(([key, value]) =>
    hasText || wordsOf(value).trim() === '' ? undefined : INSTEAD.get(plainKey(key)),
  )
  const best = ranks.reduce<number>((least, rank) => Math.min(least, rank ?? least), Number.POSITIVE_INFINITY)
  const instead = ranks.indexOf(best)
  const fields = fieldsFrom(given.map(([key, value], index) => [index === instead ? 'text' : key, value] as const))
  if (fields.text !== undefined) fields.text = wordpressText(fields.text)
  return fields
}

/** How often each name was given: a table may have thousands of columns of one name, and none is to be searched for. */
type NameCounts = Map<string, number>

/** Adds one further field; the key is put into lower case. A key that is there already gets a number. */
export function addMeta(
  meta: Record<string, MetaValue>,
  key: string,
  value: unknown,
  counts: NameCounts = new Map(),
): void {
  const entry = metaValue(value)
  if (entry === null) return
  const name = cleanLine(key).toLowerCase()
  let count = counts.get(name) ?? 1
  let free = count === 1 ? name : `${name}-${count}`
  for (; Object.hasOwn(meta, free); free = `${name}-${count}`) count++
  counts.set(name, count + 1)
  // defineProperty, because a field may be called __proto__
  Object.defineProperty(meta, free, { value: entry, enumerable: true, configurable: true, writable: true })
}

/** The tags in one cell or line: parted by `,`, `;` or `|`. */
export function splitTags(text: string): string[] {
  return text
    .split(/[,;|]/)
    .map((tag) => tag.trim())
    .filter((tag) => tag !== '')
}

/** `4700` and `4.700` as numbers; everything else, numbers with leading zeros such as postcodes included, as it is. */
export function wholeNumber(text: string): string | number {
  if (!/^-?(0|[1-9]\d*|[1-9]\d{0,2}(\.\d{3})+)$/.test(text)) return text
  const number = Number(text.replaceAll('.', ''))
  return Number.isSafeInteger(number) ? number : text
}

/**
 * The same, and `4,50` and `1.234,56`, as spreadsheets outside of English write them. `4.50` stays as it is: versions, chapters and days look
 * the same. So does what has a unit.
 */
export function cellNumber(text: string): string | number {
  if (!/^-?(?:0|[1-9]\d{0,14}|[1-9]\d{0,2}(?:\.\d{3}){1,4}),\d{1,15}$/.test(text)) return wholeNumber(text)
  return Number(text.replaceAll('.', '').replace(',', '.'))
}

/** Sets the field and tells whether it could hold the value; an empty value is taken and says nothing. */
function setField(fields: Fields, tags: Set<string>, field: ArticleField, value: unknown): boolean {
  if (field === 'tags') {
    const given = Array.isArray(value) ? value.map(wordsOf) : splitTags(wordsOf(value))
    for (const tag of given) if (tag.trim() !== '') tags.add(tag)
    return true
  }
  const text = Array.isArray(value) ? value.map(wordsOf).join(', ') : wordsOf(value)
  if (text.trim() === '') return true
  if (fields[field] !== undefined) return false
  const fit =
    field === 'date' ? (isoDate(value instanceof Date ? value : text) ?? epochDate(text)) : fitting(field, text)
  if (fit === null) return false
  fields[field] = fit
  return true
}

function fitting(field: ArticleField, text: string): string | null {
  if (field === 'text') return paragraphs([text])
  const line = cleanLine(text)
  if (field === 'url') return sitesUrl(line)
  if (field === 'language') return languageTag(line)
  return line
}

/** Of which generators make addresses: `/:year/:title/`, `/blog/{{slug}}/`, and Jekyll's names of such patterns. */
const ADDRESS_PATTERN = /(?:^|\/):[a-z]|\{[{%]|^(?:date|pretty|ordinal|weekdate|none)$/

/** The text where it is an address of the web or of the site itself; null for any other, such as `javascript:`. */
export function sitesUrl(text: string): string | null {
  if (/^https?:\/\/\S+$/i.test(text)) return text
  return /^(?![a-z][a-z\d+.-]*:)\S+$/i.test(text) && !ADDRESS_PATTERN.test(text) ? text : null
}

/** A tag of BCP 47, from one or from the name of a language; null where it is neither. */
export function languageTag(text: string): string | null {
  const names: Readonly<Record<string, string>> = { deutsch: 'de', german: 'de', englisch: 'en', english: 'en' }
  const tag = names[text.toLowerCase()] ?? text.replaceAll('_', '-')
  return /^[a-z]{2,3}(-[a-z\d]{2,8})*$/i.test(tag) ? tag : null
}

function* flatten(
  entries: Iterable<readonly [string, unknown]>,
  prefix: string,
  depth: number,
): Generator<[string, unknown]> {
  for (const [key, value] of entries) {
    if (value === null || value === undefined) continue
    const name = prefix + key
    if (typeof value !== 'object' || Array.isArray(value) || value instanceof Date) yield [name, value]
    else if (depth < NESTING_MAX) yield* flatten(Object.entries(value), `${name}.`, depth + 1)
  }
}

/** HTML and references to characters become the text they stand for, wherever they are. */
function plainValue(value: unknown): unknown {
  if (typeof value === 'string') return plainField(value)
  return Array.isArray(value) ? value.map(plainValue) : value
}

function metaValue(value: unknown): MetaValue | null {
  if (value === null || value === undefined) return null
  if (Array.isArray(value)) return value.filter((entry) => entry !== null && entry !== undefined).map(wordsOf)
  if (typeof value === 'boolean' || (typeof value === 'number' && Number.isFinite(value))) return value
  return wordsOf(value)
}

/** Any value in words; of an object its name, as in `authors: [{name: …}]`. */
function wordsOf(value: unknown): string {
  if (value instanceof Date) return isoDate(value) ?? String(value)
  if (typeof value !== 'object' || value === null) return String(value ?? '')
  for (const name of ['name', 'title', 'rendered'])
    if (Object.hasOwn(value, name)) {
      const words = (value as Readonly<Record<string, unknown>>)[name]
      if (typeof words === 'string') return plainField(words)
    }
  return JSON.stringify(value) ?? ''
}
