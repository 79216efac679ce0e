import type { SnapshotFiles, SnapshotName } from '../index/snapshot/read-files.ts'
import { countAsOwn } from './counted-memory.ts'

/** A thread that wants a snapshot. */
export interface SnapshotTaker {
  /**
   * It is to read the snapshot for itself, and to say how that ended.
   * @param known segments that need not be read: a newer snapshot has most of those of the one before
   */
  readSnapshot(known: SnapshotFiles): void
  takeSnapshot(files: SnapshotFiles): void
}

interface Reading {
  readonly name: SnapshotName
  reader: SnapshotTaker
  /** Who wants it, too. */
  readonly waiting: SnapshotTaker[]
}

/**
 * The memory that snapshots lie in, read once for all threads. Who wants one that nobody has reads it; others that want it meanwhile wait for that one.
 * Of what was read only the newest is kept, for threads that come later.
 */
export class SharedSnapshots {
  #kept: { readonly name: SnapshotName; readonly files: SnapshotFiles } | undefined
  readonly #readings: Reading[] = []

  want(taker: SnapshotTaker, name: SnapshotName): void {
    const reading = this.#readings.find((one) => isSame(one.name, name))
    if (this.#kept !== undefined && isSame(this.#kept.name, name)) taker.takeSnapshot(this.#kept.files)
    else if (reading !== undefined) reading.waiting.push(taker)
    else {
      this.#readings.push({ name, reader: taker, waiting: [] })
      taker.readSnapshot(this.#known)
    }
  }

  /** @param files undefined where it could not be read: then the next one tries that wants it */
  wasRead(reader: SnapshotTaker, files: SnapshotFiles | undefined): void {
    const reading = this.#readings.find((one) => one.reader === reader)
    if (reading === undefined) return
    if (files === undefined) this.#next(reading)
    else {
      this.#end(reading)
      for (const taker of reading.waiting) taker.takeSnapshot(files)
      this.#keep(reading.name, files)
    }
  }

  /** It has ended: it wants nothing any more, and what it was reading the next one reads. */
  left(taker: SnapshotTaker): void {
    for (const reading of [...this.#readings]) {
      const at = reading.waiting.indexOf(taker)
      if (at >= 0) reading.waiting.splice(at, 1)
      if (reading.reader === taker) this.#next(reading)
    }
  }

  get #known(): SnapshotFiles {
    return this.#kept?.files ?? NOTHING
  }

  #next(reading: Reading): void {
    const next = reading.waiting.shift()
    if (next === undefined) this.#end(reading)
    else {
      reading.reader = next
      next.readSnapshot(this.#known)
    }
  }

  #end(reading: Reading): void {
    this.#readings.splice(this.#readings.indexOf(reading), 1)
  }

  #keep(name: SnapshotName, files: SnapshotFiles): void {
    const kept = this.#kept?.name
    // it was under way when a newer one came
    if (kept?.storeId === name.storeId && name.change < kept.change) return
    for (const segment of files.values()) countAsOwn(segment)
    this.#kept = { name, files }
  }
}

const NOTHING: SnapshotFiles = new Map()

/** The checksum of a generation's manifest stands for every byte of its segments. */
const isSame = (one: SnapshotName, other: SnapshotName): boolean =>
  one.folder === other.folder && one.sha256 === other.sha256
