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
  try {
    mkdirSync(cache, { recursive: true })
  } catch (error) {
    throw new FundstelleError('cache_unwritable', { path: cache, reason: systemReason(error) }, { cause: error })
  }
  const path = join(cache, 'writer.lock')
  let lock: Connection | undefined
  try {
    lock = new Database(path, { timeout: BUSY_SECONDS * 1000 })
    lock.exec('begin exclusive')
  } catch (error) {
    lock?.close()
    throw storeError(error, cache)
  }
  try {
    return await work()
  } finally {
    lock.close()
  }
}
