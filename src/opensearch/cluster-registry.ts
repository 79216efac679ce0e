import { setTimeout as pause } from 'node:timers/promises'
import { FundstelleError } from '../errors.ts'
import type { NamedIndex } from '../registry/index-table.ts'
import { KeyList } from '../registry/key-list.ts'
import type { ApiKey } from '../registry/key-table.ts'
import type { ChangeableKeys, IndexDirectory, KeyDirectory, ServedRegistry } from '../registry/served-registry.ts'
import type { Outcome } from '../registry/task.ts'
import type { DocumentVersion, SystemIndex } from './system-index.ts'

/** An index as the registry of a cluster knows it: its folder is what the names of its indexes there begin with. */
export interface ClusterNamedIndex extends NamedIndex {
  /** Whether it has articles from files, see `DocumentParts`. */
  readonly hasFiles: boolean
  /** Whether it has documents that programs have written. */
  readonly hasDocuments: boolean
  /** Whether tasks write it; absent where it is fed from the store of a cache folder. */
  readonly isOfTasks?: true
}

/** What a task that has changed indexes came to: written with the change, so that nobody makes it twice. */
export interface DoneTask {
  readonly uid: number
  /** Of the lease under which it was carried out; absent where an earlier version has written it. */
  readonly epoch?: number
  readonly outcome: Outcome
  /** The folder of an index that has gone by it. */
  readonly gone?: string
}

/** Indexes while they are being changed, by their names. */
export type ChangeableIndexes = Map<string, ClusterNamedIndex>

interface KeysDocument {
  readonly version: number
  readonly keys: readonly ApiKey[]
}

interface IndexesDocument {
  readonly indexes: readonly ClusterNamedIndex[]
  /** The last one: they are carried out one after the other, though not always in the order of their numbers. */
  readonly done?: DoneTask
}

const KEYS = 'keys'
const INDEXES = 'indexes'

/** How often it is asked whether another process has changed something. */
const POLL_MS = 500

/**
 * What all servers on a cluster know of its indexes, their settings and keys. It lies in two documents, and whoever serves has a copy of both in memory, so no request
 * waits for it; the copy follows what others change within a second. A change is made of the newest state and written in its place: where another was faster it is made anew.
 */
export class ClusterRegistry implements ServedRegistry {
  readonly #system: SystemIndex
  #keys = new KeyList()
  #indexes: ReadonlyMap<string, ClusterNamedIndex> = new Map()
  #done: DoneTask | undefined
  /** What the copies are of, in the order of `DOCUMENTS`. */
  readonly #versions: (DocumentVersion | null)[] = [null, null]
  /** One thing after the other reads or changes the copies: an older answer must not replace what was written meanwhile. */
  #turn: Promise<unknown> = Promise.resolve()
  readonly #closing = new AbortController()
  #following: Promise<void> | undefined
  #isKnown = false

  constructor(system: SystemIndex) {
    this.#system = system
  }

  /**
   * Reads it as it is now.
   * @throws FundstelleError `engine_unavailable`
   */
  read(signal?: AbortSignal): Promise<void> {
    return this.#inTurn(async () => {
      await this.#readKeys(signal)
      await this.#readIndexes(signal)
      this.#isKnown = true
    })
  }

  /** @throws FundstelleError `not_ready` before it was read for the first time */
  get keys(): KeyDirectory {
    this.#mustBeKnown()
    return this.#keys
  }

  /** @throws FundstelleError `not_ready` before it was read for the first time */
  get indexes(): IndexDirectory {
    this.#mustBeKnown()
    const indexes = this.#indexes
    return {
      get: (uid) => indexes.get(uid),
      all: () => [...indexes.values()].sort((a, b) => (a.uid < b.uid ? -1 : 1)),
    }
  }

  changeKeys<T>(work: (keys: ChangeableKeys) => T): Promise<T> {
    return this.#inTurn(async () => {
      for (; ; await this.#readKeys()) {
        const keys = new KeyList(this.#keys.all(), this.#keys.version)
        const result = work(keys)
        if (keys.version === this.#keys.version) return result
        const document: KeysDocument = { version: keys.version, keys: keys.all() }
        const version = await this.#system.write(KEYS, document, this.#versions[0] ?? null)
        if (version === null) continue
        this.#keys = keys
        this.#versions[0] = version
        return result
      }
    })
  }

  /**
   * The same for indexes and their settings.
   * @param work gives whether it has changed anything
   */
  changeIndexes(work: (indexes: ChangeableIndexes) => boolean): Promise<void> {
    return this.#changeIndexes((indexes) => (work(indexes) ? this.#done : null))
  }

  /** @param work gives the last task that has changed any; null where nothing is to be written */
  #changeIndexes(work: (indexes: ChangeableIndexes) => DoneTask | undefined | null): Promise<void> {
    return this.#inTurn(async () => {
      for (; ; await this.#readIndexes()) {
        const indexes = new Map(this.#indexes)
        const done = work(indexes)
        if (done === null) return
        const document: IndexesDocument = { indexes: [...indexes.values()], ...(done !== undefined && { done }) }
        const version = await this.#system.write(INDEXES, document, this.#versions[1] ?? null)
        if (version === null) continue
        this.#indexes = indexes
        this.#done = done
        this.#versions[1] = version
        return
      }
    })
  }

  /**
   * The same for a task, which is done once however often it is carried out.
   * @param epoch of the lease of whoever carries it out
   * @param work gives what has become of it
   * @throws FundstelleError `lease_lost` where somebody has changed indexes with a newer lease
   */
  async changeIndexesOnce(
    uid: number,
    epoch: number,
    work: (indexes: ChangeableIndexes) => Pick<DoneTask, 'outcome' | 'gone'>,
  ): Promise<DoneTask> {
    let done: DoneTask | undefined
    await this.#changeIndexes((indexes) => {
      if (this.#done?.uid === uid) {
        done = this.#done
        return null
      }
      // another process has gone on; the numbers of tasks tell nothing of it: one that took long to be written has a lower one than those before it
      if ((this.#done?.epoch ?? 0) > epoch) throw new FundstelleError('lease_lost', { index: INDEXES })
      done = { uid, epoch, ...work(indexes) }
      return done
    })
    return done as DoneTask
  }

  /** What a task has come to, where it was the last one that has changed indexes. */
  doneBy(uid: number): DoneTask | undefined {
    return this.#done?.uid === uid ? this.#done : undefined
  }

  /** Takes in now what other processes have changed. */
  refresh(): Promise<void> {
    return this.#inTurn(() => this.#update())
  }

  /**
   * Takes in what other processes change, until it is closed.
   * @param onError is told what kept it from asking; what was known stays
   */
  follow(onError: (error: unknown) => void, pollMs = POLL_MS): void {
    this.#following ??= this.#follow(onError, pollMs)
  }

  async close(): Promise<void> {
    this.#closing.abort()
    await this.#following
    await this.#turn
  }

  async #follow(onError: (error: unknown) => void, pollMs: number): Promise<void> {
    const { signal } = this.#closing
    for (;;) {
      await pause(pollMs, undefined, { signal }).catch(() => {})
      if (signal.aborted) return
      try {
        await this.#inTurn(() => this.#update(signal))
      } catch (error) {
        if (!signal.aborted) onError(error)
      }
    }
  }

  async #update(signal?: AbortSignal): Promise<void> {
    const [keys = null, indexes = null] = await this.#system.versions([KEYS, INDEXES], signal)
    if (!isSame(keys, this.#versions[0])) await this.#readKeys(signal)
    if (!isSame(indexes, this.#versions[1])) await this.#readIndexes(signal)
  }

  async #readKeys(signal?: AbortSignal): Promise<void> {
    const found = await this.#system.read<KeysDocument>(KEYS, signal)
    this.#keys = found === null ? new KeyList() : new KeyList(found.value.keys, found.value.version)
    this.#versions[0] = found?.version ?? null
  }

  /** Settings that are as they were stay the same object: what is made of them is kept by it. */
  async #readIndexes(signal?: AbortSignal): Promise<void> {
    const found = await this.#system.read<IndexesDocument>(INDEXES, signal)
    const before = this.#indexes
    this.#done = found?.value.done
    this.#indexes = new Map(
      (found?.value.indexes ?? []).map((index) => {
        const known = before.get(index.uid)?.set
        const isKnown = known !== undefined && JSON.stringify(known) === JSON.stringify(index.set)
        return [index.uid, isKnown ? { ...index, set: known } : index]
      }),
    )
    this.#versions[1] = found?.version ?? null
  }

  #mustBeKnown(): void {
    if (!this.#isKnown) throw new FundstelleError('not_ready')
  }

  #inTurn<T>(work: () => Promise<T>): Promise<T> {
    const result = this.#turn.then(work)
    this.#turn = result.catch(() => {})
    return result
  }
}

/**
 * Enters an index that was written from a cache folder, or notes when that was.
 * @throws FundstelleError `index_of_tasks` where tasks have made one of this name
 */
export async function enterIndex(
  registry: ClusterRegistry,
  {
    uid,
    folder,
    primaryKey,
    set,
    hasFiles,
    hasDocuments,
    isOfTasks,
  }: Omit<ClusterNamedIndex, 'createdAt' | 'updatedAt'>,
): Promise<void> {
  const now = new Date().toISOString()
  await registry.changeIndexes((indexes) => {
    const known = indexes.get(uid) ?? { uid, folder, primaryKey, set, createdAt: now }
    if ('isOfTasks' in known) throw new FundstelleError('index_of_tasks', { index: uid })
    mustBeUnnamed([...indexes.values()], uid, folder)
    indexes.set(uid, { ...known, hasFiles, hasDocuments, ...(isOfTasks && { isOfTasks }), updatedAt: now })
    return true
  })
}

/**
 * An index that tasks write may have come by `migrate`, and got another name since: nobody else writes to what it was called.
 * @throws FundstelleError `index_of_tasks`
 */
export function mustBeUnnamed(indexes: readonly NamedIndex[], uid: string, folder: string): void {
  const other = indexes.find((one) => one.folder === folder && one.uid !== uid)
  if (other !== undefined) throw new FundstelleError('index_of_tasks', { index: other.uid })
}

const isSame = (a: DocumentVersion | null, b: DocumentVersion | null | undefined): boolean =>
  a?.seqNo === b?.seqNo && a?.primaryTerm === b?.primaryTerm
