import { FundstelleError } from '../errors.ts'
import type { ServedTasks } from '../registry/served-registry.ts'
import type { Task, TaskDetails, TaskFilter, TaskPage, TaskWork } from '../registry/task.ts'
import type { Batch, BatchList, TaskList } from '../registry/task-lists.ts'
import { batchOf } from './batch-of-tasks.ts'
import type { FoundTasks } from './found-tasks.ts'
import { type DocumentVersion, type SystemDocument, type SystemIndex, versionOf } from './system-index.ts'
import { fieldsOf, taskQuery } from './task-query.ts'

/** A task, and what a change of it has to name. */
export interface StoredTask {
  readonly task: Task
  readonly version: DocumentVersion
}

/** The documents of a task, where they lie. */
export interface TaskPayload {
  readonly name: string
  readonly bytes: number
}

interface Counters {
  readonly nextTask: number
  readonly nextBatch: number
}

const COUNTERS = 'tasks'
/** In one answer of a cluster. */
const PAGE = 10_000
/** Names of indexes that tasks name. */
const INDEXES_MAX = 65_536
/** Tasks that wait, and bytes of them, their documents among that. */
const WAITING_MAX = 10_000
const WAITING_BYTES_MAX = 4 * 2 ** 30
/** Tasks that wait are looked at so many at a time: one may name a million documents. */
const LOOKED_AT = 20
/** Tasks that are over are remembered up to so many. */
const FINISHED_MAX = 100_000
const WAITING = ['enqueued', 'processing'] as const
const OVER = ['succeeded', 'failed', 'canceled'] as const
/** These go first: they make room, and those that they are about must not have been begun. */
const FIRST = ['taskCancelation', 'taskDeletion'] as const
/** Those of one index may be a batch. */
const OF_DOCUMENTS = ['documentAdditionOrUpdate', 'documentDeletion'] as const

/**
 * The tasks of all servers on a cluster, a document each, called by its number. One that was added is there for good; who asks for it by its number finds it at once on
 * every server, and so does who asks for a list: what came before is made visible first.
 */
export class ClusterTasks implements ServedTasks {
  readonly #counters: SystemIndex
  readonly #tasks: SystemIndex
  #turn: Promise<unknown> = Promise.resolve()

  /** @param tasks with `TASK_FIELDS` */
  constructor(counters: SystemIndex, tasks: SystemIndex) {
    this.#counters = counters
    this.#tasks = tasks
  }

  readonly tasks = { get: async (uid: number): Promise<Task | undefined> => (await this.stored(uid))?.task }

  readonly taskLists: ServedTasks['taskLists'] = {
    list: (filter, page) => this.#list(filter, page),
    uids: (filter) => this.#uids(filter),
    indexUids: async () => {
      const aggs = { uids: { terms: { field: 'indexUid', size: INDEXES_MAX } } }
      const found = await this.#tasks.search<FoundTasks>({ size: 0, aggs })
      return (found?.aggregations?.uids?.buckets ?? []).map(({ key }) => key)
    },
    batches: (filter, page) => this.#batches(filter, page),
    batch: async (uid) => (await this.#batchesOf([uid]))[0],
  }

  /**
   * Adds one; it is there for good when this resolves.
   * @returns null where too many wait already
   */
  async enqueue(
    indexUid: string | null,
    work: TaskWork,
    details: TaskDetails | null,
    customMetadata: string | null,
    now: string,
    payload: TaskPayload | null = null,
  ): Promise<Task | null> {
    const makesRoom = FIRST.some((type) => type === work.type)
    const bytes = JSON.stringify(work).length + (payload?.bytes ?? 0)
    if (!makesRoom && !(await this.hasRoom(bytes))) return null
    const { nextTask: uid } = await this.#counted('nextTask')
    const task: Task = {
      ...{ uid, indexUid, type: work.type, status: 'enqueued', batch: null, canceledBy: null, work },
      ...{ payload: payload?.name ?? null, bytes, details, error: null, customMetadata },
      ...{ enqueuedAt: now, startedAt: null, finishedAt: null },
    }
    const version = await this.#tasks.write(idOf(uid), task, null, fieldsOf(task))
    if (version === null) throw new Error(`there is a task ${uid} already`)
    return task
  }

  async stored(uid: number): Promise<StoredTask | undefined> {
    const found: SystemDocument<Task> | null = await this.#tasks.read<Task>(idOf(uid))
    return found === null ? undefined : { task: found.value, version: found.version }
  }

  /**
   * Writes what has become of a task.
   * @throws FundstelleError `lease_lost` where another process has changed it since it was read
   */
  async change({ version }: StoredTask, task: Task): Promise<StoredTask> {
    const changed = await this.#tasks.write(idOf(task.uid), task, version, fieldsOf(task))
    if (changed === null) throw new FundstelleError('lease_lost', { index: COUNTERS })
    return { task, version: changed }
  }

  remove(uid: number): Promise<void> {
    return this.#tasks.remove(idOf(uid))
  }

  async newBatch(): Promise<number> {
    return (await this.#counted('nextBatch')).nextBatch
  }

  /** Whether any waits; one that came in the last half second may be overlooked. */
  async hasWaiting(): Promise<boolean> {
    const body = { size: 0, query: taskQuery({ statuses: WAITING }), terminate_after: 1, track_total_hits: 1 }
    return ((await this.#tasks.search<FoundTasks>(body, false))?.hits.total.value ?? 0) > 0
  }

  /**
   * What is to be carried out next: cancelations and deletions, then what was begun, then the oldest; and what may be carried out together with it.
   * @param mayJoin whether a task may be carried out together with those before it
   */
  async next(mayJoin: (begun: readonly Task[], next: Task) => boolean = () => false): Promise<readonly StoredTask[]> {
    // what was begun may be held up, and then they are what gets others out of the way
    const first = await this.#joined({ statuses: WAITING, types: FIRST }, mayJoin)
    if (first.length > 0) return first
    const begun = await this.#joined({ statuses: ['processing'] }, mayJoin)
    const [lowest] = begun
    if (lowest === undefined) return this.#joined({ statuses: ['enqueued'] }, mayJoin)
    const { type, indexUid } = lowest.task
    if (!OF_DOCUMENTS.some((one) => one === type)) return begun
    // its tasks are written at once: a server that was killed then may have begun later ones and not those before them
    const all = await this.#joined({ statuses: WAITING, types: OF_DOCUMENTS, indexUids: [indexUid as string] }, mayJoin)
    const last = all.findLastIndex(({ task }) => task.status === 'processing')
    return all.slice(0, Math.max(1, last + 1))
  }

  /** The oldest one, and those that follow it and may be carried out together with it. */
  async #joined(
    filter: TaskFilter,
    mayJoin: (begun: readonly Task[], next: Task) => boolean,
  ): Promise<readonly StoredTask[]> {
    const found: StoredTask[] = []
    for await (const next of this.#each(filter)) {
      const begun = found.map(({ task }) => task)
      if (begun.length > 0 && !mayJoin(begun, next.task)) break
      found.push(next)
    }
    return found
  }

  /** The payloads that tasks still need. */
  async payloads(): Promise<readonly string[]> {
    // at most so many wait; one may name a million documents
    const query = taskQuery({ statuses: WAITING })
    const found = await this.#tasks.search<FoundTasks>({ size: PAGE, query, _source: ['value.payload'] })
    return (found?.hits.hits ?? []).flatMap(({ _source }) => _source.value.payload ?? [])
  }

  /** Whether a task of so many bytes, its documents among that, may wait beside those that do. */
  async hasRoom(bytes: number): Promise<boolean> {
    const body = { size: 0, query: taskQuery({ statuses: WAITING }), track_total_hits: WAITING_MAX, aggs: BYTES }
    const found = await this.#tasks.search<FoundTasks>(body, false)
    if (found === null) return true
    const waiting = found.aggregations?.bytes?.value ?? 0
    return found.hits.total.value < WAITING_MAX && waiting + bytes <= WAITING_BYTES_MAX
  }

  /** Forgets the oldest that are over, where too many are remembered. */
  async forget(newest: number): Promise<void> {
    const query = {
      bool: { filter: [taskQuery({ statuses: OVER }), { range: { uid: { lte: newest - FINISHED_MAX } } }] },
    }
    const found = await this.#tasks.search<FoundTasks>({ ...listed(query, 'asc'), size: PAGE })
    for (const { fields } of found?.hits.hits ?? []) await this.remove(fields?.uid?.[0] as number)
  }

  /** By their numbers, with what a change of them has to name. */
  async *#each(filter: TaskFilter): AsyncGenerator<StoredTask> {
    for (let after = -1; ; ) {
      const found = await this.#tasks.search<FoundTasks>(
        {
          ...{ size: LOOKED_AT, query: taskQuery(filter), sort: [{ uid: 'asc' }], track_total_hits: false },
          ...{ seq_no_primary_term: true, search_after: [after] },
        },
        after < 0,
      )
      const hits = found?.hits.hits ?? []
      for (const hit of hits) yield { task: hit._source.value, version: versionOf(hit) }
      if (hits.length < LOOKED_AT) return
      after = hits.at(-1)?._source.value.uid as number
    }
  }

  async #list(filter: TaskFilter, { limit, from, reverse }: TaskPage): Promise<TaskList> {
    const query = taskQuery(filter)
    const order = reverse ? 'asc' : 'desc'
    const found = await this.#tasks.search<FoundTasks>({
      ...{ size: limit + 1, query, sort: [{ uid: order }], track_total_hits: true },
      ...(from === null ? {} : { search_after: [reverse ? from - 1 : from + 1] }),
    })
    const tasks = (found?.hits.hits ?? []).map(({ _source }) => _source.value)
    return { tasks: tasks.slice(0, limit), total: found?.hits.total.value ?? 0, next: tasks[limit]?.uid ?? null }
  }

  /** By their numbers, all of them unless it is said how many. */
  async #uids(filter: TaskFilter, most = Number.POSITIVE_INFINITY): Promise<number[]> {
    const uids: number[] = []
    while (uids.length < most) {
      const size = Math.min(PAGE, most - uids.length)
      const after = uids.length === 0 ? {} : { search_after: [uids.at(-1)] }
      const found = await this.#tasks.search<FoundTasks>(
        { ...listed(taskQuery(filter), 'asc'), size, ...after },
        uids.length === 0,
      )
      const hits = found?.hits.hits ?? []
      for (const { fields } of hits) uids.push(fields?.uid?.[0] as number)
      if (hits.length < size) break
    }
    return uids
  }

  async #batches(filter: TaskFilter, { limit, from, reverse }: TaskPage): Promise<BatchList> {
    const order = reverse ? 'asc' : 'desc'
    const query = { bool: { filter: [taskQuery(filter), { exists: { field: 'batch' } }] } }
    const found = await this.#tasks.search<FoundTasks>({
      ...{ size: limit + 1, query, sort: [{ batch: order }], _source: false, docvalue_fields: ['batch'] },
      ...{ collapse: { field: 'batch' }, aggs: { batches: { cardinality: { field: 'batch' } } } },
      ...(from === null ? {} : { search_after: [reverse ? from - 1 : from + 1] }),
    })
    const uids = (found?.hits.hits ?? []).map(({ fields }) => fields?.batch?.[0] as number)
    const batches = await this.#batchesOf(uids.slice(0, limit))
    return { batches, total: found?.aggregations?.batches?.value ?? 0, next: uids[limit] ?? null }
  }

  /** Those that have tasks, in the order of their numbers given. */
  async #batchesOf(uids: readonly number[]): Promise<Batch[]> {
    if (uids.length === 0) return []
    const query = taskQuery({ batches: uids })
    const found = await this.#tasks.search<FoundTasks>({ size: PAGE, query, sort: [{ uid: 'asc' }] })
    const byBatch = new Map<number, Task[]>()
    for (const { _source } of found?.hits.hits ?? []) {
      const { batch } = _source.value
      byBatch.set(batch as number, [...(byBatch.get(batch as number) ?? []), _source.value])
    }
    return uids.flatMap((uid) => batchOf(uid, byBatch.get(uid) ?? []))
  }

  /** The counters as they were before this took one. Within a process one waits for the other: only processes are in each other's way. */
  #counted(name: keyof Counters): Promise<Counters> {
    const result = this.#turn.then(async () => {
      for (;;) {
        const found = await this.#counters.read<Counters>(COUNTERS)
        const counters = found?.value ?? { nextTask: 0, nextBatch: 0 }
        const counted = { ...counters, [name]: counters[name] + 1 }
        if ((await this.#counters.write(COUNTERS, counted, found?.version ?? null)) !== null) return counters
      }
    })
    this.#turn = result.catch(() => {})
    return result
  }
}

const BYTES = { bytes: { sum: { field: 'bytes' } } }

const idOf = (uid: number): string => String(uid)

const listed = (query: object, order: 'asc' | 'desc'): object => ({
  ...{ query, sort: [{ uid: order }], _source: false, docvalue_fields: ['uid'] },
})
