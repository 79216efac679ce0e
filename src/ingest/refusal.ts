import { FundstelleError } from '../errors.ts'
import type { RefusalReading } from './reader.ts'
import { unreadable } from './unreadable.ts'

/** What was thrown as a refusal, with the line that the error names, else none. */
export function refusalOf(error: unknown): RefusalReading {
  if (!(error instanceof FundstelleError)) {
    return { kind: 'refusal', error: unreadable(error), line: null }
  }
  const line = error.params['line']
  return { kind: 'refusal', error, line: typeof line === 'number' ? line : null }
}
