import type { Analyzer } from '../../analysis/analyzer.ts'
import type { Article } from '../../article/article.ts'
import type { ChangeSink } from '../../store/change-feed.ts'
import type { Change } from '../../store/change-log.ts'
import { ArticleIndex } from '../segment/segment.ts'
import { IndexSink } from './index-sink.ts'
import { type SealedPart, sealPart } from './sealed-part.ts'

/** An index in memory of so many tokens is put on the disk, where a large backlog is indexed. */
export const FLUSHED_TOKENS = 600_000

/** An analyser of a thread that flushes remembers so many forms: what is in memory should not be that. */
export const FLUSHING_FORMS = 2 ** 16

/** Where parts go, and when. */
export interface PartsPlace {
  readonly cache: string
  /** Tells them from those of others. */
  readonly name: string
  readonly tokens?: number
}

/**
 * Indexes new articles into parts on the disk, so that no more of them is in memory than a part has. Of articles that went it knows nothing: who joins the parts
 * leaves them out.
 */
export class FlushingSink implements ChangeSink {
  readonly #place: PartsPlace
  readonly #analyzer: Analyzer
  readonly #parts: SealedPart[] = []
  #index: ArticleIndex
  #sink: IndexSink

  /** @param index what is in memory already; it must not be used by anybody else */
  constructor(place: PartsPlace, analyzer: Analyzer, index: ArticleIndex) {
    this.#place = place
    this.#analyzer = analyzer
    this.#index = index
    this.#sink = new IndexSink(index, analyzer)
    this.#flushWhereFull()
  }

  get position(): number {
    return this.#index.seqNo
  }

  /** Takes an article that the store does not show yet. */
  add(seqNo: number, article: Article): void {
    this.#index.add(seqNo, article, this.#analyzer)
    this.#index.seqNo = seqNo
    this.#flushWhereFull()
  }

  async apply(changes: Iterator<Change, void>): Promise<number> {
    const applied = await this.#sink.apply(changes)
    this.#flushWhereFull()
    return applied
  }

  settle(position: number | null): Promise<void> {
    return this.#sink.settle(position)
  }

  /** All parts, what is in memory among them. */
  finish(): SealedPart[] {
    if (this.#index.documents.size > 0) this.#flush()
    return this.#parts
  }

  #flushWhereFull(): void {
    const { tokens = FLUSHED_TOKENS } = this.#place
    if (this.#index.forward.tokens >= tokens) this.#flush()
  }

  #flush(): void {
    const { cache, name } = this.#place
    const { seqNo } = this.#index
    this.#parts.push(sealPart(cache, `${name}-${this.#parts.length}`, this.#index))
    this.#index = new ArticleIndex()
    this.#index.seqNo = seqNo
    this.#sink = new IndexSink(this.#index, this.#analyzer)
  }
}
