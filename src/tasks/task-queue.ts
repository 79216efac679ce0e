import type { WrittenPayload } from '../documents/payload.ts'
import type { Registry } from '../registry/registry.ts'
import type { Task, TaskDetails, TaskWork } from '../registry/task.ts'

/** How much may wait, and how much is remembered. */
export interface QueueLimits {
  /** Tasks that wait. */
  readonly tasks: number
  /** Bytes of them, their documents among that. */
  readonly bytes: number
  /** Beside them: cancelations and deletions of tasks, which make room and are carried out first. */
  readonly makingRoom: { readonly tasks: number; readonly bytes: number }
  /** Tasks that are over and not forgotten. */
  readonly finished: number
}

export const QUEUE_LIMITS: QueueLimits = {
  tasks: 10_000,
  bytes: 4 * 2 ** 30,
  // each may name all tasks that there are
  makingRoom: { tasks: 1000, bytes: 2 ** 26 },
  finished: 100_000,
}

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

  /**
   * Looks whether there is room for a task with so many bytes of documents, before these are read.
   * @throws QueueFull
   */
  check(bytes: number): void {
    const waiting = this.#registry.tasks.waiting()
    this.#mustFit({ count: waiting.count + 1, bytes: waiting.bytes + bytes }, false)
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
      const file = payload === undefined ? {} : { payload: payload.file, payloadBytes: payload.bytes }
      const added = tasks.enqueue(indexUid, work, { now, details, ...file, customMetadata: customMetadata ?? null })
      this.#mustFit(tasks.waiting(), work.type === 'taskCancelation' || work.type === 'taskDeletion')
      this.#forget()
      return added
    })
    this.#onAdded()
    return task
  }

  /** @param waiting the new one among them */
  #mustFit(waiting: { readonly count: number; readonly bytes: number }, makesRoom: boolean): void {
    const { tasks, bytes, makingRoom } = this.#limits
    const count = tasks + (makesRoom ? makingRoom.tasks : 0)
    const most = bytes + (makesRoom ? makingRoom.bytes : 0)
    if (waiting.count <= count && waiting.bytes <= most) return
    throw new QueueFull(
      `with this one ${waiting.count} tasks of ${waiting.bytes} bytes would wait; at most ${count} of ${most} bytes can`,
    )
  }
}
