import { join } from 'node:path'
import { setImmediate } from 'node:timers/promises'
import { makeFolder } from '../../make-folder.ts'
import { type MergedFile, MergedSegment, type MergeLimits } from '../merge/merged-segment.ts'
import type { SegmentFolder } from '../merge/source.ts'
import { DocValues } from '../segment/doc-values.ts'
import { Documents } from '../segment/documents.ts'
import { ForwardIndex } from '../segment/forward-index.ts'
import { Postings } from '../segment/postings.ts'
import { ArticleIndex } from '../segment/segment.ts'
import { Vocabulary } from '../segment/vocabulary.ts'
import { BLOCK_BYTES, type FileDigest } from './block-hash.ts'
import { syncFolder, writeFlushed } from './checksummed-files.ts'
import { type Manifest, type SnapshotIdentity, writeManifest } from './manifest.ts'
import { PackedFileWriter } from './packed-file-writer.ts'
import type { FilesOf } from './segment-reader.ts'
import { type SnapshotFile, vocabularyFiles } from './snapshot-files.ts'
import { VOCABULARY_FILES } from './vocabulary-writers.ts'

/** A segment, or a part of one, that is joined with others. */
export interface Merged extends SegmentFolder, FilesOf {}

export interface MergedOptions {
  readonly signal?: AbortSignal | undefined
  readonly limits?: MergeLimits
}

/**
 * Joins segments that lie on the disk into a new one, so that little of them is in memory at once; each file and the folder flushed to the disk, the manifest last.
 * @param merged their files have been verified
 * @param change the last change of the store that they have
 */
export async function writeMergedSegment(
  folder: string,
  merged: readonly Merged[],
  change: number,
  identity: SnapshotIdentity,
  options: MergedOptions = {},
): Promise<Manifest> {
  const { signal } = options
  const breathe = async (): Promise<void> => {
    await setImmediate()
    signal?.throwIfAborted()
  }
  makeFolder(folder)
  const segment = await inPieces(MergedSegment.of(merged, options.limits), breathe)
  const files: Partial<Record<SnapshotFile, FileDigest>> = {}
  const write = async (name: SnapshotFile, file: MergedFile): Promise<void> => {
    const writer = new PackedFileWriter(join(folder, name), file.columns)
    try {
      await inPieces(file.write(writer), breathe)
      files[name] = writer.finish()
    } finally {
      writer.close()
    }
    await breathe()
  }
  for (const [name, file] of segment.files((name) => join(folder, name))) await write(name as SnapshotFile, file)
  // one after the other, and not beside those before: what is made of the words takes most of all
  for (const name of VOCABULARY_FILES) {
    files[name] = writeFlushed(join(folder, name), vocabularyFiles(indexOfWords(segment.words))[name]())
    await breathe()
  }
  const manifest = writeManifest(folder, {
    ...identity,
    change,
    articles: segment.articles,
    tokens: segment.tokens,
    blockBytes: BLOCK_BYTES,
    files,
  })
  syncFolder(folder)
  return manifest
}

async function inPieces<Result>(work: Generator<void, Result>, breathe: () => Promise<void>): Promise<Result> {
  for (;;) {
    const { done, value } = work.next()
    if (done === true) return value
    await breathe()
  }
}

/** An index that has words alone. */
const indexOfWords = (vocabulary: ConstructorParameters<typeof Vocabulary>[0]): ArticleIndex =>
  new ArticleIndex({
    vocabulary: new Vocabulary(vocabulary),
    postings: new Postings(),
    forward: new ForwardIndex(),
    documents: new Documents(),
    fields: new DocValues(),
    seqNo: 0,
  })
