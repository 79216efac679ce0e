import { isIsoDate } from '../article/article.ts'
import { FundstelleError } from '../errors.ts'
import { isoDate } from './dates.ts'
import { splitTags } from './fields.ts'
import { faultWords, jsonFault } from './json-fault.ts'
import { readingOf } from './make.ts'
import { PUBLIC } from './publication.ts'
import { recordPublication } from './publication-systems.ts'
import type { Reader, ReadResult } from './reader.ts'

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
  const isRecord = typeof value === 'object' && value !== null && !Array.isArray(value)
  const publication = isRecord ? recordPublication(Object.entries(value as object)) : PUBLIC
  return readingOf(withUsualForms(value), fallbackId, line, publication)
}

/** Dates and tags as people write them, which the other formats take too. */
function withUsualForms(value: unknown): unknown {
  if (typeof value !== 'object' || value === null || Array.isArray(value)) return value
  const { date, tags } = value as { date?: unknown; tags?: unknown }
  return {
    ...value,
    ...(typeof date === 'string' && !isIsoDate(date) && { date: isoDate(date) ?? date }),
    ...(typeof tags === 'string' && { tags: splitTags(tags) }),
  }
}
