import { setImmediate } from 'node:timers/promises'
import { readVerified } from './checksummed-files.ts'
import type { Commit } from './commit.ts'
import type { Manifest } from './manifest.ts'

/** The files of a segment by name, each as its manifest has it. Nobody writes to them. */
export type SegmentFiles = ReadonlyMap<string, Uint8Array>
/** Those of several segments, by the checksum of each one’s manifest, which stands for every byte. */
export type SnapshotFiles = ReadonlyMap<string, SegmentFiles>

/** Which generation it is that segments are wanted of. */
export type SnapshotName = Pick<Commit, 'sha256' | 'storeId' | 'change'> & { readonly folder: string }

/** Where the files of a segment lie, and what they must be. */
export interface SegmentSource {
  readonly folder: string
  readonly manifest: Manifest
}

/**
 * Gets the files of segments, for instance from the disk.
 * @param signal aborted, it ends within a piece of work and throws the signal's reason
 * @throws FundstelleError `snapshot_unsound`, naming the file that is damaged
 */
export type ReadFiles = (
  snapshot: SnapshotName,
  segments: readonly SegmentSource[],
  signal?: AbortSignal,
) => Promise<SnapshotFiles>

/** From the disk, into memory of this thread. */
export const readFiles: ReadFiles = (_, segments, signal) =>
  readInto((bytes) => new ArrayBuffer(bytes), segments, signal)

/** From the disk, into memory that other threads can be given, too. */
export const readFilesToShare: ReadFiles = (_, segments, signal) =>
  readInto((bytes) => new SharedArrayBuffer(bytes), segments, signal)

/** Every checksum is verified; between pieces of work the event loop goes on. */
async function readInto(
  memory: (bytes: number) => ArrayBufferLike,
  segments: readonly SegmentSource[],
  signal?: AbortSignal,
): Promise<SnapshotFiles> {
  const breathe = async (): Promise<void> => {
    await setImmediate()
    signal?.throwIfAborted()
  }
  const all = new Map<string, SegmentFiles>()
  for (const { folder, manifest } of segments) {
    const files = new Map<string, Uint8Array>()
    for (const [name, digest] of Object.entries(manifest.files))
      files.set(name, await readVerified(folder, name, digest, manifest.blockBytes, breathe, memory))
    all.set(manifest.sha256, files)
  }
  return all
}
