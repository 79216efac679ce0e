import type { Analyzer } from '../../analysis/analyzer.ts'
import type { ArticleStore } from '../../store/article-store.ts'
import { ArticleIndex } from '../segment/segment.ts'
import { catchUpFromHead } from './catch-up-from-head.ts'
import { catchUpInParts } from './catch-up-in-parts.ts'
import { type Segment, withDeletions } from './commit.ts'
import { flushInParts } from './flush-in-parts.ts'
import { type Fresh, sizeOf } from './fresh-segment.ts'
import type { HeadStart } from './head-start.ts'
import { IN_MEMORY_TOKENS_MAX, isLarge, type LargeLimits } from './large-backlog.ts'
import { isMuch, keptSegments, type SegmentSize } from './merge-policy.ts'
import type { Merged } from './merged-segment-writer.ts'
import { type SealedPart, sealPart } from './sealed-part.ts'
import { checkNames, verifyFiles } from './segment-reader.ts'
import { appendInPieces, joinedIndex, type OpenSegment, type OpenSnapshot } from './snapshot-reader.ts'

/** What the next generation is made of: segments that stay, and all other articles, which become one. */
export interface Changed {
  readonly kept: readonly Segment[]
  readonly fresh: Fresh
}

export interface ChangedOptions {
  /** How many of the changes since the newest snapshot are in the index. */
  readonly progress?: ((done: number, total: number) => void) | undefined
  readonly signal?: AbortSignal | undefined
  /** Where the index was begun with the store, whose first articles it has. */
  readonly head?: HeadStart | undefined
  /** How the segments were looked at already. */
  readonly look?: 'whole' | 'sizes'
  readonly large?: LargeLimits
}

/**
 * What came of the store since a snapshot, and what of that stays. Where much came it is indexed in parts that lie on the disk, and what is joined with large
 * segments is joined there, too.
 */
export async function changed(
  before: OpenSnapshot | null,
  cache: string,
  store: ArticleStore,
  analyzer: Analyzer,
  options: ChangedOptions,
): Promise<Changed> {
  const { signal, large = {} } = options
  const { bytesMax, tokensMax = IN_MEMORY_TOKENS_MAX, partTokens: tokens, script } = large
  const head = (before?.articles ?? 0) === 0 && options.head?.hasBegun === true ? options.head : undefined
  const { name, segments, seqNo } = (head === undefined ? before : null) ?? NOTHING
  const total = store.changesAfter(seqNo)
  const progress = (done: number): void => options.progress?.(done, Math.max(total, done))
  const bytes = store.sizesAfter(seqNo).reduce((sum, article) => sum + article.bytes, 0)
  if (isLarge(bytes, bytesMax) || head?.isLarge === true) {
    const parts = await flushInParts(cache, store, analyzer, seqNo, { head, progress, signal, tokens, script })
    return joinedOnDisk(segments, seqNo, parts, store, options)
  }
  if (head !== undefined)
    return { kept: [], fresh: inMemory(await catchUpFromHead(head, cache, store, analyzer, { progress, signal })) }
  // what comes is added to all there is at once where it is going to be joined with that: then nothing is in memory twice
  const isWhole = before === null || (isMuch(segments, bytes) && tokensOf(segments) <= tokensMax)
  const index = isWhole ? await joinedIndex(name, segments, signal) : new ArticleIndex()
  index.seqNo = seqNo
  await catchUpInParts(index, cache, store, analyzer, { progress, signal })
  if (isWhole) return { kept: [], fresh: inMemory(index) }
  const left = withDeletions(segments, store.removedAfter(seqNo, index.seqNo))
  const count = keptSegments(left, sizeOf(index))
  const kept = left.slice(0, count)
  const others = left.slice(count)
  if (others.length === 0) return { kept, fresh: { kind: 'index', index } }
  if (tokensOf(others) > tokensMax) {
    const part = index.documents.size > 0 ? [sealPart(cache, 'fresh', index)] : []
    return joinedOnDisk(segments, seqNo, part, store, options)
  }
  const joined = await joinedIndex(name, others, signal)
  await appendInPieces(joined, index, signal)
  return { kept, fresh: inMemory(joined) }
}

const NOTHING = {
  name: { folder: '', sha256: '', storeId: '', change: 0 },
  segments: [],
  seqNo: 0,
} satisfies Partial<OpenSnapshot>

const tokensOf = (segments: readonly SegmentSize[]): number => segments.reduce((sum, { tokens }) => sum + tokens, 0)

const inMemory = (index: ArticleIndex): Fresh => ({
  kind: 'index',
  index: index.needsCompaction ? index.compacted() : index,
})

/**
 * Parts of what came, with as many segments before them as the merge policy says.
 * @param before the change of the store that the segments stand at
 */
async function joinedOnDisk(
  segments: readonly OpenSegment[],
  before: number,
  parts: readonly SealedPart[],
  store: ArticleStore,
  { look, signal }: ChangedOptions,
): Promise<Changed> {
  const { seqNo } = store
  const fresh = { docs: 0, articles: 0, tokens: 0 }
  for (const { docs, articles, tokens } of parts) {
    fresh.docs += docs
    fresh.articles += articles
    fresh.tokens += tokens
  }
  const left = withDeletions(segments, store.removedAfter(before, seqNo))
  const count = keptSegments(left, fresh)
  const others = left.slice(count).map((segment) => ({ ...segment, articles: segment.manifest.articles }))
  for (const segment of others) checkNames(segment)
  // articles that a thread was given while the store was filled may have gone again
  const living = parts.map((part) => ({
    ...part,
    deletions: Float64Array.from(store.removedAfter(part.change, seqNo)),
  }))
  const merged: Merged[] = [...others, ...living]
  for (const one of look === 'whole' ? living : merged) await verifyFiles(one, signal)
  return { kept: left.slice(0, count), fresh: { kind: 'merged', merged, seqNo, stored: others[0]?.folder ?? null } }
}
