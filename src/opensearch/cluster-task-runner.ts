import { setTimeout as pause } from 'node:timers/promises'
import { FundstelleError, reasonOf } from '../errors.ts'
import type { Outcome, Task, TaskWork } from '../registry/task.ts'
import { taskError } from '../registry/task-error.ts'
import type { ClusterTasks, StoredTask } from './cluster-tasks.ts'
import type { WriterLease } from './writer-lease.ts'

export interface ClusterTaskRunnerOptions {
  readonly tasks: ClusterTasks
  /** Takes the lease of whoever carries out tasks; throws `index_leased` where another process has it. */
  readonly takeLease: (signal: AbortSignal) => Promise<WriterLease>
  /** Does what a task asks for. Doing it twice comes to the same. */
  readonly carryOut: (task: Task) => Promise<Outcome>
  readonly now: () => Date
  /** Tasks wait for the cluster; it is tried again. */
  readonly onHeldUp: (error: unknown) => void
  /** A task has failed through a fault of our own. */
  readonly onFailed: (error: unknown) => void
}

/** How often it is looked whether tasks wait that another server has taken. */
const POLL_MS = 500
/** What failed, or is being done elsewhere, is looked at again after so long. */
const AGAIN_MS = 1_000
/** After so many tasks one sees to that not too many are remembered. */
const FORGET_EVERY = 100

/**
 * Carries out the tasks of all servers on a cluster, one after the other in their order, as long as this one holds the lease for it: any server may, and one does. What was
 * in hand when its server ended is carried out again by the next one.
 */
export class ClusterTaskRunner {
  readonly #options: ClusterTaskRunnerOptions
  readonly #closing = new AbortController()
  readonly #running: Promise<void>
  #isWoken = false
  #wake: () => void = () => {}

  constructor(options: ClusterTaskRunnerOptions) {
    this.#options = options
    this.#running = this.#run()
  }

  /** A task was added here: it need not be looked for. */
  wake(): void {
    this.#isWoken = true
    this.#wake()
  }

  async close(): Promise<void> {
    this.#closing.abort()
    this.#wake()
    await this.#running
  }

  async #run(): Promise<void> {
    const { signal } = this.#closing
    while (!signal.aborted) {
      let waitMs = POLL_MS
      try {
        const isWoken = this.#isWoken
        this.#isWoken = false
        if (isWoken || (await this.#options.tasks.hasWaiting())) await this.#carryOutAll(signal)
      } catch (error) {
        waitMs = AGAIN_MS
        // whoever holds the lease does it
        const isElsewhere = error instanceof FundstelleError && error.code === 'index_leased'
        if (!signal.aborted && !isElsewhere) this.#options.onHeldUp(error)
      }
      if (!this.#isWoken) await this.#rest(waitMs)
    }
  }

  /** Until the time is over, or it is woken. */
  async #rest(ms: number): Promise<void> {
    const { signal } = this.#closing
    const woken = new Promise<void>((resolve) => {
      this.#wake = resolve
    })
    await Promise.race([woken, pause(ms, undefined, { signal }).catch(() => {})])
    this.#wake = () => {}
  }

  async #carryOutAll(signal: AbortSignal): Promise<void> {
    const { tasks, takeLease } = this.#options
    const lease = await takeLease(signal)
    try {
      while (!signal.aborted) {
        await lease.confirm()
        const next = await tasks.next()
        if (next === undefined) return
        await this.#carryOut(next, lease)
        if (next.task.uid % FORGET_EVERY === 0) await tasks.forget(next.task.uid)
      }
    } finally {
      await lease.release()
    }
  }

  async #carryOut(waiting: StoredTask, lease: WriterLease): Promise<void> {
    const { tasks, now } = this.#options
    const batch = await tasks.newBatch()
    const startedAt = waiting.task.startedAt ?? now().toISOString()
    const begun = await tasks.change(waiting, { ...waiting.task, status: 'processing', batch, startedAt })
    const outcome = await this.#outcomeOf(begun.task, batch)
    // one that lost the lease meanwhile has done nothing that the next one does not do again
    await lease.confirm()
    const work = withoutNames(begun.task.work)
    await tasks.change(begun, { ...begun.task, ...outcome, work, finishedAt: now().toISOString() })
  }

  async #outcomeOf(task: Task, batch: number): Promise<Outcome> {
    const { work } = task
    try {
      if (work.type === 'taskCancelation') return await this.#cancel(task, work.uids, batch)
      if (work.type === 'taskDeletion') return await this.#delete(task, work.uids)
      return await this.#options.carryOut(task)
    } catch (error) {
      // what the cluster did not do now it does later
      if (error instanceof FundstelleError && error.status === 503) throw error
      this.#options.onFailed(error)
      const message = `The task could not be carried out: ${reasonOf(error)}`
      return { status: 'failed', details: task.details, error: taskError('internal', message) }
    }
  }

  async #cancel(task: Task, uids: readonly number[], batch: number): Promise<Outcome> {
    const { tasks, now } = this.#options
    let canceledTasks = 0
    for (const uid of uids) {
      const stored = await tasks.stored(uid)
      const isCanceledBefore = stored?.task.canceledBy === task.uid
      if (isCanceledBefore) canceledTasks += 1
      if (stored === undefined || stored.task.status !== 'enqueued' || uid === task.uid) continue
      const moment = now().toISOString()
      const canceled = { status: 'canceled', canceledBy: task.uid, batch, finishedAt: moment } as const
      await tasks.change(stored, { ...stored.task, ...canceled, startedAt: stored.task.startedAt ?? moment })
      canceledTasks += 1
    }
    return { status: 'succeeded', details: { ...task.details, canceledTasks }, error: null }
  }

  async #delete(task: Task, uids: readonly number[]): Promise<Outcome> {
    const { tasks } = this.#options
    let deletedTasks = 0
    for (const uid of uids) {
      const stored = await tasks.stored(uid)
      if (stored === undefined || stored.task.finishedAt === null) continue
      await tasks.remove(uid)
      deletedTasks += 1
    }
    return { status: 'succeeded', details: { ...task.details, deletedTasks }, error: null }
  }
}

/** Whom a task that is over was about nobody asks any more, and each may have named all that there are. */
const withoutNames = (work: TaskWork): TaskWork =>
  work.type === 'taskCancelation' || work.type === 'taskDeletion' ? { ...work, uids: [] } : work
