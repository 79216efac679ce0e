import { expect, it } from 'vitest'
import type { Task, TaskWork } from '../../src/registry/task.ts'
import { BATCH_BYTES_MAX, BATCH_TASKS_MAX, mayJoin } from '../../src/tasks/batching.ts'

const ADDED: TaskWork = {
  type: 'documentAdditionOrUpdate',
  method: 'replace',
  primaryKey: null,
  received: 1,
  skipCreation: false,
}
const ALL: TaskWork = { type: 'documentDeletion', target: { kind: 'all' } }
const FILTERED: TaskWork = { type: 'documentDeletion', target: { kind: 'filter', filter: 'a = 1' } }
const CREATED: TaskWork = { type: 'indexCreation', primaryKey: null }

const taskOf = (work: TaskWork, indexUid = 'blog', bytes = 100): Task => ({
  ...{
    uid: 1,
    indexUid,
    type: work.type,
    status: 'enqueued',
    batch: null,
    canceledBy: null,
    work,
    payload: null,
    bytes,
  },
  ...{ details: null, error: null, customMetadata: null, enqueuedAt: '', startedAt: null, finishedAt: null },
})

it.each<[string, Task[], Task, boolean, boolean]>([
  ['documents of one index', [taskOf(ADDED)], taskOf(ALL), false, true],
  ['those of another index', [taskOf(ADDED)], taskOf(ADDED, 'shop'), false, false],
  ['what is no documents', [taskOf(ADDED)], taskOf(CREATED), false, false],
  ['documents behind something else', [taskOf(CREATED)], taskOf(ADDED), false, false],
  ['what a filter means behind changes', [taskOf(ADDED)], taskOf(FILTERED), false, false],
  ['changes behind what a filter means', [taskOf(FILTERED)], taskOf(ADDED), false, true],
  ['documents behind deletions in an index that is not there', [taskOf(ALL)], taskOf(ADDED), true, false],
  ['deletions behind documents in an index that is not there', [taskOf(ADDED)], taskOf(ALL), true, true],
  ['too many bytes', [taskOf(ADDED)], taskOf(ADDED, 'blog', BATCH_BYTES_MAX), false, false],
  ['too many tasks', Array.from({ length: BATCH_TASKS_MAX }, () => taskOf(ADDED)), taskOf(ADDED), false, false],
])('%s', (_, begun, next, isMissing, expected) => {
  expect(mayJoin(begun, next, () => isMissing)).toBe(expected)
})
