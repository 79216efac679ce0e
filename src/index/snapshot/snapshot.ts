// The room `index/snapshot`: the index on disk: its files, generations, what made it, its check, and catching up with the store. It
// imports `segment` and `store`; it searches nothing.

import { createHash } from 'node:crypto'
import { closeSync, fsyncSync, mkdirSync, openSync, writeSync } from 'node:fs'
import { readFile } from 'node:fs/promises'
import { join } from 'node:path'
import { setImmediate } from 'node:timers/promises'
import { FundstelleError } from '../../errors.ts'
import { PackedFile } from '../arrays/packed-file.ts'
import { DocValues } from '../segment/doc-values.ts'
import { Documents } from '../segment/documents.ts'
import { ForwardIndex } from '../segment/forward-index.ts'
import { Postings } from '../segment/postings.ts'
import { unpackPostings } from '../segment/postings-codec.ts'
import { ArticleIndex } from '../segment/segment.ts'
import { SortedForms } from '../segment/sorted-forms.ts'
import { Vocabulary } from '../segment/vocabulary.ts'
import { corrupt, corruptBy } from './corrupt.ts'
import { differInRulesAlone } from './fingerprint.ts'
import { snapshotFiles } from './snapshot-files.ts'

/** Counted up with every change of what the files of a snapshot hold. */
const FORMAT = 6
const MANIFEST = 'manifest.json'

export interface Manifest {
  readonly format: number
  /** Of the analysis the terms were made by; another one makes the snapshot useless. */
  readonly fingerprint: string
  /** The store it was made from, and the change it stands at. */
  readonly storeId: string
  readonly change: number
  /** Living articles, and tokens including those of tombstones. */
  readonly articles: number
  readonly tokens: number
  readonly files: Readonly<Record<string, { readonly bytes: number; readonly sha256: string }>>
  /** Of everything above: a changed digit in `change` would lose articles without a word. */
  readonly sha256: string
}

/** What a snapshot must agree with to be of use. */
export interface SnapshotIdentity {
  readonly fingerprint: string
  readonly storeId: string
}

/** Writes an index into a new folder, each file and the folder flushed to the disk, the manifest last. */
export function writeSnapshot(folder: string, index: ArticleIndex, identity: SnapshotIdentity): Manifest {
  const steps = snapshotSteps(folder, index, identity)
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
): Generator<void, Manifest> {
  mkdirSync(folder, { recursive: true })
  const files: Record<string, { bytes: number; sha256: string }> = {}
  for (const [name, pieces] of Object.entries(snapshotFiles(index))) {
    files[name] = writeFile(join(folder, name), pieces())
    yield
  }
  const sealed = {
    format: FORMAT,
    ...identity,
    change: index.seqNo,
    articles: index.documents.liveCount,
    tokens: index.forward.tokens,
    files,
  }
  const manifest: Manifest = { ...sealed, sha256: sealOf(sealed) }
  writeFile(join(folder, MANIFEST), [new TextEncoder().encode(`${JSON.stringify(manifest, null, 2)}\n`)])
  syncFolder(folder)
  return manifest
}

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

export async function readManifest(folder: string): Promise<Manifest> {
  const manifest = parsed(folder, await readPart(folder, MANIFEST))
  const { format } = manifest
  if (format !== FORMAT)
    throw corrupt(folder, { de: `Format ${format}, erwartet ${FORMAT}`, en: `format ${format}, expected ${FORMAT}` })
  const { sha256, ...sealed } = manifest
  if (sha256 !== sealOf(sealed)) throw wrongChecksum(folder, MANIFEST)
  return manifest
}

async function readPart(folder: string, name: string): Promise<Buffer> {
  try {
    return await readFile(join(folder, name))
  } catch (error) {
    throw corruptBy(join(folder, name), error)
  }
}

function parsed(folder: string, manifest: Buffer): Manifest {
  try {
    return JSON.parse(manifest.toString('utf8')) as Manifest
  } catch (error) {
    throw corruptBy(join(folder, MANIFEST), error)
  }
}

const sealOf = (sealed: Omit<Manifest, 'sha256'>): string =>
  createHash('sha256').update(JSON.stringify(sealed)).digest('hex')

function checkIdentity(path: string, manifest: Manifest, identity: SnapshotIdentity): void {
  if (manifest.storeId !== identity.storeId)
    throw corrupt(path, { de: 'aus einem anderen Artikelspeicher gebaut', en: 'made from another store' })
  if (manifest.fingerprint === identity.fingerprint) return
  if (differInRulesAlone(manifest.fingerprint, identity.fingerprint))
    throw new FundstelleError('snapshot_rules', { path })
  throw new FundstelleError('snapshot_version', { path })
}

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

const wrongChecksum = (folder: string, name: string): FundstelleError =>
  corrupt(folder, { de: `${name} passt nicht zu seiner Prüfsumme`, en: `${name} does not match its checksum` })

/** Bytes hashed between two breaths of the event loop. */
const HASH_STEP = 4 << 20

async function readVerified(
  folder: string,
  name: string,
  expected: { bytes: number; sha256: string },
  breathe: () => Promise<void>,
): Promise<Uint8Array> {
  const read = await readPart(folder, name)
  if (read.length !== expected.bytes) {
    throw corrupt(folder, {
      de: `${name} hat ${read.length} Bytes statt ${expected.bytes}`,
      en: `${name} has ${read.length} bytes instead of ${expected.bytes}`,
    })
  }
  const hash = createHash('sha256')
  for (let at = 0; at < read.length; at += HASH_STEP) {
    hash.update(read.subarray(at, at + HASH_STEP))
    await breathe()
  }
  if (hash.digest('hex') !== expected.sha256) throw wrongChecksum(folder, name)
  // small files may lie anywhere in a shared buffer; columns need a multiple of eight
  return read.byteOffset % 8 === 0 ? read : new Uint8Array(read)
}

function writeFile(path: string, pieces: readonly Uint8Array[]): { bytes: number; sha256: string } {
  const hash = createHash('sha256')
  const descriptor = openSync(path, 'w')
  let bytes = 0
  try {
    for (const piece of pieces) {
      for (let at = 0; at < piece.length; ) at += writeSync(descriptor, piece, at, piece.length - at)
      hash.update(piece)
      bytes += piece.length
    }
    fsyncSync(descriptor)
  } finally {
    closeSync(descriptor)
  }
  return { bytes, sha256: hash.digest('hex') }
}

/** Makes the names in a folder as lasting as the files. Windows cannot and need not. */
export function syncFolder(folder: string): void {
  if (process.platform === 'win32') return
  const descriptor = openSync(folder, 'r')
  try {
    fsyncSync(descriptor)
  } finally {
    closeSync(descriptor)
  }
}
