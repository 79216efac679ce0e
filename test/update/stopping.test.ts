import { existsSync, readdirSync, rmSync } from 'node:fs'
import { join } from 'node:path'
import { setImmediate } from 'node:timers/promises'
import { beforeEach, describe, expect, test } from 'vitest'
import type { FundstelleError } from '../../src/errors.ts'
import { verify } from '../../src/index/snapshot/verify.ts'
import { withWriterLock } from '../../src/store/writer-lock.ts'
import type { UpdateOptions } from '../../src/update/options.ts'
import { FILES_PER_STEP } from '../../src/update/read-files.ts'
import type { UpdateReport } from '../../src/update/report.ts'
import { update } from '../../src/update/update.ts'
import { temporaryFolder, writeFiles } from '../support/folders.ts'
import { analyzer } from '../support/memory-index.ts'
import { articlesIn, jsonl, optionsFor } from '../support/updating.ts'

let root = ''
let cache = ''
beforeEach(() => {
  root = temporaryFolder()
  cache = temporaryFolder()
})

const numbered = (count: number, text = 'Haus'): Record<string, string> =>
  Object.fromEntries(Array.from({ length: count }, (_, i) => [`${i}.txt`, `A\n\n${text} ${i}`]))
const known = (): number => Object.keys(articlesIn(cache)).length

/** Updates and asks it to stop after so many turns of the event loop. */
async function stoppedAfter(
  turns: number,
  more: Partial<UpdateOptions> = {},
): Promise<{ readonly report?: UpdateReport; readonly error?: FundstelleError }> {
  const controller = new AbortController()
  const { signal } = controller
  const running = update(optionsFor(cache, [root], { signal, ...more })).then(
    (report) => ({ report }),
    (error: FundstelleError) => ({ error }),
  )
  for (let turn = 0; turn < turns; turn++) await setImmediate()
  controller.abort()
  return running
}

/** The first number in "12 von 300 Dateien". */
function doneOf(error: FundstelleError | undefined): number {
  const [, done] = /: (\d+) von \d+ Dateien sind gelesen/.exec(error?.message ?? '') ?? []
  return Number(done ?? 0)
}

async function expectSound(): Promise<void> {
  expect((await verify(cache, analyzer, 'probe')).faults).toEqual([])
}

describe('an update that is asked to stop', () => {
  test.each([1, 7, 10, 12, 15, 25])(
    'after %i turns ends after the few files of one; what it read stays',
    async (turns) => {
      writeFiles(root, numbered(300))
      const { error } = await stoppedAfter(turns)
      expect(error?.code).toBe('stopped')
      const done = doneOf(error)
      // the walk takes some turns, so fewer are possible
      expect(done).toBeLessThanOrEqual((turns + 1) * FILES_PER_STEP)
      expect(known()).toBe(done)
      const { files, articles } = await update(optionsFor(cache, [root]))
      expect([files.read, files.unchanged, articles]).toEqual([300 - done, done, 300])
      await expectSound()
    },
  )

  test('while it looks for files has read none and taken none away', async () => {
    writeFiles(root, numbered(10))
    await update(optionsFor(cache, [root]))
    writeFiles(root, numbered(1000, 'Boot'))
    rmSync(join(root, '3.txt'))
    const { error } = await stoppedAfter(2)
    expect(error?.message).toBe('Angehalten: Noch war keine Datei gelesen; was schon im Index war, bleibt.')
    expect(error?.detail('en')).toBe('Stopped: no file had been read yet; what was in the index before stays.')
    expect(articlesIn(cache)['3.txt']).toBe('Haus 3')
    expect(known()).toBe(10)
    expect((await update(optionsFor(cache, [root]))).articles).toBe(999)
  })

  test('while it lets vanished files go has taken none of them away', async () => {
    writeFiles(root, numbered(400))
    await update(optionsFor(cache, [root]))
    for (const name of readdirSync(root)) rmSync(join(root, name))
    const { error } = await stoppedAfter(2)
    expect(error?.code).toBe('stopped')
    expect(known()).toBe(400)
    expect(await update(optionsFor(cache, [root]))).toMatchObject({
      removed: 400,
      complaints: [{ code: 'path_emptied' }],
    })
  })

  test.each([3, 20, 40])(
    'after %i turns keeps nothing of the large file that it is reading, and all that it read before',
    async (turns) => {
      writeFiles(root, { 'a.txt': 'A\n\nHaus', 'b.jsonl': jsonl({ b0: 'Haus', weg: 'Haus' }) })
      await update(optionsFor(cache, [join(root, 'b.jsonl')]))
      const large = Object.fromEntries(Array.from({ length: 10_000 }, (_, i) => [`b${i}`, 'Boot '.repeat(200)]))
      writeFiles(root, { 'b.jsonl': jsonl(large) })
      const { error } = await stoppedAfter(turns)
      expect(error?.code).toBe('stopped')
      expect(doneOf(error)).toBe(1)
      expect(articlesIn(cache)).toEqual({ 'a.txt': 'Haus', b0: 'Haus', weg: 'Haus' })
      writeFiles(root, { 'b.jsonl': jsonl({ b0: 'Boot' }) })
      const { files, changed, removed } = await update(optionsFor(cache, [root]))
      expect([files.read, files.unchanged, changed, removed]).toEqual([1, 1, 1, 1])
      await expectSound()
    },
  )

  test('while it indexes writes no snapshot; the next update does', async () => {
    writeFiles(root, {
      'a.jsonl': jsonl(Object.fromEntries(Array.from({ length: 1000 }, (_, i) => [`a${i}`, 'Haus']))),
    })
    const controller = new AbortController()
    const steps: number[] = []
    const stopping = update(
      optionsFor(cache, [root], {
        signal: controller.signal,
        onProgress({ phase, done }) {
          if (phase !== 'index') return
          steps.push(done)
          if (done > 0) controller.abort()
        },
      }),
    )
    await expect(stopping).rejects.toMatchObject({ code: 'stopped' })
    await stopping.catch((error: FundstelleError) =>
      expect(error.message).toMatch(/Alle Dateien sind gelesen, ihre Artikel bleiben/),
    )
    expect(steps).toHaveLength(2)
    expect(readdirSync(cache).filter((name) => /gen-|seg-|CURRENT/.test(name))).toEqual([])
    expect(known()).toBe(1000)
    expect(await update(optionsFor(cache, [root]))).toMatchObject({
      files: { read: 0 },
      articles: 1000,
      complaints: [],
    })
    expect(readdirSync(cache)).toContain('gen-1')
    await expectSound()
  })

  test('while it writes the snapshot puts none in force and clears the unfinished one away; the next update makes one', async () => {
    writeFiles(root, numbered(3))
    const controller = new AbortController()
    const stopping = update(optionsFor(cache, [root], { signal: controller.signal }))
    const outcome = expect(stopping).rejects.toMatchObject({ code: 'stopped' })
    while (!existsSync(join(cache, 'seg-1'))) await setImmediate()
    controller.abort()
    await outcome
    for (const name of ['gen-1', 'seg-1']) expect(existsSync(join(cache, name))).toBe(false)
    expect(existsSync(join(cache, 'CURRENT'))).toBe(false)
    expect(await update(optionsFor(cache, [root]))).toMatchObject({ articles: 3, complaints: [] })
    expect(readdirSync(cache).filter((name) => name.startsWith('gen-'))).toEqual(['gen-1'])
    await expectSound()
  })

  test('while another process writes waits no longer', async () => {
    writeFiles(root, numbered(1))
    await withWriterLock(cache, async () => {
      const { error } = await stoppedAfter(3)
      expect(error?.code).toBe('stopped')
    })
    // nor does it hold the lock
    expect((await update(optionsFor(cache, [root]))).articles).toBe(1)
  })

  test('before it began does nothing', async () => {
    writeFiles(root, numbered(1))
    const progress: unknown[] = []
    const { error } = await stoppedAfter(0, { signal: AbortSignal.abort(), onProgress: (one) => progress.push(one) })
    expect(error?.code).toBe('stopped')
    expect([known(), progress]).toEqual([0, []])
  })

  test('at whatever moment, again and again, loses nothing: the one that goes through ends where one at once does', async () => {
    for (let round = 0; round < 12; round++) {
      // ids change places, files come, change and go
      writeFiles(root, {
        ...numbered(80 + round * 10, `Runde ${round % 3}`),
        [`kreis/${round % 2}.jsonl`]: jsonl({ x: `x ${round}`, y: 'y' }),
        [`kreis/${(round + 1) % 2}.jsonl`]: jsonl({ z: `z ${round}` }),
      })
      for (let i = round; i < 80; i += 12) rmSync(join(root, `${i}.txt`))
      const { error } = await stoppedAfter(1 + round * 2)
      expect(error === undefined || error.code === 'stopped').toBe(true)
    }
    await update(optionsFor(cache, [root]))
    const stopped = articlesIn(cache)
    cache = temporaryFolder()
    await update(optionsFor(cache, [root]))
    expect(stopped).toEqual(articlesIn(cache))
    await expectSound()
  })
})
