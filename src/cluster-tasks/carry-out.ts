// The room `cluster-tasks`: carrying out tasks on a cluster. It brings together what `tasks` does with documents and indexes, and what `opensearch` writes; it knows no HTTP.

import { mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { FundstelleError } from '../errors.ts'
import { analysedBy } from '../index/open-analysis.ts'
import type { ClusterNamedIndex } from '../opensearch/cluster-registry.ts'
import type { Outcomes } from '../opensearch/cluster-task-runner.ts'
import type { TaskIndexAccess } from '../opensearch/open-cluster.ts'
import type { TaskIndex } from '../opensearch/task-index.ts'
import type { WriterLease } from '../opensearch/writer-lease.ts'
import { rulesOf } from '../registry/index-rules.ts'
import type { NamedIndex } from '../registry/index-table.ts'
import type { Outcome, Task } from '../registry/task.ts'
import { indexNotFoundError, taskError } from '../registry/task-error.ts'
import { isOfDocuments } from '../tasks/batching.ts'
import { failed } from '../tasks/index-tasks.ts'
import { changeDocumentsThere } from './document-batch.ts'
import { plannedIndex } from './index-map.ts'
import type { ClusterWorkOptions } from './options.ts'
import { SingleClusterTasks } from './single-tasks.ts'

/** Carries out the tasks of a cluster, for whoever has the lease of them. */
export class ClusterWork {
  readonly #options: ClusterWorkOptions
  readonly #singles: SingleClusterTasks

  constructor(options: ClusterWorkOptions) {
    this.#options = options
    this.#singles = new SingleClusterTasks(options, (...access) => this.#withIndex(...access))
  }

  /** Does what tasks ask for: several of documents of one index, or one of another kind. */
  async carryOut(tasks: readonly Task[], lease: WriterLease, signal: AbortSignal): Promise<Outcomes> {
    const [first] = tasks as [Task]
    if (isOfDocuments(first.work)) return this.#changeDocuments(tasks, lease, signal)
    return new Map([[first.uid, await this.#singles.run(first, lease, signal)]])
  }

  /** Nobody needs the documents of these any more. */
  async forgetPayloads(tasks: readonly Task[]): Promise<void> {
    for (const { payload } of tasks) if (payload !== null) await this.#options.opened.payloads.remove(payload)
  }

  async #changeDocuments(tasks: readonly Task[], lease: WriterLease, signal: AbortSignal): Promise<Outcomes> {
    const { opened, idsByFilter, now } = this.#options
    const { registry, payloads } = opened
    const uid = (tasks[0] as Task).indexUid as string
    // another server may have carried out tasks before these
    await registry.refresh()
    const known = registry.indexes.get(uid) as ClusterNamedIndex | undefined
    const index = known ?? this.#plannedFor(uid, tasks)
    if (index === undefined) return failedAll(tasks, indexNotFoundError(uid))
    if (index.isOfTasks !== true)
      return failedAll(
        tasks,
        taskError('not_on_cluster', new FundstelleError('index_of_folder', { index: uid }).detail('en')),
      )
    const { outcomes, primaryKey } = await this.#withIndex(index, [index], lease, signal, (there, folder) =>
      changeDocumentsThere(tasks, { index, there, payloads, folder, idsByFilter, now, signal }),
    )
    const last = (tasks.at(-1) as Task).uid
    const updatedAt = now().toISOString()
    await registry.changeIndexesOnce(last, lease.epoch, (indexes) => {
      const before = indexes.get(uid) ?? index
      indexes.set(uid, { ...before, primaryKey: primaryKey ?? before.primaryKey, updatedAt })
      return { outcome: outcomes.get(last) as Outcome }
    })
    return outcomes
  }

  /** Whoever adds documents makes the index that is not there; whoever deletes some does not. */
  #plannedFor(uid: string, tasks: readonly Task[]): ClusterNamedIndex | undefined {
    if (!tasks.some(({ type }) => type === 'documentAdditionOrUpdate')) return undefined
    const now = this.#options.now().toISOString()
    return plannedIndex({ uid, primaryKey: null, now, task: (tasks[0] as Task).uid })
  }

  /**
   * Opens an index, and a folder for what is needed meanwhile.
   * @param madeBy the index with the settings by which it is made, or may be
   */
  async #withIndex<T>(
    { folder: name }: NamedIndex,
    madeBy: readonly [NamedIndex, ...NamedIndex[]],
    lease: WriterLease,
    signal: AbortSignal,
    work: (there: TaskIndex, folder: string) => Promise<T>,
  ): Promise<T> {
    const { opened, size, own, inUse } = this.#options
    const folder = await mkdtemp(join(tmpdir(), 'fundstelle-tasks-'))
    try {
      const analyses = madeBy.map((index) => analysedBy(rulesOf(index, own, inUse))) as [
        ReturnType<typeof analysedBy>,
        ...ReturnType<typeof analysedBy>[],
      ]
      const access: TaskIndexAccess = { ...{ lease, signal, size, analyses, folder } }
      return await opened.withTaskIndex(name, access, (there) => work(there, folder))
    } finally {
      await rm(folder, { recursive: true, force: true })
    }
  }
}

const failedAll = (tasks: readonly Task[], error: ReturnType<typeof taskError>): Outcomes =>
  new Map(
    tasks.map(({ uid, type, details }) => {
      const none = type === 'documentDeletion' ? { deletedDocuments: 0 } : { indexedDocuments: 0 }
      return [uid, failed({ ...details, ...none }, error)]
    }),
  )
