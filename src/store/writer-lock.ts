import { statSync } from 'node:fs'
import { join } from 'node:path'
import { setTimeout } from 'node:timers/promises'
import { FundstelleError } from '../errors.ts'
import { makeFolder } from '../make-folder.ts'
import { systemReason } from '../system-reason.ts'
import { layInReserve } from './disk-space.ts'
import { BUSY_SECONDS, type Connection, Database, storeError } from './sqlite.ts'

/** How often the lock is tried while another writer holds it. */
const TRY_MS = 50

/**
 * Runs `work` as the only writer of a cache folder. The lock is SQLite's on a file of its own, so the operating system
 * frees it with the process, however that ends.
 * @param signal aborted, the lock is waited for no longer; its reason is thrown
 * @throws FundstelleError `store_busy` after waiting five seconds for another writer
 */
export async function withWriterLock<T>(cache: string, work: () => Promise<T>, signal?: AbortSignal): Promise<T> {
  onFolder(cache, () => makeFolder(cache))
  const lock = await locked(cache, signal)
  try {
    layInReserve(cache)
    return await work()
  } finally {
    lock.close()
  }
}

/**
 * The same for work that is done at once, without waiting for another writer: for a thread that has requests to answer. A cache folder
 * that is not there, as one moved away, is not made.
 * @throws FundstelleError `store_busy`, `cache_unwritable`
 */
export function withWriterLockAtOnce<T>(cache: string, work: () => T): T {
  onFolder(cache, () => statSync(cache))
  const lock = lockOf(cache)
  try {
    return work()
  } finally {
    lock.close()
  }
}

/** Does something with the cache folder; where that fails it is `cache_unwritable`. */
function onFolder(cache: string, work: () => void): void {
  try {
    work()
  } catch (error) {
    throw new FundstelleError('cache_unwritable', { path: cache, reason: systemReason(error) }, { cause: error })
  }
}

/** @throws FundstelleError `store_busy` where another has it */
function lockOf(cache: string): Connection {
  const path = join(cache, 'writer.lock')
  let lock: Connection | undefined
  try {
    lock = new Database(path, { timeout: 0 })
    lock.exec('begin exclusive')
    // on a file that it may only read SQLite begins without a word, and without keeping others out; this it refuses
    lock.exec('pragma user_version = 1')
    return lock
  } catch (error) {
    lock?.close()
    throw storeError(error, cache)
  }
}

/** Waits here and not within SQLite, where a request to stop would go unheard. */
async function locked(cache: string, signal?: AbortSignal): Promise<Connection> {
  const untilMs = performance.now() + BUSY_SECONDS * 1000
  for (;;) {
    signal?.throwIfAborted()
    try {
      return lockOf(cache)
    } catch (error) {
      const isBusy = error instanceof FundstelleError && error.code === 'store_busy'
      if (!isBusy || performance.now() >= untilMs) throw error
    }
    await setTimeout(TRY_MS)
  }
}
