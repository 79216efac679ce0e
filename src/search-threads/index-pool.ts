import type { Worker } from 'node:worker_threads'
import { FundstelleError } from '../errors.ts'
import type { Timers } from '../update/timers.ts'
import type { StageTimes, WorkBudget } from '../work-budget.ts'
import { FurtherIndexes, type IndexPlace } from './further-indexes.ts'
import { IndexSharing } from './index-sharing.ts'
import type { Method, ThreadEvent, ThreadStatus, ThreadTask } from './messages.ts'

/** Opening an index is as much work as so many calls: one more thread opens it when those that have it open have so much more to do. */
const OPENING_LOAD = 2

export interface IndexPoolOptions extends Pick<ThreadTask, 'answers' | 'timeoutMs'> {
  readonly build: (place: IndexPlace, signal: AbortSignal) => Promise<void>
  readonly onEvent: (folder: string, event: ThreadEvent) => void
  /** See `ThreadsOptions`. */
  readonly onTimes?: (times: StageTimes) => void
  /** Aborted, builds under way are given up. */
  readonly signal: AbortSignal
  readonly timers: Timers
}

/** A thread that may open indexes beside the main one. */
interface Member {
  readonly indexes: FurtherIndexes
  /** Calls on the main index that are not answered yet. */
  readonly load: () => number
}

/** The indexes beside the main one: who of the threads has them open, and which one is asked. */
export class IndexPool {
  readonly #options: IndexPoolOptions
  readonly #members = new Map<number, Member>()
  readonly #sharing: IndexSharing
  #kept: IndexPlace | null = null

  constructor(options: IndexPoolOptions) {
    this.#options = options
    const { build, signal } = options
    this.#sharing = new IndexSharing((folder, rules) => build({ folder, rules }, signal))
  }

  /** A thread has been started, with this number. */
  join(at: number, worker: Pick<Worker, 'postMessage'>, load: () => number): FurtherIndexes {
    const { answers, timeoutMs, onEvent, onTimes, timers } = this.#options
    const indexes = new FurtherIndexes((message, transferred) => worker.postMessage(message, transferred), {
      ...{ answers, timeoutMs, timers },
      ...(onTimes !== undefined && { onTimes }),
      build: ({ folder, rules }) => this.#sharing.build(folder, rules),
      onEvent: ({ folder }, event) => {
        if (this.#sharing.isNew(folder, at, event)) onEvent(folder, event)
      },
      onClosed: () =>
        this.#sharing.keepOnly(new Set([...this.#members.values()].flatMap((one) => one.indexes.folders))),
      snapshots: (folder) => this.#sharing.snapshots(folder),
    })
    this.#members.set(at, { indexes, load })
    indexes.keepOpen(this.#kept)
    return indexes
  }

  /** The folder of the index that all threads have open; null where there is none. */
  get kept(): string | null {
    return this.#kept?.folder ?? null
  }

  /** Has an index open in all threads, also in those that come; null for none. */
  keepOpen(place: IndexPlace | null): void {
    const isSame = place?.folder === this.#kept?.folder
    this.#kept = place
    if (isSame) return
    for (const { indexes } of this.#members.values()) indexes.keepOpen(place)
  }

  /** How an index is doing in the threads that have it open. */
  statusesOf(folder: string): ThreadStatus[] {
    return [...this.#members.values()].flatMap(({ indexes }) => indexes.statusOf(folder) ?? [])
  }

  /** It has ended. */
  leave(at: number): void {
    const member = this.#members.get(at)
    this.#members.delete(at)
    member?.indexes.end()
  }

  /** Calls on further indexes that a thread has not answered yet. */
  loadOf(at: number): number {
    return this.#members.get(at)?.indexes.load ?? 0
  }

  /** @throws FundstelleError `not_ready` where there is no thread */
  async call(place: IndexPlace, method: Method, args: readonly unknown[], budget: WorkBudget | null): Promise<unknown> {
    const thread = await this.#idlest(place.folder).of(place)
    return thread.call(method, args, budget)
  }

  /** Closes an index everywhere: nobody has its files open then. The next call opens it again. */
  async close(folder: string): Promise<void> {
    await Promise.all([...this.#members.values()].map(({ indexes }) => indexes.close(folder)))
  }

  #idlest(folder: string): FurtherIndexes {
    let best: FurtherIndexes | undefined
    let least = Number.POSITIVE_INFINITY
    for (const { indexes, load } of this.#members.values()) {
      const work = load() + indexes.load + (indexes.has(folder) ? 0 : OPENING_LOAD)
      if (work >= least) continue
      least = work
      best = indexes
    }
    if (best === undefined) throw new FundstelleError('not_ready')
    return best
  }
}
