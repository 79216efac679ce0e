import type { Statements } from '../store/statements.ts'
import type {
  Outcome,
  Task,
  TaskDetails,
  TaskError,
  TaskFilter,
  TaskPage,
  TaskStatus,
  TaskType,
  TaskWork,
} from './task.ts'

interface Row {
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

/** A stretch of tasks, and how many there are of their kind in all. */
export interface TaskList {
  readonly tasks: readonly Task[]
  readonly total: number
  /** The uid of the one after the last; null where there is none. */
  readonly next: number | null
}

/** What a task begins with beside its work. */
export interface NewTask {
  /** ISO 8601. */
  readonly now: string
  readonly details: TaskDetails | null
  readonly payload?: string | null
  readonly payloadBytes?: number
  readonly customMetadata?: string | null
}

/** The tables `task` and `batch`: what is to be done, what is being done, and what has come of the rest. */
export class TaskTable {
  readonly #statements: Statements

  constructor(statements: Statements) {
    this.#statements = statements
  }

  get(uid: number): Task | undefined {
    const row = this.#statements.get<Row>('select * from task where uid = ?', uid)
    return row && taskOf(row)
  }

  /** Adds one; within a transaction. */
  enqueue(
    indexUid: string | null,
    work: TaskWork,
    { now, details, payload = null, payloadBytes = 0, customMetadata = null }: NewTask,
  ): Task {
    const uid = this.#next('nextTask')
    const json = JSON.stringify(work)
    const insert =
      'insert into task (uid, index_uid, type, status, work, payload, bytes, details, note, enqueued_at) ' +
      "values (?, ?, ?, 'enqueued', ?, ?, ?, ?, ?, ?)"
    const bytes = payloadBytes + json.length
    this.#statements.run(insert, uid, indexUid, work.type, json, payload, bytes, jsonOf(details), customMetadata, now)
    return this.get(uid) as Task
  }

  /** How much waits or is being done. */
  waiting(): { readonly count: number; readonly bytes: number } {
    const sum =
      "select count(*) count, coalesce(sum(bytes), 0) bytes from task where status in ('enqueued', 'processing')"
    return this.#statements.get(sum) as { count: number; bytes: number }
  }

  /** How many there are of each status that any has. */
  counts(): Readonly<Record<string, number>> {
    const rows = this.#statements.all<{ status: string; n: number }>(
      'select status, count(*) n from task group by status',
    )
    return Object.fromEntries(rows.map(({ status, n }) => [status, n]))
  }

  /** Tasks that are over. */
  get finishedCount(): number {
    const over = "select count(*) n from task where status in ('succeeded', 'failed', 'canceled')"
    return this.#statements.get<{ n: number }>(over)?.n ?? 0
  }

  /**
   * The oldest that wait, in the order they came. Cancelations and deletions of tasks go first.
   * @param bytesMax of all of them, but for the last: a task may name a million documents
   */
  enqueued(most: number, bytesMax = Number.POSITIVE_INFINITY): Task[] {
    const oldest =
      "select * from task where status = 'enqueued' " +
      "order by case type when 'taskCancelation' then 0 when 'taskDeletion' then 1 else 2 end, uid limit ?"
    const tasks: Task[] = []
    let bytes = 0
    for (const row of this.#statements.each<Row>(oldest, most)) {
      tasks.push(taskOf(row))
      bytes += row.bytes
      if (bytes > bytesMax) break
    }
    return tasks
  }

  /** Takes tasks as one batch in hand; within a transaction. Gives its number. */
  begin(uids: readonly number[], now: string): number {
    const batch = this.#next('nextBatch')
    this.#statements.run('insert into batch (uid, started_at) values (?, ?)', batch, now)
    this.join(batch, uids, now)
    return batch
  }

  /** Takes further tasks into a batch in hand; within a transaction. */
  join(batch: number, uids: readonly number[], now: string): void {
    const begin = "update task set status = 'processing', batch = ?, started_at = ? where uid = ?"
    for (const uid of uids) this.#statements.run(begin, batch, now, uid)
  }

  /** Writes down what became of a task; within a transaction. */
  finish(uid: number, { status, details, error }: Outcome, now: string): void {
    const finish = `update task set status = ?, details = ?, error = ?, finished_at = ?, work = ${FORGOTTEN} where uid = ?`
    this.#statements.run(finish, status, jsonOf(details), jsonOf(error), now, uid)
  }

  endBatch(batch: number, now: string): void {
    this.#statements.run('update batch set finished_at = ? where uid = ?', now, batch)
  }

  /** Those in hand. */
  processing(): Task[] {
    return this.#statements.all<Row>("select * from task where status = 'processing' order by uid").map(taskOf)
  }

  /** What was in hand when its process ended waits again; within a transaction. When it was begun stays written down. */
  putBack(): void {
    this.#statements.run("update task set status = 'enqueued', batch = null where status = 'processing'")
    this.#statements.run(
      'delete from batch where finished_at is null and not exists (select 1 from task where task.batch = batch.uid)',
    )
  }

  /** Cancels one that waits; tells whether it did. Within a transaction. */
  cancel(uid: number, by: number, batch: number, now: string): boolean {
    const task = this.get(uid)
    if (task === undefined || task.status !== 'enqueued' || isHalfDone(task)) return false
    const cancel = `update task set status = 'canceled', canceled_by = ?, batch = ?, details = ?, started_at = coalesce(started_at, ?), finished_at = ?, work = ${FORGOTTEN} where uid = ?`
    this.#statements.run(cancel, by, batch, jsonOf(canceledDetails(task)), now, now, uid)
    return true
  }

  /** Forgets one that is over; tells whether it was. */
  remove(uid: number): boolean {
    const task = this.get(uid)
    if (task === undefined || task.status === 'enqueued' || task.status === 'processing') return false
    this.#statements.run('delete from task where uid = ?', uid)
    return true
  }

  /** Forgets the oldest that are over, and batches that have no task any more. */
  removeOldest(count: number): void {
    const oldest =
      "delete from task where uid in (select uid from task where status in ('succeeded', 'failed', 'canceled') order by uid limit ?)"
    this.#statements.run(oldest, count)
    this.removeEmptyBatches()
  }

  /** Forgets batches whose tasks are all forgotten. */
  removeEmptyBatches(): void {
    const empty =
      'delete from batch where finished_at is not null and not exists (select 1 from task where task.batch = batch.uid)'
    this.#statements.run(empty)
  }

  /** The files that tasks still need. */
  payloads(): string[] {
    const needed = "select payload from task where payload is not null and status in ('enqueued', 'processing')"
    return this.#statements.all<{ payload: string }>(needed).map(({ payload }) => payload)
  }

  list(filter: TaskFilter, { limit, from, reverse }: TaskPage): TaskList {
    const { where, values } = conditionOf(filter)
    const total = this.#statements.get<{ n: number }>(`select count(*) n from task where ${where}`, ...values)?.n ?? 0
    const start = from === null ? '' : reverse ? ' and uid >= ?' : ' and uid <= ?'
    const page = `select * from task where ${where}${start} order by uid ${reverse ? 'asc' : 'desc'} limit ?`
    const rows = this.#statements.all<Row>(page, ...values, ...(from === null ? [] : [from]), limit + 1)
    return { tasks: rows.slice(0, limit).map(taskOf), total, next: rows[limit]?.uid ?? null }
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
  batches(
    filter: TaskFilter,
    { limit, from, reverse }: TaskPage,
  ): { readonly batches: readonly Batch[]; readonly total: number; readonly next: number | null } {
    const { where, values } = conditionOf(filter)
    const of = `select distinct batch from task where batch is not null and ${where}`
    const total = this.#statements.get<{ n: number }>(`select count(*) n from (${of})`, ...values)?.n ?? 0
    const start = from === null ? '' : reverse ? ' and uid >= ?' : ' and uid <= ?'
    const page = `select * from batch where uid in (${of})${start} order by uid ${reverse ? 'asc' : 'desc'} limit ?`
    const rows = this.#statements.all<BatchRow>(page, ...values, ...(from === null ? [] : [from]), limit + 1)
    return { batches: rows.slice(0, limit).map((row) => this.#batchOf(row)), total, next: rows[limit]?.uid ?? null }
  }

  batch(uid: number): Batch | undefined {
    const row = this.#statements.get<BatchRow>('select * from batch where uid = ?', uid)
    return row && this.#batchOf(row)
  }

  #batchOf({ uid, started_at, finished_at }: BatchRow): Batch {
    const tasks = this.#statements.all<Row>('select * from task where batch = ? order by uid', uid).map(taskOf)
    return { uid, startedAt: started_at, finishedAt: finished_at, tasks }
  }

  #next(counter: 'nextTask' | 'nextBatch'): number {
    const row = this.#statements.get<{ value: number }>('select value from state where key = ?', counter)
    const next = row?.value ?? 0
    this.#statements.run('update state set value = ? where key = ?', next + 1, counter)
    return next
  }
}

/** The work of a task that is over: whom it was about nobody asks any more, and each may have named a million. */
const FORGOTTEN = "json_replace(work, '$.target.ids', json('[]'), '$.uids', json('[]'))"

interface BatchRow {
  readonly uid: number
  readonly started_at: string
  readonly finished_at: string | null
}

/** Tasks that were done together. */
export interface Batch {
  readonly uid: number
  readonly startedAt: string
  /** Null while they are being done. */
  readonly finishedAt: string | null
  readonly tasks: readonly Task[]
}

/**
 * Whether it was begun and may have changed something already: then it has to be ended. Of documents that were begun and are not over nothing is
 * there.
 */
const isHalfDone = ({ type, startedAt }: Task): boolean =>
  startedAt !== null && (type === 'settingsUpdate' || type === 'indexDeletion')

/** Of what would have been done nothing was. */
function canceledDetails({ work, details }: Task): TaskDetails | null {
  if (work.type === 'documentAdditionOrUpdate') return { ...details, indexedDocuments: 0 }
  if (work.type === 'documentDeletion') return { ...details, deletedDocuments: 0 }
  return details
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

const jsonOf = (value: unknown): string | null => (value === null ? null : JSON.stringify(value))

const taskOf = (row: Row): Task => ({
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
