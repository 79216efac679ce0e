import type { SnapshotFiles, SnapshotName } from '../../src/index/snapshot/read-files.ts'
import { SharedSnapshots, type SnapshotTaker } from '../../src/search-threads/shared-snapshots.ts'

/** Counts how often threads want and read a snapshot. */
export class CountedSnapshots extends SharedSnapshots {
  wants = 0
  /** How each reading ended, in order. */
  readonly reads: ('read' | 'failed')[] = []
  #wake: () => void = () => {}

  override want(taker: SnapshotTaker, name: SnapshotName): void {
    this.wants += 1
    super.want(taker, name)
    this.#wake()
  }

  override wasRead(reader: SnapshotTaker, files: SnapshotFiles | undefined): void {
    this.reads.push(files === undefined ? 'failed' : 'read')
    super.wasRead(reader, files)
    this.#wake()
  }

  /** Waits until something was wanted or read that makes `condition` true. */
  async until(condition: () => boolean): Promise<void> {
    while (!condition()) {
      await new Promise<void>((resolve) => {
        this.#wake = resolve
      })
    }
  }
}
