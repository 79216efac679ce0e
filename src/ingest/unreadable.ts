import { type ErrorParam, FundstelleError } from '../errors.ts'
import { systemReason } from '../system-reason.ts'

const BEYOND_READING: ErrorParam = {
  de: 'zu tief geschachtelt oder sonst jenseits dessen, was sich lesen lässt',
  en: 'nested too deep, or otherwise beyond what can be read',
}

/** The error for a file or folder that cannot be read; `cause` is what the system, or a library at its limits, threw. */
export function unreadable(cause: unknown): FundstelleError {
  const isSystems = typeof (cause as NodeJS.ErrnoException | undefined)?.code === 'string'
  return new FundstelleError('path_unreadable', { reason: isSystems ? systemReason(cause) : BEYOND_READING }, { cause })
}
