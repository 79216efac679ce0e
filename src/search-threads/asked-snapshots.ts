import {
  type ReadFiles,
  readFilesToShare,
  type SegmentSource,
  type SnapshotFiles,
  type SnapshotName,
} from '../index/snapshot/read-files.ts'
import { countAsOwn } from './counted-memory.ts'
import type { FromThread } from './messages.ts'

/** What is said of a snapshot that was asked for. */
interface Given {
  readonly files: SnapshotFiles
  /** Whether it is all of it; else the rest is to be read. */
  readonly isWhole: boolean
}

/**
 * Snapshots whose memory a thread shares with others: it asks for one at a time, and reads of it what nobody else has read. See shared-snapshots.ts for the
 * other side.
 */
export class AskedSnapshots {
  readonly #tell: (message: Extract<FromThread, { kind: 'snapshot-wanted' | 'snapshot-read' }>) => void
  #take: ((given: Given) => void) | undefined

  constructor(tell: (message: FromThread) => void) {
    this.#tell = tell
  }

  readonly readFiles: ReadFiles = async (snapshot, segments, signal) => {
    const given = await this.#asked(snapshot, signal)
    const files = given.isWhole ? given.files : await this.#readRest(given.files, snapshot, segments, signal)
    for (const segment of files.values()) countAsOwn(segment)
    return files
  }

  given(files: SnapshotFiles): void {
    this.#take?.({ files, isWhole: true })
  }

  /** This thread is to read it, but for the segments that are known. */
  toRead(known: SnapshotFiles): void {
    if (this.#take !== undefined) this.#take({ files: known, isWhole: false })
    // it was given up meanwhile
    else this.#tell({ kind: 'snapshot-read' })
  }

  #asked(snapshot: SnapshotName, signal: AbortSignal | undefined): Promise<Given> {
    return new Promise((resolve, reject) => {
      signal?.throwIfAborted()
      const abort = (): void => {
        this.#take = undefined
        reject(signal?.reason as Error)
      }
      signal?.addEventListener('abort', abort, { once: true })
      this.#take = (given) => {
        this.#take = undefined
        signal?.removeEventListener('abort', abort)
        resolve(given)
      }
      this.#tell({ kind: 'snapshot-wanted', snapshot })
    })
  }

  async #readRest(
    known: SnapshotFiles,
    snapshot: SnapshotName,
    segments: readonly SegmentSource[],
    signal: AbortSignal | undefined,
  ): Promise<SnapshotFiles> {
    let files: SnapshotFiles | undefined
    try {
      const missing = segments.filter(({ manifest }) => !known.has(manifest.sha256))
      const wanted = new Set(segments.map(({ manifest }) => manifest.sha256))
      files = new Map([
        ...[...known].filter(([sha256]) => wanted.has(sha256)),
        ...(await readFilesToShare(snapshot, missing, signal)),
      ])
      return files
    } finally {
      this.#tell({ kind: 'snapshot-read', ...(files !== undefined && { files }) })
    }
  }
}
