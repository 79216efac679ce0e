import { dirname, join } from 'node:path'
import { setImmediate } from 'node:timers/promises'
import { ArticleIndex } from '../segment/segment.ts'
import { readCommit, type Segment, segmentsOf } from './commit.ts'
import { corrupt, corruptBy } from './corrupt.ts'
import { checkIdentity, readManifest, type SnapshotIdentity } from './manifest.ts'
import { readFiles, type SegmentSource, type SnapshotName } from './read-files.ts'
import { assembled, checkCount, checkSizes, verifyFiles } from './segment-reader.ts'

/** A segment of a generation, and where it lies. */
export interface OpenSegment extends Segment, SegmentSource {}

/** A generation, of whose segments no file has been read yet. */
export interface OpenSnapshot {
  readonly name: SnapshotName
  /** The change of the store it stands at. */
  readonly seqNo: number
  readonly articles: number
  readonly tokens: number
  readonly segments: readonly OpenSegment[]
}

/**
 * Reads what a generation consists of.
 * @throws FundstelleError for anything but a generation of this identity: `snapshot_rules` or `snapshot_version` where it
 * was made otherwise, else `snapshot_unsound`, saying what is wrong
 */
export async function openSnapshot(folder: string, identity: SnapshotIdentity): Promise<OpenSnapshot> {
  try {
    const commit = await readCommit(folder)
    checkIdentity(folder, commit, identity)
    const segments: OpenSegment[] = []
    for (const segment of await segmentsOf(folder, commit)) segments.push(await opened(segment, folder, identity))
    const { sha256, storeId, change, articles, tokens } = commit
    return { name: { folder, sha256, storeId, change }, seqNo: change, articles, tokens, segments }
  } catch (error) {
    throw corruptBy(folder, error)
  }
}

async function opened(segment: Segment, generation: string, identity: SnapshotIdentity): Promise<OpenSegment> {
  const folder = join(dirname(generation), segment.name)
  const manifest = await readManifest(folder)
  checkIdentity(folder, manifest, identity)
  if (manifest.sha256 !== segment.sha256)
    throw corrupt(folder, { de: 'nicht das, was das Index-Abbild nennt', en: 'not what the snapshot names' })
  return { ...segment, folder, manifest }
}

/**
 * Opens a generation to build on it: its segments are not read into memory.
 * @param look at every byte of them, or whether all files are there and as long as they were
 * @throws as `openSnapshot`, and where what was looked at is not as it was written
 */
export async function openVerified(
  folder: string,
  identity: SnapshotIdentity,
  look: 'whole' | 'sizes',
  signal?: AbortSignal,
): Promise<OpenSnapshot> {
  const snapshot = await openSnapshot(folder, identity)
  for (const segment of snapshot.segments) {
    checkSizes(segment)
    if (look === 'whole') await verifyFiles(segment, signal)
  }
  return snapshot
}

/**
 * Reads the index of a generation. Every checksum is verified before anything is used; between pieces of work the event loop goes on.
 * @throws as `openSnapshot`, and where a segment is not as it was written
 * @param signal aborted, it ends within a piece of work and throws the signal's reason
 * @param read where the files of its segments come from
 */
export async function readSnapshot(
  folder: string,
  identity: SnapshotIdentity,
  signal?: AbortSignal,
  read = readFiles,
): Promise<ArticleIndex> {
  try {
    const { name, segments, ...snapshot } = await openSnapshot(folder, identity)
    const index = await joinedIndex(name, segments, signal, read)
    index.seqNo = snapshot.seqNo
    checkCount(folder, index, snapshot)
    return index
  } catch (error) {
    signal?.throwIfAborted()
    throw corruptBy(folder, error)
  }
}

/** Pieces of joining between two breaths of the event loop: some milliseconds. */
const PIECES = 4

/**
 * The index of all articles of some segments that have not gone. The first segment is read where it lies in its files; of each further one the living
 * articles are taken over, the smallest ones first, so that the largest takes in all others at once.
 * @throws FundstelleError `snapshot_unsound` where one is not as it was written
 */
export async function joinedIndex(
  name: SnapshotName,
  segments: readonly OpenSegment[],
  signal?: AbortSignal,
  read = readFiles,
): Promise<ArticleIndex> {
  const files = await read(name, segments, signal)
  let joined: ArticleIndex | undefined
  for (const segment of [...segments].reverse()) {
    try {
      const index = assembled(segment, files.get(segment.manifest.sha256))
      await inPieces(removing(index, segment), signal)
      if (joined !== undefined) await appendInPieces(index, joined, signal)
      joined = index
    } catch (error) {
      signal?.throwIfAborted()
      throw corruptBy(segment.folder, error)
    }
  }
  return joined ?? new ArticleIndex()
}

/** As `ArticleIndex.append`; in between the event loop goes on. */
export const appendInPieces = (index: ArticleIndex, other: ArticleIndex, signal?: AbortSignal): Promise<void> =>
  inPieces(index.appending(other), signal)

async function inPieces(work: Iterable<void>, signal: AbortSignal | undefined): Promise<void> {
  let pieces = 0
  for (const _ of work) {
    pieces += 1
    if (pieces % PIECES !== 0) continue
    await setImmediate()
    signal?.throwIfAborted()
  }
}

function* removing(index: ArticleIndex, { deletions }: OpenSegment): Iterable<void> {
  for (const seqNo of deletions) {
    index.remove(seqNo)
    yield
  }
}
