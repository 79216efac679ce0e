import { parentPort, workerData } from 'node:worker_threads'
import { createAnalyzer } from '../../analysis/analyzer.ts'
import { packError } from '../../packed-error.ts'
import { ArticleStore } from '../../store/article-store.ts'
import { ArticleIndex } from '../segment/segment.ts'
import type { HeadMessage, HeadTask } from './head-start.ts'
import { catchUp } from './index-sink.ts'
import { buffersOf, type PackedIndex, packedWholeOf } from './packed-index.ts'
import type { ThreadMessage } from './thread.ts'

/** Indexes the first articles of a store in a thread of its own while it is being filled; see head-start.ts for the other side. */
const { cache, rules, done } = workerData as HeadTask
const analyzer = createAnalyzer(rules)
const index = new ArticleIndex()

const tell = (message: ThreadMessage<PackedIndex>, transferred: ArrayBuffer[] = []): void =>
  parentPort?.postMessage(message, transferred)

async function indexRest(last: number): Promise<void> {
  const before = index.documents.size
  const store = ArticleStore.open(cache)
  try {
    const progress = (changes: number): void => tell({ kind: 'progress', done: before + changes })
    await catchUp(index, store, analyzer, progress, undefined, undefined, last)
  } finally {
    store.close()
  }
  const packed = packedWholeOf(index)
  tell({ kind: 'finished', result: packed }, buffersOf(packed))
}

async function take(message: HeadMessage): Promise<void> {
  if (message.kind === 'rest') {
    parentPort?.removeAllListeners('message')
    return indexRest(message.last)
  }
  for (const { seqNo, article } of message.articles) {
    index.add(seqNo, article, analyzer)
    index.seqNo = seqNo
  }
  Atomics.add(done, 0, message.length)
}

parentPort?.on('message', (message: HeadMessage) => {
  take(message).catch((error: unknown) => {
    tell({ kind: 'failed', error: packError(error) })
    parentPort?.removeAllListeners('message')
  })
})
