import { join } from 'node:path'
import { setImmediate } from 'node:timers/promises'
import type { FundstelleError } from '../../errors.ts'
import { unpackColumns } from '../arrays/packed-file.ts'
import { DocValues, type PackedFields } from '../segment/doc-values.ts'
import { Documents, type PackedDocuments } from '../segment/documents.ts'
import { ForwardIndex, type PackedForward } from '../segment/forward-index.ts'
import type { PackedNgrams } from '../segment/ngram-index.ts'
import type { PackedPostings } from '../segment/posting-list.ts'
import { Postings } from '../segment/postings.ts'
import type { PackedDuplicates, PackedSpellings } from '../segment/prepared.ts'
import { ArticleIndex } from '../segment/segment.ts'
import { type PackedFormOrder, SortedForms } from '../segment/sorted-forms.ts'
import { type PackedVocabulary, Vocabulary } from '../segment/vocabulary.ts'
import { readVerified } from './checksummed-files.ts'
import { corrupt, corruptBy } from './corrupt.ts'
import { checkIdentity, readManifest, type SnapshotIdentity } from './manifest.ts'
import { readFiles, type SnapshotFiles } from './read-files.ts'
import type { SnapshotFile } from './snapshot-files.ts'

/**
 * Reads an index back. Every checksum is verified before anything is used; between pieces of work the event loop goes on.
 * @throws FundstelleError for anything but a sound snapshot of this identity: `snapshot_rules` or `snapshot_version` where it
 * was made otherwise, else `snapshot_unsound`, saying what is wrong
 * @param signal aborted, it ends within a piece of work and throws the signal's reason
 * @param read where its files come from
 */
export async function readSnapshot(
  folder: string,
  identity: SnapshotIdentity,
  signal?: AbortSignal,
  read = readFiles,
): Promise<ArticleIndex> {
  try {
    const manifest = await readManifest(folder)
    checkIdentity(folder, manifest, identity)
    const index = assemble(folder, await read(folder, manifest, signal), manifest.change)
    if (index.documents.liveCount !== manifest.articles) {
      throw corrupt(folder, {
        de: 'die Zahl der Artikel ist nicht die im Verzeichnis',
        en: 'the number of articles is not the manifest’s',
      })
    }
    return index
  } catch (error) {
    signal?.throwIfAborted()
    throw corruptBy(folder, error)
  }
}

/** What is wrong with the files of a snapshot, one complaint a file; none where all are as they were written. */
export async function fileComplaints(folder: string): Promise<FundstelleError[]> {
  const complaints: FundstelleError[] = []
  const { files, blockBytes } = await readManifest(folder)
  for (const [name, expected] of Object.entries(files)) {
    try {
      await readVerified(folder, name, expected, blockBytes, () => setImmediate())
    } catch (error) {
      complaints.push(corruptBy(join(folder, name), error))
    }
  }
  return complaints
}

/** Puts an index together from its files; the counterpart of `snapshotFiles`. */
function assemble(folder: string, files: SnapshotFiles, seqNo: number): ArticleIndex {
  function columnsOf<T>(name: SnapshotFile): T {
    const file = files.get(name)
    if (file === undefined) throw corrupt(folder, { de: `${name} fehlt`, en: `${name} is missing` })
    return unpackColumns<T>(file)
  }
  const vocabulary = new Vocabulary(columnsOf<PackedVocabulary>('vocabulary.bin'))
  return new ArticleIndex({
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
    seqNo,
  })
}
