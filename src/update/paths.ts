import { lstatSync, realpathSync, statSync } from 'node:fs'
import { sep } from 'node:path'
import type { FundstelleError } from '../errors.ts'
import { unreadable } from '../ingest/unreadable.ts'

/** Where a file or folder can be asked about it is there or missing; where not, the error says why. */
export function presenceOf(path: string): 'there' | 'missing' | FundstelleError {
  try {
    statSync(path)
    return 'there'
  } catch (error) {
    const gone = ['ENOENT', 'ENOTDIR', 'ELOOP'].includes((error as NodeJS.ErrnoException).code ?? '')
    return gone ? 'missing' : unreadable(error)
  }
}

/** The path with its links resolved, or why that cannot be told. */
export function realPathOf(path: string): string | FundstelleError {
  try {
    return realpathSync(path)
  } catch (error) {
    return unreadable(error)
  }
}

export function isFolder(path: string): boolean {
  try {
    return statSync(path).isDirectory()
  } catch {
    return false
  }
}

/** Whether there is anything at a path, be it a link to nothing. */
export function isThere(path: string): boolean {
  try {
    return lstatSync(path, { throwIfNoEntry: false }) !== undefined
  } catch {
    // links in a circle on the way there, or folders that cannot be read: nobody knows
    return true
  }
}

/** Whether a path is this file or folder, or lies in it. */
export function isIn(place: string): (path: string) => boolean {
  const folder = place.endsWith(sep) ? place : place + sep
  return (path) => path === place || path.startsWith(folder)
}
