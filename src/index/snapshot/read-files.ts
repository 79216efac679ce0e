import { setImmediate } from 'node:timers/promises'
import { readVerified } from './checksummed-files.ts'
import type { Manifest } from './manifest.ts'

/** The files of a snapshot by name, each as its manifest has it. Nobody writes to them. */
export type SnapshotFiles = ReadonlyMap<string, Uint8Array>

/**
 * Gets the files of a snapshot, for instance from the disk.
 * @param signal aborted, it ends within a piece of work and throws the signal's reason
 * @throws FundstelleError `snapshot_unsound`, naming the file that is damaged
 */
export type ReadFiles = (folder: string, manifest: Manifest, signal?: AbortSignal) => Promise<SnapshotFiles>

/** From the disk, into memory of this thread. */
export const readFiles: ReadFiles = (folder, manifest, signal) =>
  readInto((bytes) => new ArrayBuffer(bytes), folder, manifest, signal)

/** From the disk, into memory that other threads can be given, too. */
export const readFilesToShare: ReadFiles = (folder, manifest, signal) =>
  readInto((bytes) => new SharedArrayBuffer(bytes), folder, manifest, signal)

/** Every checksum is verified; between pieces of work the event loop goes on. */
async function readInto(
  memory: (bytes: number) => ArrayBufferLike,
  folder: string,
  { files: expected, blockBytes }: Manifest,
  signal?: AbortSignal,
): Promise<SnapshotFiles> {
  const breathe = async (): Promise<void> => {
    await setImmediate()
    signal?.throwIfAborted()
  }
  const files = new Map<string, Uint8Array>()
  for (const [name, digest] of Object.entries(expected))
    files.set(name, await readVerified(folder, name, digest, blockBytes, breathe, memory))
  return files
}
