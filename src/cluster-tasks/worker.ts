import { setTimeout } from 'node:timers/promises'
import { type MessagePort, parentPort, workerData } from 'node:worker_threads'
import { keepHeapsSmall } from '../heap-limits.ts'
import type { ClusterAddress } from '../opensearch/cluster.ts'
import type { ClusterTaskRunner } from '../opensearch/cluster-task-runner.ts'
import type { IndexSize } from '../opensearch/index-mappings.ts'
import { openClusterRegistry } from '../opensearch/open-cluster.ts'
import { packError } from '../packed-error.ts'
import type { Task } from '../registry/task.ts'
import type { Rules } from '../rules.ts'
import { mayJoin } from '../tasks/batching.ts'
import type { FromTaskThread, ToTaskThread } from '../tasks/messages.ts'
import { WantedIds } from '../tasks/wanted-ids.ts'
import type { ClusterWork } from './carry-out.ts'

/** What the thread that carries out tasks of a cluster is started with. */
export interface ClusterThreadData {
  readonly address: ClusterAddress
  /** Of indexes that are made. */
  readonly size: IndexSize
  /** The site owner's rules, and the index that they are for. */
  readonly rules: Rules
  readonly inUse: string
}

const RETRY_MS = 1_000

// V8 forgets it whenever a thread is started
keepHeapsSmall()

const { address, size, rules: own, inUse } = workerData as ClusterThreadData
const port = parentPort as MessagePort
const tell = (message: FromTaskThread): void => port.postMessage(message)
const heldUp = (error: unknown): void => tell({ kind: 'held-up', error: packError(error), againMs: RETRY_MS })

const stopping = new AbortController()
const wanted = new WantedIds(tell, stopping.signal)
let runner: ClusterTaskRunner | undefined

port.on('message', (message: ToTaskThread) => {
  if (message.kind === 'wake') runner?.wake()
  else if (message.kind === 'close') stopping.abort()
  // rules are read when the server starts
  else if (message.kind !== 'rules') wanted.got(message)
})

const isOfAll = ({ work: { type, ...work } }: Task): boolean =>
  type === 'documentDeletion' && 'target' in work && work.target.kind === 'all'

/** Until it is told to end. */
async function work(): Promise<void> {
  const opened = openClusterRegistry(address)
  const { registry } = opened
  const { signal } = stopping
  const now = (): Date => new Date()
  let loaded: Promise<ClusterWork> | undefined
  // many servers are only searched
  const clusterWork = (): Promise<ClusterWork> => {
    loaded ??= import('./carry-out.ts').then(
      ({ ClusterWork }) =>
        new ClusterWork({
          ...{ opened, size, own, inUse, now },
          idsByFilter: ({ uid }, filter) => wanted.of(uid, filter),
        }),
    )
    return loaded
  }
  try {
    while (!signal.aborted) {
      try {
        await registry.read(signal)
        break
      } catch (error) {
        if (signal.aborted) break
        heldUp(error)
        await setTimeout(RETRY_MS, undefined, { signal }).catch(() => {})
      }
    }
    if (signal.aborted) return
    runner = opened.runTasks({
      mayJoin: (begun, next) =>
        // where it is the first it may be done in one moment
        !isOfAll(next) && mayJoin(begun, next, (uid) => registry.indexes.get(uid) === undefined),
      carryOut: async (tasks, lease, by) => (await clusterWork()).carryOut(tasks, lease, by),
      onOver: async (tasks) => (await clusterWork()).forgetPayloads(tasks),
      clear: () => opened.clear(now()),
      now,
      onHeldUp: heldUp,
      onFailed: (error) => tell({ kind: 'failed', error: packError(error) }),
    })
    await new Promise<void>((resolve) => {
      if (signal.aborted) resolve()
      else signal.addEventListener('abort', () => resolve(), { once: true })
    })
    await runner.close()
  } finally {
    await opened.close()
  }
}

tell({ kind: 'begun' })
await work()
port.close()
