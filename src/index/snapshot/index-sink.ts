import type { Analyzer } from '../../analysis/analyzer.ts'
import type { ArticleStore } from '../../store/article-store.ts'
import { type ChangeSink, feed } from '../../store/change-feed.ts'
import type { Change } from '../../store/change-log.ts'
import type { ArticleIndex } from '../segment/segment.ts'

/** Changes, and tokens, in one piece of work: some milliseconds. */
const CHANGES_MAX = 64
const TOKENS_MAX = 20_000

/** Runs a piece of work when nobody reads the index. */
export type Turn = (work: () => void) => void | Promise<void>

/** Keeps the index of this process in step with a store. */
export class IndexSink implements ChangeSink {
  readonly #index: ArticleIndex
  readonly #analyzer: Analyzer
  readonly #turn: Turn
  /** By the sequence number of a version that is to come, that of the one that goes with it. */
  readonly #waiting = new Map<number, number>()

  constructor(index: ArticleIndex, analyzer: Analyzer, turn: Turn = (work) => work()) {
    this.#index = index
    this.#analyzer = analyzer
    this.#turn = turn
  }

  get position(): number {
    return this.#index.seqNo
  }

  async apply(changes: Iterator<Change, void>): Promise<number> {
    const { forward } = this.#index
    let applied = 0
    await this.#turn(() => {
      const tokens = forward.tokens
      while (applied < CHANGES_MAX && forward.tokens - tokens <= TOKENS_MAX) {
        const next = changes.next()
        if (next.done === true) return
        this.#apply(next.value)
        applied += 1
      }
    })
    return applied
  }

  async settle(position: number | null): Promise<void> {
    await this.#turn(() => {
      // only where reading the store failed, or was given up: their removal counts as applied already
      for (const seqNo of this.#waiting.values()) this.#index.remove(seqNo)
      this.#waiting.clear()
      if (position !== null) this.#index.seqNo = Math.max(this.#index.seqNo, position)
    })
  }

  #apply(change: Change): void {
    const index = this.#index
    if (change.kind === 'added') {
      const before = this.#waiting.get(change.seqNo)
      if (before !== undefined) index.remove(before)
      this.#waiting.delete(change.seqNo)
      index.add(change.seqNo, change.article, this.#analyzer)
      index.seqNo = change.seqNo
    } else if (change.successor !== null) this.#waiting.set(change.successor, change.seqNo)
    else {
      index.remove(change.seqNo)
      index.seqNo = change.removalSeqNo
    }
  }
}

/**
 * Applies what has happened in the store since the index was made, see `feed`. Between two changes every article is there in one of its
 * versions: an old one goes when the new one comes.
 * @param turn runs a piece of work when nobody reads the index
 * @param signal aborted, the index is of no use then
 * @param last articles that were added later are left out
 */
export function catchUp(
  index: ArticleIndex,
  store: ArticleStore,
  analyzer: Analyzer,
  progress?: (done: number) => void,
  signal?: AbortSignal,
  turn?: Turn,
  last?: number,
): Promise<void> {
  return feed(store, new IndexSink(index, analyzer, turn), progress, signal, last)
}
