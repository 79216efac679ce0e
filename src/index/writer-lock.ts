import { mkdirSync } from 'node:fs'
import { join } from 'node:path'
import { FundstelleError } from '../errors.ts'
import { systemReason } from '../system-reason.ts'
import { BUSY_SECONDS, type Connection, Database, storeError } from './sqlite.ts'

/**
 * Runs `work` as the only writer of a cache folder. The lock is SQLite's on a file of its own, so the operating system
 * frees it with the process, however that ends.
 * @throws FundstelleError `store_busy` after waiting five seconds for another writer
 */
export async function asOnlyWriter<T>(cache: string, work: () => Promise<T>): Promise<T> {
  const lock = lockOf(cache, BUSY_SECONDS)
  try {
    return await work()
  } finally {
    lock.close()
  }
}

/**
 * The same for work that is done at once, without waiting for another writer: for a thread that has requests to answer.
 * @throws FundstelleError `store_busy`
 */
export function asOnlyWriterAtOnce<T>(cache: string, work: () => T): T {
  const lock = lockOf(cache, 0)
  try {
    return work()
  } finally {
    lock.close()
  }
}

function lockOf(cache: string, waitSeconds: number): Connection {
  try {
    mkdirSync(cache, { recursive: true })
  } catch (error) {
    throw new FundstelleError('cache_unwritable', { path: cache, reason: systemReason(error) }, { cause: error })
  }
  const path = join(cache, 'writer.lock')
  let lock: Connection | undefined
  try {
    lock = new Database(path, { timeout: waitSeconds * 1000 })
    lock.exec('begin exclusive')
    return lock
  } catch (error) {
    lock?.close()
    throw storeError(error, cache)
  }
}
