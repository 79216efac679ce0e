import { type ErrorParam, FundstelleError } from '../errors.ts'

/** What the system's codes mean to people; beside them the code itself, for those who look it up. */
const REASONS: Readonly<Record<string, Exclude<ErrorParam, string | number>>> = {
  EACCES: { de: 'keine Leseberechtigung, EACCES', en: 'no permission to read, EACCES' },
  EPERM: { de: 'keine Leseberechtigung, EPERM', en: 'no permission to read, EPERM' },
  ENOENT: { de: 'inzwischen verschwunden, ENOENT', en: 'gone meanwhile, ENOENT' },
  EIO: { de: 'Fehler des Datenträgers, EIO', en: 'a fault of the disk, EIO' },
  EMFILE: { de: 'zu viele offene Dateien, EMFILE', en: 'too many open files, EMFILE' },
}

const BEYOND_READING: ErrorParam = {
  de: 'zu tief geschachtelt oder sonst jenseits dessen, was sich lesen lässt',
  en: 'nested too deep, or otherwise beyond what can be read',
}

/** The error for a file or folder that cannot be read; `cause` is what the system, or a library at its limits, threw. */
export function unreadable(cause: unknown): FundstelleError {
  const code = (cause as NodeJS.ErrnoException | undefined)?.code
  const reason = typeof code === 'string' ? (REASONS[code] ?? code) : BEYOND_READING
  return new FundstelleError('path_unreadable', { reason }, { cause })
}
