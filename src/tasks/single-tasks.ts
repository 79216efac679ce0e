import { join } from 'node:path'
import { FundstelleError } from '../errors.ts'
import { indexFingerprint } from '../index/snapshot/fingerprint.ts'
import { diskError, isOfDisk } from '../registry/disk-error.ts'
import { settingsOf } from '../registry/index-table.ts'
import { typoLengthsFault, withChange } from '../registry/settings-change.ts'
import type { Outcome, Task, TaskWork } from '../registry/task.ts'
import { indexNotFoundError, taskError } from '../registry/task-error.ts'
import { ArticleStore } from '../store/article-store.ts'
import { withWriterLock } from '../store/writer-lock.ts'
import { createIndex, emptyIndex, failed, removeFolder, succeeded, swapIndexes, updateIndex } from './index-tasks.ts'
import type { IndexWriter } from './index-writer.ts'
import { isLasting } from './noted-outcomes.ts'
import { remapped } from './remap.ts'
import type { RunnerOptions } from './runner-options.ts'

/** How whoever chooses tasks ends them. */
export interface TaskEnds {
  /** Writes down what came of a task; what `outcomeOf` changes in the registry is changed in the same transaction. */
  readonly finish: (task: Task, batch: number, outcomeOf: () => Outcome) => void
  /** Nobody needs the documents of these any more. */
  readonly forgetPayloads: (tasks: readonly Task[]) => Promise<void>
}

/** Carries out tasks that change no documents, each by itself: those of indexes, settings, backups and of tasks themselves. */
export class SingleTasks {
  readonly #options: RunnerOptions
  readonly #writer: IndexWriter
  readonly #ends: TaskEnds

  constructor(options: RunnerOptions, writer: IndexWriter, ends: TaskEnds) {
    this.#options = options
    this.#writer = writer
    this.#ends = ends
  }

  /** Carries out one, and ends it. */
  async run(task: Task, batch: number): Promise<void> {
    const { work } = task
    if (work.type === 'indexDeletion') return this.#deleteIndex(task, batch)
    if (work.type === 'settingsUpdate') return this.#changeSettings(task, work, batch)
    if (work.type === 'dumpCreation' || work.type === 'snapshotCreation') return this.#backUp(task, work, batch)
    if (work.type === 'taskCancelation') return this.#cancel(task, work.uids, batch)
    const { registry, now } = this.#options
    const uid = task.indexUid as string
    const moment = now().toISOString()
    const documents = work.type === 'indexUpdate' ? this.#documentsOf(uid) : 0
    this.#ends.finish(task, batch, () => {
      switch (work.type) {
        case 'indexCreation':
          return createIndex(registry, uid, work, moment)
        case 'indexUpdate':
          return updateIndex(registry, uid, work, documents, moment)
        case 'indexSwap':
          return swapIndexes(registry, work, moment)
        case 'taskDeletion':
          return this.#forget(task, work.uids)
        default:
          throw new Error(`a task of documents among others: ${work.type}`)
      }
    })
  }

  async #cancel(task: Task, uids: readonly number[], batch: number): Promise<void> {
    const { registry, now } = this.#options
    const { tasks } = registry
    const moment = now().toISOString()
    let canceled: readonly Task[] = []
    this.#ends.finish(task, batch, () => {
      canceled = uids
        .filter((uid) => uid !== task.uid && tasks.cancel(uid, task.uid, batch, moment))
        .flatMap((uid) => tasks.get(uid) ?? [])
      return succeeded({ ...task.details, canceledTasks: canceled.length })
    })
    // they may have been canceled for the room that their documents take
    await this.#ends.forgetPayloads(canceled)
  }

  #forget(task: Task, uids: readonly number[]): Outcome {
    const { tasks } = this.#options.registry
    const deleted = uids.filter((uid) => tasks.remove(uid))
    tasks.removeEmptyBatches()
    return succeeded({ ...task.details, deletedTasks: deleted.length })
  }

  async #deleteIndex(task: Task, batch: number): Promise<void> {
    const { cache, registry } = this.#options
    const uid = task.indexUid as string
    const index = registry.indexes.get(uid)
    if (index === undefined) {
      this.#ends.finish(task, batch, () => failed({ deletedDocuments: 0 }, indexNotFoundError(uid)))
      return
    }
    const emptied = await withWriterLock(
      join(cache, index.folder),
      () => emptyIndex(cache, index, task.uid),
      this.#options.signal,
    )
    this.#ends.finish(task, batch, () => {
      registry.indexes.remove(uid)
      return emptied
    })
    await removeFolder(cache, index)
  }

  /**
   * Settings are in force when the articles are indexed by them. An index that is not there is entered with them, so that a task that fails makes
   * none.
   */
  async #changeSettings(task: Task, work: Extract<TaskWork, { type: 'settingsUpdate' }>, batch: number): Promise<void> {
    const { cache, registry, now, rulesFor, signal } = this.#options
    const uid = task.indexUid as string
    const known = registry.indexes.get(uid)
    if (known === undefined && work.isDeletion) {
      this.#ends.finish(task, batch, () => failed(task.details, indexNotFoundError(uid)))
      return
    }
    const set = withChange(known?.set ?? {}, work.change)
    // each may fit what a request says, and not what was set before
    const fault = typoLengthsFault(settingsOf({ set }).typoTolerance.minWordSizeForTypos)
    if (fault !== null) {
      const error = taskError('invalid_settings_typo_tolerance', fault)
      this.#ends.finish(task, batch, () => failed(task.details, error))
      return
    }
    const moment = now().toISOString()
    const index = known ?? registry.indexes.planned(uid, null, moment)
    const changed = { ...index, set }
    let isRemapped = false
    const change = this.#writer.change(changed, async ({ store, build }) => {
      await remapped(store, changed, settingsOf(index), signal)
      isRemapped = true
      const isAnalysedAsBefore = indexFingerprint(rulesFor(changed)) === indexFingerprint(rulesFor(index))
      if (!isAnalysedAsBefore && store.articleCount > 0) await build()
    })
    await change.catch(async (error: unknown) => {
      if (known === undefined) await removeFolder(cache, index).catch(() => {})
      // documents that are stored by the new settings are read by them; a snapshot is made by whoever serves the index, too
      if (!isRemapped || signal.aborted || maySucceedLater(error)) throw error
      this.#options.onFailed(error)
    })
    this.#ends.finish(task, batch, () => {
      // it may have been entered meanwhile: articles were read from a folder
      if (registry.indexes.get(uid) === undefined) registry.indexes.add(changed)
      else registry.indexes.setSettings(uid, set, moment)
      return succeeded(task.details)
    })
  }

  async #backUp(task: Task, work: TaskWork, batch: number): Promise<void> {
    const { backups, signal } = this.#options
    const details = work.type === 'dumpCreation' ? { dumpUid: work.dumpUid } : null
    try {
      if (work.type === 'dumpCreation') await backups.dump(work.dumpUid)
      else await backups.snapshot()
    } catch (error) {
      // one that finds no room must not hold up the writes behind it
      if (signal.aborted || !isOfDisk(error)) throw error
      this.#options.onFailed(error)
      this.#ends.finish(task, batch, () => failed(task.details, diskError(error)))
      return
    }
    this.#ends.finish(task, batch, () => succeeded(details))
  }

  #documentsOf(uid: string): number {
    const index = this.#options.registry.indexes.get(uid)
    const folder = index && join(this.#options.cache, index.folder)
    if (folder === undefined || !ArticleStore.exists(folder)) return 0
    const store = ArticleStore.open(folder)
    try {
      return store.articleCount
    } finally {
      store.close()
    }
  }
}

/** Whether it is the disk, or another process, that stands in the way. */
export const maySucceedLater = (error: unknown): boolean =>
  error instanceof FundstelleError ? !isLasting(error) : isOfDisk(error)
