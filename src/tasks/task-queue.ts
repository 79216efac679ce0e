import type { WrittenPayload } from '../documents/payload.ts'
import type { Registry } from '../registry/registry.ts'
import type { Task, TaskDetails, TaskWork } from '../registry/task.ts'

/** How much may wait, and how much is remembered. */
export interface QueueLimits {
  /** Tasks that wait. */
  readonly tasks: number
  /** Bytes of them, their documents among that. */
  readonly bytes: number
  /** Tasks that are over and not forgotten. */
  readonly finished: number
}

export const QUEUE_LIMITS: QueueLimits = { tasks: 10_000, bytes: 4 * 2 ** 30, finished: 100_000 }

/** Of so many tasks that are added one sees to that not too many are remembered. */
const COUNTED_EVERY = 100

/** What a task may bring along. */
export interface Addition {
  readonly payload?: WrittenPayload
  /** What whoever sent it wants to find with it. */
  readonly customMetadata?: string | null
}

/** The queue is full: a task more would not be on the disk. */
export class QueueFull extends Error {
  override readonly name = 'QueueFull'
}

/** Where requests put what is to be done. What it has acknowledged is on the disk. */
export class TaskQueue {
  readonly #registry: Registry
  readonly #limits: QueueLimits
  readonly #onAdded: () => void
  #added = 0

  /** @param onAdded is called when a task was added, for whoever carries it out */
  constructor(registry: Registry, onAdded: () => void, limits: QueueLimits = QUEUE_LIMITS) {
    this.#registry = registry
    this.#onAdded = onAdded
    this.#limits = limits
  }

  /** Forgets tasks that are over, now and then: counting them takes as long as there are many. */
  #forget(): void {
    this.#added += 1
    if (this.#added % COUNTED_EVERY !== 1) return
    const { tasks } = this.#registry
    const more = tasks.finishedCount - this.#limits.finished
    if (more > 0) tasks.removeOldest(more)
  }

  /** @throws QueueFull; FundstelleError where it cannot be written */
  add(
    indexUid: string | null,
    work: TaskWork,
    details: TaskDetails | null,
    { payload, customMetadata }: Addition = {},
  ): Task {
    const { tasks } = this.#registry
    const now = new Date().toISOString()
    const task = this.#registry.transaction(() => {
      const { count, bytes } = tasks.waiting()
      const isCancelation = work.type === 'taskCancelation' || work.type === 'taskDeletion'
      // what makes room is always taken
      if (!isCancelation && (count >= this.#limits.tasks || bytes + (payload?.bytes ?? 0) > this.#limits.bytes))
        throw new QueueFull(
          `${count} tasks with ${bytes} bytes are waiting; at most ${this.#limits.tasks} with ${this.#limits.bytes} bytes can`,
        )
      this.#forget()
      const file = payload === undefined ? {} : { payload: payload.file, payloadBytes: payload.bytes }
      return tasks.enqueue(indexUid, work, { now, details, ...file, customMetadata: customMetadata ?? null })
    })
    this.#onAdded()
    return task
  }
}
