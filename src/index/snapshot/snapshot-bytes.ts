import { readVerified } from './checksummed-files.ts'
import type { Manifest } from './manifest.ts'

/** The files of a snapshot by their names: never write into them. */
export type SnapshotBytes = ReadonlyMap<string, Uint8Array>

/**
 * Reads the files that a manifest names, and verifies each.
 * @param breathe is awaited between pieces of work
 * @throws FundstelleError `snapshot_unsound`
 */
export type ReadBytes = (folder: string, manifest: Manifest, breathe: () => Promise<void>) => Promise<SnapshotBytes>

/** Into memory of this thread. */
export const readBytes: ReadBytes = (folder, manifest, breathe) => readAll(folder, manifest, breathe)

/** Into memory that other threads can be given. */
export const readSharedBytes: ReadBytes = (folder, manifest, breathe) =>
  readAll(folder, manifest, breathe, (bytes) => new Uint8Array(new SharedArrayBuffer(bytes)))

async function readAll(
  folder: string,
  { files }: Manifest,
  breathe: () => Promise<void>,
  allocate?: (bytes: number) => Uint8Array,
): Promise<SnapshotBytes> {
  const read = new Map<string, Uint8Array>()
  for (const [name, expected] of Object.entries(files))
    read.set(name, await readVerified(folder, name, expected, breathe, allocate))
  return read
}
