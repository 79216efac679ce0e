import type { ArticleIndex } from '../../src/index/segment/segment.ts'
import { BLOCK_BYTES } from '../../src/index/snapshot/block-hash.ts'
import { type Segment, writeCommit } from '../../src/index/snapshot/commit.ts'
import { Generations } from '../../src/index/snapshot/generations.ts'
import type { SnapshotIdentity } from '../../src/index/snapshot/manifest.ts'
import { writeSegment } from '../../src/index/snapshot/segment-writer.ts'

/** An index as a segment, and what has gone of it since. */
export interface Part {
  readonly index: ArticleIndex
  readonly deletions?: readonly number[]
}

/** Writes a generation for each of these parts, which names that and those before it, and puts it in force. */
export function putPartsInForce(
  cache: string,
  parts: readonly Part[],
  identity: SnapshotIdentity,
  blockBytes = BLOCK_BYTES,
): void {
  const generations = new Generations(cache)
  const segments: Segment[] = []
  let base = generations.candidates()[0] ?? null
  for (const { index, deletions = [] } of parts) {
    const number = generations.next()
    const { name, folder } = generations.segment(number)
    const { sha256, change, articles, tokens } = writeSegment(folder, index, identity, blockBytes)
    segments.push({
      ...{ name, sha256, change, docs: index.documents.size, tokens },
      articles: articles - deletions.length,
      deletions: Float64Array.from(deletions),
    })
    writeCommit(generations.folder(number), segments, index.seqNo, identity, blockBytes)
    generations.makeCurrent(number, base)
    base = generations.folder(number)
  }
}

/** Writes the next generation, whose only segment is this index, and puts it in force. */
export const putInForce = (cache: string, index: ArticleIndex, identity: SnapshotIdentity): void =>
  putPartsInForce(cache, [{ index }], identity)
