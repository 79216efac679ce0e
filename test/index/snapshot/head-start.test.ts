import { writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { pathToFileURL } from 'node:url'
import { beforeEach, describe, expect, onTestFinished, test } from 'vitest'
import { catchUpFromHead } from '../../../src/index/snapshot/catch-up-from-head.ts'
import { type HeadOptions, HeadStart } from '../../../src/index/snapshot/head-start.ts'
import { articleOf } from '../../support/articles.ts'
import { temporaryFolder } from '../../support/folders.ts'
import { analyzer } from '../../support/memory-index.ts'
import { openStore } from '../../support/stores.ts'

/** As in the file under test. */
const AHEAD_MAX = 2 ** 23
const LARGE = 64_000_000

let folder = ''
beforeEach(() => {
  folder = temporaryFolder()
})

/** @param source of the thread */
function begun(source: string, options: HeadOptions = {}): HeadStart {
  const path = join(folder, 'head.mjs')
  writeFileSync(path, `import { parentPort, workerData } from 'node:worker_threads'\n${source}`)
  const script = pathToFileURL(path)
  const head = new HeadStart(folder, analyzer.indexRules, { expectedMin: 10, threads: 2, script, ...options })
  onTestFinished(() => head.stop())
  head.expect(10)
  return head
}

const IDLE = 'setInterval(() => {}, 1000)'
/** Fails with the kinds of all it was told. */
const TELLING = `const kinds = []
parentPort.on('message', ({ kind }) => {
  kinds.push(kind)
  if (kind === 'rest') parentPort.postMessage({ kind: 'failed', error: { message: kinds.join(' '), stack: '' } })
})`

describe('a head start', () => {
  test('is not begun for few bytes, nor where there is one thread', () => {
    const [few, alone] = [begun(IDLE, { expectedMin: 21 }), begun(IDLE, { threads: 1 })]
    few.expect(10)
    expect([few.hasBegun, few.isOpen, alone.hasBegun, alone.isOpen]).toEqual([false, true, false, false])
    few.expect(1)
    expect(few.hasBegun).toBe(true)
  })

  test('takes articles as long as nothing but articles came', () => {
    const head = begun(IDLE)
    for (const seqNo of [1, 2, 4, 5]) head.add(seqNo, articleOf({ id: `a${seqNo}` }))
    expect([head.seqNo, head.isOpen]).toEqual([2, false])
    const late = begun(IDLE)
    late.add(2, articleOf({ id: 'a' }))
    expect([late.seqNo, late.isOpen]).toEqual([0, false])
  })

  test('takes no more than the thread can be expected to do meanwhile', () => {
    const head = begun(IDLE)
    const text = 'x'.repeat(AHEAD_MAX / 2)
    for (let seqNo = 1; head.isOpen; seqNo++) head.add(seqNo, articleOf({ id: `a${seqNo}`, text }))
    expect(head.seqNo).toBe(3)
    expect(head.waiting).toBeGreaterThan(AHEAD_MAX)
  })

  test('is told that all is large, before and after it begins, once', async () => {
    for (const head of [begun(TELLING, { expectedMin: 2 * LARGE }), begun(TELLING)]) {
      expect(head.isLarge).toBe(false)
      head.expect(2 * LARGE)
      head.expect(1)
      expect([head.isLarge, head.hasBegun]).toEqual([true, true])
      const signal = new AbortController().signal
      await expect(head.finishInParts(7, signal, () => {})).rejects.toThrow(/^large rest$/)
    }
    const read = begun(TELLING)
    for (let seqNo = 1; seqNo <= 20; seqNo++) read.add(seqNo, articleOf({ id: `a${seqNo}` }))
    await expect(read.finishInParts(20, new AbortController().signal, () => {})).rejects.toThrow(
      /^large articles rest$/,
    )
  })

  const indexed = (head: HeadStart, signal?: AbortSignal) =>
    catchUpFromHead(head, folder, openStore(folder), analyzer, { threads: 2, partBytesMin: 1, signal })

  test.each([
    ['throws', `throw new RangeError('genug')`, /^genug$/],
    ['ends without a word', 'process.exit(3)', /ended with code 3/],
    ['says what failed', `parentPort.postMessage({ kind: 'failed', error: { message: 'fort', stack: '' } })`, /^fort$/],
  ])('whose thread %s fails with that, once it is asked for', async (_, source, message) => {
    await expect(indexed(begun(source))).rejects.toThrow(message)
  })

  test('ends when it is aborted, with the reason', async () => {
    const [stopping, reason] = [new AbortController(), new Error('genug')]
    const stopped = indexed(begun(IDLE), stopping.signal)
    stopping.abort(reason)
    await expect(stopped).rejects.toBe(reason)
    await expect(indexed(begun(IDLE), stopping.signal)).rejects.toBe(reason)
  })
})
