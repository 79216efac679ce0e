import type { ArticleIndex } from '../segment/segment.ts'
import { corruptBy } from './corrupt.ts'
import type { SnapshotIdentity } from './manifest.ts'
import type { SegmentSize } from './merge-policy.ts'
import { type Merged, writeMergedSegment } from './merged-segment-writer.ts'
import { writeSegmentInThreads } from './segment-writer.ts'

/** What becomes a segment: an index in memory, or segments and parts on the disk that are joined. */
export type Fresh =
  | { readonly kind: 'index'; readonly index: ArticleIndex }
  | {
      readonly kind: 'merged'
      readonly merged: readonly Merged[]
      /** The last change of the store that they have. */
      readonly seqNo: number
      /** The folder of the first one that was there before. */
      readonly stored: string | null
    }

/** A segment that was written. */
export interface Written extends SegmentSize {
  readonly sha256: string
  readonly change: number
}

export const sizeOf = ({ documents, forward }: ArticleIndex): SegmentSize => ({
  docs: documents.size,
  articles: documents.liveCount,
  tokens: forward.tokens,
})

export const seqNoOf = (fresh: Fresh): number => (fresh.kind === 'index' ? fresh.index.seqNo : fresh.seqNo)

/** Whether it has any articles at all. */
export const hasArticles = (fresh: Fresh): boolean =>
  fresh.kind === 'index' ? fresh.index.documents.size > 0 : fresh.merged.length > 0

/** Writes it into a new folder, which is no segment where that fails or is given up. */
export async function writeFresh(
  cache: string,
  folder: string,
  fresh: Fresh,
  identity: SnapshotIdentity,
  signal?: AbortSignal,
): Promise<Written> {
  if (fresh.kind === 'index') {
    const { sha256, change } = await writeSegmentInThreads(cache, folder, fresh.index, identity, { signal })
    return { sha256, change, ...sizeOf(fresh.index) }
  }
  const { merged, seqNo, stored } = fresh
  try {
    const options = { signal }
    const { sha256, change, articles, tokens } = await writeMergedSegment(folder, merged, seqNo, identity, options)
    return { sha256, change, docs: articles, articles, tokens }
  } catch (error) {
    signal?.throwIfAborted()
    // as if it could not be read: its checksums are right, and it is no segment
    throw stored !== null && !isOfSystem(error) ? corruptBy(stored, error) : error
  }
}

const isOfSystem = (error: unknown): boolean => typeof (error as NodeJS.ErrnoException).code === 'string'
