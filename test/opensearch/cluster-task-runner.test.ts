import { expect, it, onTestFinished } from 'vitest'
import { FundstelleError } from '../../src/errors.ts'
import { refusalOf } from '../../src/opensearch/cluster.ts'
import { ClusterTaskRunner, type ClusterTaskRunnerOptions } from '../../src/opensearch/cluster-task-runner.ts'
import type { ClusterTasks, StoredTask } from '../../src/opensearch/cluster-tasks.ts'
import type { WriterLease } from '../../src/opensearch/writer-lease.ts'
import type { Outcome, Task } from '../../src/registry/task.ts'
import { ONLY_WRITER } from '../support/cluster-engine.ts'

const NOW = new Date('2026-12-01T12:00:00Z')
const DONE: Outcome = { status: 'succeeded', details: null, error: null }
const leased = () => new FundstelleError('index_leased', { index: 'blog', host: 'there', pid: 7, since: 'today' })

const enqueued = (uid: number): Task => ({
  ...{ uid, indexUid: 'blog', type: 'settingsUpdate', status: 'enqueued', batch: null, canceledBy: null },
  ...{ work: { type: 'settingsUpdate', change: {}, isDeletion: false }, payload: null, bytes: 1, details: null },
  ...{ error: null, customMetadata: null, enqueuedAt: NOW.toISOString(), startedAt: null, finishedAt: null },
})

/** Tasks in memory, each carried out by itself. */
function tasksInMemory(count: number): { readonly all: Map<number, Task>; readonly tasks: ClusterTasks } {
  const all = new Map(Array.from({ length: count }, (_, uid) => [uid, enqueued(uid)]))
  const version = { seqNo: 0, primaryTerm: 1 }
  const waiting = (): Task[] => [...all.values()].filter(({ finishedAt }) => finishedAt === null)
  const tasks: Pick<ClusterTasks, 'hasWaiting' | 'next' | 'newBatch' | 'change' | 'forget'> = {
    hasWaiting: async () => waiting().length > 0,
    next: async () =>
      waiting()
        .slice(0, 1)
        .map((task): StoredTask => ({ task, version })),
    newBatch: async () => 0,
    async change(_, task) {
      all.set(task.uid, task)
      return { task, version }
    },
    forget: async () => {},
  }
  return { all, tasks: tasks as ClusterTasks }
}

/** Runs until all tasks are over, or `enough` is said. */
async function ran(
  count: number,
  options: Partial<ClusterTaskRunnerOptions> | ((enough: () => void) => Partial<ClusterTaskRunnerOptions>),
): Promise<readonly Task[]> {
  const { all, tasks } = tasksInMemory(count)
  let enough = (): void => {}
  const over = new Promise<void>((resolve) => {
    enough = resolve
  })
  const runner = new ClusterTaskRunner({
    ...{ tasks, now: () => NOW, takeLease: async () => ({ ...ONLY_WRITER, release: async () => {} }) as WriterLease },
    carryOut: async ([task]) => new Map([[(task as Task).uid, DONE]]),
    onOver: async () => {
      if ([...all.values()].every(({ finishedAt }) => finishedAt !== null)) enough()
    },
    onHeldUp: (error) => expect.fail(String(error)),
    onFailed: (error) => expect.fail(String(error)),
    ...(typeof options === 'function' ? options(enough) : options),
  } as ClusterTaskRunnerOptions)
  onTestFinished(() => runner.close())
  await over
  return [...all.values()]
}

it('fails a task that the cluster refuses for good, in English, and goes on with the others', async () => {
  const failures: unknown[] = []
  const refused = refusalOf(400, { type: 'validation_exception', reason: 'too many shards' })
  const [first, second] = await ran(2, {
    onFailed: (error) => failures.push(error),
    carryOut: async ([task]) => {
      const { uid } = task as Task
      if (uid === 0) throw refused
      return new Map([[uid, DONE]])
    },
  })
  expect(failures).toEqual([refused])
  expect(first).toMatchObject({ status: 'failed', error: { code: 'internal' } })
  expect(first?.error?.message).toBe(`The task could not be carried out: ${refused.detail('en')}`)
  expect(second).toMatchObject({ status: 'succeeded' })
})

it('waits where the cluster is only busy', async () => {
  const heldUp: unknown[] = []
  let tries = 0
  const [task] = await ran(1, {
    onHeldUp: (error) => heldUp.push(error),
    carryOut: async () => {
      tries += 1
      if (tries === 1) throw refusalOf(429, { type: 'busy', reason: 'too much' })
      return new Map([[0, DONE]])
    },
  })
  expect([task?.status, heldUp.length, tries]).toEqual(['succeeded', 1, 2])
})

it('tells of what another process writes while it is carried out, and nothing of servers that carry out tasks', async () => {
  const heldUp: unknown[] = []
  let takes = 0
  let tries = 0
  await ran(1, {
    onHeldUp: (error) => heldUp.push(error),
    takeLease: async () => {
      takes += 1
      if (takes === 1) throw leased()
      return { ...ONLY_WRITER, release: async () => {} } as unknown as WriterLease
    },
    carryOut: async () => {
      tries += 1
      if (tries === 1) throw leased()
      return new Map([[0, DONE]])
    },
  })
  expect([takes, tries]).toEqual([3, 2])
  expect(heldUp).toEqual([expect.objectContaining({ code: 'index_leased' })])
})
