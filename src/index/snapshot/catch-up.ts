import { setImmediate } from 'node:timers/promises'
import type { Analyzer } from '../../analysis/analyzer.ts'
import { FundstelleError } from '../../errors.ts'
import type { ArticleStore } from '../../store/article-store.ts'
import { ArticleIndex } from '../segment/segment.ts'
import { catchUpFromHead } from './catch-up-from-head.ts'
import { catchUpInParts } from './catch-up-in-parts.ts'
import { readCommit, type Segment, withDeletions, writeCommit } from './commit.ts'
import { Generations } from './generations.ts'
import type { HeadStart } from './head-start.ts'
import type { SnapshotIdentity } from './manifest.ts'
import { isMuch, keptSegments, type SegmentSize } from './merge-policy.ts'
import { newestOf } from './newest.ts'
import { writeSegmentInThreads } from './segment-writer.ts'
import { appendInPieces, joinedIndex, type OpenSnapshot, openVerified } from './snapshot-reader.ts'
import { unwritable } from './unwritable.ts'

/** Rows that went less than this long ago stay: a server may still hold an index that needs them. */
const PURGE_AFTER_SECONDS = 600

export interface BuildReport {
  /** False where the newest snapshot already stood at the store's last change. */
  readonly written: boolean
  readonly complaints: readonly FundstelleError[]
  readonly articles: number
  readonly tokens: number
}

export interface BuildOptions {
  readonly progress?: ((done: number) => void) | undefined
  /** Aborted, no generation is made current any more; its reason is thrown. */
  readonly signal?: AbortSignal | undefined
  /** Where the index was begun with the store, whose first articles it has. */
  readonly head?: HeadStart | undefined
  /** How the segments of the newest snapshot are looked at that stay as they are; see `openVerified`. */
  readonly look?: 'whole' | 'sizes'
}

/**
 * Brings the snapshot up to date with the store: what came since the newest sound one becomes a segment, joined with as many of those before it as
 * the merge policy says; the others stay as they are, but for a list of what of them has gone.
 */
export async function buildSnapshot(
  cache: string,
  store: ArticleStore,
  analyzer: Analyzer,
  fingerprint: string,
  options: BuildOptions = {},
): Promise<BuildReport> {
  const { signal, look = 'whole' } = options
  const generations = new Generations(cache)
  const identity = { fingerprint, storeId: store.id }
  signal?.throwIfAborted()
  const newest = await newestOf(generations, store, (folder) => openVerified(folder, identity, look, signal))
  const { found } = newest
  const complaints = [...newest.complaints]
  let base = newest.folder
  signal?.throwIfAborted()
  if (found !== null && complaints.length === 0 && found.seqNo === store.seqNo)
    return { written: false, complaints, articles: found.articles, tokens: found.tokens }
  let next: Changed
  try {
    next = await changed(found, cache, store, analyzer, options)
  } catch (error) {
    if (!(error instanceof FundstelleError) || error.code !== 'snapshot_unsound') throw error
    if (look === 'sizes') return buildSnapshot(cache, store, analyzer, fingerprint, { ...options, look: 'whole' })
    // all its checksums are right, and it is of no use
    complaints.push(error)
    base = null
    next = await changed(null, cache, store, analyzer, options)
  }
  const { kept, index } = next
  await setImmediate()
  signal?.throwIfAborted()
  const { articles, tokens } = await writeGeneration(cache, generations, base, kept, index, identity, signal)
  await purge(store, generations)
  return { written: true, complaints, articles, tokens }
}

/** What the next generation is made of: segments that stay, and all other articles as an index that becomes one. */
interface Changed {
  readonly kept: readonly Segment[]
  readonly index: ArticleIndex
}

async function changed(
  before: OpenSnapshot | null,
  cache: string,
  store: ArticleStore,
  analyzer: Analyzer,
  { progress, signal, head }: BuildOptions,
): Promise<Changed> {
  if ((before?.articles ?? 0) === 0 && head?.hasBegun === true)
    return { kept: [], index: compacted(await catchUpFromHead(head, cache, store, analyzer, { progress, signal })) }
  const { name, segments, seqNo } = before ?? NOTHING
  // what comes is added to all there is at once where it is going to be joined with that: then nothing is in memory twice
  const bytes = store.sizesAfter(seqNo).reduce((sum, article) => sum + article.bytes, 0)
  const isWhole = before === null || isMuch(segments, bytes)
  const index = isWhole ? await joinedIndex(name, segments, signal) : new ArticleIndex()
  index.seqNo = seqNo
  await catchUpInParts(index, cache, store, analyzer, { progress, signal })
  if (isWhole) return { kept: [], index: compacted(index) }
  const left = withDeletions(segments, store.removedAfter(seqNo, index.seqNo))
  const count = keptSegments(left, sizeOf(index))
  const kept = left.slice(0, count)
  if (count === left.length) return { kept, index }
  const joined = await joinedIndex(name, left.slice(count), signal)
  await appendInPieces(joined, index, signal)
  return { kept, index: compacted(joined) }
}

const NOTHING = {
  name: { folder: '', sha256: '', storeId: '', change: 0 },
  segments: [],
  seqNo: 0,
} satisfies Partial<OpenSnapshot>

const sizeOf = ({ documents, forward }: ArticleIndex): SegmentSize => ({
  docs: documents.size,
  articles: documents.liveCount,
  tokens: forward.tokens,
})

const compacted = (index: ArticleIndex): ArticleIndex => (index.needsCompaction ? index.compacted() : index)

/**
 * Writes the next generation and puts it in force. What stays unfinished is cleared away: here where something fails, as the disk may be
 * full of it; by the next one after a kill, before it needs space itself.
 * @param base the folder of the generation that it is built on, which stays beside it
 * @param index becomes a segment of its own, unless it has no articles and there are others
 */
async function writeGeneration(
  cache: string,
  generations: Generations,
  base: string | null,
  kept: readonly Segment[],
  index: ArticleIndex,
  identity: SnapshotIdentity,
  signal?: AbortSignal,
): Promise<{ readonly articles: number; readonly tokens: number }> {
  const number = generations.next()
  generations.clearUnfinished()
  try {
    const segments = [...kept]
    if (index.documents.size > 0 || kept.length === 0) {
      const { name, folder } = generations.segment(number)
      const { sha256, change } = await writeSegmentInThreads(cache, folder, index, identity, { signal })
      segments.push({ name, sha256, change, ...sizeOf(index), deletions: new Float64Array(0) })
    }
    const commit = writeCommit(generations.folder(number), segments, index.seqNo, identity)
    generations.makeCurrent(number, base)
    return commit
  } catch (error) {
    generations.clearUnfinished()
    throw unwritable(cache, error)
  }
}

/** Deletes removed rows that no kept snapshot needs any more. */
async function purge(store: ArticleStore, generations: Generations): Promise<void> {
  const commits = await Promise.allSettled(generations.candidates().map(readCommit))
  // an unsound snapshot is kept until the next one, but nobody will bring it up to date
  const kept = commits.flatMap((read) => (read.status === 'fulfilled' ? read.value : []))
  const changes = kept.filter(({ storeId }) => storeId === store.id).map(({ change }) => change)
  store.purge(Math.min(...changes), Math.floor(Date.now() / 1000) - PURGE_AFTER_SECONDS)
}
