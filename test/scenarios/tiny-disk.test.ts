import { existsSync, readdirSync } from 'node:fs'
import { join } from 'node:path'
import { beforeEach, expect, test } from 'vitest'
import { DisturbedCache } from '../support/disturbed-cache.ts'
import { isReady, poll, run, serve } from '../support/program.ts'
import { TinyDisk } from '../support/tiny-disk.ts'
import { laterRun } from '../support/versions.ts'

const SIZE_KB = 4096
/** From nothing on; the last one is enough for all of a run. */
const FREE_KB = [0, 4, 8, 16, 32, 48, 64, 96, 128, 192, 256, 320, 384, 512, 640, 768, 1024, 2048]

let disturbed: DisturbedCache
beforeEach(async () => {
  disturbed = await DisturbedCache.make(laterRun())
  return () => disturbed.remove()
})

const index = (cache: string) => run(['index', '--cache', cache, disturbed.root])

test('however little is free, a run says that the disk is full, the old state is served, and the next run completes', async ({
  skip,
}) => {
  const disk = TinyDisk.mount(SIZE_KB)
  if (!(disk instanceof TinyDisk)) return skip(disk)
  const seen = { failed: 0, completed: 0 }
  for (const freeKb of FREE_KB) {
    const cache = disturbed.copy(`free-${freeKb}`, disk.folder)
    disk.fill(freeKb)
    const { code, err } = await index(cache)
    const where = `${freeKb} kB free\n${err}`
    if (code === 0) seen.completed += 1
    else {
      expect(code, where).toBe(1)
      expect(err, where).toMatch(
        /^fundstelle: In „\S+“ kann nicht geschrieben werden \(der Datenträger ist voll(, ENOSPC)?\)\.$/m,
      )
      expect(err, where).not.toMatch(/^\s+at /m)
      seen.failed += 1
    }
    const served = await disturbed.expectServed(cache)
    if (code === 0) expect(served, where).toBe('after')
    disk.empty()
    await disturbed.expectCompleted(cache)
    disturbed.discard(cache)
  }
  expect(seen.failed).toBeGreaterThan(5)
  expect(seen.completed).toBeGreaterThan(0)
})

test('on a full disk search, check and server begin as ever, and a run that fails again and again takes no space', async ({
  skip,
}) => {
  const disk = TinyDisk.mount(SIZE_KB)
  if (!(disk instanceof TinyDisk)) return skip(disk)
  const cache = disturbed.copy('full', disk.folder)
  disk.fill(0)
  expect(existsSync(join(cache, 'reserve'))).toBe(true)
  expect(await run(['check', '--cache', cache])).toMatchObject({ code: 0, err: '' })
  expect(existsSync(join(cache, 'reserve'))).toBe(false)
  expect((await run(['search', 'Fassung2', '--json', '--cache', cache])).out).toContain('"totalHits": 0')
  const served = await serve(cache)
  await poll(isReady(served), 30_000)
  expect(await served.hits('Fassung1')).toBeGreaterThan(0)
  expect((await served.end()).code).toBe(0)

  // enough for the store, and not for a snapshot
  disk.fill(355)
  for (let round = 0; round < 3; round++) {
    expect(await index(cache)).toMatchObject({ code: 1 })
    expect(readdirSync(cache).filter((name) => name.startsWith('gen-'))).toEqual(['gen-1', 'gen-2'])
  }
  expect(await disturbed.expectServed(cache)).toBe('after')
  disk.empty()
  await disturbed.expectCompleted(cache)
  expect(existsSync(join(cache, 'reserve')), 'with space there is one again').toBe(true)
})
