// The room `index/snapshot`: the index on disk: its files, generations, what made it, its check, and catching up with the store. It
// imports `segment`, `store`, and of `dictionary` and `docset` what is worked out beforehand; it searches nothing.

import { join } from 'node:path'
import { setImmediate } from 'node:timers/promises'
import { makeFolder } from '../../make-folder.ts'
import type { ArticleIndex } from '../segment/segment.ts'
import { BLOCK_BYTES, type FileDigest } from './block-hash.ts'
import { syncFolder, writeFlushed } from './checksummed-files.ts'
import { type Manifest, type SnapshotIdentity, writeManifest } from './manifest.ts'
import { articleFiles, type SnapshotFile, snapshotFiles, vocabularyFiles } from './snapshot-files.ts'
import { VocabularyWriters, type WriterOptions } from './vocabulary-writers.ts'

/**
 * Writes an index into the new folder of a segment, each file and the folder flushed to the disk, the manifest last.
 * @param blockBytes so many bytes have a checksum of their own; a reader takes whatever the manifest says
 */
export function writeSegment(
  folder: string,
  index: ArticleIndex,
  identity: SnapshotIdentity,
  blockBytes = BLOCK_BYTES,
): Manifest {
  makeFolder(folder)
  const files: Partial<Record<SnapshotFile, FileDigest>> = {}
  for (const [name, pieces] of Object.entries(snapshotFiles(index)))
    files[name as SnapshotFile] = writeFlushed(join(folder, name), pieces(), blockBytes)
  return finish(folder, index, identity, files, blockBytes)
}

/**
 * As `writeSegment`; a large new index in several threads. Between two files the event loop goes on.
 * @param options with a signal that is aborted the folder is left as it is, which is no segment; its reason is thrown
 */
export async function writeSegmentInThreads(
  cache: string,
  folder: string,
  index: ArticleIndex,
  identity: SnapshotIdentity,
  options: WriterOptions & { readonly signal?: AbortSignal | undefined } = {},
): Promise<Manifest> {
  const { signal } = options
  makeFolder(folder)
  const files: Partial<Record<SnapshotFile, FileDigest>> = {}
  const write = async (name: SnapshotFile, pieces: () => readonly Uint8Array[]): Promise<void> => {
    files[name] = writeFlushed(join(folder, name), pieces())
    await setImmediate()
    signal?.throwIfAborted()
  }
  // what a segment has of its vocabulary already is not worked out again
  const isNew = index.prepared.spellings === undefined
  const vocabulary = index.vocabulary.pack()
  const writers = new VocabularyWriters(cache, folder, vocabulary, isNew ? options : { threads: 1 })
  try {
    for (const [name, pieces] of Object.entries(articleFiles(index, vocabulary)))
      await write(name as SnapshotFile, pieces)
    const left = vocabularyFiles(index)
    for (let name = writers.next(); name !== undefined; name = writers.next()) await write(name, left[name])
    const digests = await writers.digests()
    signal?.throwIfAborted()
    return finish(folder, index, identity, { ...files, ...digests })
  } finally {
    await writers.stop()
  }
}

function finish(
  folder: string,
  index: ArticleIndex,
  identity: SnapshotIdentity,
  files: Partial<Record<SnapshotFile, FileDigest>>,
  blockBytes = BLOCK_BYTES,
): Manifest {
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
