import type { JsonRecord } from './json-record.ts'

/** Names that generators of sites give to the index of their search. */
const NAME = /(?:^|\/)search[-_]?(?:index|data)(?:[._-][\w-]{1,20})?\.json$/i
/** The lists in them, under the names of MkDocs and its themes, lunr and elasticlunr. */
const LISTS = ['docs', 'documents', 'items', 'store']
/** The parts of an index of lunr or elasticlunr. */
const TABLES = ['invertedIndex', 'fieldVectors', 'documentStore']

/**
 * Whether a file of JSON is the index of a site's search: pieces of pages, each of which is in the site as well. A generator's
 * settings or tables stand beside its list (MkDocs, lunr), or its fields tell (Quarto), or the file's name.
 */
export function isSearchIndex(value: unknown, path: string): boolean {
  return NAME.test(path) || hasIndex(value) || isOfQuarto(value)
}

function hasIndex(value: unknown): boolean {
  if (Array.isArray(value)) return value.length > 0 && value.every((one) => !Array.isArray(one) && hasIndex(one))
  if (!isObject(value)) return false
  const list = LISTS.map((name) => value[name]).find((one) => typeof one === 'object' && one !== null)
  if (list === undefined) return false
  const index = value['index']
  if (isObject(index) && TABLES.some((table) => Object.hasOwn(index, table))) return true
  return isObject(value['config']) && isListOf(list, (doc) => typeof doc['location'] === 'string')
}

function isOfQuarto(value: unknown): boolean {
  return isListOf(value, (doc) => ['objectID', 'href', 'section', 'text'].every((name) => Object.hasOwn(doc, name)))
}

function isListOf(value: unknown, isOne: (object: JsonRecord) => boolean): boolean {
  return Array.isArray(value) && value.length > 0 && value.every((one) => isObject(one) && isOne(one))
}

function isObject(value: unknown): value is JsonRecord {
  return typeof value === 'object' && value !== null && !Array.isArray(value)
}
