import { statSync } from 'node:fs'
import { join } from 'node:path'
import { setImmediate } from 'node:timers/promises'
import type { FundstelleError } from '../../errors.ts'
import { unpackColumns } from '../arrays/packed-file.ts'
import { DocValues, type PackedFields } from '../segment/doc-values.ts'
import { Documents, type PackedDocuments } from '../segment/documents.ts'
import { ForwardIndex, type PackedForward } from '../segment/forward-index.ts'
import type { PackedNgrams } from '../segment/packed-ngrams.ts'
import type { PackedPostings } from '../segment/posting-list.ts'
import { Postings } from '../segment/postings.ts'
import type { PackedDuplicates, PackedSpellings } from '../segment/prepared.ts'
import { ArticleIndex } from '../segment/segment.ts'
import { type PackedFormOrder, SortedForms } from '../segment/sorted-forms.ts'
import { type PackedVocabulary, Vocabulary } from '../segment/vocabulary.ts'
import { verifyFile, wrongLength } from './checksummed-files.ts'
import { corrupt, corruptBy } from './corrupt.ts'
import { checkIdentity, type Manifest, readManifest, type SnapshotIdentity } from './manifest.ts'
import { readFiles, type SegmentFiles, type SegmentSource } from './read-files.ts'
import { SNAPSHOT_FILES, type SnapshotFile } from './snapshot-files.ts'

/**
 * Reads the index of one segment back from the disk, as it was written. Every checksum is verified before anything is used; between pieces of work the
 * event loop goes on.
 * @throws FundstelleError for anything but a sound segment of this identity: `snapshot_rules` or `snapshot_version` where it
 * was made otherwise, else `snapshot_unsound`, saying what is wrong
 * @param signal aborted, it ends within a piece of work and throws the signal's reason
 */
export async function readSegment(
  folder: string,
  identity: SnapshotIdentity,
  signal?: AbortSignal,
): Promise<ArticleIndex> {
  try {
    const manifest = await readManifest(folder)
    checkIdentity(folder, manifest, identity)
    const files = await readFiles({ folder, ...manifest }, [{ folder, manifest }], signal)
    return assembled({ folder, manifest }, files.get(manifest.sha256))
  } catch (error) {
    signal?.throwIfAborted()
    throw corruptBy(folder, error)
  }
}

/** What is wrong with the files that a manifest tells of, one complaint a file; none where all are as they were written. */
export async function fileComplaints({ folder, manifest }: SegmentSource): Promise<FundstelleError[]> {
  const complaints: FundstelleError[] = []
  for (const [name, expected] of Object.entries(manifest.files)) {
    try {
      await verifyFile(folder, name, expected, manifest.blockBytes, () => setImmediate())
    } catch (error) {
      complaints.push(corruptBy(join(folder, name), error))
    }
  }
  return complaints
}

/** Files of a folder, and what they must be. */
export interface FilesOf {
  readonly folder: string
  readonly manifest: Pick<Manifest, 'files' | 'blockBytes'>
}

/**
 * Reads every byte, one file after the other, and keeps none of it.
 * @throws FundstelleError `snapshot_unsound`, naming the file that is damaged; aborted, the signal's reason
 */
export async function verifyFiles({ folder, manifest }: FilesOf, signal?: AbortSignal): Promise<void> {
  const breathe = async (): Promise<void> => {
    await setImmediate()
    signal?.throwIfAborted()
  }
  for (const [name, expected] of Object.entries(manifest.files))
    await verifyFile(folder, name, expected, manifest.blockBytes, breathe)
}

/** @throws FundstelleError `snapshot_unsound` where a manifest does not tell of a file that a segment has */
export function checkNames({ folder, manifest }: SegmentSource): void {
  for (const name of SNAPSHOT_FILES) if (manifest.files[name] === undefined) throw missing(folder, name)
}

const missing = (folder: string, name: string): FundstelleError =>
  corrupt(folder, { de: `${name} fehlt`, en: `${name} is missing` })

/** @throws FundstelleError `snapshot_unsound` where a file is not there, or has another length than it was written with */
export function checkSizes({ folder, manifest }: SegmentSource): void {
  for (const [name, expected] of Object.entries(manifest.files)) {
    try {
      const { size } = statSync(join(folder, name))
      if (size !== expected.bytes) throw wrongLength(folder, name, size, expected)
    } catch (error) {
      throw corruptBy(join(folder, name), error)
    }
  }
}

/**
 * Puts the index of a segment together from its files, which are read where they lie; the counterpart of `snapshotFiles`.
 * @throws whatever is thrown where they are no segment, for which the caller finds words
 */
export function assembled({ folder, manifest }: SegmentSource, files: SegmentFiles | undefined): ArticleIndex {
  function columnsOf<T>(name: SnapshotFile): T {
    const file = files?.get(name)
    if (file === undefined) throw missing(folder, name)
    return unpackColumns<T>(file)
  }
  const vocabulary = new Vocabulary(columnsOf<PackedVocabulary>('vocabulary.bin'))
  const index = new ArticleIndex({
    vocabulary,
    postings: new Postings(columnsOf<PackedPostings>('postings.bin')),
    forward: new ForwardIndex(columnsOf<PackedForward>('forward.bin')),
    documents: new Documents(columnsOf<PackedDocuments>('documents.bin')),
    fields: new DocValues(columnsOf<PackedFields>('fields.bin')),
    grams: columnsOf<PackedNgrams>('grams.bin'),
    prepared: {
      spellings: columnsOf<PackedSpellings>('spellings.bin'),
      duplicates: columnsOf<PackedDuplicates>('duplicates.bin'),
    },
    formOrder: new SortedForms(vocabulary, columnsOf<PackedFormOrder>('order.bin')),
    seqNo: manifest.change,
  })
  checkCount(folder, index, manifest)
  return index
}

/** @throws FundstelleError `snapshot_unsound` where an index has not as many living articles as a manifest says */
export function checkCount(
  folder: string,
  { documents }: ArticleIndex,
  { articles }: Pick<Manifest, 'articles'>,
): void {
  if (documents.liveCount === articles) return
  throw corrupt(folder, {
    de: 'die Zahl der Artikel ist nicht die im Verzeichnis',
    en: 'the number of articles is not the manifest’s',
  })
}
