import { availableParallelism } from 'node:os'
import type { Analyzer } from '../../analysis/analyzer.ts'
import type { ArticleStore } from '../../store/article-store.ts'
import type { ArticleIndex } from '../segment/segment.ts'
import { catchUp } from './index-sink.ts'
import { indexOf, type PackedIndex } from './packed-index.ts'
import { inThread } from './thread.ts'

/** What a thread of its own is asked to index: the articles of a store that were added after `after`, up to `last`. */
export interface PartTask extends Range {
  readonly cache: string
  readonly rules: Analyzer['indexRules']
}

interface Range {
  readonly after: number
  readonly last: number
}

/** A part of fewer bytes of text is not worth a thread, which reads the lexicon and meets the same words again. */
export const PART_BYTES_MIN = 4_000_000
/** More threads would wait for the one that joins what they made. */
const PARTS_MAX = 4
export const SCRIPT = new URL('./part-worker.js', import.meta.url)

export interface PartsOptions {
  /** Is told how many changes were applied, in all parts. */
  readonly progress?: ((done: number) => void) | undefined
  /** Aborted, the index is of no use; its reason is thrown as soon as all threads have ended. */
  readonly signal?: AbortSignal | undefined
  /** At most so many threads, this one included. */
  readonly threads?: number
  /** Tests have small ones. */
  readonly partBytesMin?: number
  /** Tests run the built one, or one of their own. */
  readonly script?: URL | undefined
}

/** As `catchUp`; where much is to be done, in several threads, the first part in this one. The parts are joined in their order. */
export async function catchUpInParts(
  index: ArticleIndex,
  cache: string,
  store: ArticleStore,
  analyzer: Analyzer,
  { progress = () => {}, signal, threads, partBytesMin, script = SCRIPT }: PartsOptions = {},
): Promise<void> {
  const [first, ...others] = rangesOf(store.sizesAfter(index.seqNo), index.seqNo, threads, partBytesMin)
  if (first === undefined || others.length === 0) return catchUp(index, store, analyzer, progress, signal)
  const tell = partsProgress(others.length + 1, progress)
  const stopping = new AbortController()
  const stopped = signal === undefined ? stopping.signal : AbortSignal.any([stopping.signal, signal])
  const taskOf = (range: Range): PartTask => ({ ...range, cache, rules: analyzer.indexRules })
  const parts = others.map((range, i) =>
    inThread<PackedIndex>(script, taskOf(range), stopped, (articles) => tell(i + 1, articles)),
  )
  const own = catchUp(index, store, analyzer, (articles) => tell(0, articles), stopped, undefined, first.last)
  try {
    await Promise.all([own, ...parts])
    for (const part of parts) index.append(indexOf(await part))
    index.seqNo = Math.max(index.seqNo, store.seqNo)
  } finally {
    stopping.abort()
    await Promise.allSettled([own, ...parts])
  }
}

/** Tells what all parts have done together. */
export function partsProgress(parts: number, progress: (done: number) => void) {
  const done = new Array<number>(parts).fill(0)
  return (part: number, articles: number): void => {
    done[part] = articles
    progress(done.reduce((sum, one) => sum + one, 0))
  }
}

/**
 * Ranges of about equal numbers of bytes, as many as threads are worth their while.
 * @param waiting so many more bytes are to be done in the first of them
 */
export function rangesOf(
  articles: readonly { readonly seqNo: number; readonly bytes: number }[],
  after: number,
  threads = availableParallelism(),
  partBytesMin = PART_BYTES_MIN,
  waiting = 0,
): Range[] {
  const total = articles.reduce((sum, { bytes }) => sum + bytes, waiting)
  const parts = Math.max(1, Math.min(PARTS_MAX, threads, Math.floor(total / partBytesMin)))
  const ranges: Range[] = []
  let begin = after
  let read = waiting
  for (const { seqNo, bytes } of articles) {
    read += bytes
    if (read < ((ranges.length + 1) * total) / parts || ranges.length === parts - 1) continue
    ranges.push({ after: begin, last: seqNo })
    begin = seqNo
  }
  ranges.push({ after: begin, last: Number.MAX_SAFE_INTEGER })
  return ranges
}
