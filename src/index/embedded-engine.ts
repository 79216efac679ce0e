import { setImmediate } from 'node:timers/promises'
import type { Article } from '../article.ts'
import type { Engine, EngineAnswer } from '../search/engine.ts'
import type { QueryPlan } from '../search/plan.ts'
import type { ArticleIndex } from './article-index.ts'
import { locate } from './locate.ts'
import { Searcher } from './searcher.ts'
import type { Store } from './store.ts'

/** Of the store and of the analysis in a version's name. */
const ID_LENGTH = 8

/** Words prepared between two breaths of the event loop: a few milliseconds' work. */
const PREPARED_AT_ONCE = 1024

/** The engine inside the process: an index in memory, the articles in SQLite. */
export class EmbeddedEngine implements Engine {
  readonly #fingerprint: string
  #store: Store
  #searcher: Searcher

  constructor(index: ArticleIndex, store: Store, fingerprint: string) {
    this.#searcher = new Searcher(index)
    this.#store = store
    this.#fingerprint = fingerprint
  }

  get index(): ArticleIndex {
    return this.#searcher.index
  }

  /** Puts a finished index in the place of the one before: the next search uses it, a running one has what it needs. */
  swap(index: ArticleIndex, store: Store = this.#store): void {
    this.#searcher = new Searcher(index)
    this.#store = store
  }

  /** Does what the first search with an unknown word would wait for, about a second's work with 100,000 articles, between searches. */
  async prepare(): Promise<void> {
    const searcher = this.#searcher
    while (searcher === this.#searcher && !searcher.prepare(PREPARED_AT_ONCE)) await setImmediate()
  }

  get version(): string {
    return `${this.index.change}-${this.#store.id.slice(0, ID_LENGTH)}-${this.#fingerprint.slice(0, ID_LENGTH)}`
  }

  async article(id: string): Promise<Article | undefined> {
    return this.#store.byId(id)
  }

  async search(plan: QueryPlan): Promise<EngineAnswer> {
    const { index } = this
    const version = this.version
    const found = this.#searcher.search(plan)
    const hits = found.ordinals.flatMap((ordinal, i) => {
      const article = this.#store.byNumber(index.documents.numbers[ordinal] as number)
      return article === undefined
        ? []
        : [{ article, score: found.scores[i] as number, ...locate(index, ordinal, found.matches) }]
    })
    const { totalHits, words, wordWeights, droppedWords } = found
    return { hits, totalHits, words, wordWeights, droppedWords, version }
  }
}
