// The room `tasks`: carrying out what was put into the registry's queue: documents and settings of indexes, and the indexes themselves. It
// imports `registry`, `documents`, `store` and `index`; it knows no HTTP and searches nothing.

import { rm } from 'node:fs/promises'
import { join } from 'node:path'
import { englishReasonOf } from '../errors.ts'
import { isOfDisk } from '../registry/disk-error.ts'
import type { NamedIndex } from '../registry/index-table.ts'
import type { Outcome, Task } from '../registry/task.ts'
import { indexNotFoundError, taskError } from '../registry/task-error.ts'
import { BATCH_BYTES_MAX, BATCH_TASKS_MAX, isOfDocuments, mayJoin } from './batching.ts'
import { changeDocuments, type DocumentOutcomes } from './document-tasks.ts'
import { failed, removeFolder } from './index-tasks.ts'
import { IndexWriter } from './index-writer.ts'
import { putBack } from './left-behind.ts'
import { doneBefore } from './noted-outcomes.ts'
import type { RunnerOptions } from './runner-options.ts'
import { maySucceedLater, SingleTasks } from './single-tasks.ts'

/** Of the last tasks that are over so many, if they are no larger. */
const PAYLOADS_KEPT = 20
const KEPT_BYTES_MAX = 1 << 20

/**
 * Carries out tasks in the order they came, those that change documents of the same index together. What a task did is on the disk before it is called
 * finished; one that was in hand when its process ended is carried out again (`takeUp` puts it back), and changes nothing that it had changed.
 */
export class TaskRunner {
  readonly #options: RunnerOptions
  readonly #writer: IndexWriter
  readonly #singles: SingleTasks
  /** Up to this one tasks are carried out by themselves: one of a batch was to blame. */
  #aloneUntil = -1
  /** Still so when the next are asked for, they could not even be put back: the disk was full, or the registry in use. */
  #hasInHand = false
  /** Of tasks that are over. */
  readonly #keptPayloads: string[] = []

  constructor(options: RunnerOptions) {
    this.#options = options
    this.#writer = new IndexWriter(options)
    this.#singles = new SingleTasks(options, this.#writer, {
      finish: (task, batch, outcomeOf) => this.#finishOne(task, batch, outcomeOf),
      forgetPayloads: (tasks) => this.#forgetPayloads(tasks),
    })
  }

  #putBack(): void {
    putBack(this.#options)
    this.#hasInHand = false
  }

  /**
   * Carries out the next batch.
   * @returns whether there was one
   * @throws whatever keeps it from being carried out for now: its tasks wait again. What keeps a single task from it for ever fails that task.
   */
  async runNext(): Promise<boolean> {
    const { registry, now, signal } = this.#options
    signal.throwIfAborted()
    if (this.#hasInHand) this.#putBack()
    const tasks = this.#nextBatch()
    const [first] = tasks
    if (first === undefined) return false
    const started = now().toISOString()
    const batch = registry.transaction(() => registry.tasks.begin(tasks.map(uidOf), started))
    this.#hasInHand = true
    try {
      if (isOfDocuments(first.work)) await this.#runDocuments(tasks, batch)
      else await this.#singles.run(first, batch)
    } catch (error) {
      if (signal.aborted || maySucceedLater(error)) {
        this.#putBack()
        throw error
      }
      if (tasks.length > 1) {
        // one of them is to blame: each is tried by itself
        this.#putBack()
        this.#aloneUntil = (tasks.at(-1) as Task).uid
        return true
      }
      this.#options.onFailed(error)
      this.#fail(first, batch, error)
    }
    this.#hasInHand = false
    await this.#forgetPayloads(tasks)
    return true
  }

  /** Through a fault of our own. What a task had come to by then stays: its documents may be in the store, its index may have gone. */
  #fail(task: Task, batch: number, error: unknown): void {
    const { cache, registry, now } = this.#options
    if (registry.tasks.get(task.uid)?.status !== 'processing') return
    if (doneBefore(cache, registry, [task], now().toISOString()).outcomes.has(task.uid)) {
      this.#putBack()
      return
    }
    const message = `The task could not be carried out: ${englishReasonOf(error)}`
    this.#finishOne(task, batch, () => failed(task.details, taskError('internal', message)))
  }

  /** Documents of the last tasks stay for a while, for who wants to see what a task was about. */
  async #forgetPayloads(tasks: readonly Task[]): Promise<void> {
    const gone: string[] = []
    for (const { payload, bytes } of tasks) {
      if (payload === null) continue
      if (bytes > KEPT_BYTES_MAX) gone.push(payload)
      else this.#keptPayloads.push(payload)
    }
    gone.push(...this.#keptPayloads.splice(0, Math.max(0, this.#keptPayloads.length - PAYLOADS_KEPT)))
    for (const payload of gone) await rm(join(this.#options.payloads, payload), { force: true })
  }

  #nextBatch(): Task[] {
    const [first] = this.#options.registry.tasks.enqueued(1)
    if (first === undefined) return []
    return !isOfDocuments(first.work) || first.uid <= this.#aloneUntil ? [first] : [first, ...this.#following([first])]
  }

  /** What may be carried out together with some tasks of documents, after them; with them it keeps to the bounds of a batch. */
  #following(begun: readonly Task[]): Task[] {
    const { registry } = this.#options
    const isMissing = (uid: string): boolean => registry.indexes.get(uid) === undefined
    const all = [...begun]
    for (const task of registry.tasks.enqueued(BATCH_TASKS_MAX, BATCH_BYTES_MAX)) {
      if (task.uid === (begun[0] as Task).uid) continue
      if (!mayJoin(all, task, isMissing)) break
      all.push(task)
    }
    return all.slice(begun.length)
  }

  /** @param tasks gets what comes meanwhile and is carried out with them */
  async #runDocuments(tasks: Task[], batch: number): Promise<void> {
    const { cache, registry, now } = this.#options
    const uid = (tasks[0] as Task).indexUid as string
    const known = registry.indexes.get(uid)
    const index = known ?? this.#plannedFor(uid, tasks)
    if (index === undefined) {
      const error = indexNotFoundError(uid)
      const outcomeOf = ({ details }: Task): Outcome => failed({ ...details, deletedDocuments: 0 }, error)
      this.#finish(batch, () => new Map(tasks.map((task) => [task.uid, outcomeOf(task)])))
      return
    }
    let changed: DocumentOutcomes | undefined
    const change = this.#writer.change(index, async (open) => {
      const { payloads, idsByFilter, signal } = this.#options
      const parts = { index, payloads, idsByFilter, signal, store: open.store, head: open.head }
      for (;;) {
        changed = await changeDocuments(tasks, parts)
        // one snapshot of all that waits takes less than one of each part of it
        const following = open.needsBuild && (tasks[0] as Task).uid > this.#aloneUntil ? this.#following(tasks) : []
        if (following.length === 0) return changed
        registry.transaction(() => registry.tasks.join(batch, following.map(uidOf), now().toISOString()))
        tasks.push(...following)
      }
    })
    const { outcomes, primaryKey } = await change.catch(async (error: unknown) => {
      // all of them are stored, and only the snapshot found no room: whoever serves the index makes one when there is some
      if (changed?.outcomes.size === tasks.length && isOfDisk(error)) {
        this.#options.onFailed(error)
        return changed
      }
      // nobody knows its folder
      if (known === undefined && index.folder !== '') await removeFolder(cache, index).catch(() => {})
      throw error
    })
    this.#finish(batch, () => {
      const moment = now().toISOString()
      if (known === undefined) registry.indexes.add({ ...index, primaryKey })
      else if (primaryKey !== null && primaryKey !== index.primaryKey)
        registry.indexes.setPrimaryKey(uid, primaryKey, moment)
      else registry.indexes.touch(uid, moment)
      return outcomes
    })
  }

  /**
   * Whoever adds documents makes the index that is not there; whoever deletes some does not. It is entered when the tasks are over: one that is cancelled
   * after a crash leaves none behind.
   */
  #plannedFor(uid: string, tasks: readonly Task[]): NamedIndex | undefined {
    const { registry, now } = this.#options
    if (!tasks.some(({ type }) => type === 'documentAdditionOrUpdate')) return undefined
    return registry.indexes.planned(uid, null, now().toISOString())
  }

  /** Writes down what came of a single task; what it changes in the registry is changed in the same transaction. */
  #finishOne(task: Task, batch: number, outcomeOf: () => Outcome): void {
    this.#finish(batch, () => new Map([[task.uid, outcomeOf()]]))
  }

  #finish(batch: number, outcomesOf: () => ReadonlyMap<number, Outcome>): void {
    const { registry, now } = this.#options
    registry.transaction(() => {
      const moment = now().toISOString()
      for (const [uid, outcome] of outcomesOf()) registry.tasks.finish(uid, outcome, moment)
      registry.tasks.endBatch(batch, moment)
    })
  }
}

const uidOf = ({ uid }: Task): number => uid
