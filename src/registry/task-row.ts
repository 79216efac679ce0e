import type { Task, TaskDetails, TaskError, TaskStatus, TaskType, TaskWork } from './task.ts'

/** A row of the table `task`. */
export interface Row {
  readonly uid: number
  readonly index_uid: string | null
  readonly type: TaskType
  readonly status: TaskStatus
  readonly batch: number | null
  readonly canceled_by: number | null
  readonly work: string
  readonly payload: string | null
  readonly bytes: number
  readonly details: string | null
  readonly error: string | null
  readonly note: string | null
  readonly enqueued_at: string
  readonly started_at: string | null
  readonly finished_at: string | null
}

export const jsonOf = (value: unknown): string | null => (value === null ? null : JSON.stringify(value))

export const taskOf = (row: Row): Task => ({
  uid: row.uid,
  indexUid: row.index_uid,
  type: row.type,
  status: row.status,
  batch: row.batch,
  canceledBy: row.canceled_by,
  work: JSON.parse(row.work) as TaskWork,
  payload: row.payload,
  bytes: row.bytes,
  details: row.details === null ? null : (JSON.parse(row.details) as TaskDetails),
  error: row.error === null ? null : (JSON.parse(row.error) as TaskError),
  customMetadata: row.note,
  enqueuedAt: row.enqueued_at,
  startedAt: row.started_at,
  finishedAt: row.finished_at,
})
