import { setTimeout as pause } from 'node:timers/promises'
import { afterEach, beforeEach, describe, expect, it, onTestFinished } from 'vitest'
import { FundstelleError } from '../../src/errors.ts'
import { ClusterTaskRunner, type ClusterTaskRunnerOptions } from '../../src/opensearch/cluster-task-runner.ts'
import { ClusterTasks, type StoredTask } from '../../src/opensearch/cluster-tasks.ts'
import { SystemIndex } from '../../src/opensearch/system-index.ts'
import { TASK_FIELDS } from '../../src/opensearch/task-query.ts'
import { WriterLease } from '../../src/opensearch/writer-lease.ts'
import { Registry } from '../../src/registry/registry.ts'
import type { Outcome, Task, TaskFilter, TaskPage, TaskWork } from '../../src/registry/task.ts'
import { CLUSTER_URL, NEEDS_CLUSTER, testCluster } from '../support/cluster-engine.ts'
import { temporaryFolder } from '../support/folders.ts'
import { poll } from '../support/program.ts'

const NAME = `fundstelle-tasks-test-${process.pid}`
const SOON_MS = 20_000
const TIMES = { leaseMs: 2_000, renewMs: 100 }
const SETTINGS: TaskWork = { type: 'settingsUpdate', change: {}, isDeletion: false }
const DONE: Outcome = { status: 'succeeded', details: { is: 'done' }, error: null }
/** Carries out tasks one by one. */
const each =
  (work: (task: Task) => Promise<Outcome>): ClusterTaskRunnerOptions['carryOut'] =>
  async (tasks) => {
    const outcomes = new Map<number, Outcome>()
    for (const task of tasks) outcomes.set(task.uid, await work(task))
    return outcomes
  }
const at = (minute: number): string => `2026-11-30T12:${String(minute).padStart(2, '0')}:00.000Z`

describe.skipIf(CLUSTER_URL === undefined)(`tasks in a cluster${NEEDS_CLUSTER}`, () => {
  const system = (): SystemIndex => new SystemIndex(testCluster(), `${NAME}-system`)
  const opened = (): ClusterTasks => new ClusterTasks(system(), new SystemIndex(testCluster(), NAME, TASK_FIELDS))
  const clear = async (): Promise<void> => {
    for (const name of [NAME, `${NAME}-system`])
      await testCluster().send({ method: 'DELETE', path: `/${name}`, expected: [404] })
  }
  const runners = new Set<ClusterTaskRunner>()
  beforeEach(clear)
  afterEach(async () => {
    // they still give back their lease
    for (const runner of runners) await runner.close()
    runners.clear()
    await clear()
  })

  const added = async (
    tasks: ClusterTasks,
    indexUid: string | null = 'blog',
    work: TaskWork = SETTINGS,
  ): Promise<Task> => (await tasks.enqueue(indexUid, work, { of: indexUid }, null, at(0))) as Task
  const running = (tasks: ClusterTasks, options: Partial<ClusterTaskRunnerOptions> = {}): ClusterTaskRunner => {
    const runner = new ClusterTaskRunner({
      tasks,
      takeLease: (signal) => WriterLease.take(system(), NAME, { signal, times: TIMES }),
      carryOut: each(async () => DONE),
      now: () => new Date(at(1)),
      onHeldUp: (error) => expect.fail(String(error)),
      onFailed: (error) => expect.fail(String(error)),
      ...options,
    })
    runners.add(runner)
    return runner
  }
  const allOver = (tasks: ClusterTasks) =>
    poll(async () => {
      const waiting = await tasks.taskLists.uids({ statuses: ['enqueued', 'processing'] })
      return waiting.length === 0
    }, SOON_MS)

  it('have numbers that ascend, however many servers add some at once', async () => {
    const [one, other] = [opened(), opened()]
    const all = await Promise.all(Array.from({ length: 20 }, (_, i) => added(i % 2 === 0 ? one : other)))
    expect(all.map(({ uid }) => uid).sort((a, b) => a - b)).toEqual(Array.from({ length: 20 }, (_, i) => i))
    expect(await other.tasks.get(0)).toMatchObject({ uid: 0, status: 'enqueued', details: { of: 'blog' } })
    expect(await other.tasks.get(99)).toBeUndefined()
  })

  it('are listed as a registry on a disk lists the same', async () => {
    const registry = Registry.open(temporaryFolder())
    onTestFinished(() => registry.close())
    const tasks = opened()
    const works: [string | null, TaskWork][] = [
      ['blog', SETTINGS],
      ['shop', SETTINGS],
      [null, { type: 'taskCancelation', uids: [1], filter: '?uids=1' }],
      ['blog', { type: 'indexCreation', primaryKey: null }],
      ['shop', SETTINGS],
      ['blog', SETTINGS],
    ]
    registry.transaction(() => {
      for (const [i, [uid, work]] of works.entries())
        registry.tasks.enqueue(uid, work, { now: at(i), details: { i }, customMetadata: null })
      const batch = registry.tasks.begin([2], at(10))
      registry.tasks.cancel(1, 2, batch, at(10))
      registry.tasks.finish(2, { ...DONE, details: { i: 2 } }, at(10))
      registry.tasks.endBatch(batch, at(10))
      const next = registry.tasks.begin([0], at(11))
      registry.tasks.finish(0, { status: 'failed', details: null, error: null }, at(12))
      registry.tasks.endBatch(next, at(12))
      registry.tasks.begin([3], at(13))
    })
    for (const [uid, work] of works) {
      const { uid: number } = await added(tasks, uid, work)
      const stored = (await tasks.stored(number)) as StoredTask
      await tasks.change(stored, registry.tasks.get(number) as Task)
    }
    const filters: TaskFilter[] = [
      {},
      { uids: [0, 2, 77] },
      { statuses: ['enqueued'] },
      { statuses: ['failed', 'canceled'], indexUids: ['blog'] },
      { types: ['taskCancelation'] },
      { canceledBy: [2] },
      { batches: [0, 1] },
      { indexUids: [] },
      { beforeEnqueuedAt: at(3), afterEnqueuedAt: at(0) },
      { afterStartedAt: at(10) },
      { beforeFinishedAt: at(12) },
    ]
    const pages: TaskPage[] = [
      { limit: 20, from: null, reverse: false },
      { limit: 2, from: null, reverse: false },
      { limit: 2, from: 3, reverse: false },
      { limit: 2, from: 1, reverse: true },
      { limit: 0, from: null, reverse: false },
    ]
    for (const filter of filters) {
      expect(await tasks.taskLists.uids(filter)).toEqual(registry.taskLists.uids(filter))
      for (const page of pages) {
        expect(await tasks.taskLists.list(filter, page)).toEqual(registry.taskLists.list(filter, page))
        const [one, other] = [await tasks.taskLists.batches(filter, page), registry.taskLists.batches(filter, page)]
        expect([filter, page, one]).toEqual([filter, page, other])
      }
    }
    expect([...(await tasks.taskLists.indexUids())].sort()).toEqual([...registry.taskLists.indexUids()].sort())
    expect(await tasks.taskLists.batch(0)).toEqual(registry.taskLists.batch(0))
    expect(await tasks.taskLists.batch(9)).toBeUndefined()
  })

  it('are empty lists where there has never been one', async () => {
    const tasks = opened()
    const page = { limit: 5, from: null, reverse: false }
    expect(await tasks.taskLists.list({}, page)).toEqual({ tasks: [], total: 0, next: null })
    expect(await tasks.taskLists.batches({}, page)).toEqual({ batches: [], total: 0, next: null })
    expect([await tasks.taskLists.uids({}), await tasks.taskLists.indexUids()]).toEqual([[], []])
    expect([await tasks.tasks.get(0), await tasks.hasWaiting(), await tasks.next()]).toEqual([undefined, false, []])
  })

  it('are carried out once each, in their order, by one of several servers at a time', async () => {
    const [one, other] = [opened(), opened()]
    const begun: number[] = []
    let atOnce = 0
    const carryOut = each(async ({ uid }) => {
      begun.push(uid)
      atOnce += 1
      expect(atOnce).toBe(1)
      await pause(5)
      atOnce -= 1
      return DONE
    })
    const runners = [running(one, { carryOut }), running(other, { carryOut })]
    for (let i = 0; i < 15; i++) {
      await added(i % 2 === 0 ? one : other)
      runners[i % 2]?.wake()
    }
    await allOver(one)
    expect(begun).toEqual(Array.from({ length: 15 }, (_, i) => i))
    expect(await one.tasks.get(7)).toMatchObject({ status: 'succeeded', details: { is: 'done' }, finishedAt: at(1) })
  })

  it('that a server had in hand when it ended are carried out again by the next one', async () => {
    const tasks = opened()
    const { uid } = await added(tasks)
    const stored = (await tasks.stored(uid)) as StoredTask
    await tasks.change(stored, {
      ...stored.task,
      status: 'processing',
      batch: await tasks.newBatch(),
      startedAt: at(0),
    })
    const holder = { id: 'gone', host: 'elsewhere', pid: 1, since: at(0) }
    await system().write(`lease-${NAME}`, { epoch: 1, holder, renewals: 0 }, null)
    running(tasks)
    await allOver(tasks)
    expect(await tasks.tasks.get(uid)).toMatchObject({ status: 'succeeded', batch: 1, startedAt: at(0) })
  })

  /** As a server leaves them that was killed while it began them: they are written at once. */
  const begunBefore = async (tasks: ClusterTasks, uids: readonly number[]): Promise<void> => {
    const batch = await tasks.newBatch()
    for (const uid of uids) {
      const stored = (await tasks.stored(uid)) as StoredTask
      await tasks.change(stored, { ...stored.task, status: 'processing', batch, startedAt: at(0) })
    }
  }

  it('of which a server had begun only later ones are carried out in their order all the same', async () => {
    const tasks = opened()
    const documents: TaskWork = { type: 'documentDeletion', target: { kind: 'ids', ids: ['1'] } }
    for (const [uid, work] of [
      ['blog', documents],
      ['shop', documents],
      ['blog', documents],
      ['blog', SETTINGS],
      ['blog', documents],
      ['blog', documents],
      ['blog', documents],
    ] as const)
      await added(tasks, uid, work)
    await begunBefore(tasks, [4, 5])
    const uids = async (mayJoin: Parameters<ClusterTasks['next']>[0]) =>
      (await tasks.next(mayJoin)).map(({ task }) => task.uid)
    expect(await uids(() => true)).toEqual([0, 2, 4, 5])
    expect(await uids(() => false)).toEqual([0])
    await begunBefore(tasks, [3])
    // settings are by themselves: nothing that was written later comes before what was begun
    expect(await uids(() => false)).toEqual([3])
  })

  it('that cancel others come before what was begun, which may be held up', async () => {
    const tasks = opened()
    for (let i = 0; i < 2; i++) await added(tasks)
    await begunBefore(tasks, [0])
    await added(tasks, null, { type: 'taskCancelation', uids: [1], filter: '?uids=1' })
    let isFree = false
    running(tasks, {
      onHeldUp: () => {},
      carryOut: each(async () => {
        if (!isFree) throw new FundstelleError('engine_unavailable', { why: 'away' })
        return DONE
      }),
    })
    await poll(async () => (await tasks.tasks.get(1))?.status === 'canceled', SOON_MS)
    expect((await tasks.tasks.get(0))?.status).toBe('processing')
    isFree = true
    await allOver(tasks)
  })

  it('that were canceled before they were begun are not carried out', async () => {
    const tasks = opened()
    for (let i = 0; i < 3; i++) await added(tasks)
    await added(tasks, null, { type: 'taskCancelation', uids: [0, 2, 3, 50], filter: '?uids=0,2,3,50' })
    const begun: number[] = []
    running(tasks, {
      carryOut: each(async ({ uid }) => {
        begun.push(uid)
        return DONE
      }),
    })
    await allOver(tasks)
    expect(begun).toEqual([1])
    expect(await tasks.tasks.get(2)).toMatchObject({ status: 'canceled', canceledBy: 3, finishedAt: at(1) })
    expect(await tasks.tasks.get(3)).toMatchObject({
      status: 'succeeded',
      details: { canceledTasks: 2 },
      work: { uids: [] },
    })
    await added(tasks, null, { type: 'taskDeletion', uids: [0, 1, 4], filter: '?uids=0,1,4' })
    await allOver(tasks)
    expect(await tasks.tasks.get(4)).toMatchObject({ details: { deletedTasks: 2 } })
    expect(await tasks.taskLists.uids({})).toEqual([2, 3, 4])
    // numbers of tasks that are forgotten are given to no other
    expect((await added(tasks)).uid).toBe(5)
  })

  it('fail where they cannot be carried out, and wait where the cluster cannot be asked', async () => {
    const tasks = opened()
    const failures: unknown[] = []
    const heldUp: unknown[] = []
    let tries = 0
    for (let i = 0; i < 2; i++) await added(tasks)
    running(tasks, {
      onFailed: (error) => failures.push(error),
      onHeldUp: (error) => heldUp.push(error),
      carryOut: each(async ({ uid }) => {
        if (uid === 0) throw new Error('a fault of ours')
        tries += 1
        if (tries === 1) throw new FundstelleError('engine_unavailable', { why: 'away' })
        return DONE
      }),
    })
    await allOver(tasks)
    expect([failures.length, heldUp.length, tries]).toEqual([1, 1, 2])
    expect(await tasks.tasks.get(0)).toMatchObject({ status: 'failed', error: { code: 'internal' } })
    expect(await tasks.tasks.get(1)).toMatchObject({ status: 'succeeded' })
  })
})
