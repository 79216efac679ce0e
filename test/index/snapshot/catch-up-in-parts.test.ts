import { writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { pathToFileURL } from 'node:url'
import fc from 'fast-check'
import { beforeEach, describe, expect, test } from 'vitest'
import { FundstelleError } from '../../../src/errors.ts'
import { ArticleIndex } from '../../../src/index/segment/segment.ts'
import { catchUpInParts, rangesOf } from '../../../src/index/snapshot/catch-up-in-parts.ts'
import type { ArticleStore } from '../../../src/store/article-store.ts'
import type { Change } from '../../../src/store/change-log.ts'
import { articleOf } from '../../support/articles.ts'
import { temporaryFolder } from '../../support/folders.ts'
import { settled } from '../../support/manual-timers.ts'
import { analyzer } from '../../support/memory-index.ts'
import { openStore } from '../../support/stores.ts'
import '../../support/property.ts'

/** As in the file under test. */
const PART_BYTES_MIN = 4_000_000
const PARTS_MAX = 4

const sized = (...bytes: number[]) => bytes.map((one, i) => ({ seqNo: 10 * (i + 1), bytes: one }))

describe('the ranges of parts', () => {
  test('one where little is to be done, whatever threads there are', () => {
    const all = [{ after: 7, last: Number.MAX_SAFE_INTEGER }]
    expect(rangesOf([], 7, 8)).toEqual(all)
    expect(rangesOf(sized(1), 7, 8)).toEqual(all)
    expect(rangesOf(sized(PART_BYTES_MIN, PART_BYTES_MIN - 1), 7, 8)).toEqual(all)
    expect(rangesOf(sized(PART_BYTES_MIN, PART_BYTES_MIN), 7, 8)).toHaveLength(2)
  })

  test('as many as there are threads, and four at most', () => {
    const much = sized(...new Array(100).fill(PART_BYTES_MIN))
    expect([1, 2, 3, 4, 5, 64].map((threads) => rangesOf(much, 0, threads).length)).toEqual([1, 2, 3, 4, 4, 4])
  })

  test('equal shares of the bytes, not of the articles', () => {
    const ranges = rangesOf(sized(30, 10, 10, 10, 10, 10, 10, 10, 10, 10), 3, 4, 30)
    expect(ranges).toEqual([
      { after: 3, last: 10 },
      { after: 10, last: 40 },
      { after: 40, last: 70 },
      { after: 70, last: Number.MAX_SAFE_INTEGER },
    ])
  })

  test('every article is in one of them, in order; none is larger than its share and one article', () => {
    const anyArticles = fc.array(fc.integer({ min: 0, max: 1000 }), { maxLength: 60, size: 'max' })
    fc.assert(
      fc.property(
        anyArticles,
        fc.integer({ min: 1, max: 8 }),
        fc.integer({ min: 1, max: 2000 }),
        (bytes, threads, min) => {
          const articles = sized(...bytes)
          const ranges = rangesOf(articles, 5, threads, min)
          const total = bytes.reduce((sum, one) => sum + one, 0)
          const parts = Math.max(1, Math.min(PARTS_MAX, threads, Math.floor(total / min)))
          expect(ranges.length).toBeLessThanOrEqual(parts)
          expect(ranges[0]?.after).toBe(5)
          expect(ranges.at(-1)?.last).toBe(Number.MAX_SAFE_INTEGER)
          for (const [i, { after }] of ranges.entries()) if (i > 0) expect(after).toBe(ranges[i - 1]?.last)
          const largest = Math.max(0, ...bytes)
          const found = ranges.map(({ after, last }) => articles.filter(({ seqNo }) => seqNo > after && seqNo <= last))
          expect(found.flat()).toEqual(articles)
          for (const part of found.slice(0, -1)) expect(part).not.toEqual([])
          for (const part of found)
            expect(part.reduce((sum, one) => sum + one.bytes, 0)).toBeLessThanOrEqual(total / parts + largest)
        },
      ),
      { numRuns: 300 },
    )
  })
})

describe('parts', () => {
  let cache = ''
  let store: ArticleStore
  beforeEach(() => {
    cache = temporaryFolder()
    store = openStore(cache)
    store.transaction(() => {
      for (let i = 0; i < 30; i++) store.put(articleOf({ id: `a${i}`, text: 'Haus' }), null)
    })
  })

  /** A thread's script of a test's own. */
  function script(source: string): URL {
    const path = join(cache, 'part.mjs')
    writeFileSync(path, `import { parentPort, workerData } from 'node:worker_threads'\n${source}`)
    return pathToFileURL(path)
  }

  const inParts = (source: string, signal?: AbortSignal, progress?: (done: number) => void): Promise<void> =>
    catchUpInParts(new ArticleIndex(), cache, store, analyzer, {
      threads: 3,
      partBytesMin: 1,
      script: script(source),
      signal,
      progress,
    })

  test('are given their range, the cache and the rules; what they have done counts together', async () => {
    const told: number[] = []
    const failing = inParts(
      `parentPort.postMessage({ kind: 'progress', done: 1000 })
if (workerData.last > 1000) parentPort.postMessage({ kind: 'failed', error: { message: JSON.stringify(workerData), stack: '' } })
setInterval(() => {}, 1000)`,
      undefined,
      (done) => told.push(done),
    )
    const given = await failing.then(
      () => null,
      (error: Error) => JSON.parse(error.message) as unknown,
    )
    expect(given).toEqual({ cache, rules: analyzer.indexRules, after: 20, last: Number.MAX_SAFE_INTEGER })
    expect(told.some((done) => done >= 1000)).toBe(true)
  })

  test.each([
    [
      'says what failed',
      `parentPort.postMessage({ kind: 'failed', error: { code: 'store_busy', params: { path: 'x', seconds: 5 } } })`,
    ],
    ['throws', `throw new RangeError('store_busy')`],
    ['ends without a word', `process.exit(3)`],
  ])('one that %s is what the whole fails with, and the others are ended', async (how, source) => {
    // the other one would never end by itself
    const failing = inParts(`if (workerData.last > 1000) { ${source} } else setInterval(() => {}, 1000)`)
    const error = await failing.then(
      () => null,
      (reason: unknown) => reason as Error,
    )
    if (how.startsWith('says')) {
      expect(error).toBeInstanceOf(FundstelleError)
      expect(error).toMatchObject({ code: 'store_busy', params: { path: 'x', seconds: 5 } })
    } else expect(error?.message).toMatch(how === 'throws' ? /^store_busy$/ : /ended with code 3/)
  })

  test('aborted end at once, with the reason', async () => {
    const stopping = new AbortController()
    const reason = new Error('genug')
    let begun: () => void = () => {}
    const hasBegun = new Promise<void>((resolve) => {
      begun = resolve
    })
    const stopped = inParts(
      `parentPort.postMessage({ kind: 'progress', done: 1000 })\nsetInterval(() => {}, 1000)`,
      stopping.signal,
      (done) => {
        if (done >= 2000) begun()
      },
    )
    await hasBegun
    stopping.abort(reason)
    await expect(stopped).rejects.toBe(reason)
    await expect(inParts('', stopping.signal)).rejects.toBe(reason)
  })

  test('where one fails, nothing reads the store any more when that is told', async () => {
    let reads = 0
    const gone: Change = { kind: 'removed', seqNo: 999, removalSeqNo: 1000, successor: null }
    // there is no end of what this thread has to do itself
    store.changes = function* () {
      for (;;) {
        reads += 1
        yield gone
      }
    }
    await expect(inParts(`throw new Error('fort')`)).rejects.toThrow('fort')
    const before = reads
    await settled()
    expect(reads).toBe(before)
  })
})
