import type { Task, TaskWork } from '../registry/task.ts'

/** So many tasks, and so many bytes of theirs, are carried out as one batch. */
export const BATCH_TASKS_MAX = 1000
export const BATCH_BYTES_MAX = 100 << 20

export const isOfDocuments = ({ type }: TaskWork): boolean =>
  type === 'documentAdditionOrUpdate' || type === 'documentDeletion'

const isByFilter = (work: TaskWork): boolean => work.type === 'documentDeletion' && work.target.kind === 'filter'

/**
 * Whether a task may be carried out together with those before it: they change documents of the same index, and together keep to the bounds of a batch.
 * @param isMissing whether there is no such index yet
 */
export function mayJoin(begun: readonly Task[], next: Task, isMissing: (indexUid: string) => boolean): boolean {
  const [first] = begun as [Task]
  if (begun.length >= BATCH_TASKS_MAX) return false
  if (!isOfDocuments(first.work) || !isOfDocuments(next.work) || next.indexUid !== first.indexUid) return false
  if (begun.reduce((sum, task) => sum + task.bytes, next.bytes) > BATCH_BYTES_MAX) return false
  // what is deleted of an index that is not there is not there, whoever makes it next
  if (first.type === 'documentDeletion' && next.type !== first.type && isMissing(first.indexUid as string)) return false
  // who is asked what a filter means sees only what has been committed: nothing may stand before it in its transaction
  return !isByFilter(next.work)
}
