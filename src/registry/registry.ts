// The room `registry`: the indexes of a server, their settings, the tasks that change them and the keys that open them, in a database of its
// own beside the articles'. It imports `src` and `store`; it carries out no task and knows no HTTP.

import { rmSync } from 'node:fs'
import { join } from 'node:path'
import { FundstelleError } from '../errors.ts'
import { StoreDatabase } from '../store/database.ts'
import { IndexTable } from './index-table.ts'
import { KeyTable } from './key-table.ts'
import { REGISTRY } from './schema.ts'
import type { ChangeableKeys, ServedRegistry, ServedTasks } from './served-registry.ts'
import { TaskLists } from './task-lists.ts'
import { TaskTable } from './task-table.ts'

/** The registry of a cache folder. What a transaction has committed is on the disk. */
export class Registry implements ServedRegistry, ServedTasks {
  readonly indexes: IndexTable
  readonly tasks: TaskTable
  readonly taskLists: TaskLists
  readonly keys: KeyTable
  readonly isReadOnly: boolean
  readonly #database: StoreDatabase

  /** @param isReadOnly whether nothing can be written, see `openToServe` */
  private constructor(database: StoreDatabase, isReadOnly = false) {
    this.isReadOnly = isReadOnly
    this.#database = database
    this.indexes = new IndexTable(database.statements)
    this.tasks = new TaskTable(database.statements)
    this.taskLists = new TaskLists(database.statements)
    this.keys = new KeyTable(database.statements)
  }

  /**
   * Opens the registry of a cache folder; makes it where there is none.
   * @throws FundstelleError `store_broken`, `store_format`, `store_busy` or `cache_unwritable`
   */
  static open(cache: string): Registry {
    return new Registry(StoreDatabase.open(cache, REGISTRY))
  }

  /**
   * The same for a server: where there is none yet and the disk has no room for one, articles are searched all the same. Nothing can be
   * written then until the server is started again.
   */
  static openToServe(cache: string): Registry {
    const existed = Registry.exists(cache)
    try {
      return Registry.open(cache)
    } catch (error) {
      if (existed || !(error instanceof FundstelleError) || error.code !== 'cache_unwritable') throw error
      for (const end of ['', '-wal', '-shm', '-journal']) rmSync(join(cache, REGISTRY.file + end), { force: true })
      return new Registry(StoreDatabase.readOnly(cache, REGISTRY), true)
    }
  }

  static exists(cache: string): boolean {
    return StoreDatabase.exists(cache, REGISTRY)
  }

  close(): void {
    this.#database.close()
  }

  /** Changes whenever another connection has committed something; costs next to nothing to ask. */
  get dataVersion(): number {
    return this.#database.dataVersion
  }

  /** Runs `work` in one transaction: all of it is kept, or nothing. */
  transaction<T>(work: () => T): T {
    return this.#database.transaction(work)
  }

  async changeKeys<T>(work: (keys: ChangeableKeys) => T): Promise<T> {
    return this.transaction(() => work(this.keys))
  }

  integrityComplaints(): string[] {
    return this.#database.integrityComplaints()
  }
}
