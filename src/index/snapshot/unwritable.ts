import { FundstelleError } from '../../errors.ts'
import { systemReason } from '../../system-reason.ts'

/** What a cache folder that cannot be written to fails with, such as one on a full disk; any other error is given back as it is. */
export function unwritable(cache: string, error: unknown): unknown {
  if (typeof (error as NodeJS.ErrnoException).code !== 'string' || error instanceof FundstelleError) return error
  return new FundstelleError('cache_unwritable', { path: cache, reason: systemReason(error) }, { cause: error })
}
