import { Metrics } from '../metrics/metrics.ts'
import type { Registry } from '../registry/registry.ts'
import type { SearchThreads } from '../search-threads/search-threads.ts'

/** What is counted of a server's threads, indexes and tasks. */
export function countedBy(threads: SearchThreads, { tasks, indexes }: Registry): Metrics {
  return new Metrics({
    waiting: () => threads.waiting,
    refused: () => threads.queue.shed,
    tasks: () => ({ enqueued: 0, processing: 0, succeeded: 0, failed: 0, canceled: 0, ...tasks.counts() }),
    indexes: () => indexes.count,
    articles: () => threads.articles,
    ready: () => threads.ready,
  })
}
