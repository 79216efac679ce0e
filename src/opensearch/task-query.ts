import type { Task, TaskFilter } from '../registry/task.ts'
import type { Query } from './filter-query.ts'

/** What tasks are searched by. */
export const TASK_FIELDS = {
  uid: { type: 'long' },
  batch: { type: 'long' },
  canceledBy: { type: 'long' },
  indexUid: { type: 'keyword' },
  type: { type: 'keyword' },
  status: { type: 'keyword' },
  bytes: { type: 'long' },
  // ISO 8601 of one length: their order is that of their letters
  enqueuedAt: { type: 'keyword' },
  startedAt: { type: 'keyword' },
  finishedAt: { type: 'keyword' },
} as const

/** The same of one. */
export const fieldsOf = (task: Task): object =>
  Object.fromEntries(Object.keys(TASK_FIELDS).map((name) => [name, task[name as keyof typeof TASK_FIELDS]]))

/** The tasks that a filter means. */
export function taskQuery(filter: TaskFilter): Query {
  const among = (field: keyof typeof TASK_FIELDS, values: readonly unknown[] | undefined): Query[] =>
    values === undefined ? [] : [{ terms: { [field]: values } }]
  const between = (field: keyof typeof TASK_FIELDS, after: string | undefined, before: string | undefined): Query[] => [
    ...(after === undefined ? [] : [{ range: { [field]: { gt: after } } }]),
    ...(before === undefined ? [] : [{ range: { [field]: { lt: before } } }]),
  ]
  const conditions = [
    ...among('uid', filter.uids),
    ...among('batch', filter.batches),
    ...among('canceledBy', filter.canceledBy),
    ...among('type', filter.types),
    ...among('status', filter.statuses),
    ...among('indexUid', filter.indexUids),
    ...between('enqueuedAt', filter.afterEnqueuedAt, filter.beforeEnqueuedAt),
    ...between('startedAt', filter.afterStartedAt, filter.beforeStartedAt),
    ...between('finishedAt', filter.afterFinishedAt, filter.beforeFinishedAt),
  ]
  return { bool: { filter: conditions } }
}
