import type { Statements } from '../store/statements.ts'
import { canceledDetails, type Outcome, type Task, type TaskDetails, type TaskWork } from './task.ts'
import { jsonOf, type Row, taskOf } from './task-row.ts'

/** What a task begins with beside its work. */
export interface NewTask {
  /** ISO 8601. */
  readonly now: string
  readonly details: TaskDetails | null
  readonly payload?: string | null
  readonly payloadBytes?: number
  readonly customMetadata?: string | null
}

/** The tables `task` and `batch`: what is to be done, what is being done, and what has come of the rest. See task-lists.ts for who wants to see them. */
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

  #next(counter: 'nextTask' | 'nextBatch'): number {
    const row = this.#statements.get<{ value: number }>('select value from state where key = ?', counter)
    const next = row?.value ?? 0
    this.#statements.run('update state set value = ? where key = ?', next + 1, counter)
    return next
  }
}

/** The work of a task that is over: whom it was about nobody asks any more, and each may have named a million. */
const FORGOTTEN = "json_replace(work, '$.target.ids', json('[]'), '$.uids', json('[]'))"

/**
 * Whether it was begun and may have changed something already: then it has to be ended. Of documents that were begun and are not over nothing is
 * there.
 */
const isHalfDone = ({ type, startedAt }: Task): boolean =>
  startedAt !== null && (type === 'settingsUpdate' || type === 'indexDeletion')
