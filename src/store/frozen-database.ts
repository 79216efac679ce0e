import { statSync } from 'node:fs'
import { type Connection, Database, storeError } from './sqlite.ts'

/** Pages that are copied before others get their turn: 400 kB. */
const PAGES_AT_ONCE = 100
/** Pages are read once, so hardly any are kept: a thousand of these may be open. */
const CACHED_KB = 100

/** A database file as it was at one moment, whoever writes to it meanwhile. It keeps SQLite's log from shrinking, so it is to be closed soon. */
export class FrozenDatabase {
  readonly path: string
  readonly #db: Connection
  #bytes = 0

  private constructor(db: Connection, path: string) {
    this.#db = db
    this.path = path
  }

  /**
   * Opens a database file that is there; it is not frozen yet.
   * @throws FundstelleError `store_broken`, `store_busy` or `cache_unwritable`
   */
  static open(path: string): FrozenDatabase {
    let db: Connection | undefined
    try {
      db = new Database(path, { fileMustExist: true })
      db.pragma(`cache_size = -${CACHED_KB}`)
      return new FrozenDatabase(db, path)
    } catch (error) {
      db?.close()
      throw storeError(error, path)
    }
  }

  /** From now on it is as it is now. */
  freeze(): void {
    try {
      this.#db.exec('begin')
      // only what reads begins to read one state
      const pages = this.#db
        .prepare('select page_count * page_size bytes from pragma_page_count, pragma_page_size')
        .get()
      this.#db.prepare('select count(*) from sqlite_schema').get()
      this.#bytes = (pages as { bytes: number }).bytes
    } catch (error) {
      throw storeError(error, this.path)
    }
  }

  /** Bytes of the database; known once it is frozen. */
  get bytes(): number {
    return this.#bytes
  }

  /**
   * Copies it to a new file, in pieces.
   * @param onBytes is told how many more are there
   * @returns the bytes of the file
   */
  async copyTo(path: string, onBytes: (bytes: number) => void, signal: AbortSignal): Promise<number> {
    let told = 0
    try {
      await this.#db.backup(path, {
        progress: ({ totalPages, remainingPages }) => {
          signal.throwIfAborted()
          const bytes = totalPages === 0 ? 0 : Math.round((this.#bytes * (totalPages - remainingPages)) / totalPages)
          onBytes(bytes - told)
          told = bytes
          return PAGES_AT_ONCE
        },
      })
    } catch (error) {
      throw storeError(error, path)
    }
    onBytes(this.#bytes - told)
    return statSync(path).size
  }

  close(): void {
    this.#db.close()
  }
}
