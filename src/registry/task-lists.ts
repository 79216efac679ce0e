import type { Statements } from '../store/statements.ts'
import type { Task, TaskDetails, TaskFilter, TaskPage, TaskStatus, TaskType, TaskWork } from './task.ts'
import { type Row, taskOf } from './task-row.ts'

/** A stretch of tasks, and how many there are of their kind in all. */
export interface TaskList {
  readonly tasks: readonly Task[]
  readonly total: number
  /** The uid of the one after the last; null where there is none. */
  readonly next: number | null
}

interface BatchRow {
  readonly uid: number
  readonly started_at: string
  readonly finished_at: string | null
}

/** What a batch tells of one of its tasks. */
export interface BatchTask {
  readonly indexUid: string | null
  readonly type: TaskType
  readonly status: TaskStatus
  readonly details: TaskDetails | null
  /** Of tasks that are about several indexes; null for all others, whose work may name a million documents. */
  readonly work: TaskWork | null
}

/** Tasks that were done together. */
export interface Batch {
  readonly uid: number
  readonly startedAt: string
  /** Null while they are being done. */
  readonly finishedAt: string | null
  readonly tasks: readonly BatchTask[]
}

export interface BatchList {
  readonly batches: readonly Batch[]
  readonly total: number
  readonly next: number | null
}

type BatchTaskRow = Pick<Row, 'index_uid' | 'type' | 'status' | 'details'> & { readonly work: string | null }

/** Of these the work says which indexes they are about. */
const ABOUT_SEVERAL = "'indexSwap', 'taskCancelation', 'taskDeletion'"

/** A page ends behind the task, or the batch, with which it has read so many characters of JSON, or so many tasks: one may have ten million. */
const PAGE_CHARS_MAX = 16_000_000
const PAGE_TASKS_MAX = 10_000

/** The tables `task` and `batch` for who wants to see what was done, a page at a time. */
export class TaskLists {
  readonly #statements: Statements

  constructor(statements: Statements) {
    this.#statements = statements
  }

  /** Fewer than the limit where these are large: then `next` is not null. */
  list(filter: TaskFilter, { limit, from, reverse }: TaskPage): TaskList {
    const { where, values } = conditionOf(filter)
    const total = this.#statements.get<{ n: number }>(`select count(*) n from task where ${where}`, ...values)?.n ?? 0
    const start = from === null ? '' : reverse ? ' and uid >= ?' : ' and uid <= ?'
    const page = `select * from task where ${where}${start} order by uid ${reverse ? 'asc' : 'desc'} limit ?`
    const tasks: Task[] = []
    let chars = 0
    for (const row of this.#statements.each<Row>(page, ...values, ...(from === null ? [] : [from]), limit + 1)) {
      if (tasks.length === limit || chars > PAGE_CHARS_MAX) return { tasks, total, next: row.uid }
      tasks.push(taskOf(row))
      chars += row.work.length + (row.details?.length ?? 0)
    }
    return { tasks, total, next: null }
  }

  /** The names of indexes that tasks name. */
  indexUids(): string[] {
    const all = 'select distinct index_uid uid from task where index_uid is not null'
    return this.#statements.all<{ uid: string }>(all).map(({ uid }) => uid)
  }

  uids(filter: TaskFilter): number[] {
    const { where, values } = conditionOf(filter)
    const all = `select uid from task where ${where} order by uid`
    return this.#statements.all<{ uid: number }>(all, ...values).map(({ uid }) => uid)
  }

  /** The batches of these tasks, the newest first unless `reverse`. */
  batches(filter: TaskFilter, { limit, from, reverse }: TaskPage): BatchList {
    const { where, values } = conditionOf(filter)
    const of = `select distinct batch from task where batch is not null and ${where}`
    const total = this.#statements.get<{ n: number }>(`select count(*) n from (${of})`, ...values)?.n ?? 0
    const start = from === null ? '' : reverse ? ' and uid >= ?' : ' and uid <= ?'
    const page = `select * from batch where uid in (${of})${start} order by uid ${reverse ? 'asc' : 'desc'} limit ?`
    const rows = this.#statements.all<BatchRow>(page, ...values, ...(from === null ? [] : [from]), limit + 1)
    const batches: Batch[] = []
    const read = { tasks: 0, chars: 0 }
    for (const row of rows) {
      const isFull = read.tasks >= PAGE_TASKS_MAX || read.chars >= PAGE_CHARS_MAX
      if (batches.length === limit || (isFull && batches.length > 0)) return { batches, total, next: row.uid }
      batches.push(this.#batchOf(row, read))
    }
    return { batches, total, next: null }
  }

  batch(uid: number): Batch | undefined {
    const row = this.#statements.get<BatchRow>('select * from batch where uid = ?', uid)
    return row && this.#batchOf(row, { tasks: 0, chars: 0 })
  }

  /** @param read is told what was read; details for which there is no room any more are left out */
  #batchOf({ uid, started_at, finished_at }: BatchRow, read: { tasks: number; chars: number }): Batch {
    const of = `select index_uid, type, status, details, case when type in (${ABOUT_SEVERAL}) then work end work from task where batch = ? order by uid`
    const tasks: BatchTask[] = []
    for (const { index_uid, type, status, details, work } of this.#statements.each<BatchTaskRow>(of, uid)) {
      read.tasks += 1
      read.chars += (details?.length ?? 0) + (work?.length ?? 0)
      const isRead = details !== null && read.chars <= PAGE_CHARS_MAX
      tasks.push({
        ...{ indexUid: index_uid, type, status },
        details: isRead ? (JSON.parse(details) as TaskDetails) : null,
        work: work === null ? null : (JSON.parse(work) as TaskWork),
      })
    }
    return { uid, startedAt: started_at, finishedAt: finished_at, tasks }
  }
}

function conditionOf(filter: TaskFilter): { readonly where: string; readonly values: readonly unknown[] } {
  const conditions: string[] = []
  const values: unknown[] = []
  const among = (column: string, list: readonly unknown[] | undefined): void => {
    if (list === undefined) return
    conditions.push(`${column} in (select value from json_each(?))`)
    values.push(JSON.stringify(list))
  }
  const compared = (column: string, sign: '<' | '>', moment: string | undefined): void => {
    if (moment === undefined) return
    conditions.push(`${column} ${sign} ?`)
    values.push(moment)
  }
  among('uid', filter.uids)
  among('batch', filter.batches)
  among('canceled_by', filter.canceledBy)
  among('type', filter.types)
  among('status', filter.statuses)
  among('index_uid', filter.indexUids)
  compared('enqueued_at', '<', filter.beforeEnqueuedAt)
  compared('enqueued_at', '>', filter.afterEnqueuedAt)
  compared('started_at', '<', filter.beforeStartedAt)
  compared('started_at', '>', filter.afterStartedAt)
  compared('finished_at', '<', filter.beforeFinishedAt)
  compared('finished_at', '>', filter.afterFinishedAt)
  return { where: conditions.length === 0 ? '1' : conditions.join(' and '), values }
}
