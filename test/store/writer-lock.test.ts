import { chmodSync, existsSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { setImmediate } from 'node:timers/promises'
import { beforeEach, describe, expect, onTestFinished, test, vi } from 'vitest'
import { withWriterLock, withWriterLockAtOnce } from '../../src/store/writer-lock.ts'
import { asOrdinaryUser, temporaryFolder } from '../support/folders.ts'

let cache = ''
beforeEach(() => {
  cache = temporaryFolder()
})

describe('withWriterLockAtOnce', () => {
  test('frees the lock when the work is done, and when it throws', () => {
    expect(withWriterLockAtOnce(cache, () => 7)).toBe(7)
    const failing = (): never => {
      throw new RangeError('so nicht')
    }
    expect(() => withWriterLockAtOnce(cache, failing)).toThrow('so nicht')
    expect(withWriterLockAtOnce(cache, () => 8)).toBe(8)
  })

  test('does nothing where another writes, and makes no folder', async () => {
    await withWriterLock(cache, async () => {
      expect(() => withWriterLockAtOnce(cache, () => 1)).toThrow(expect.objectContaining({ code: 'store_busy' }))
    })
    const missing = join(cache, 'fehlt')
    expect(() => withWriterLockAtOnce(missing, () => 1)).toThrow(expect.objectContaining({ code: 'cache_unwritable' }))
    expect(existsSync(missing)).toBe(false)
  })
})

describe('withWriterLock', () => {
  test('waits no longer than until it is aborted, and takes no lock then', async () => {
    const stopping = new AbortController()
    const { signal } = stopping
    await withWriterLock(cache, async () => {
      const waiting = withWriterLock(cache, async () => 'zugleich', signal)
      await setImmediate()
      stopping.abort()
      await expect(waiting).rejects.toMatchObject({ name: 'AbortError' })
    })
    await expect(withWriterLock(cache, async () => 'doch', signal)).rejects.toMatchObject({ name: 'AbortError' })
    expect(await withWriterLock(cache, async () => 'frei')).toBe('frei')
  })

  test('gives back what the work gives, and the lock with it', async () => {
    expect(await withWriterLock(cache, async () => 7)).toBe(7)
    expect(await withWriterLock(join(cache, 'neu', 'tief'), async () => 8)).toBe(8)
  })

  test('frees the lock when the work throws', async () => {
    await expect(withWriterLock(cache, () => Promise.reject(new RangeError('so nicht')))).rejects.toThrow('so nicht')
    expect(await withWriterLock(cache, async () => 'frei')).toBe('frei')
  })

  test('a second writer waits five seconds and gets store_busy; one of another folder does not care', async () => {
    const other = temporaryFolder()
    await withWriterLock(cache, async () => {
      expect(await withWriterLock(other, async () => 'daneben')).toBe('daneben')
      // looked at once for the beginning, and once after each try
      const looksMs = [1000, 1000, 3500, 5999.9, 6000]
      const clock = vi.spyOn(performance, 'now').mockImplementation(() => looksMs.shift() ?? Number.POSITIVE_INFINITY)
      onTestFinished(() => clock.mockRestore())
      const busy = withWriterLock(cache, async () => 'zugleich')
      await expect(busy).rejects.toMatchObject({ code: 'store_busy', params: { path: cache, seconds: 5 } })
      expect(clock).toHaveBeenCalledTimes(5)
    })
  })

  test('a folder that cannot be made is cache_unwritable', async () => {
    writeFileSync(join(cache, 'datei'), '')
    await expect(withWriterLock(join(cache, 'datei', 'x'), async () => 1)).rejects.toMatchObject({
      code: 'cache_unwritable',
    })
  })

  test('a lock that may only be read keeps nobody out, so it is refused', async () => {
    writeFileSync(join(cache, 'writer.lock'), '')
    chmodSync(join(cache, 'writer.lock'), 0o444)
    const expected = { code: 'cache_unwritable', params: { path: cache, reason: { en: 'read-only' } } }
    await asOrdinaryUser([cache], async () => {
      await expect(withWriterLock(cache, async () => 1)).rejects.toMatchObject(expected)
      expect(() => withWriterLockAtOnce(cache, () => 1)).toThrow(expect.objectContaining({ code: 'cache_unwritable' }))
    })
  })
})
