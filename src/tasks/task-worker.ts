import { setTimeout } from 'node:timers/promises'
import { type MessagePort, parentPort, workerData } from 'node:worker_threads'
import { FundstelleError } from '../errors.ts'
import { GrowingPause } from '../growing-pause.ts'
import { IdleCollection, keepHeapsSmall } from '../heap-limits.ts'
import { packError } from '../packed-error.ts'
import { rulesOf } from '../registry/index-rules.ts'
import { payloadFolder } from '../registry/payload-folder.ts'
import { Registry } from '../registry/registry.ts'
import { withWriterLock } from '../store/writer-lock.ts'
import { backupsOf } from './backups.ts'
import { takeUp } from './left-behind.ts'
import type { FromTaskThread, TaskThreadData, ToTaskThread } from './messages.ts'
import { QueueWatch } from './queue-watch.ts'
import type { RunnerOptions } from './runner-options.ts'
import type { TaskRunner } from './task-runner.ts'
import { WantedIds } from './wanted-ids.ts'

const RETRY_MS = 100
const RETRY_MS_MAX = 10_000

// V8 forgets it whenever a thread is started
keepHeapsSmall()

const { cache, rules, indexInUse } = workerData as TaskThreadData
const port = parentPort as MessagePort
const tell = (message: FromTaskThread): void => port.postMessage(message)

const stopping = new AbortController()
let own = rules
let queue: QueueWatch | undefined
const wanted = new WantedIds(tell, stopping.signal)

port.on('message', (message: ToTaskThread) => {
  if (message.kind === 'wake') queue?.wake()
  else if (message.kind === 'rules') own = message.rules
  else if (message.kind !== 'close') wanted.got(message)
  else {
    stopping.abort()
    queue?.wake()
  }
})

/** Carries out tasks, as the only one that does, until it is told to end. */
async function work(): Promise<void> {
  const registry = Registry.open(cache)
  try {
    const options: RunnerOptions = {
      cache,
      registry,
      payloads: payloadFolder(cache),
      rulesFor: (index) => rulesOf(index, own, indexInUse),
      idsByFilter: ({ uid }, filter) => wanted.of(uid, filter),
      backups: backupsOf(cache, stopping.signal),
      onFailed: (error) => tell({ kind: 'failed', error: packError(error) }),
      now: () => new Date(),
      signal: stopping.signal,
    }
    await takeUp(options)
    let runner: TaskRunner | undefined
    const watch = new QueueWatch(registry)
    queue = watch
    const pause = new GrowingPause(RETRY_MS, RETRY_MS_MAX)
    const left = new IdleCollection()
    while (!stopping.signal.aborted) {
      try {
        watch.look()
        // many servers are only searched: what reads documents and makes indexes of them takes 25 MB
        if (runner === undefined && registry.tasks.waiting().count > 0)
          runner = new (await import('./task-runner.ts')).TaskRunner(options)
        const hasRun = (await runner?.runNext()) ?? false
        pause.reset()
        if (hasRun) continue
        left.beforeWaiting()
        await watch.changed(stopping.signal)
      } catch (error) {
        if (stopping.signal.aborted) break
        // an index that is being opened, for the documents that a filter means, is no trouble
        const isOpening = error instanceof FundstelleError && error.code === 'not_ready'
        const againMs = isOpening ? RETRY_MS : pause.next()
        if (!isOpening) tell({ kind: 'held-up', error: packError(error), againMs })
        await setTimeout(againMs, undefined, { signal: stopping.signal }).catch(() => {})
      }
    }
  } finally {
    registry.close()
  }
}

/** Another process may carry out the tasks: then this one waits for its turn. */
async function whenAlone(): Promise<void> {
  while (!stopping.signal.aborted) {
    try {
      await withWriterLock(payloadFolder(cache), work, stopping.signal)
    } catch (error) {
      if (stopping.signal.aborted) break
      const isBusy = error instanceof FundstelleError && error.code === 'store_busy'
      if (!isBusy) throw error
    }
  }
}

tell({ kind: 'begun' })
await whenAlone()
port.close()
