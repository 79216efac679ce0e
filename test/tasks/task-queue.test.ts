import { expect, onTestFinished, test } from 'vitest'
import { Registry } from '../../src/registry/registry.ts'
import type { TaskWork } from '../../src/registry/task.ts'
import { QueueFull, TaskQueue } from '../../src/tasks/task-queue.ts'
import { temporaryFolder } from '../support/folders.ts'

const DELETION: TaskWork = { type: 'indexDeletion' }
const cancelationOf = (count: number): TaskWork => ({
  type: 'taskCancelation',
  uids: Array.from({ length: count }, (_, uid) => uid),
  filter: '?statuses=enqueued',
})

const LIMITS = { tasks: 3, bytes: 10_000, makingRoom: { tasks: 2, bytes: 1000 }, finished: 100 }

function queueOf(): { readonly queue: TaskQueue; readonly waiting: () => number } {
  const registry = Registry.open(temporaryFolder())
  onTestFinished(() => registry.close())
  return { queue: new TaskQueue(registry, () => {}, LIMITS), waiting: () => registry.tasks.waiting().count }
}

const payload = (bytes: number) => ({ file: 'a.ndjson', bytes, documents: 1 })

test('is full by number; what makes room has some more', () => {
  const { queue, waiting } = queueOf()
  for (let i = 0; i < LIMITS.tasks; i++) {
    queue.check(0)
    queue.add('b', DELETION, null)
  }
  expect(() => queue.check(0)).toThrow(QueueFull)
  expect(() => queue.add('b', DELETION, null)).toThrow(QueueFull)
  for (let i = 0; i < LIMITS.makingRoom.tasks; i++) queue.add(null, cancelationOf(1), null)
  expect(() => queue.add(null, cancelationOf(1), null)).toThrow(QueueFull)
  // what is refused is not there
  expect(waiting()).toBe(LIMITS.tasks + LIMITS.makingRoom.tasks)
})

test('is full by bytes, of documents and of what names them; what makes room has some more', () => {
  const { queue, waiting } = queueOf()
  expect(() => queue.check(LIMITS.bytes + 1)).toThrow(QueueFull)
  expect(() => queue.add('b', DELETION, null, { payload: payload(LIMITS.bytes) })).toThrow(QueueFull)
  const ids = Array.from({ length: 3000 }, (_, id) => String(id))
  expect(() => queue.add('b', { type: 'documentDeletion', target: { kind: 'ids', ids } }, null)).toThrow(QueueFull)
  queue.add('b', DELETION, null, { payload: payload(LIMITS.bytes - 100) })
  expect(() => queue.check(100)).toThrow(QueueFull)
  queue.add(null, cancelationOf(50), null)
  expect(() => queue.add(null, cancelationOf(1000), null)).toThrow(QueueFull)
  expect(waiting()).toBe(2)
})
