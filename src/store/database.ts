import { existsSync, statSync } from 'node:fs'
import { join } from 'node:path'
import { FundstelleError, reasonOf } from '../errors.ts'
import { makeFolder } from '../make-folder.ts'
import { systemReason } from '../system-reason.ts'
import { giveUpReserve } from './disk-space.ts'
import { BUSY_SECONDS, type Connection, Database, type Statement, storeError } from './sqlite.ts'
import { Statements } from './statements.ts'

/** A database of a cache folder: its file, and what makes its tables or brings them to the format of today. */
export interface DatabaseKind {
  readonly file: string
  /** @throws FundstelleError `store_format`; whatever SQLite throws */
  readonly prepare: (db: Connection, path: string) => void
}

/** A folder that is there while a backup is put in the place of what a cache folder had: what is there then is half of something. */
export const UNFINISHED_RESTORE = 'restore-unfinished'

/** Pages of the file that a connection keeps in memory; the package takes 16 MB. The system has them in memory too, once for all connections. */
const CACHED_KB = 4000

/** The open database of a cache folder: its file, its transactions and its statements. It knows nothing of what the tables mean. */
export class StoreDatabase {
  readonly path: string
  readonly statements: Statements
  readonly #db: Connection
  readonly #file: string
  #dataVersion: Statement | undefined

  private constructor(db: Connection, path: string) {
    this.#db = db
    this.path = path
    this.#file = fileOf(path) ?? ''
    this.statements = new Statements(db, path)
  }

  /**
   * Opens a database of a cache folder; makes both where there are none.
   * @throws FundstelleError `store_broken`, `store_format`, `store_busy`, `restore_unfinished` or `cache_unwritable`
   */
  static open(cache: string, kind: DatabaseKind): StoreDatabase {
    const path = join(cache, kind.file)
    if (existsSync(join(cache, UNFINISHED_RESTORE))) throw new FundstelleError('restore_unfinished', { path: cache })
    try {
      makeFolder(cache)
    } catch (error) {
      throw new FundstelleError('cache_unwritable', { path: cache, reason: systemReason(error) }, { cause: error })
    }
    try {
      return StoreDatabase.#open(path, kind)
    } catch (error) {
      const isRefused = error instanceof FundstelleError && error.code === 'cache_unwritable'
      if (!isRefused || !giveUpReserve(cache)) throw error
      return StoreDatabase.#open(path, kind)
    }
  }

  static #open(path: string, { prepare }: DatabaseKind): StoreDatabase {
    let db: Connection | undefined
    try {
      db = new Database(path, { timeout: BUSY_SECONDS * 1000 })
      db.pragma('journal_mode = wal')
      db.pragma('synchronous = full')
      // what was taken out must not stay readable in the file
      db.pragma('secure_delete = on')
      db.pragma(`cache_size = -${CACHED_KB}`)
      const database = new StoreDatabase(db, path)
      prepare(db, path)
      return database
    } catch (error) {
      db?.close()
      throw storeError(error, path)
    }
  }

  /** An empty database that nothing can be written to, in place of one that could not be made. */
  static readOnly(cache: string, kind: DatabaseKind): StoreDatabase {
    const path = join(cache, kind.file)
    const db = new Database(':memory:')
    kind.prepare(db, path)
    db.pragma('query_only = on')
    return new StoreDatabase(db, path)
  }

  /** True also where a restore is not finished: then opening it says so. */
  static exists(cache: string, { file }: DatabaseKind): boolean {
    return existsSync(join(cache, file)) || existsSync(join(cache, UNFINISHED_RESTORE))
  }

  close(): void {
    this.#db.close()
  }

  /** Whether another file has taken the place of the one that is open: a cache folder moved away and made anew. */
  get isReplaced(): boolean {
    const file = fileOf(this.path)
    return file !== null && file !== this.#file
  }

  /** Changes whenever another connection has committed something; costs next to nothing to ask. */
  get dataVersion(): number {
    // asked twenty times a second: prepared once
    this.#dataVersion ??= this.#db.prepare('pragma data_version').pluck()
    return this.#dataVersion.get() as number
  }

  /** Runs `work` in one transaction: all of it is kept, or nothing. */
  transaction<T>(work: () => T): T {
    try {
      return this.#db.transaction(work).immediate()
    } catch (error) {
      throw storeError(error, this.path)
    }
  }

  /** As `transaction`, for work in steps. Another transaction of this object would become a part of this one meanwhile. */
  async transactionInSteps(work: () => Promise<void>): Promise<void> {
    try {
      this.#db.exec('begin immediate')
      await work()
      this.#db.exec('commit')
    } catch (error) {
      // SQLite takes some back by itself, as where the disk is full
      if (this.#db.inTransaction) this.#db.exec('rollback')
      throw storeError(error, this.path)
    }
  }

  /** Runs `work`, which only reads, on one state of the database, whatever others commit meanwhile. */
  async readTransaction<T>(work: () => Promise<T>): Promise<T> {
    this.#db.exec('begin')
    try {
      return await work()
    } finally {
      this.#db.exec('commit')
    }
  }

  /** Lets SQLite verify its file; the complaints, none where all is well. */
  integrityComplaints(): string[] {
    try {
      const rows = this.#db.pragma('integrity_check') as { integrity_check: string }[]
      return rows.map((row) => row.integrity_check).filter((text) => text !== 'ok')
    } catch (error) {
      // SQLite itself gives up where the damage is great
      return [reasonOf(error)]
    }
  }
}

/** Tells one file from another at the same path; null where there is none. */
function fileOf(path: string): string | null {
  const stats = statSync(path, { bigint: true, throwIfNoEntry: false })
  return stats === undefined ? null : `${stats.dev}:${stats.ino}`
}
