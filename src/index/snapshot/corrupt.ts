import { type ErrorParam, FundstelleError } from '../../errors.ts'
import { systemReason } from '../../system-reason.ts'

/** A snapshot that cannot be used, and why. */
export const corrupt = (path: string, reason: ErrorParam): FundstelleError =>
  new FundstelleError('snapshot_unsound', { path, reason })

/** Whatever was thrown while a snapshot was read, as an error of ours. */
export function corruptBy(path: string, error: unknown): FundstelleError {
  if (error instanceof FundstelleError) return error
  const why = systemReason(error)
  const reason = typeof why === 'object' ? why : { de: `nicht lesbar (${why})`, en: `not readable (${why})` }
  return new FundstelleError('snapshot_unsound', { path, reason }, { cause: error })
}
