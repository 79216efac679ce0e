import { setImmediate } from 'node:timers/promises'
import { PackedFile } from '../arrays/packed-file.ts'
import { DocValues } from '../segment/doc-values.ts'
import { Documents } from '../segment/documents.ts'
import { ForwardIndex } from '../segment/forward-index.ts'
import { Postings } from '../segment/postings.ts'
import { unpackPostings } from '../segment/postings-codec.ts'
import { ArticleIndex } from '../segment/segment.ts'
import { SortedForms } from '../segment/sorted-forms.ts'
import { Vocabulary } from '../segment/vocabulary.ts'
import { readVerified } from './checksummed-files.ts'
import { corrupt, corruptBy } from './corrupt.ts'
import { checkIdentity, readManifest, type SnapshotIdentity } from './manifest.ts'

/**
 * Reads an index back. Every checksum is verified before anything is used; between pieces of work the event loop goes on.
 * @throws FundstelleError for anything but a sound snapshot of this identity: `snapshot_rules` or `snapshot_version` where it
 * was made otherwise, else `snapshot_unsound`, saying what is wrong
 * @param signal aborted, it ends within a piece of work and throws the signal's reason
 */
export async function readSnapshot(
  folder: string,
  identity: SnapshotIdentity,
  signal?: AbortSignal,
): Promise<ArticleIndex> {
  const breathe = async (): Promise<void> => {
    await setImmediate()
    signal?.throwIfAborted()
  }
  try {
    const manifest = await readManifest(folder)
    checkIdentity(folder, manifest, identity)
    const files = new Map<string, PackedFile>()
    for (const [name, expected] of Object.entries(manifest.files)) {
      files.set(name, new PackedFile(await readVerified(folder, name, expected, breathe)))
    }
    const index = await assemble(folder, files, manifest.change, breathe)
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

/** Puts an index together from its files; the counterpart of `snapshotFiles`. */
async function assemble(
  folder: string,
  files: ReadonlyMap<string, PackedFile>,
  seqNo: number,
  breathe: () => Promise<void>,
): Promise<ArticleIndex> {
  const file = (name: string): PackedFile => {
    const packed = files.get(name)
    if (packed === undefined) throw corrupt(folder, { de: `${name} fehlt`, en: `${name} is missing` })
    return packed
  }
  const documents = file('documents.bin')
  const vocabulary = file('vocabulary.bin')
  const forward = file('forward.bin')
  const terms = vocabulary.strings('terms')
  await breathe()
  const words = new Vocabulary({
    terms,
    forms: vocabulary.strings('forms'),
    documentFrequencies: vocabulary.u32('documentFrequencies'),
    formFrequencies: vocabulary.u32('formFrequencies'),
    formTerms: vocabulary.u32('formTerms'),
    formStops: vocabulary.u32('formStops'),
    additionalEnds: vocabulary.u32('additionalEnds'),
    additionalTerms: vocabulary.u32('additionalTerms'),
  })
  await breathe()
  const postings = new Postings()
  await unpackPostings(file('postings.bin').bytes('postings'), terms, postings, breathe)
  const rows = new Documents({
    ids: documents.strings('ids'),
    times: documents.f64('times'),
    lengths: documents.f64('lengths'),
    numbers: documents.f64('numbers'),
    contents: documents.f64('contents'),
    deletedDocs: documents.bytes('deletedDocs'),
  })
  await breathe()
  postings.loadDocIds(rows.size)
  await breathe()
  const tokens = new ForwardIndex({
    forms: forward.u32('forms'),
    offsets: forward.bytes('offsets'),
    rows: forward.u32('rows'),
  })
  await breathe()
  const columns = file('fields.bin')
  const fields = new DocValues({
    names: columns.strings('names'),
    valueCounts: columns.u32('valueCounts'),
    entryCounts: columns.u32('entryCounts'),
    emptyListCounts: columns.u32('emptyListCounts'),
    values: columns.strings('values'),
    numeric: columns.bytes('numeric'),
    docIds: columns.u32('docIds'),
    entries: columns.u32('entries'),
    docsWithEmptyList: columns.u32('docsWithEmptyList'),
  })
  await breathe()
  const ordered = file('order.bin')
  const formOrder = new SortedForms(words, {
    order: ordered.u32('order'),
    keys: ordered.strings('keys')[0] ?? '',
    ends: ordered.u32('ends'),
  })
  return new ArticleIndex({ postings, vocabulary: words, forward: tokens, documents: rows, fields, formOrder, seqNo })
}
