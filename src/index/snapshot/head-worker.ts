import { parentPort, workerData } from 'node:worker_threads'
import { createAnalyzer } from '../../analysis/analyzer.ts'
import { packError } from '../../packed-error.ts'
import { ArticleStore } from '../../store/article-store.ts'
import { feed } from '../../store/change-feed.ts'
import { ArticleIndex } from '../segment/segment.ts'
import { FLUSHING_FORMS, FlushingSink } from './flushing-sink.ts'
import type { HeadMessage, HeadResult, HeadTask } from './head-start.ts'
import { IndexSink } from './index-sink.ts'
import { buffersOf, packedWholeOf } from './packed-index.ts'
import type { ThreadMessage } from './thread.ts'

/** Indexes the first articles of a store in a thread of its own while it is being filled; see head-start.ts for the other side. */
const { cache, rules, done } = workerData as HeadTask
let analyzer = createAnalyzer(rules)
/** As long as it is small. */
let index = new ArticleIndex()
let flushing: FlushingSink | undefined
/** Articles that were given to it. */
let given = 0

const tell = (message: ThreadMessage<HeadResult>, transferred: ArrayBuffer[] = []): void =>
  parentPort?.postMessage(message, transferred)

/** From now on parts go to the disk. */
function flush(): void {
  analyzer = createAnalyzer(rules, FLUSHING_FORMS)
  flushing = new FlushingSink({ cache, name: 'head' }, analyzer, index)
  index = new ArticleIndex()
}

async function indexRest(last: number): Promise<void> {
  const store = ArticleStore.open(cache)
  try {
    const progress = (changes: number): void => tell({ kind: 'progress', done: given + changes })
    await feed(store, flushing ?? new IndexSink(index, analyzer), progress, undefined, last)
  } finally {
    store.close()
  }
  if (flushing !== undefined) {
    tell({ kind: 'finished', result: flushing.finish() })
    return
  }
  const packed = packedWholeOf(index)
  tell({ kind: 'finished', result: packed }, buffersOf(packed))
}

async function take(message: HeadMessage): Promise<void> {
  if (message.kind === 'rest') {
    parentPort?.removeAllListeners('message')
    return indexRest(message.last)
  }
  if (message.kind === 'large') {
    flush()
    return
  }
  for (const { seqNo, article } of message.articles) {
    given += 1
    if (flushing !== undefined) flushing.add(seqNo, article)
    else {
      index.add(seqNo, article, analyzer)
      index.seqNo = seqNo
    }
  }
  Atomics.add(done, 0, message.length)
}

parentPort?.on('message', (message: HeadMessage) => {
  take(message).catch((error: unknown) => {
    tell({ kind: 'failed', error: packError(error) })
    parentPort?.removeAllListeners('message')
  })
})
