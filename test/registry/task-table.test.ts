import { describe, expect, onTestFinished, test } from 'vitest'
import { Registry } from '../../src/registry/registry.ts'
import type { TaskDetails, TaskWork } from '../../src/registry/task.ts'
import { temporaryFolder } from '../support/folders.ts'

const NOW = '2026-11-30T07:00:00.000Z'

function opened(): Registry {
  const registry = Registry.open(temporaryFolder())
  onTestFinished(() => registry.close())
  return registry
}

const deletionOf = (count: number): TaskWork => ({
  type: 'documentDeletion',
  target: { kind: 'ids', ids: Array.from({ length: count }, (_, id) => String(id)) },
})

const put = (registry: Registry, work: TaskWork): number =>
  registry.transaction(() => registry.tasks.enqueue('b', work, { now: NOW, details: null })).uid

test('of tasks that wait no more are read than a number and a size, and always one', () => {
  const registry = opened()
  const sent = Array.from({ length: 5 }, () => put(registry, deletionOf(1000)))
  const { tasks } = registry
  const bytes = tasks.enqueued(1)[0]?.bytes ?? 0
  const read = (most: number, bytesMax?: number): number[] => tasks.enqueued(most, bytesMax).map(({ uid }) => uid)
  expect(read(10)).toEqual(sent)
  expect(read(3)).toEqual(sent.slice(0, 3))
  expect(read(10, bytes * 2)).toEqual(sent.slice(0, 3))
  expect(read(10, 0)).toEqual(sent.slice(0, 1))
})

test('a task that is over no longer names the documents and tasks that it was about', () => {
  const registry = opened()
  const { tasks } = registry
  const [deletion, waiting] = [put(registry, deletionOf(1000)), put(registry, deletionOf(1000))]
  const cancelation = put(registry, { type: 'taskCancelation', uids: [waiting], filter: '?uids=1' })
  registry.transaction(() => {
    const batch = tasks.begin([deletion, cancelation], NOW)
    expect(tasks.cancel(waiting, cancelation, batch, NOW)).toBe(true)
    for (const uid of [deletion, cancelation])
      tasks.finish(uid, { status: 'succeeded', details: null, error: null }, NOW)
  })
  const forgotten = { type: 'documentDeletion', target: { kind: 'ids', ids: [] } }
  expect([deletion, waiting].map((uid) => tasks.get(uid)?.work)).toEqual([forgotten, forgotten])
  expect(tasks.get(cancelation)?.work).toEqual({ type: 'taskCancelation', uids: [], filter: '?uids=1' })
})

test('other work stays as it was', () => {
  const registry = opened()
  const { tasks } = registry
  const works: TaskWork[] = [
    { type: 'documentDeletion', target: { kind: 'filter', filter: 'a = 1' } },
    { type: 'settingsUpdate', change: { stopWords: ['uids'] }, isDeletion: false },
    { type: 'indexSwap', swaps: [{ indexes: ['a', 'b'], rename: false }] },
  ]
  for (const work of works) {
    const uid = put(registry, work)
    registry.transaction(() => tasks.finish(uid, { status: 'succeeded', details: null, error: null }, NOW))
    expect(tasks.get(uid)?.work).toEqual(work)
  }
})

describe('pages', () => {
  const page = (limit: number, from: number | null = null) => ({ limit, from, reverse: true })
  const done = (registry: Registry, uids: readonly number[], details: TaskDetails | null = null): void =>
    registry.transaction(() => {
      const { tasks } = registry
      const batch = tasks.begin(uids, NOW)
      for (const uid of uids) tasks.finish(uid, { status: 'succeeded', details, error: null }, NOW)
      tasks.endBatch(batch, NOW)
    })

  test('of tasks end where these are large, and go on from there', () => {
    const registry = opened()
    // ten million characters each
    for (let i = 0; i < 4; i++)
      put(registry, { type: 'settingsUpdate', change: { stopWords: ['x'.repeat(1e7)] }, isDeletion: false })
    const { taskLists } = registry
    const first = taskLists.list({}, page(10))
    expect([first.tasks.map(({ uid }) => uid), first.next, first.total]).toEqual([[0, 1], 2, 4])
    const second = taskLists.list({}, page(10, 2))
    expect([second.tasks.map(({ uid }) => uid), second.next]).toEqual([[2, 3], null])
    expect(taskLists.list({}, page(1))).toMatchObject({ tasks: [{ uid: 0 }], next: 1 })
  })

  test('of batches end where they have many tasks, or large ones', () => {
    const registry = opened()
    for (let i = 0; i < 3; i++)
      done(
        registry,
        registry.transaction(() =>
          Array.from(
            { length: 6000 },
            () => registry.tasks.enqueue('b', deletionOf(1), { now: NOW, details: null }).uid,
          ),
        ),
      )
    const { taskLists } = registry
    const read = (limit: number, from: number | null = null) => {
      const { batches, next, total } = taskLists.batches({}, page(limit, from))
      return [batches.map(({ uid }) => uid), next, total]
    }
    expect(read(10)).toEqual([[0, 1], 2, 3])
    expect(read(10, 2)).toEqual([[2], null, 3])
    expect(read(1)).toEqual([[0], 1, 3])
    for (let i = 0; i < 3; i++) done(registry, [put(registry, deletionOf(1))], { a: 'x'.repeat(1e7) })
    expect(read(10, 3)).toEqual([[3, 4], 5, 6])
    // what was read tells nothing of documents; details beyond the bound are left out
    expect(taskLists.batch(0)?.tasks[0]).toEqual({
      indexUid: 'b',
      type: 'documentDeletion',
      status: 'succeeded',
      details: null,
      work: null,
    })
    expect(taskLists.batches({}, page(10, 3)).batches.map(({ tasks }) => tasks[0]?.details === null)).toEqual([
      false,
      true,
    ])
  })
})

test('a batch goes with the last of its tasks', () => {
  const registry = opened()
  const { tasks } = registry
  const uids = [0, 1, 2].map(() => put(registry, deletionOf(1)))
  const finish = (uid: number): void => tasks.finish(uid, { status: 'succeeded', details: null, error: null }, NOW)
  registry.transaction(() => {
    const first = tasks.begin(uids.slice(0, 2), NOW)
    for (const uid of uids.slice(0, 2)) finish(uid)
    tasks.endBatch(first, NOW)
    // in hand
    tasks.begin(uids.slice(2), NOW)
  })
  const batches = (): boolean[] => [0, 1].map((uid) => registry.taskLists.batch(uid) !== undefined)
  registry.transaction(() => tasks.removeOldest(1))
  expect(batches()).toEqual([true, true])
  registry.transaction(() => tasks.removeOldest(1))
  expect(batches()).toEqual([false, true])
})
