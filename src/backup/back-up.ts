import { mkdir, readdir, rm, stat } from 'node:fs/promises'
import { join, resolve } from 'node:path'
import { setImmediate } from 'node:timers/promises'
import { FundstelleError } from '../errors.ts'
import { Registry } from '../registry/registry.ts'
import type { Task } from '../registry/task.ts'
import { ArticleStore } from '../store/article-store.ts'
import { withWriterLock } from '../store/writer-lock.ts'
import { systemReason } from '../system-reason.ts'
import { ArchiveWriter } from './archive-writer.ts'
import { FrozenCache, type FrozenMember } from './frozen-cache.ts'
import { ABOUT, REGISTRY_MEMBER } from './members.ts'

export interface BackupReport {
  readonly indexes: number
  readonly documents: number
  /** Tasks that were not carried out yet, and will be by whoever restores it. */
  readonly waitingTasks: number
  /** Of the file. */
  readonly bytes: number
}

export interface BackupOptions {
  /** Bytes of what is backed up, and how many of them have been. */
  readonly progress?: (done: number, total: number) => void
  /** Aborted, the backup is given up and its reason thrown. */
  readonly signal?: AbortSignal
}

/** Within a cache folder: whoever makes a backup has its lock, and keeps there what tasks may be done with before it is copied. */
const WORKSHOP = 'backup'

/**
 * Writes everything of a cache folder that cannot be made again into one file: as it was at one moment, whoever writes meanwhile. Each database is
 * verified before it goes in. What the file was called before is replaced when all is on the disk; beside it a folder with `.parts` behind its
 * name holds one database at a time.
 * @throws FundstelleError `cache_missing`, `store_broken`, `store_busy`, `cache_unwritable`
 */
export async function backUp(cache: string, file: string, options: BackupOptions = {}): Promise<BackupReport> {
  if (!Registry.exists(cache) && !ArticleStore.exists(cache))
    throw new FundstelleError('cache_missing', { path: cache })
  const workshop = join(cache, WORKSHOP)
  return withWriterLock(
    workshop,
    async () => {
      await clear(workshop)
      try {
        return await new Backup(cache, resolve(file), options).make(workshop)
      } catch (error) {
        const { code, path } = error as NodeJS.ErrnoException
        if (options.signal?.aborted || code === undefined || error instanceof FundstelleError) throw error
        throw new FundstelleError(
          'cache_unwritable',
          // what stands beside it until it is whole is nothing that anybody has named
          { path: path === undefined || path.startsWith(resolve(file)) ? file : path, reason: systemReason(error) },
          { cause: error },
        )
      } finally {
        await clear(workshop)
      }
    },
    options.signal,
  )
}

class Backup {
  readonly #cache: string
  readonly #file: string
  readonly #parts: string
  readonly #signal: AbortSignal
  readonly #progress: (done: number, total: number) => void
  #done = 0
  #total = 0
  #documents = 0

  constructor(
    cache: string,
    file: string,
    { progress = () => {}, signal = new AbortController().signal }: BackupOptions,
  ) {
    this.#cache = cache
    this.#file = file
    this.#parts = `${file}.parts`
    this.#progress = progress
    this.#signal = signal
  }

  async make(workshop: string): Promise<BackupReport> {
    // made first: nothing waits for a folder that cannot be written to
    await rm(this.#parts, { recursive: true, force: true })
    await mkdir(this.#parts)
    const frozen = FrozenCache.of(this.#cache, workshop)
    let archive: ArchiveWriter | undefined
    try {
      const { facts, databases, payloads } = frozen
      // each database is copied, and then read
      this.#total = frozen.bytes + databases.reduce((sum, { database }) => sum + database.bytes, 0)
      this.#count(0)
      archive = new ArchiveWriter(this.#file, new Date(facts.madeAt))
      await archive.add(ABOUT, `${JSON.stringify(facts, null, 2)}\n`)
      for (const database of databases) await this.#addDatabase(archive, database)
      for (const { member, path, bytes } of payloads) await archive.addFile(member, path, bytes, this.#count)
      const bytes = await archive.finish()
      return { indexes: facts.indexes.length, documents: this.#documents, waitingTasks: facts.waitingTasks, bytes }
    } catch (error) {
      await archive?.discard()
      throw error
    } finally {
      frozen.close()
      await rm(this.#parts, { recursive: true, force: true })
    }
  }

  async #addDatabase(archive: ArchiveWriter, { member, database }: FrozenMember): Promise<void> {
    const isRegistry = member === REGISTRY_MEMBER
    const path = join(this.#parts, member.slice(member.lastIndexOf('/') + 1))
    await database.copyTo(path, this.#count, this.#signal)
    database.close()
    await setImmediate()
    if (isRegistry) this.#verifyRegistry(database.path)
    else this.#verifyStore(database.path)
    await archive.addFile(member, path, (await stat(path)).size, this.#count)
    await rm(path)
  }

  #verifyStore(original: string): void {
    const store = ArticleStore.open(this.#parts)
    try {
      throwIfBroken(store.integrityComplaints(), original)
      this.#documents += store.articleCount
    } finally {
      store.close()
    }
  }

  #verifyRegistry(original: string): void {
    const registry = Registry.open(this.#parts)
    try {
      throwIfBroken(registry.integrityComplaints(), original)
      endBackups(registry)
    } finally {
      registry.close()
    }
  }

  readonly #count = (bytes: number): void => {
    this.#signal.throwIfAborted()
    this.#done += bytes
    this.#progress(this.#done, this.#total)
  }
}

function throwIfBroken([complaint]: readonly string[], path: string): void {
  if (complaint !== undefined) throw new FundstelleError('store_broken', { path, reason: complaint })
}

/** The task that this backup is made for is over in it, else whoever restores it would make another one. */
function endBackups(registry: Registry): void {
  const { tasks, taskLists } = registry
  const now = new Date().toISOString()
  const inHand = { types: ['dumpCreation', 'snapshotCreation'], statuses: ['processing'] } as const
  registry.transaction(() => {
    for (const uid of taskLists.uids(inHand)) {
      const { batch, details } = tasks.get(uid) as Task
      tasks.finish(uid, { status: 'succeeded', details, error: null }, now)
      if (batch !== null) tasks.endBatch(batch, now)
    }
  })
}

/** Removes what an earlier one may have left, but not the lock. */
async function clear(workshop: string): Promise<void> {
  for (const name of await readdir(workshop))
    if (name.endsWith('.ndjson')) await rm(join(workshop, name), { force: true })
}
