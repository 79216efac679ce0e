import type { Task } from '../registry/task.ts'
import type { Batch } from '../registry/task-lists.ts'

/** One is what its tasks tell; those that were canceled by one of them are over with it. */
export function batchOf(uid: number, tasks: readonly Task[]): Batch[] {
  if (tasks.length === 0) return []
  const started = tasks.flatMap(({ startedAt }) => startedAt ?? []).sort()
  const finished = tasks.map(({ finishedAt }) => finishedAt)
  return [
    {
      uid,
      startedAt: started.at(-1) as string,
      finishedAt: finished.includes(null) ? null : (finished.sort().at(-1) ?? null),
      tasks: tasks.map(({ indexUid, type, status, details, work }) => ({
        ...{ indexUid, type, status, details },
        work: type === 'taskCancelation' || type === 'taskDeletion' ? work : null,
      })),
    },
  ]
}
