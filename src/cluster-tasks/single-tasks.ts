import type { Article } from '../article/article.ts'
import type { JsonDocument } from '../documents/attributes.ts'
import { articleOfDocument } from '../documents/document-article.ts'
import { FundstelleError } from '../errors.ts'
import { analysedBy } from '../index/open-analysis.ts'
import type { ChangeableIndexes, ClusterNamedIndex } from '../opensearch/cluster-registry.ts'
import type { TaskIndex } from '../opensearch/task-index.ts'
import type { WriterLease } from '../opensearch/writer-lease.ts'
import { rulesOf } from '../registry/index-rules.ts'
import { type NamedIndex, settingsOf } from '../registry/index-table.ts'
import { typoLengthsFault, withChange } from '../registry/settings-change.ts'
import type { Outcome, Task, TaskWork } from '../registry/task.ts'
import { indexNotFoundError, type TaskError, taskError } from '../registry/task-error.ts'
import type { Rules } from '../rules.ts'
import { mappingOf } from '../tasks/document-mapping.ts'
import { createIndex, failed, succeeded, swapIndexes, updateIndex } from '../tasks/index-tasks.ts'
import { indexTable, plannedIndex } from './index-map.ts'
import type { ClusterWorkOptions } from './options.ts'
import { folderFault, type Rewriting, rewritingFor } from './settings-change.ts'

const isLeased = (error: unknown): error is FundstelleError =>
  error instanceof FundstelleError && error.code === 'index_leased'

/** Opens an index by the settings by which it is made, or may be. */
type WithIndex = <T>(
  index: NamedIndex,
  madeBy: readonly [NamedIndex, ...NamedIndex[]],
  lease: WriterLease,
  signal: AbortSignal,
  work: (there: TaskIndex, folder: string) => Promise<T>,
) => Promise<T>

type Work<Type extends TaskWork['type']> = Extract<TaskWork, { type: Type }>

/** Carries out tasks of a cluster that change no documents: those of indexes and their settings. What they change is entered once, however often they are carried out. */
export class SingleClusterTasks {
  readonly #options: ClusterWorkOptions
  readonly #withIndex: WithIndex

  constructor(options: ClusterWorkOptions, withIndex: WithIndex) {
    this.#options = options
    this.#withIndex = withIndex
  }

  async run(task: Task, lease: WriterLease, signal: AbortSignal): Promise<Outcome> {
    const { work } = task
    await this.#options.opened.registry.refresh()
    switch (work.type) {
      case 'indexCreation':
        return this.#create(task, work, lease, signal)
      case 'indexUpdate':
        return this.#update(task, work, lease)
      case 'indexSwap':
        return this.#swap(task, work, lease)
      case 'indexDeletion':
        return this.#delete(task, lease, signal)
      case 'settingsUpdate':
        return this.#changeSettings(task, work, lease, signal)
      default:
        throw new Error(`no task for a cluster: ${work.type}`)
    }
  }

  get #now(): string {
    return this.#options.now().toISOString()
  }

  #indexNamed(uid: string): ClusterNamedIndex | undefined {
    return this.#options.opened.registry.indexes.get(uid) as ClusterNamedIndex | undefined
  }

  readonly #rulesFor = (index: NamedIndex): Rules => rulesOf(index, this.#options.own, this.#options.inUse)

  async #once(
    task: Task,
    { epoch }: Pick<WriterLease, 'epoch'>,
    work: (indexes: ChangeableIndexes) => Outcome,
  ): Promise<Outcome> {
    const { registry } = this.#options.opened
    return (await registry.changeIndexesOnce(task.uid, epoch, (indexes) => ({ outcome: work(indexes) }))).outcome
  }

  /** It can be searched as soon as it is entered. */
  async #create(task: Task, work: Work<'indexCreation'>, lease: WriterLease, signal: AbortSignal): Promise<Outcome> {
    const uid = task.indexUid as string
    const now = this.#now
    if (this.#indexNamed(uid) === undefined) {
      const planned = plannedIndex({ uid, primaryKey: work.primaryKey, now, task: task.uid })
      await this.#withIndex(planned, [planned], lease, signal, async () => {})
    }
    return this.#once(task, lease, (indexes) => createIndex(indexTable(indexes, task.uid), uid, work, now))
  }

  async #update(task: Task, work: Work<'indexUpdate'>, lease: WriterLease): Promise<Outcome> {
    const uid = task.indexUid as string
    const index = this.#indexNamed(uid)
    const { documents } = index === undefined ? { documents: 0 } : await this.#options.opened.factsOf(index)
    const now = this.#now
    return this.#once(task, lease, (indexes) => {
      const error = work.newUid === null ? null : this.#renamingFault(indexes, [[uid, work.newUid]])
      if (error !== null) return failed(task.details, error)
      return updateIndex(indexTable(indexes, task.uid), uid, work, documents, now)
    })
  }

  #swap(task: Task, work: Work<'indexSwap'>, lease: WriterLease): Promise<Outcome> {
    const now = this.#now
    return this.#once(task, lease, (indexes) => {
      const names = work.swaps.flatMap(({ indexes: [one, other] }): [string, string][] => [
        [one, other],
        [other, one],
      ])
      const error = this.#renamingFault(indexes, names)
      if (error !== null) return failed({ swaps: work.swaps }, error)
      return swapIndexes(indexTable(indexes, task.uid), work, now)
    })
  }

  /** Why indexes cannot get other names; null where they can, or are not there. */
  #renamingFault(indexes: ChangeableIndexes, names: readonly (readonly [string, string])[]): TaskError | null {
    for (const [uid, newUid] of names) {
      const index = indexes.get(uid)
      if (index === undefined) continue
      if (index.isOfTasks !== true)
        return taskError(
          'not_on_cluster',
          `Index \`${uid}\` is written by \`fundstelle index\` from a cache folder: on a cluster it keeps its name.`,
        )
      if (rewritingFor(index, { ...index, uid: newUid }, this.#rulesFor).isAnalysedOtherwise)
        return taskError(
          'not_on_cluster',
          `Called \`${newUid}\`, the articles of index \`${uid}\` would be analysed otherwise, by the rules of the site's owner; on a cluster this is not there yet.`,
        )
    }
    return null
  }

  async #delete(task: Task, lease: WriterLease, signal: AbortSignal): Promise<Outcome> {
    const uid = task.indexUid as string
    const { opened } = this.#options
    const { registry } = opened
    const before = registry.doneBy(task.uid)
    if (before !== undefined) {
      // its server was ended then; of the same name there may be another index by now, which `fundstelle index` has made
      if (before.gone !== undefined) await this.#clearAway(before.gone, signal)
      return before.outcome
    }
    const index = this.#indexNamed(uid)
    if (index === undefined)
      return this.#once(task, lease, () => failed({ deletedDocuments: 0 }, indexNotFoundError(uid)))
    let outcome: Outcome | undefined
    try {
      await opened.deleteIndex(index.folder, signal, async () => {
        const { documents } = await opened.factsOf(index)
        const done = await registry.changeIndexesOnce(task.uid, lease.epoch, (indexes) => {
          if (indexes.get(uid)?.folder !== index.folder)
            return { outcome: failed({ deletedDocuments: 0 }, indexNotFoundError(uid)) }
          indexes.delete(uid)
          return { outcome: succeeded({ deletedDocuments: documents }), gone: index.folder }
        })
        outcome = done.outcome
        return done.gone !== undefined
      })
    } catch (error) {
      if (!isLeased(error)) throw error
      // it may take hours, and tasks of other indexes would wait for it
      return failed({ deletedDocuments: 0 }, taskError('unavailable', error.detail('en')))
    }
    return outcome as Outcome
  }

  /** Deletes what is left of an index that is entered no more. */
  async #clearAway(folder: string, signal: AbortSignal): Promise<void> {
    const { deleteIndex, registry } = this.#options.opened
    try {
      await deleteIndex(folder, signal, async () => {
        await registry.refresh()
        return !registry.indexes.all().some((index) => index.folder === folder)
      })
    } catch (error) {
      // whoever writes it enters it again
      if (!isLeased(error)) throw error
    }
  }

  /** Settings are in force when the index is written by them. One that is not there is made, and entered with them. */
  async #changeSettings(
    task: Task,
    work: Work<'settingsUpdate'>,
    lease: WriterLease,
    signal: AbortSignal,
  ): Promise<Outcome> {
    const uid = task.indexUid as string
    const known = this.#indexNamed(uid)
    if (known === undefined && work.isDeletion)
      return this.#once(task, lease, () => failed(task.details, indexNotFoundError(uid)))
    const now = this.#now
    const index = known ?? plannedIndex({ uid, primaryKey: null, now, task: task.uid })
    const changed = { ...index, set: withChange(index.set, work.change) }
    const enter = (): Promise<Outcome> =>
      this.#once(task, lease, (indexes) => {
        const before = indexes.get(uid) ?? index
        indexes.set(uid, { ...before, set: withChange(before.set, work.change), updatedAt: now })
        return succeeded(task.details)
      })
    const fault = typoLengthsFault(settingsOf(changed).typoTolerance.minWordSizeForTypos)
    if (fault !== null)
      return this.#once(task, lease, () => failed(task.details, taskError('invalid_settings_typo_tolerance', fault)))
    const rewriting = rewritingFor(index, changed, this.#rulesFor)
    if (index.isOfTasks !== true) {
      const error = folderFault(index, rewriting)
      return error === null ? enter() : this.#once(task, lease, () => failed(task.details, error))
    }
    const isRewritten = rewriting.isAnalysedOtherwise || rewriting.isMappedOtherwise
    if (known !== undefined && !isRewritten) return enter()
    return this.#withIndex(index, [changed, index], lease, signal, async (there) => {
      await this.#rewrite(there, index, changed, rewriting)
      const outcome = await enter()
      if (isRewritten) await there.deleteBefore()
      return outcome
    })
  }

  async #rewrite(
    there: TaskIndex,
    { primaryKey }: ClusterNamedIndex,
    changed: ClusterNamedIndex,
    { isMappedOtherwise }: Rewriting,
  ): Promise<void> {
    const analysis = analysedBy(this.#rulesFor(changed))
    const isMapped = isMappedOtherwise && primaryKey !== null && (await there.count()) > 0
    if (there.isMadeBy(analysis) && !isMapped) return
    const mapping = primaryKey === null ? null : mappingOf(settingsOf(changed), primaryKey)
    await there.rewrite(analysis, (article): Article => {
      const { id, document } = article
      if (mapping === null || document === undefined) return article
      return articleOfDocument(id, document, JSON.parse(document) as JsonDocument, mapping)
    })
  }
}
