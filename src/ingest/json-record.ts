import type { StructuredText } from './blocks.ts'
import { htmlField, structuredField } from './field-markup.ts'
import { fieldOf, recordFields } from './fields.ts'
import { readingOf } from './make.ts'
import { unwrapped } from './nested-fields.ts'
import { both, type Publication } from './publication.ts'
import { recordPublication } from './publication-systems.ts'
import type { ReadResult } from './reader.ts'
import { refusalOf } from './refusal.ts'
import { inOneLanguage, richText } from './rich-text.ts'

/** A record of an export, its fields by name. */
export type JsonRecord = Readonly<Record<string, unknown>>

/** The fields of a record where they lie one level below, names of schema.org as they are meant, and texts without what they are wrapped in. */
export function plainRecord(object: JsonRecord): JsonRecord {
  const flat = withPlainTexts(flattened(object))
  const answer = flat['acceptedAnswer'] as JsonRecord | undefined
  if (typeof answer?.['text'] === 'string') return { ...flat, articleBody: answer['text'], acceptedAnswer: undefined }
  return flat
}

function flattened(object: JsonRecord): JsonRecord {
  const wrapper = ['attributes', 'fields'].find((name) => isObject(object[name]))
  return wrapper === undefined ? object : { ...object, ...(object[wrapper] as JsonRecord), [wrapper]: undefined }
}

/** What a record says of its publication, also where each language says it by itself: `{"draft": {"de": true}}`. */
function publicationIn(object: JsonRecord): Publication {
  const inLanguages = Object.entries(flattened(object)).filter(([, said]) => isObject(said))
  const inGerman = inLanguages.map(([name, said]) => [name, inOneLanguage(said as object)] as const)
  return both(recordPublication(Object.entries(object)), recordPublication(inGerman))
}

const isObject = (one: unknown): boolean => typeof one === 'object' && one !== null && !Array.isArray(one)

/** Titles and texts that are lists of paragraphs, objects that hold the text (Drupal's `{value, processed}`, `{"@value"}` of JSON-LD), in several languages or trees of nodes. */
function withPlainTexts(record: JsonRecord): JsonRecord {
  const plain: [string, unknown][] = []
  for (const [name, said] of Object.entries(record)) {
    const field = typeof said === 'object' && said !== null ? fieldOf(name) : null
    const text = field === 'text' || field === 'title' ? textWithin(said as object) : null
    plain.push([name, text ?? said])
    if (text === null) continue
    const { summary } = [said].flat()[0] as { readonly summary?: unknown }
    if (typeof summary === 'string' && summary.trim() !== '') plain.push([`${name}.summary`, summary])
  }
  return Object.fromEntries(plain)
}

function textWithin(said: object): string | null {
  if (Array.isArray(said) && said.length > 0 && said.every((one) => typeof one === 'string')) return said.join('\n\n')
  const one: unknown = Array.isArray(said) && said.length === 1 ? said[0] : inOneLanguage(said)
  if (typeof one === 'string') return one
  if (typeof one !== 'object' || one === null || isRendered(one)) return null
  const { processed, value, '@value': literal } = one as JsonRecord
  const [text] = [processed, value, literal].filter((text) => typeof text === 'string')
  return text ?? richText(said === one ? said : [one])
}

/** What speaks of other things than the article: links between records, heads of pages, sources of editors. */
const MACHINERY = new Set(
  (
    '_links _embedded yoast_head yoast_head_json @context @type @graph links relationships acf class_list mobiledoc lexical ' +
    'uuid guid'
  ).split(' '),
)

/** Where a record stands, and what is said elsewhere of its publication. */
interface Place {
  readonly fallbackId: string
  readonly line: number
  readonly publication: Publication
}

/** The article of a record of an export. Its own number or address is its id, else its `guid` or `uuid`. Never throws: one at the limits of a library is refused. */
export function recordReading(given: JsonRecord, place: Place): ReadResult {
  try {
    return soundReading(given, place)
  } catch (error) {
    return { ...refusalOf(error), line: place.line }
  }
}

function soundReading(given: JsonRecord, { fallbackId, line, publication }: Place): ReadResult {
  const record = plainRecord(given)
  const said = both(publicationIn(given), publication)
  const entries = Object.entries(isRest(record) ? withNames(record) : record).filter(([name]) => !MACHINERY.has(name))
  const fields = recordFields(entries.map(([name, value]) => [name, plainSaid(value)] as const))
  const id = idOf(record, ['id', '_id', '@id']) ?? fields.id ?? idOf(record, ['guid', 'uuid'])
  if (id !== undefined) fields.id = id
  return readingOf(fields, fallbackId, line, said, bodyOf(entries, fields.text))
}

/** The text with what stands where in it, where it is the HTML of one of the fields. */
function bodyOf(entries: readonly (readonly [string, unknown])[], text = ''): StructuredText | null {
  for (const [name, value] of entries) {
    const html = isRendered(value) ? value.rendered : value
    if (typeof html !== 'string' || fieldOf(isRendered(value) ? `${name}.rendered` : name) !== 'text') continue
    const structured = structuredField(html)
    if (structured?.text === text) return structured
  }
  return null
}

/** The first of these fields that has a number or word in it. */
function idOf(record: JsonRecord, names: readonly string[]): string | undefined {
  const ids = names.map((name) => unwrapped(record[name]))
  return ids
    .filter((id) => typeof id === 'string' || typeof id === 'number')
    .map(String)
    .find((id) => id.trim() !== '')
}

/** WordPress's REST interface: its texts are `{rendered}`, and authors and terms are numbers. */
const isRest = (record: JsonRecord): boolean => isRendered(record['title']) || isRendered(record['content'])

function isRendered(value: unknown): value is { rendered: string } {
  return typeof value === 'object' && value !== null && typeof (value as JsonRecord)['rendered'] === 'string'
}

/** The names of author and terms, where the answer holds them. */
function withNames(record: JsonRecord): JsonRecord {
  const embedded = (record['_embedded'] ?? {}) as { author?: unknown; 'wp:term'?: unknown }
  const names = (value: unknown): string[] =>
    [value]
      .flat(3)
      .flatMap((one) => ((one as JsonRecord | null)?.['name'] ? [String((one as JsonRecord)['name'])] : []))
  return { ...record, author: names(embedded.author), tags: names(embedded['wp:term']), categories: undefined }
}

function plainSaid(value: unknown): unknown {
  return isRendered(value) ? { rendered: htmlField(value.rendered) } : value
}
