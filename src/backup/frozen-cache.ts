import { copyFileSync, linkSync, statSync } from 'node:fs'
import { join } from 'node:path'
import { payloadFolder } from '../registry/payload-folder.ts'
import { Registry } from '../registry/registry.ts'
import { ArticleStore, STORE_FILE } from '../store/article-store.ts'
import { FrozenDatabase } from '../store/frozen-database.ts'
import { BACKUP_FORMAT, type BackupFacts, payloadMember, REGISTRY_MEMBER, storeMember } from './members.ts'

/** A database that goes into a backup. */
export interface FrozenMember {
  readonly member: string
  readonly database: FrozenDatabase
}

/** A file that goes into a backup as it is. */
export interface FrozenFile {
  readonly member: string
  readonly path: string
  readonly bytes: number
}

/**
 * A cache folder as it was at one moment, whoever writes to it meanwhile: registry, articles, and the documents of the tasks that wait. For
 * that moment the registry is locked, so no task is begun, ended or put into the queue. One that is in hand has changed its store or not: both
 * are states that a crash could have left, and what a store has of a task is written down in it, so none is carried out twice.
 */
export class FrozenCache {
  readonly facts: BackupFacts
  /** The registry first, where there is one. */
  readonly databases: readonly FrozenMember[]
  readonly payloads: readonly FrozenFile[]

  private constructor(facts: BackupFacts, databases: readonly FrozenMember[], payloads: readonly FrozenFile[]) {
    this.facts = facts
    this.databases = databases
    this.payloads = payloads
  }

  /**
   * @param links a folder of the same disk, for names of files that their tasks may be done with before they are copied
   * @throws FundstelleError `store_broken`, `store_format`, `store_busy` or `cache_unwritable`
   */
  static of(cache: string, links: string): FrozenCache {
    const opened = new OpenedDatabases(cache)
    try {
      if (!Registry.exists(cache)) return new FrozenCache(factsOf([], 0), opened.frozenStores(['']), [])
      const registry = Registry.open(cache)
      try {
        // opened before, for who waits for the registry
        opened.open(REGISTRY_MEMBER, cache, REGISTRY_MEMBER)
        for (const { folder } of registry.indexes.all()) opened.openStore(folder)
        return registry.transaction(() => {
          const indexes = registry.indexes.all()
          const folders = new Set(['', ...indexes.map(({ folder }) => folder)])
          const payloads = registry.tasks.payloads().map((file) => linked(payloadFolder(cache), file, links))
          const databases = [opened.frozen(REGISTRY_MEMBER), ...opened.frozenStores([...folders])]
          return new FrozenCache(factsOf(indexes, registry.tasks.waiting().count), databases, payloads)
        })
      } finally {
        registry.close()
      }
    } catch (error) {
      opened.close()
      throw error
    }
  }

  get bytes(): number {
    const sum = (sizes: readonly { readonly bytes: number }[]): number =>
      sizes.reduce((all, { bytes }) => all + bytes, 0)
    return sum(this.databases.map(({ database }) => database)) + sum(this.payloads)
  }

  close(): void {
    for (const { database } of this.databases) database.close()
  }
}

const factsOf = (indexes: BackupFacts['indexes'], waitingTasks: number): BackupFacts => ({
  format: BACKUP_FORMAT,
  madeAt: new Date().toISOString(),
  indexes: indexes.map(({ uid, folder }) => ({ uid, folder })),
  waitingTasks,
})

class OpenedDatabases {
  readonly #cache: string
  readonly #opened = new Map<string, FrozenDatabase>()

  constructor(cache: string) {
    this.#cache = cache
  }

  open(member: string, folder: string, file: string): void {
    if (!this.#opened.has(member)) this.#opened.set(member, FrozenDatabase.open(join(folder, file)))
  }

  /** An index that nobody has put anything into has no store yet. */
  openStore(folder: string): void {
    const path = join(this.#cache, folder)
    if (ArticleStore.exists(path)) this.open(storeMember(folder), path, STORE_FILE)
  }

  frozen(member: string): FrozenMember {
    const database = this.#opened.get(member) as FrozenDatabase
    database.freeze()
    return { member, database }
  }

  /** Those that are there. Any others that were opened are of indexes that have gone, and closed. */
  frozenStores(folders: readonly string[]): FrozenMember[] {
    for (const folder of folders) this.openStore(folder)
    const wanted = folders.map(storeMember).filter((member) => this.#opened.has(member))
    const frozen = wanted.map((member) => this.frozen(member))
    for (const [member, database] of this.#opened)
      if (member !== REGISTRY_MEMBER && !wanted.includes(member)) database.close()
    return frozen
  }

  close(): void {
    for (const database of this.#opened.values()) database.close()
  }
}

/** A further name for a file, so that it stays whoever removes the first; a copy where the disk knows no further names. */
function linked(folder: string, file: string, links: string): FrozenFile {
  const [from, path] = [join(folder, file), join(links, file)]
  try {
    linkSync(from, path)
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code === 'ENOENT') throw error
    copyFileSync(from, path)
  }
  return { member: payloadMember(file), path, bytes: statSync(path).size }
}
