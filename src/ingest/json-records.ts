import { FundstelleError } from '../errors.ts'
import { isJsonFeed } from './feed-root.ts'
import { fieldOf } from './fields.ts'
import { ghostData, ghostPosts } from './ghost.ts'
import { faultWords, jsonFault } from './json-fault.ts'
import { type JsonRecord, plainRecord, recordReading } from './json-record.ts'
import { both, PUBLIC, type Publication } from './publication.ts'
import { recordPublication } from './publication-systems.ts'
import type { Reader } from './reader.ts'
import { isSearchIndex } from './search-index.ts'

/** Names under which programs keep their lists of records. */
const LISTS = new Set(
  (
    'posts pages articles items entries data results records documents docs nodes rows content contents news faqs faq ' +
    'artikel beitraege beiträge seiten eintraege einträge fragen datensaetze meldungen hits value itemlistelement item mainentity'
  ).split(' '),
)
/** Lists in lists, and objects of objects, are looked into so far. */
const DEPTH_MAX = 4
/** Types of schema.org that are articles. */
const ARTICLE_TYPE =
  /(?:Article|BlogPosting|NewsArticle|Posting|Report|WebPage|FAQPage|Question|Recipe|Event|CreativeWork|ItemPage)$/

/**
 * JSON that holds records: a list of them, an object with such a list (`posts`, `data`), one record alone, what WordPress's REST
 * interface or Ghost gives, articles of schema.org. The index of a site's search is none. One article a record; field names in German or English, and as exports have them.
 */
export const jsonRecordsReader: Reader = {
  name: 'json records',
  extensions: ['.json', '.jsonld'],
  recognises: (text) => {
    if (isJsonFeed(text) || !/^\s*[[{]/.test(text)) return false
    const value = parsed(text)
    return value === undefined ? BROKEN_LIST.test(text.slice(0, BEGINNING_LENGTH)) : recordsIn(value) !== null
  },
  *read({ path, text }) {
    let value: unknown
    try {
      value = JSON.parse(text)
    } catch (error) {
      const fault = jsonFault(text, error)
      yield {
        kind: 'refusal',
        error: new FundstelleError('json_broken', { reason: faultWords(fault) }),
        line: fault.line ?? 1,
      }
      return
    }
    if (isSearchIndex(value, path)) {
      yield { kind: 'unpublished', state: 'part', otherwise: null }
      return
    }
    const records = recordsIn(value) ?? []
    const isAlone = records.length === 1 && records[0]?.record === value
    for (const [index, { record, publication }] of records.entries())
      yield recordReading(record, { fallbackId: isAlone ? path : `${path}#${index + 1}`, line: 1, publication })
  },
}

/** A list of records that breaks off further on. */
const BROKEN_LIST = /^\s*(?:\[\s*\{|\{\s*"(?:posts|articles|artikel|db)"\s*:)/
const BEGINNING_LENGTH = 1000

interface Found {
  readonly record: JsonRecord
  /** What stands elsewhere of its publication. */
  readonly publication: Publication
}

/** Undefined for what is no JSON. */
function parsed(text: string): unknown {
  try {
    return JSON.parse(text)
  } catch {
    return undefined
  }
}

/**
 * The records of a value; null where it has none: settings, data of programs.
 * @param around what everything says of its publication that the value lies in
 */
function recordsIn(value: unknown, around = PUBLIC, depth = 0): readonly Found[] | null {
  if (depth > DEPTH_MAX || typeof value !== 'object' || value === null) return null
  if (Array.isArray(value)) {
    const found = value.map((one) => recordsIn(one, around, depth + 1))
    if (found.every((records) => records === null)) return null
    // among records every other object is one that lacks something: its reading tells
    return value.flatMap((one, index) => found[index] ?? (isStray(one) ? [{ record: one, publication: around }] : []))
  }
  const object = value as JsonRecord
  const within = (): Publication => both(recordPublication(Object.entries(object)), around)
  const ghost = ghostData(object)
  if (ghost !== null) {
    const publication = within()
    return ghostPosts(ghost).map((post) => ({ ...post, publication: both(post.publication, publication) }))
  }
  const graph = object['@graph']
  if (Array.isArray(graph)) return recordsIn(graph.filter(isArticleType), within(), depth + 1)
  // what it says itself its reading looks for
  if (isRecord(object, depth > 0)) return [{ record: object, publication: around }]
  const publication = within()
  const lists = Object.entries(object).filter(([name]) => LISTS.has(name.toLowerCase()))
  const all = lists.flatMap(([, inside]) => recordsIn(inside, publication, depth + 1) ?? [])
  return all.length > 0 ? all : null
}

/** Whether what is no record was meant as one: things of schema.org that are no articles were not. */
function isStray(value: unknown): value is JsonRecord {
  if (typeof value !== 'object' || value === null || Array.isArray(value)) return false
  return !Object.hasOwn(value, '$schema') && (!Object.hasOwn(value, '@type') || isArticleType(value))
}

function isArticleType(thing: unknown): boolean {
  const type = (thing as JsonRecord | null)?.['@type']
  return [type].flat().some((one) => typeof one === 'string' && ARTICLE_TYPE.test(one))
}

/**
 * Whether an object is an article: it has a title and a text, or a text and what tells of articles. In a list a description is text
 * enough; alone it is that of a program or a schema.
 */
function isRecord(object: JsonRecord, isListed: boolean): boolean {
  if (Object.hasOwn(object, '$schema')) return false
  const found = new Set<string>()
  for (const [name, said] of Object.entries(plainRecord(object))) {
    const isRendered = typeof (said as JsonRecord | null)?.['rendered'] === 'string'
    if (!isRendered && (typeof said !== 'string' || said.trim() === '')) continue
    const field = fieldOf(isRendered ? `${name}.rendered` : name)
    if (field === 'text') found.add('text')
    if (field === 'title') found.add(/^(?:page)?name$/i.test(name) ? 'name' : 'title')
    if (SUMMARY.test(name)) found.add('summary')
  }
  if (found.has('text'))
    return found.has('title') || found.has('name') || ABOUT.some((name) => Object.hasOwn(object, name))
  return isListed && found.has('title') && found.has('summary')
}

const SUMMARY = /^(?:excerpt|description|beschreibung|summary|teaser|lead|abstract|kurztext|zusammenfassung)$/i
const ABOUT = ['id', 'date', 'datum', 'url', 'link']
