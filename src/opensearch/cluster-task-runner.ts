import { setTimeout as pause } from 'node:timers/promises'
import { englishReasonOf, FundstelleError } from '../errors.ts'
import { canceledDetails, type Outcome, type Task, type TaskWork } from '../registry/task.ts'
import { taskError } from '../registry/task-error.ts'
import { isRefusedForGood } from './cluster.ts'
import type { ClusterTasks, StoredTask } from './cluster-tasks.ts'
import type { WriterLease } from './writer-lease.ts'

export type Outcomes = ReadonlyMap<number, Outcome>

export interface ClusterTaskRunnerOptions {
  readonly tasks: ClusterTasks
  /** Takes the lease of whoever carries out tasks; throws `index_leased` where another process has it. */
  readonly takeLease: (signal: AbortSignal) => Promise<WriterLease>
  /** Whether a task may be carried out together with those before it; unless given each is by itself. */
  readonly mayJoin?: (begun: readonly Task[], next: Task) => boolean
  /** Does what tasks ask for. Doing it twice comes to the same. */
  readonly carryOut: (tasks: readonly Task[], lease: WriterLease, signal: AbortSignal) => Promise<Outcomes>
  /** Nobody needs what belongs to these any more. */
  readonly onOver?: (tasks: readonly Task[]) => Promise<void>
  /** Clears away what servers that were ended have left; now and then. */
  readonly clear?: () => Promise<void>
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
/** Tasks that are written at once. */
const AT_ONCE = 20

/**
 * Carries out the tasks of all servers on a cluster in their order, as long as this one holds the lease for it: any server may, and one does. What was in hand when its
 * server ended is carried out again by the next one, before anything else.
 */
export class ClusterTaskRunner {
  readonly #options: ClusterTaskRunnerOptions
  readonly #closing = new AbortController()
  readonly #running: Promise<void>
  #isWoken = false
  #wake: () => void = () => {}
  /** Up to this one tasks are carried out by themselves: one of a batch was to blame. */
  #aloneUntil = -1
  /** Since it was cleared away last. */
  #carriedOut = Number.POSITIVE_INFINITY

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
        const isAsked = isWoken || (await this.#options.tasks.hasWaiting())
        if (isAsked && !(await this.#carryOutAll(signal))) waitMs = AGAIN_MS
      } catch (error) {
        waitMs = AGAIN_MS
        if (!signal.aborted) this.#options.onHeldUp(error)
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

  /** False where another server does it. */
  async #carryOutAll(signal: AbortSignal): Promise<boolean> {
    const { tasks, mayJoin = () => false } = this.#options
    const lease = await this.#leaseTaken(signal)
    if (lease === null) return false
    const isJoined = (begun: readonly Task[], next: Task): boolean =>
      (begun[0] as Task).uid > this.#aloneUntil && mayJoin(begun, next)
    try {
      while (!signal.aborted) {
        await lease.confirm()
        const next = await tasks.next(isJoined)
        if (next.length === 0) break
        await this.#carryOut(next, lease, signal)
        this.#carriedOut += next.length
        if (this.#carriedOut < FORGET_EVERY) continue
        this.#carriedOut = 0
        await tasks.forget(Math.max(...next.map(({ task }) => task.uid)))
        await this.#options.clear?.()
      }
      return true
    } finally {
      await lease.release()
    }
  }

  /** Null where another server carries out tasks. Whatever else is written by another process meanwhile holds this one up. */
  async #leaseTaken(signal: AbortSignal): Promise<WriterLease | null> {
    try {
      return await this.#options.takeLease(signal)
    } catch (error) {
      if (error instanceof FundstelleError && error.code === 'index_leased') return null
      throw error
    }
  }

  async #carryOut(waiting: readonly StoredTask[], lease: WriterLease, signal: AbortSignal): Promise<void> {
    const { tasks, now, onOver } = this.#options
    const batch = await tasks.newBatch()
    const moment = now().toISOString()
    const begun = await this.#changeAll(waiting, (task) => ({
      ...{ ...task, status: 'processing', batch, startedAt: task.startedAt ?? moment },
    }))
    const outcomes = await this.#outcomesOf(
      begun.map(({ task }) => task),
      batch,
      lease,
      signal,
    )
    // one of them is to blame: each is tried by itself, and they are in hand already
    if (outcomes === null) return
    // one that lost the lease meanwhile has done nothing that the next one does not do again
    await lease.confirm()
    const finishedAt = now().toISOString()
    const over = await this.#changeAll(begun, (task) => ({
      ...{ ...task, ...(outcomes.get(task.uid) as Outcome), work: withoutNames(task.work), finishedAt },
    }))
    await onOver?.(over.map(({ task }) => task))
  }

  async #changeAll(all: readonly StoredTask[], changed: (task: Task) => Task): Promise<StoredTask[]> {
    const done: StoredTask[] = []
    for (let at = 0; at < all.length; at += AT_ONCE) {
      const lot = all.slice(at, at + AT_ONCE)
      done.push(...(await Promise.all(lot.map((one) => this.#options.tasks.change(one, changed(one.task))))))
    }
    return done
  }

  /** Null where one of several is to blame for a fault. */
  async #outcomesOf(
    all: readonly Task[],
    batch: number,
    lease: WriterLease,
    signal: AbortSignal,
  ): Promise<Outcomes | null> {
    const [task] = all as [Task]
    const { work } = task
    try {
      if (work.type === 'taskCancelation') return new Map([[task.uid, await this.#cancel(task, work.uids, batch)]])
      if (work.type === 'taskDeletion') return new Map([[task.uid, await this.#delete(task, work.uids)]])
      return await this.#options.carryOut(all, lease, signal)
    } catch (error) {
      signal.throwIfAborted()
      // what the cluster did not do now it does later, unless it said that it never will: tasks of all indexes would wait for that
      if (error instanceof FundstelleError && error.status === 503 && !isRefusedForGood(error)) throw error
      if (all.length > 1) {
        this.#aloneUntil = (all.at(-1) as Task).uid
        return null
      }
      this.#options.onFailed(error)
      const message = `The task could not be carried out: ${englishReasonOf(error)}`
      const details = canceledDetails(task)
      return new Map([[task.uid, { status: 'failed', details, error: taskError('internal', message) }]])
    }
  }

  async #cancel(task: Task, uids: readonly number[], batch: number): Promise<Outcome> {
    const { tasks, now, onOver } = this.#options
    let canceledTasks = 0
    for (const uid of uids) {
      const stored = await tasks.stored(uid)
      const isCanceledBefore = stored?.task.canceledBy === task.uid
      if (isCanceledBefore) canceledTasks += 1
      if (stored === undefined || stored.task.status !== 'enqueued' || uid === task.uid) continue
      const moment = now().toISOString()
      const canceled = { status: 'canceled', canceledBy: task.uid, batch, finishedAt: moment } as const
      const { work, startedAt } = stored.task
      const changed = {
        work: withoutNames(work),
        details: canceledDetails(stored.task),
        startedAt: startedAt ?? moment,
      }
      await tasks.change(stored, { ...stored.task, ...canceled, ...changed })
      // it may have been canceled for the room that its documents take
      await onOver?.([stored.task])
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
function withoutNames(work: TaskWork): TaskWork {
  if (work.type === 'taskCancelation' || work.type === 'taskDeletion') return { ...work, uids: [] }
  if (work.type === 'documentDeletion' && work.target.kind === 'ids')
    return { ...work, target: { ...work.target, ids: [] } }
  return work
}
