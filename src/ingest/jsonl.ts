import { isIsoDate } from '../article/article.ts'
import { FundstelleError } from '../errors.ts'
import { isoDate } from './dates.ts'
import { epochDate } from './epoch-date.ts'
import { plainField } from './field-markup.ts'
import { fieldOf, splitTags } from './fields.ts'
import { faultWords, jsonFault } from './json-fault.ts'
import { type JsonRecord, plainRecord, recordReading } from './json-record.ts'
import { readingOf } from './make.ts'
import { PUBLIC } from './publication.ts'
import { recordPublication } from './publication-systems.ts'
import type { Reader, ReadResult } from './reader.ts'
import { wordpressText } from './wordpress-text.ts'

/**
 * JSON Lines: one article a line, as the article schema has it. Empty lines count, but are passed over. A comma after an
 * article, and a byte-order mark before it, as files put together from others have, mean nothing.
 */
export const jsonlReader: Reader = {
  name: 'jsonl',
  extensions: ['.jsonl', '.ndjson'],
  onePerLine: true,
  *read({ path, text, line: firstLine = 1 }) {
    let line = firstLine
    for (let start = 0; start < text.length; line++) {
      const end = text.indexOf('\n', start)
      const next = end < 0 ? text.length : end
      const json = text.slice(start, next)
      start = next + 1
      if (json.trim() !== '') yield readLine(json, `${path}#L${line}`, line)
    }
  },
}

function readLine(given: string, fallbackId: string, line: number): ReadResult {
  const json = given.replace(/^\ufeff/, '').replace(/,\s*$/, '')
  let value: unknown
  try {
    value = JSON.parse(json)
  } catch (error) {
    return {
      kind: 'refusal',
      error: new FundstelleError('json_broken', { reason: faultWords(jsonFault(json, error)) }),
      line,
    }
  }
  if (isExport(value)) return recordReading(value, { fallbackId, line, publication: PUBLIC })
  const isRecord = typeof value === 'object' && value !== null && !Array.isArray(value)
  const publication = isRecord ? recordPublication(Object.entries(value as object)) : PUBLIC
  return readingOf(withUsualForms(value), fallbackId, line, publication)
}

/** Dates and tags as people write them, and HTML, which the other formats take too. */
function withUsualForms(value: unknown): unknown {
  if (typeof value !== 'object' || value === null || Array.isArray(value)) return value
  const plain = Object.fromEntries(Object.entries(value).map(([name, said]) => [name, plainStrings(name, said)]))
  const { date, tags, text } = plain as { date?: unknown; tags?: unknown; text?: unknown }
  return {
    ...plain,
    ...(typeof text === 'string' && { text: wordpressText(text) }),
    ...(typeof date === 'string' && !isIsoDate(date) && { date: isoDate(date) ?? epochDate(date) ?? date }),
    ...(typeof date === 'number' && { date: epochDate(String(date)) ?? date }),
    ...(typeof tags === 'string' && { tags: splitTags(tags) }),
  }
}

/** Whether a record has the names of an export and not the schema's: `post_title`, `content.rendered`, `Frage`. */
function isExport(value: unknown): value is JsonRecord {
  if (typeof value !== 'object' || value === null || Array.isArray(value)) return false
  const isText = (said: unknown): boolean => typeof said === 'string' && said.trim() !== ''
  const { title, text } = value as { title?: unknown; text?: unknown }
  if (isText(title) && isText(text)) return false
  return Object.entries(plainRecord(value as JsonRecord)).some(([name, said]) => {
    const isRendered = typeof said === 'object' && said !== null && Object.hasOwn(said, 'rendered')
    const field = fieldOf(isRendered ? `${name}.rendered` : name)
    const isNamedOtherwise = (field === 'title' && name !== 'title') || (field === 'text' && name !== 'text')
    return isRendered ? field !== null : isNamedOtherwise && isText(said)
  })
}

function plainStrings(name: string, said: unknown): unknown {
  // an id is what it is
  if (name === 'id' || name === '_id') return said
  if (typeof said === 'string') return plainField(said)
  if (Array.isArray(said)) return said.map((one) => plainStrings('', one))
  if (name !== 'meta' || typeof said !== 'object' || said === null) return said
  return Object.fromEntries(Object.entries(said).map(([key, one]) => [key, plainStrings('', one)]))
}
