import { expect, onTestFinished, test } from 'vitest'
import { Registry } from '../../src/registry/registry.ts'
import { QueueWatch } from '../../src/tasks/queue-watch.ts'
import { temporaryFolder } from '../support/folders.ts'

const GOING_ON = new AbortController().signal

function opened(folder: string): Registry {
  const registry = Registry.open(folder)
  onTestFinished(() => registry.close())
  return registry
}

const put = (registry: Registry): unknown =>
  registry.transaction(() => registry.tasks.enqueue('b', { type: 'indexDeletion' }, { now: '', details: null }))

test('what another process puts into the queue between looking and waiting is not waited for', async () => {
  const folder = temporaryFolder()
  const [own, other] = [opened(folder), opened(folder)]
  const watch = new QueueWatch(own)
  watch.look()
  expect(own.tasks.enqueued(1)).toEqual([])
  put(other)
  // nobody wakes it
  await watch.changed(GOING_ON)
  expect(own.tasks.enqueued(1)).toHaveLength(1)
})

test('whoever waits hears of what comes then, and of being woken', async () => {
  const folder = temporaryFolder()
  const [own, other] = [opened(folder), opened(folder)]
  const watch = new QueueWatch(own)
  watch.look()
  const changed = watch.changed(GOING_ON)
  put(other)
  await changed
  watch.look()
  const woken = watch.changed(GOING_ON)
  watch.wake()
  await woken
})

test('aborted it waits no longer', async () => {
  const stopping = new AbortController()
  const watch = new QueueWatch(opened(temporaryFolder()))
  watch.look()
  const changed = watch.changed(stopping.signal)
  stopping.abort()
  await changed
})
