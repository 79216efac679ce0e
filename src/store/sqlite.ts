import { createRequire } from 'node:module'
import { dirname } from 'node:path'
import type BetterSqlite3 from 'better-sqlite3'
import { type ErrorParam, FundstelleError } from '../errors.ts'
import { isDiskFull } from './disk-space.ts'

/** A connection to a database file. */
export type Connection = BetterSqlite3.Database
export type Statement = BetterSqlite3.Statement

/**
 * better-sqlite3 13 is built for Node-API 10, which Node has from 22.14 on; below it falls with a segmentation fault. 12 runs on
 * older Nodes and aborts newer ones when a statement is collected as garbage. So both are installed: 12 as an optional package,
 * which may fail to install where it is not needed, in the last version with a ready program for Node 20.
 */
const NODE_API_OF_13 = 10

/** How long a writer waits for another one. */
export const BUSY_SECONDS = 5

export const Database: typeof BetterSqlite3 = load()

function load(): typeof BetterSqlite3 {
  const require = createRequire(import.meta.url)
  if (Number(process.versions.napi) >= NODE_API_OF_13) return require('better-sqlite3')
  try {
    return require('better-sqlite3-v12')
  } catch (error) {
    throw new FundstelleError('sqlite_missing', { node: process.version }, { cause: error })
  }
}

/** SQLite's errors in our words; others pass unchanged. */
export function storeError(error: unknown, path: string): unknown {
  if (error instanceof FundstelleError || !(error instanceof Database.SqliteError)) return error
  if (/^SQLITE_(BUSY|LOCKED)/.test(error.code)) {
    return new FundstelleError('store_busy', { path, seconds: BUSY_SECONDS }, { cause: error })
  }
  if (/^SQLITE_(READONLY|CANTOPEN|PERM|FULL|IOERR)/.test(error.code)) {
    return new FundstelleError('cache_unwritable', { path, reason: refusalIn(error, path) }, { cause: error })
  }
  return new FundstelleError('store_broken', { path, reason: reasonIn(error) }, { cause: error })
}

/** Why nothing can be written to a full disk. */
export const FULL: ErrorParam = { de: 'der Datenträger ist voll', en: 'the disk is full' }

const REASONS: readonly (readonly [code: RegExp, words: ErrorParam])[] = [
  [/^SQLITE_READONLY/, { de: 'nur lesbar', en: 'read-only' }],
  [/^SQLITE_CANTOPEN/, { de: 'eine Datei darin lässt sich nicht öffnen', en: 'a file in it cannot be opened' }],
  [/^SQLITE_PERM/, { de: 'keine Berechtigung', en: 'no permission' }],
  [/^SQLITE_FULL/, FULL],
  [/^SQLITE_IOERR/, { de: 'Fehler des Datenträgers', en: 'disk error' }],
  [/^SQLITE_NOTADB/, { de: 'das ist kein Artikelspeicher', en: 'it is no article store' }],
  [/^SQLITE_CORRUPT/, { de: 'die Datei ist beschädigt', en: 'the file is damaged' }],
]

/** Why something could not be written. SQLite has many names for a full disk. */
function refusalIn(error: { readonly code: string; readonly message: string }, path: string): ErrorParam {
  const mayBeFull = /^SQLITE_(CANTOPEN|IOERR|READONLY)/.test(error.code)
  return mayBeFull && (isDiskFull(path) || isDiskFull(dirname(path))) ? FULL : reasonIn(error)
}

function reasonIn({ code, message }: { readonly code: string; readonly message: string }): ErrorParam {
  return REASONS.find(([known]) => known.test(code))?.[1] ?? message
}
