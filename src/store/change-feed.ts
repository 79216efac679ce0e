import { setImmediate } from 'node:timers/promises'
import type { ArticleStore } from './article-store.ts'
import type { Change } from './change-log.ts'

/** What is kept in step with the store: the index of this process, or whatever else answers searches. */
export interface ChangeSink {
  /** The sequence number of the last change that it contains. */
  readonly position: number
  /**
   * Applies as many of the next changes as are one piece of work, in their order; 0 once there are none left. The removal of a version
   * comes before the version that succeeds it: it may wait for that, so that the article is there at every moment.
   */
  apply(changes: Iterator<Change, void>): Promise<number>
  /**
   * Nothing more comes for now; no removal waits any longer.
   * @param position all changes up to it were given; null where reading them failed or was given up
   */
  settle(position: number | null): Promise<void>
}

/**
 * Gives a sink what has happened in the store since its position, a piece at a time; between two pieces the event loop goes on.
 * @param progress is told how many changes were applied
 * @param signal aborted, it ends within a piece and throws the signal's reason
 * @param last articles that were added later are left out
 */
export async function feed(
  store: ArticleStore,
  sink: ChangeSink,
  progress: (done: number) => void = () => {},
  signal?: AbortSignal,
  last?: number,
): Promise<void> {
  const target = Math.min(store.seqNo, last ?? Number.MAX_SAFE_INTEGER)
  const changes = store.changes(sink.position, last)
  let done = 0
  let position: number | null = null
  try {
    for (let isLast = false; !isLast; ) {
      progress(done)
      await setImmediate()
      signal?.throwIfAborted()
      const applied = await sink.apply(changes)
      done += applied
      isLast = applied === 0
    }
    position = target
  } finally {
    await sink.settle(position)
  }
  progress(done)
}
