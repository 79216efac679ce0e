import { parentPort, workerData } from 'node:worker_threads'
import { createAnalyzer } from '../../analysis/analyzer.ts'
import { packError } from '../../packed-error.ts'
import { ArticleStore } from '../../store/article-store.ts'
import { ArticleIndex } from '../segment/segment.ts'
import type { PartTask } from './catch-up-in-parts.ts'
import { catchUp } from './index-sink.ts'
import { buffersOf, type PackedIndex, packedIndexOf } from './packed-index.ts'
import type { ThreadMessage } from './thread.ts'

/** Indexes a part of the articles of a store in a thread of its own; see catch-up-in-parts.ts for the other side. */
const { cache, rules, after, last } = workerData as PartTask

const tell = (message: ThreadMessage<PackedIndex>, transferred: ArrayBuffer[] = []): void =>
  parentPort?.postMessage(message, transferred)

async function indexPart(store: ArticleStore): Promise<void> {
  const index = new ArticleIndex()
  index.seqNo = after
  const progress = (done: number): void => tell({ kind: 'progress', done })
  await catchUp(index, store, createAnalyzer(rules), progress, undefined, undefined, last)
  const packed = packedIndexOf(index)
  tell({ kind: 'finished', result: packed }, buffersOf(packed))
}

try {
  const store = ArticleStore.open(cache)
  try {
    await indexPart(store)
  } finally {
    store.close()
  }
} catch (error) {
  tell({ kind: 'failed', error: packError(error) })
}
