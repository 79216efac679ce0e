// The room `index/snapshot`: the index on disk: its files, generations, what made it, its check, and catching up with the store. It
// imports `segment`, `store`, and of `dictionary` and `docset` what is worked out beforehand; it searches nothing.

import { join } from 'node:path'
import { makeFolder } from '../../make-folder.ts'
import type { ArticleIndex } from '../segment/segment.ts'
import { BLOCK_BYTES, type FileDigest } from './block-hash.ts'
import { syncFolder, writeFlushed } from './checksummed-files.ts'
import { type Manifest, type SnapshotIdentity, writeManifest } from './manifest.ts'
import { snapshotFiles } from './snapshot-files.ts'

/**
 * Writes an index into a new folder, each file and the folder flushed to the disk, the manifest last.
 * @param blockBytes so many bytes have a checksum of their own; a reader takes whatever the manifest says
 */
export function writeSnapshot(
  folder: string,
  index: ArticleIndex,
  identity: SnapshotIdentity,
  blockBytes?: number,
): Manifest {
  const steps = snapshotSteps(folder, index, identity, blockBytes)
  for (;;) {
    const step = steps.next()
    if (step.done) return step.value
  }
}

/** As `writeSnapshot`, in steps: between two of them others may have their turn, or the folder may be left as it is, which is no snapshot. */
export function* snapshotSteps(
  folder: string,
  index: ArticleIndex,
  identity: SnapshotIdentity,
  blockBytes = BLOCK_BYTES,
): Generator<void, Manifest> {
  makeFolder(folder)
  const files: Record<string, FileDigest> = {}
  for (const [name, pieces] of Object.entries(snapshotFiles(index))) {
    files[name] = writeFlushed(join(folder, name), pieces(), blockBytes)
    yield
  }
  const manifest = writeManifest(folder, {
    ...identity,
    change: index.seqNo,
    articles: index.documents.liveCount,
    tokens: index.forward.tokens,
    blockBytes,
    files,
  })
  syncFolder(folder)
  return manifest
}
