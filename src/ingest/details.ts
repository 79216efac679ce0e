import { type ArticleField, addMeta, type Fields, fieldOf, fieldsFrom, splitTags, wholeNumber } from './fields.ts'

/** A line longer than this is a paragraph, not a detail. */
const DETAIL_LENGTH_MAX = 200

/** A full sentence of this many words is prose, not a detail. */
const SENTENCE_WORDS_MIN = 8

/** Words that begin sentences, not details. */
const NOT_A_KEY = /^(der|die|das|ein|eine|es|er|sie|wir|ich)$/i

/** The pairs of a "Details" block, in order, and the lines before it. */
export interface Details {
  readonly before: readonly string[]
  readonly entries: readonly (readonly [string, unknown])[]
}

/**
 * Takes the "Details" block off the end of a text: a line `Details`, then only lines `Key value` or `Key: value` to the
 * end. Whole numbers become numbers, a key without a value an empty list, a key given several times a list.
 * @returns null where the text has no such block
 */
export function takeDetails(lines: readonly string[]): Details | null {
  const start = lines.findLastIndex((line) => /^details ?:?$/i.test(line.trim()))
  if (start < 0) return null
  const values = new Map<string, string[]>()
  for (const line of lines.slice(start + 1)) {
    if (line.trim() === '') continue
    const detail = detailOf(line.trim())
    if (detail === null) return null
    const [key, value] = detail
    const known = values.get(key)
    if (known === undefined) values.set(key, value === '' ? [] : [value])
    else if (value !== '') known.push(value)
  }
  if (values.size === 0) return null
  return { before: lines.slice(0, start), entries: [...values].map(([key, value]) => [key, detailValue(key, value)]) }
}

/** Whether a key of a block is a field of the article: title and text are what stands before the block. */
function isDetailField(field: ArticleField | null): boolean {
  return field !== null && field !== 'title' && field !== 'text'
}

/** What a block says about its article: the fields it may hold, and the rest as `meta`. */
export function detailFields(entries: readonly (readonly [string, unknown])[]): Fields {
  const fields = fieldsFrom(entries.filter(([key]) => isDetailField(fieldOf(key))))
  for (const [key, value] of entries) if (!isDetailField(fieldOf(key))) addMeta(fields.meta, key, value)
  return fields
}

function detailOf(line: string): [string, string] | null {
  if (line.length > DETAIL_LENGTH_MAX) return null
  const match = /^(\p{L}[\p{L}\p{N}_/-]*)(:?)(?:\s+(.*))?$/u.exec(line)
  if (match === null) return null
  const [, key = '', colon, value = ''] = match
  if (colon === '') {
    // German keys are nouns; a lower-case first word is prose that runs on
    if (!/^\p{Lu}/u.test(key) || NOT_A_KEY.test(key)) return null
    if (/[.!?…]$/.test(value) && line.split(/\s+/).length >= SENTENCE_WORDS_MIN) return null
  }
  return [key.toLowerCase(), value.trim()]
}

function detailValue(key: string, values: readonly string[]): unknown {
  const [first, ...others] = values
  if (first === undefined) return []
  if (fieldOf(key) === 'tags') return values.flatMap(splitTags)
  return others.length > 0 ? values : wholeNumber(first)
}
