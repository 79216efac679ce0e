import { FundstelleError, reasonOf } from '../errors.ts'
import { readingOf } from './make.ts'
import type { Reader, Reading } from './reader.ts'

/** JSON Lines: one article a line, as the article schema has it. Empty lines count, but are passed over. */
export const jsonlReader: Reader = {
  name: 'jsonl',
  extensions: ['.jsonl', '.ndjson'],
  *read({ path, text }) {
    let line = 1
    for (let start = 0; start < text.length; line++) {
      const end = text.indexOf('\n', start)
      const next = end < 0 ? text.length : end
      const json = text.slice(start, next)
      start = next + 1
      if (json.trim() !== '') yield readLine(json, `${path}#L${line}`, line)
    }
  },
}

function readLine(json: string, fallbackId: string, line: number): Reading {
  let value: unknown
  try {
    value = JSON.parse(json)
  } catch (error) {
    return { kind: 'refusal', error: new FundstelleError('json_broken', { reason: reasonOf(error) }), line }
  }
  return readingOf(value, fallbackId, line)
}
