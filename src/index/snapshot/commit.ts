import { join } from 'node:path'
import { setImmediate } from 'node:timers/promises'
import { makeFolder } from '../../make-folder.ts'
import { packColumns, unpackColumns } from '../arrays/packed-file.ts'
import { BLOCK_BYTES } from './block-hash.ts'
import { readVerified, syncFolder, writeFlushed } from './checksummed-files.ts'
import { corrupt } from './corrupt.ts'
import { type Manifest, readManifest, type SnapshotIdentity, writeManifest } from './manifest.ts'
import type { SegmentSize } from './merge-policy.ts'

const DELETIONS = 'deletions.bin'

/** The manifest of a generation: a commit point, which names the segments that are a snapshot together (Lucene’s `segments_N`). */
export interface Commit extends Manifest {
  /** In the order their articles came: each has what was added after the change of the one before, up to its own. */
  readonly segments: readonly CommittedSegment[]
}

/** A segment as a generation names it. */
export interface CommittedSegment extends SegmentSize {
  /** Of its folder, beside that of the generation. */
  readonly name: string
  /** Of its manifest, which stands for every byte of its files. */
  readonly sha256: string
  readonly change: number
}

/** The same with the articles that it has and that went since it was written, by their seqNos, ascending. */
export interface Segment extends CommittedSegment {
  readonly deletions: Float64Array
}

/** Puts a generation into its folder, all of it flushed to the disk, the manifest last. Its segments lie there already. */
export function writeCommit(
  folder: string,
  segments: readonly Segment[],
  change: number,
  identity: SnapshotIdentity,
  blockBytes = BLOCK_BYTES,
): Commit {
  makeFolder(folder)
  const columns: Record<string, Float64Array> = {}
  for (const { name, deletions } of segments) columns[name] = deletions
  const files = { [DELETIONS]: writeFlushed(join(folder, DELETIONS), packColumns(columns), blockBytes) }
  const commit = writeManifest(folder, {
    ...identity,
    change,
    articles: segments.reduce((sum, { articles }) => sum + articles, 0),
    tokens: segments.reduce((sum, { tokens }) => sum + tokens, 0),
    segments: segments.map(({ name, sha256, change, docs, articles, tokens }) => ({
      name,
      sha256,
      change,
      docs,
      articles,
      tokens,
    })),
    blockBytes,
    files,
  })
  syncFolder(folder)
  return commit
}

/** @throws FundstelleError `snapshot_unsound` for anything but a generation as it was written, in the format of today */
export const readCommit = (folder: string): Promise<Commit> => readManifest<Commit>(folder)

/** @throws FundstelleError `snapshot_unsound` where the file of the deletions is damaged, saying where */
export async function segmentsOf(folder: string, { segments, files, blockBytes }: Commit): Promise<Segment[]> {
  const digest = files[DELETIONS]
  if (digest === undefined) throw corrupt(folder, { de: `${DELETIONS} fehlt`, en: `${DELETIONS} is missing` })
  const columns = unpackColumns<Readonly<Record<string, Float64Array>>>(
    await readVerified(folder, DELETIONS, digest, blockBytes, () => setImmediate()),
  )
  return segments.map((segment) => ({ ...segment, deletions: columns[segment.name] ?? new Float64Array(0) }))
}

/**
 * The same segments after more of their articles went.
 * @param removed their seqNos, ascending, each of a living article
 */
export function withDeletions<S extends Segment>(segments: readonly S[], removed: readonly number[]): S[] {
  let at = 0
  return segments.map((segment) => {
    const begin = at
    while (at < removed.length && (removed[at] as number) <= segment.change) at += 1
    if (at === begin) return segment
    const deletions = Float64Array.from([...segment.deletions, ...removed.slice(begin, at)]).sort()
    return { ...segment, deletions, articles: segment.articles - (at - begin) }
  })
}
