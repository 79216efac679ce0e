import type { Manifest } from '../index/snapshot/manifest.ts'
import { type ReadFiles, readFilesToShare, type SnapshotFiles } from '../index/snapshot/read-files.ts'
import { countAsOwn } from './counted-memory.ts'
import type { FromThread } from './messages.ts'

/**
 * Snapshots whose memory a thread shares with others: it asks for one at a time, and reads it where nobody else has. See shared-snapshots.ts for the
 * other side.
 */
export class AskedSnapshots {
  readonly #tell: (message: Extract<FromThread, { kind: 'snapshot-wanted' | 'snapshot-read' }>) => void
  #take: ((files: SnapshotFiles | undefined) => void) | undefined

  constructor(tell: (message: FromThread) => void) {
    this.#tell = tell
  }

  readonly readFiles: ReadFiles = async (folder, manifest, signal) => {
    const files = (await this.#asked(folder, manifest, signal)) ?? (await this.#read(folder, manifest, signal))
    countAsOwn(files)
    return files
  }

  /** @param files undefined where this thread is to read it */
  given(files: SnapshotFiles | undefined): void {
    if (this.#take !== undefined) this.#take(files)
    // it was given up meanwhile
    else if (files === undefined) this.#tell({ kind: 'snapshot-read' })
  }

  #asked(
    folder: string,
    { sha256, storeId, change }: Manifest,
    signal: AbortSignal | undefined,
  ): Promise<SnapshotFiles | undefined> {
    return new Promise((resolve, reject) => {
      signal?.throwIfAborted()
      const abort = (): void => {
        this.#take = undefined
        reject(signal?.reason as Error)
      }
      signal?.addEventListener('abort', abort, { once: true })
      this.#take = (files) => {
        this.#take = undefined
        signal?.removeEventListener('abort', abort)
        resolve(files)
      }
      this.#tell({ kind: 'snapshot-wanted', snapshot: { folder, sha256, storeId, change } })
    })
  }

  async #read(...given: Parameters<ReadFiles>): Promise<SnapshotFiles> {
    let files: SnapshotFiles | undefined
    try {
      files = await readFilesToShare(...given)
      return files
    } finally {
      this.#tell({ kind: 'snapshot-read', ...(files !== undefined && { files }) })
    }
  }
}
