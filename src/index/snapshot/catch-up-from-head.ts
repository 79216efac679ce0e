import type { Analyzer } from '../../analysis/analyzer.ts'
import type { ArticleStore } from '../../store/article-store.ts'
import type { ArticleIndex } from '../segment/segment.ts'
import { type PartsOptions, type PartTask, partsProgress, rangesOf, SCRIPT } from './catch-up-in-parts.ts'
import type { HeadStart } from './head-start.ts'
import { indexOf, type PackedIndex } from './packed-index.ts'
import { inThread } from './thread.ts'

/**
 * The index of a new store, the first part of which was begun while it was filled. That thread goes on, others make what follows; this one
 * joins them only, so what it took to make them is gone by then.
 */
export async function catchUpFromHead(
  head: HeadStart,
  cache: string,
  store: ArticleStore,
  analyzer: Analyzer,
  { progress = () => {}, signal, threads, partBytesMin, script = SCRIPT }: PartsOptions = {},
): Promise<ArticleIndex> {
  const { seqNo, waiting } = head
  const [first, ...others] = rangesOf(store.sizesAfter(seqNo), seqNo, threads, partBytesMin, waiting)
  const tell = partsProgress(others.length + 1, progress)
  const stopping = new AbortController()
  const stopped = signal === undefined ? stopping.signal : AbortSignal.any([stopping.signal, signal])
  const parts = [
    head.finish(first?.last ?? seqNo, stopped, (articles) => tell(0, articles)),
    ...others.map((range, i) => {
      const task: PartTask = { ...range, cache, rules: analyzer.indexRules }
      return inThread<PackedIndex>(script, task, stopped, (articles) => tell(i + 1, articles))
    }),
  ]
  try {
    const [begun, ...rest] = await Promise.all(parts)
    const index = indexOf(begun as PackedIndex)
    for (const part of rest) index.append(indexOf(part))
    index.seqNo = Math.max(index.seqNo, store.seqNo)
    return index
  } finally {
    stopping.abort()
    await Promise.allSettled(parts)
  }
}
