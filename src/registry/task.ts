import type { SettingsChange } from './index-settings.ts'
import type { TaskError } from './task-error.ts'

export type { TaskError } from './task-error.ts'

export const TASK_STATUSES = ['enqueued', 'processing', 'succeeded', 'failed', 'canceled'] as const
export type TaskStatus = (typeof TASK_STATUSES)[number]

/** As Meilisearch names them; some of what it has never happens here. */
export const TASK_TYPES = [
  'documentAdditionOrUpdate',
  'documentEdition',
  'documentDeletion',
  'settingsUpdate',
  'indexCreation',
  'indexDeletion',
  'indexUpdate',
  'indexSwap',
  'taskCancelation',
  'taskDeletion',
  'dumpCreation',
  'snapshotCreation',
  'export',
  'upgradeDatabase',
  'indexCompaction',
  'networkTopologyChange',
  'dsrUpdate',
  'dsrClear',
] as const
export type TaskType = (typeof TASK_TYPES)[number]

export interface IndexSwap {
  readonly indexes: readonly [string, string]
  /** The second name is free, and the index is called so from then on. */
  readonly rename: boolean
}

/** What a task does. */
export type TaskWork =
  | { readonly type: 'indexCreation'; readonly primaryKey: string | null }
  /** `null` leaves the primary key, and the name, as they are. */
  | { readonly type: 'indexUpdate'; readonly primaryKey: string | null; readonly newUid: string | null }
  | { readonly type: 'indexDeletion' }
  | { readonly type: 'indexSwap'; readonly swaps: readonly IndexSwap[] }
  | {
      readonly type: 'documentAdditionOrUpdate'
      /** `update` changes the attributes that are given, `replace` whole documents. */
      readonly method: 'replace' | 'update'
      readonly primaryKey: string | null
      /** Documents in the payload. */
      readonly received: number
      /** Documents that are not there yet are passed over. */
      readonly skipCreation: boolean
    }
  | {
      readonly type: 'documentDeletion'
      readonly target:
        | { readonly kind: 'ids'; readonly ids: readonly string[] }
        /** As it came: text or lists. */
        | { readonly kind: 'filter'; readonly filter: unknown }
        | { readonly kind: 'all' }
    }
  | { readonly type: 'settingsUpdate'; readonly change: SettingsChange; readonly isDeletion: boolean }
  /** The tasks that were matched when it came; `filter` is the request's query, as it came. */
  | { readonly type: 'taskCancelation' | 'taskDeletion'; readonly uids: readonly number[]; readonly filter: string }
  | { readonly type: 'dumpCreation'; readonly dumpUid: string }
  | { readonly type: 'snapshotCreation' }

/** What a task has come to, by Meilisearch's names. */
export type TaskDetails = Readonly<Record<string, unknown>>

export interface Task {
  readonly uid: number
  readonly indexUid: string | null
  readonly type: TaskType
  readonly status: TaskStatus
  readonly batch: number | null
  readonly canceledBy: number | null
  readonly work: TaskWork
  /** The name of the file with its documents, one JSON object a line. */
  readonly payload: string | null
  /** Of work and payload. */
  readonly bytes: number
  readonly details: TaskDetails | null
  readonly error: TaskError | null
  /** What whoever sent it wants to find with it. */
  readonly customMetadata: string | null
  /** ISO 8601, as the two below. */
  readonly enqueuedAt: string
  readonly startedAt: string | null
  readonly finishedAt: string | null
}

/** Which tasks are meant; what is absent limits nothing. */
export interface TaskFilter {
  readonly uids?: readonly number[]
  readonly batches?: readonly number[]
  readonly canceledBy?: readonly number[]
  readonly types?: readonly TaskType[]
  readonly statuses?: readonly TaskStatus[]
  readonly indexUids?: readonly string[]
  readonly beforeEnqueuedAt?: string
  readonly afterEnqueuedAt?: string
  readonly beforeStartedAt?: string
  readonly afterStartedAt?: string
  readonly beforeFinishedAt?: string
  readonly afterFinishedAt?: string
}

/** How many tasks follow, from which on, and in which direction. */
export interface TaskPage {
  readonly limit: number
  readonly from: number | null
  /** The oldest first. */
  readonly reverse: boolean
}

/** What became of a task. */
export interface Outcome {
  readonly status: 'succeeded' | 'failed'
  readonly details: TaskDetails | null
  readonly error: TaskError | null
}

/** What a task that is canceled before it was carried out has come to: of what would have been done nothing was. */
export function canceledDetails({ work, details }: Task): TaskDetails | null {
  if (work.type === 'documentAdditionOrUpdate') return { ...details, indexedDocuments: 0 }
  if (work.type === 'documentDeletion') return { ...details, deletedDocuments: 0 }
  return details
}
