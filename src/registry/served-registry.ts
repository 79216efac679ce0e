import type { NamedIndex } from './index-table.ts'
import type { ApiKey, KeyTable } from './key-table.ts'
import type { Task, TaskFilter, TaskPage } from './task.ts'
import type { Batch, BatchList, TaskList } from './task-lists.ts'

// What requests are answered by: the registry of a cache folder, or what a process knows of one in a cluster. Reading is done at once, as every request does it;
// changing waits until the change is kept for good.

export interface IndexDirectory {
  get(uid: string): NamedIndex | undefined
  /** By name. */
  all(): readonly NamedIndex[]
}

export interface KeyDirectory {
  get(uid: string): ApiKey | undefined
  /** The newest first. */
  all(): readonly ApiKey[]
  readonly count: number
  /** Another after each change, by whatever process; 0 where there has never been a key. */
  readonly version: number
}

/** All keys while they are being changed. */
export type ChangeableKeys = KeyDirectory & Pick<KeyTable, 'add' | 'change' | 'remove'>

export interface ServedRegistry {
  readonly indexes: IndexDirectory
  readonly keys: KeyDirectory
  /**
   * Changes keys: all of what `work` does, or nothing. It may be called again where others have changed them meanwhile, and has to leave everything else alone.
   * Resolves once the change is kept for good.
   */
  changeKeys<T>(work: (keys: ChangeableKeys) => T): Promise<T>
}

/** What was put into the queue, for who wants to see it. */
export interface ServedTasks {
  readonly tasks: { get(uid: number): Awaitable<Task | undefined> }
  /** See `TaskLists`. */
  readonly taskLists: {
    list(filter: TaskFilter, page: TaskPage): Awaitable<TaskList>
    uids(filter: TaskFilter): Awaitable<readonly number[]>
    indexUids(): Awaitable<readonly string[]>
    batches(filter: TaskFilter, page: TaskPage): Awaitable<BatchList>
    batch(uid: number): Awaitable<Batch | undefined>
  }
}

export type Awaitable<T> = T | Promise<T>
