import { rm } from 'node:fs/promises'
import { join } from 'node:path'
import type { IndexTable, NamedIndex } from '../registry/index-table.ts'
import type { IndexSwap, Outcome, TaskWork } from '../registry/task.ts'
import { indexNotFoundError, type TaskError, taskError } from '../registry/task-error.ts'
import { ArticleStore } from '../store/article-store.ts'
import { AttributeCounts } from './attribute-counts.ts'
import { notedOutcomes, noteOutcomes } from './noted-outcomes.ts'

type Work<Type extends TaskWork['type']> = Extract<TaskWork, { type: Type }>

export const succeeded = (details: Outcome['details']): Outcome => ({ status: 'succeeded', details, error: null })
export const failed = (details: Outcome['details'], error: TaskError): Outcome => ({ status: 'failed', details, error })

/** Indexes by their names, while they are being changed. */
export interface ChangeableIndexes {
  readonly indexes: Pick<IndexTable, 'get' | 'rename' | 'swap' | 'touch' | 'setPrimaryKey'> & {
    create(uid: string, primaryKey: string | null, now: string): unknown
  }
}

/** Makes an index of a name; within a transaction of the registry. */
export function createIndex(
  registry: ChangeableIndexes,
  uid: string,
  { primaryKey }: Work<'indexCreation'>,
  now: string,
): Outcome {
  const details = { primaryKey }
  if (registry.indexes.get(uid) !== undefined)
    return failed(details, taskError('index_already_exists', `Index \`${uid}\` already exists.`))
  registry.indexes.create(uid, primaryKey, now)
  return succeeded(details)
}

/**
 * Gives an index another primary key, or another name; within a transaction of the registry.
 * @param documents how many the index has: then its primary key stays
 */
export function updateIndex(
  registry: ChangeableIndexes,
  uid: string,
  { primaryKey, newUid }: Work<'indexUpdate'>,
  documents: number,
  now: string,
): Outcome {
  const details = { primaryKey, ...(newUid !== null && { oldIndexUid: uid, newIndexUid: newUid }) }
  const index = registry.indexes.get(uid)
  if (index === undefined) return failed(details, indexNotFoundError(uid))
  if (primaryKey !== null && primaryKey !== index.primaryKey && index.primaryKey !== null && documents > 0) {
    const message = `Index \`${uid}\`: Index already has a primary key: \`${index.primaryKey}\`.`
    return failed(details, taskError('index_primary_key_already_exists', message))
  }
  if (newUid !== null && newUid !== uid) {
    const taken = registry.indexes.get(newUid) !== undefined
    if (taken) return failed(details, taskError('index_already_exists', `Index \`${newUid}\` already exists.`))
    registry.indexes.rename(uid, newUid, now)
  }
  if (primaryKey === null) registry.indexes.touch(newUid ?? uid, now)
  else registry.indexes.setPrimaryKey(newUid ?? uid, primaryKey, now)
  return succeeded(details)
}

/** Exchanges what names stand for; all of it or nothing. Within a transaction of the registry. */
export function swapIndexes(registry: ChangeableIndexes, { swaps }: Work<'indexSwap'>, now: string): Outcome {
  const details = { swaps }
  const error = swaps.map((swap) => swapFault(registry, swap)).find((fault) => fault !== null)
  if (error) return failed(details, error)
  for (const { indexes, rename } of swaps) {
    if (rename) registry.indexes.rename(...indexes, now)
    else registry.indexes.swap(...indexes, now)
  }
  return succeeded(details)
}

function swapFault({ indexes: table }: ChangeableIndexes, { indexes, rename }: IndexSwap): TaskError | null {
  const missing = indexes.filter((uid) => table.get(uid) === undefined)
  const [first, second] = indexes
  if (rename) {
    if (missing.includes(first)) return indexNotFoundError(first)
    return missing.includes(second) ? null : taskError('index_already_exists', `Index \`${second}\` already exists.`)
  }
  if (missing.length === 0) return null
  if (missing.length === 1) return indexNotFoundError(missing[0] as string)
  const names = missing.map((uid) => `\`${uid}\``).join(', ')
  return taskError('index_not_found', `Indexes ${names} not found.`)
}

/** Removes the documents of an index that is going to be deleted by this task. Gives what has become of the task then. */
export async function emptyIndex(cache: string, { folder }: NamedIndex, taskUid: number): Promise<Outcome> {
  const path = join(cache, folder)
  if (!ArticleStore.exists(path)) return succeeded({ deletedDocuments: 0 })
  const store = ArticleStore.open(path)
  try {
    // a crash may have come between this and the end of the task
    const done = notedOutcomes(store).outcomes?.[taskUid]
    if (done !== undefined) return done
    const outcome = succeeded({ deletedDocuments: store.articleCount })
    // the folder of all others is that of the articles: it stays, and only they go
    if (folder === '')
      store.transaction(() => {
        store.removeAll()
        AttributeCounts.none().note(store)
        noteOutcomes(store, { outcomes: { [taskUid]: outcome }, primaryKey: null })
      })
    return outcome
  } finally {
    store.close()
  }
}

/** Removes the files of an index that no name leads to any more. Who has them open reads them to the end. */
export async function removeFolder(cache: string, { folder }: NamedIndex): Promise<void> {
  if (folder !== '') await rm(join(cache, folder), { recursive: true, force: true })
}
