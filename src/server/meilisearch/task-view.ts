import type { Task, TaskStatus } from '../../registry/task.ts'
import type { Batch, BatchTask } from '../../registry/task-lists.ts'

type View = Readonly<Record<string, unknown>>

/** What a request that only starts a task is answered with. */
export const enqueuedView = ({ uid, indexUid, status, type, enqueuedAt }: Task): View => ({
  taskUid: uid,
  indexUid,
  status,
  type,
  enqueuedAt,
})

export function taskView(task: Task): View {
  const { uid, batch, indexUid, status, type, canceledBy, details, error, enqueuedAt, finishedAt } = task
  // one that was put back was begun once
  const startedAt = status === 'enqueued' ? null : task.startedAt
  return {
    uid,
    batchUid: batch,
    indexUid,
    status,
    type,
    canceledBy,
    ...(details !== null && { details }),
    error,
    duration: durationOf(startedAt, finishedAt),
    enqueuedAt,
    startedAt,
    finishedAt,
    ...(task.customMetadata !== null && { customMetadata: task.customMetadata }),
  }
}

export function batchView({ uid, startedAt, finishedAt, tasks }: Batch): View {
  const isOver = finishedAt !== null
  return {
    uid,
    progress: isOver ? null : progressOf(tasks),
    details: mergedDetails(tasks),
    stats: {
      totalNbTasks: tasks.length,
      status: counted(tasks.map(({ status }) => status)),
      types: counted(tasks.map(({ type }) => type)),
      indexUids: counted(tasks.flatMap(({ indexUid }) => indexUid ?? [])),
      progressTrace: {},
    },
    duration: durationOf(startedAt, finishedAt),
    startedAt,
    finishedAt,
    batchStrategy: 'tasks that change documents of one index are carried out together, all others one by one',
  }
}

const OVER: ReadonlySet<TaskStatus> = new Set(['succeeded', 'failed', 'canceled'])

function progressOf(tasks: readonly BatchTask[]): View {
  const finished = tasks.filter(({ status }) => OVER.has(status)).length
  const steps = [{ currentStep: 'processing tasks', finished, total: tasks.length }]
  return { steps, percentage: (100 * finished) / Math.max(1, tasks.length) }
}

/** Numbers are added up; of all else the last counts. */
function mergedDetails(tasks: readonly BatchTask[]): View {
  const merged: Record<string, unknown> = {}
  for (const { details } of tasks)
    for (const [name, value] of Object.entries(details ?? {})) {
      const before = merged[name]
      merged[name] = typeof value === 'number' && typeof before === 'number' ? before + value : value
    }
  return merged
}

function counted(names: readonly string[]): Readonly<Record<string, number>> {
  const counts: Record<string, number> = {}
  for (const name of names) counts[name] = (counts[name] ?? 0) + 1
  return counts
}

/** ISO 8601, as `PT0.25S`. */
function durationOf(startedAt: string | null, finishedAt: string | null): string | null {
  if (startedAt === null || finishedAt === null) return null
  return `PT${(Date.parse(finishedAt) - Date.parse(startedAt)) / 1000}S`
}
