import type { FundstelleError } from '../errors.ts'
import { type Fields, fieldsFrom } from './fields.ts'
import { plainKey } from './plain-key.ts'
import type { ReadResult } from './reader.ts'

/** Lists that Jekyll lets one write as words with blanks between them. */
const WORD_LISTS = new Set(['tags', 'categories'])

/** What the head of a file says, as `fieldsFrom` has it. */
export function headFields(entries: readonly (readonly [string, unknown])[]): Fields {
  return fieldsFrom(entries.map(([key, value]) => [key, WORD_LISTS.has(plainKey(key)) ? wordList(value) : value]))
}

function wordList(value: unknown): unknown {
  // commas part tags that have blanks of their own
  return typeof value === 'string' && !/[,;|]/.test(value) ? value.split(/\s+/) : value
}

/** The note on a head that was read although something is wrong with it. */
export function headWarning(error: FundstelleError): ReadResult {
  const line = error.params['line']
  return { kind: 'warning', error, line: typeof line === 'number' ? line : 1 }
}
