import { parentPort, workerData } from 'node:worker_threads'
import { createAnalyzer } from '../../analysis/analyzer.ts'
import { packError } from '../../packed-error.ts'
import { ArticleStore } from '../../store/article-store.ts'
import { feed } from '../../store/change-feed.ts'
import { ArticleIndex } from '../segment/segment.ts'
import type { FlushTask } from './flush-in-parts.ts'
import { FLUSHING_FORMS, FlushingSink } from './flushing-sink.ts'
import type { SealedPart } from './sealed-part.ts'
import type { ThreadMessage } from './thread.ts'

/** Indexes a range of the articles of a store into parts on the disk, in a thread of its own; see flush-in-parts.ts for the other side. */
const { cache, rules, after, last, place } = workerData as FlushTask

const tell = (message: ThreadMessage<readonly SealedPart[]>): void => parentPort?.postMessage(message)

async function indexRange(store: ArticleStore): Promise<readonly SealedPart[]> {
  const index = new ArticleIndex()
  index.seqNo = after
  const sink = new FlushingSink(place, createAnalyzer(rules, FLUSHING_FORMS), index)
  await feed(store, sink, (done) => tell({ kind: 'progress', done }), undefined, last)
  return sink.finish()
}

try {
  const store = ArticleStore.open(cache)
  try {
    tell({ kind: 'finished', result: await indexRange(store) })
  } finally {
    store.close()
  }
} catch (error) {
  tell({ kind: 'failed', error: packError(error) })
}
