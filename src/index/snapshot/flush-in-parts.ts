import type { Analyzer } from '../../analysis/analyzer.ts'
import { keepOldObjectsFew } from '../../heap-limits.ts'
import type { ArticleStore } from '../../store/article-store.ts'
import { type PartsOptions, type PartTask, partsProgress, rangesOf } from './catch-up-in-parts.ts'
import type { PartsPlace } from './flushing-sink.ts'
import type { HeadStart } from './head-start.ts'
import type { SealedPart } from './sealed-part.ts'
import { inThread, SMALL_THREAD } from './thread.ts'

/** What a thread is asked to index into parts on the disk. */
export interface FlushTask extends PartTask {
  readonly place: PartsPlace
}

export interface FlushOptions extends PartsOptions {
  /** Where the index was begun with the store, whose first articles it has. */
  readonly head?: HeadStart | undefined
  /** See `PartsPlace`; tests have small ones. */
  readonly tokens?: number | undefined
}

const SCRIPT = new URL('./flush-worker.js', import.meta.url)

/**
 * Indexes the articles of a store that were added after a change into parts on the disk, in several threads: this one only waits, so nothing that indexing takes is
 * left in its memory.
 * @returns the parts in the order of their articles. Some of these may have gone since
 */
export async function flushInParts(
  cache: string,
  store: ArticleStore,
  analyzer: Analyzer,
  after: number,
  { head, tokens, progress = () => {}, signal, threads, partBytesMin, script = SCRIPT }: FlushOptions = {},
): Promise<SealedPart[]> {
  keepOldObjectsFew()
  const begin = head?.seqNo ?? after
  const ranges = rangesOf(store.sizesAfter(begin), begin, threads, partBytesMin, head?.waiting)
  const tell = partsProgress(ranges.length, progress)
  const stopping = new AbortController()
  const stopped = signal === undefined ? stopping.signal : AbortSignal.any([stopping.signal, signal])
  const parts = ranges.map((range, i) => {
    const told = (articles: number): void => tell(i, articles)
    if (i === 0 && head !== undefined) return head.finishInParts(range.last, stopped, told)
    const place = { cache, name: String(range.after), ...(tokens !== undefined && { tokens }) }
    const task: FlushTask = { ...range, cache, rules: analyzer.indexRules, place }
    return inThread<readonly SealedPart[]>(script, task, stopped, told, SMALL_THREAD)
  })
  try {
    return (await Promise.all(parts)).flat()
  } finally {
    stopping.abort()
    await Promise.allSettled(parts)
  }
}
