import { FundstelleError } from '../errors.ts'
import { FULL } from '../store/sqlite.ts'
import { type TaskError, taskError } from './task-error.ts'

const NO_SPACE = ['ENOSPC', 'EDQUOT', 'SQLITE_FULL']
const READ_ONLY = ['EROFS', 'EACCES', 'EPERM', 'EMFILE', 'ENFILE']

/** Whether it is the disk that something cannot be written to. */
export function isOfDisk(error: unknown): boolean {
  if (error instanceof FundstelleError) return error.code === 'cache_unwritable'
  const code = codeOf(error)
  return code !== undefined && [...NO_SPACE, ...READ_ONLY, 'EIO'].includes(code)
}

/**
 * Whether a transaction that failed with this may still be found committed after a crash: all of it was written, and only the flush failed. Until then this
 * process takes it for undone.
 */
export const mayBeFoundCommitted = (error: unknown): boolean =>
  chain(error).some((one) => codeOf(one) === 'SQLITE_IOERR_FSYNC')

/** What is told, in Meilisearch's codes, of an error that is the disk's. No path of the server is in it. */
export function diskError(error: unknown): TaskError {
  if (chain(error).some(isOfFull))
    return taskError(
      'no_space_left_on_device',
      'There is no space left on the disk of the server: nothing was written.',
    )
  if (chain(error).some(isOfBrokenDisk))
    return taskError('io_error', 'The disk of the server has reported an error: nothing was written.')
  return taskError(
    'unavailable',
    'The server cannot write to its disk at the moment: nothing was written. Searches go on.',
  )
}

const isOfFull = (error: unknown): boolean =>
  NO_SPACE.includes(codeOf(error) ?? '') || (error instanceof FundstelleError && error.params['reason'] === FULL)

const isOfBrokenDisk = (error: unknown): boolean => /^(?:EIO$|SQLITE_IOERR)/.test(codeOf(error) ?? '')

const codeOf = (error: unknown): string | undefined => (error as { code?: string } | undefined)?.code

/** An error, its cause, the cause of that, and so on. */
function chain(error: unknown): unknown[] {
  const all: unknown[] = []
  for (let at = error; at instanceof Error && !all.includes(at); at = at.cause) all.push(at)
  return all
}
