import { randomFillSync } from 'node:crypto'
import { accessSync, constants, existsSync, rmSync, statfsSync, statSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'

/**
 * A file of the cache folder that stands for free space. To open the store SQLite needs 32 KiB of the disk, also for who only reads; so
 * where the disk is full, this is given up, and what is there can still be searched.
 */
const RESERVE = 'reserve'
const RESERVE_BYTES = 64 << 10

/** Lays the reserve in, unless it is there; without space for it there is none. The caller is the only writer. */
export function layInReserve(cache: string): void {
  const path = join(cache, RESERVE)
  // one that was cut off by a kill is laid in again
  if (statSync(path, { throwIfNoEntry: false })?.size === RESERVE_BYTES) return
  try {
    // not zeros: some file systems take no space for them
    writeFileSync(path, randomFillSync(new Uint8Array(RESERVE_BYTES)))
  } catch {
    giveUp(path)
  }
}

/** Frees the reserve where the disk is full; tells whether that is so. */
export function giveUpReserve(cache: string): boolean {
  const path = join(cache, RESERVE)
  if (!isDiskFull(cache) || !existsSync(path)) return false
  return giveUp(path)
}

function giveUp(path: string): boolean {
  try {
    rmSync(path, { force: true })
    return true
  } catch {
    return false
  }
}

/** Whether hardly anything fits on the disk of a folder or file any more. */
export function isDiskFull(path: string): boolean {
  try {
    // one that may only be read has nothing free either
    accessSync(path, constants.W_OK)
    const { bavail, bsize, files, ffree } = statfsSync(path)
    return bavail * bsize < RESERVE_BYTES || (files > 0 && ffree === 0)
  } catch {
    return false
  }
}
