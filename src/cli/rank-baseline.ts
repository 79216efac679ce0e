import { readFileSync, renameSync, writeFileSync } from 'node:fs'
import { type ErrorParam, FundstelleError, type Localized } from '../errors.ts'
import { systemReason } from '../system-reason.ts'

/** By query the rank of the first right article, from 1; null where it is not among those that were looked at. */
export type Ranks = ReadonlyMap<string, number | null>

const FORMAT = 1

/**
 * Reads what `writeBaseline` wrote.
 * @throws FundstelleError `baseline_unusable`
 */
export function readBaseline(path: string): Ranks {
  let content: unknown
  try {
    content = JSON.parse(readFileSync(path, 'utf8'))
  } catch (error) {
    throw unusable(path, error instanceof SyntaxError ? NO_JSON : systemReason(error))
  }
  const { format, ranks } = (content ?? {}) as { format?: unknown; ranks?: unknown }
  if (format !== FORMAT) throw unusable(path, wrongFormat(format))
  if (typeof ranks !== 'object' || ranks === null) throw unusable(path, WRONG_RANKS)
  const entries = Object.entries(ranks as Record<string, unknown>)
  if (!entries.every((entry): entry is [string, number | null] => isRank(entry[1]))) throw unusable(path, WRONG_RANKS)
  return new Map(entries)
}

/** @throws FundstelleError `baseline_unwritable`; the file that was there stays then */
export function writeBaseline(path: string, ranks: Ranks): void {
  const temporary = `${path}.new`
  try {
    writeFileSync(temporary, `${JSON.stringify({ format: FORMAT, ranks: Object.fromEntries(ranks) }, null, 2)}\n`)
    renameSync(temporary, path)
  } catch (error) {
    throw new FundstelleError('baseline_unwritable', { path, reason: systemReason(error) }, { cause: error })
  }
}

const isRank = (value: unknown): value is number | null =>
  value === null || (Number.isSafeInteger(value) && (value as number) > 0)

const unusable = (path: string, reason: ErrorParam): FundstelleError =>
  new FundstelleError('baseline_unusable', { path, reason })

const wrongFormat = (got: unknown): Localized => ({
  de: `Format ${String(got)}, erwartet ${FORMAT}`,
  en: `format ${String(got)}, expected ${FORMAT}`,
})

const NO_JSON: Localized = { de: 'kein JSON', en: 'no JSON' }

const WRONG_RANKS: Localized = {
  de: 'erwartet werden Plätze ab 1 oder null',
  en: 'expected ranks from 1 on or null',
}
