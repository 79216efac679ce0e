// The room `index`: the engine inside the process, and keeping it current while it serves. It puts its inner rooms together and takes
// changes from `store`; of `search` it knows the seam and what goes through it. Who asks, and how answers look, it does not know.

import type { Article } from '../article/article.ts'
import { canonicalField } from '../article/searched-fields.ts'
import type { Engine, EngineReader, FacetQuery, FacetValue, Suggestion } from '../search/engine/engine.ts'
import { stopwatch } from '../stopwatch.ts'
import { WorkBudget } from '../work-budget.ts'
import type { ArticleSource } from './article-source.ts'
import { searchedValues } from './docset/facets.ts'
import { combined, filterDocSet, liveDocSet } from './docset/filter-docs.ts'
import { EmbeddedReader } from './embedded-reader.ts'
import { type EngineConfig, stateOf } from './engine-config.ts'
import { Mutex } from './mutex.ts'
import type { ArticleIndex } from './segment/segment.ts'
import { Suggester } from './suggest/suggester.ts'
import { SurfaceForms } from './suggest/surface-forms.ts'

/** What answers at one time: an index, where its articles are, and how it is read. */
interface Serving<Source extends ArticleSource> {
  readonly index: ArticleIndex
  readonly source: Source
  readonly config: EngineConfig
  readonly reader: EmbeddedReader
  readonly suggester: Suggester
}

function servingOf<Source extends ArticleSource>(
  index: ArticleIndex,
  source: Source,
  config: EngineConfig,
): Serving<Source> {
  const articleOf = (seqNo: number): Article | undefined => source.bySeqNo(seqNo)
  const surfaceForms = new SurfaceForms(index, articleOf)
  const state = (): string => stateOf(index.seqNo, source.id, config)
  const reader = new EmbeddedReader(index, config.analyzer, surfaceForms, source, state)
  return { index, source, config, reader, suggester: new Suggester(index, surfaceForms) }
}

async function prepared(reader: EmbeddedReader, signal?: AbortSignal): Promise<void> {
  const budget = new WorkBudget(Number.POSITIVE_INFINITY)
  for (const _ of reader.warmUp()) {
    // searches that are asked for meanwhile wait for one piece alone
    await budget.giveWay()
    signal?.throwIfAborted()
  }
}

/**
 * The engine inside the process: an index in memory.
 * @typeParam Source what holds the articles; a LiveIndex asks its store for changes, too
 */
export class EmbeddedEngine<Source extends ArticleSource = ArticleSource> implements Engine {
  #serving: Serving<Source>
  /** While a search gives way to other requests, no other search may begin and the index must not change. */
  readonly #mutex = new Mutex()
  readonly #swaps = new Mutex()
  #preparing: Promise<void> | undefined

  constructor(index: ArticleIndex, source: Source, config: EngineConfig) {
    this.#serving = servingOf(index, source, config)
  }

  get index(): ArticleIndex {
    return this.#serving.index
  }

  get source(): Source {
    return this.#serving.source
  }

  /** How the index in service is read. */
  get config(): EngineConfig {
    return this.#serving.config
  }

  /**
   * Puts a finished index in the place of the one before, once everything is prepared that its first searches would wait for; until
   * then, about a second with 100,000 articles, the one before answers. A running search keeps what it began with. One after the
   * other: each resolves when its index is in service.
   * @param signal aborted, nothing is put in service any more; its reason is thrown
   */
  swap(
    index: ArticleIndex,
    { source, config, signal }: { source?: Source; config?: EngineConfig; signal?: AbortSignal } = {},
  ): Promise<void> {
    return this.#swaps.run(async () => {
      signal?.throwIfAborted()
      const before = this.#serving
      const next = servingOf(index, source ?? before.source, config ?? before.config)
      next.reader.wantsNear = before.reader.wantsNear
      await prepared(next.reader, signal)
      this.#serving = next
    })
  }

  /** Prepares the index in service for the next searches after a change; one preparation at a time. */
  warmUp(): Promise<void> {
    this.#preparing ??= prepared(this.#serving.reader).finally(() => {
      this.#preparing = undefined
    })
    return this.#preparing
  }

  /** Runs what changes the index between two searches; the next one finds ready what each of them needs. */
  change(work: () => void): Promise<void> {
    return this.#mutex.run(() => {
      work()
      this.#serving.reader.follow()
    })
  }

  /** Runs what must not happen in the middle of a search, such as closing a store. */
  exclusively<T>(work: () => T | Promise<T>): Promise<T> {
    return this.#mutex.run(work)
  }

  async state(): Promise<string> {
    return this.#serving.reader.state
  }

  read<T>(work: (reader: EngineReader) => Promise<T>, budget: WorkBudget): Promise<T> {
    return this.#inTurn(budget, async ({ reader }) => {
      try {
        return await work(reader.withBudget(budget))
      } catch (error) {
        reader.restore()
        throw error
      }
    })
  }

  async article(id: string): Promise<Article | undefined> {
    return this.source.byId(id)
  }

  async idWithUrl(urls: readonly string[]): Promise<string | undefined> {
    const { documents, fields } = this.index
    const column = fields.column('url')
    if (column === undefined) return undefined
    for (const url of urls) {
      const docId = column.docIdsWith(url).find((one) => documents.deletedDocs[one] === 0)
      if (docId !== undefined) return documents.ids.at(docId)
    }
    return undefined
  }

  async suggestTerms(typed: string, most: number, budget: WorkBudget): Promise<readonly Suggestion[]> {
    const { suggester } = this.#serving
    try {
      return suggester.suggest(typed, most, budget)
    } catch (error) {
      suggester.restore()
      throw error
    }
  }

  facetValues({ field, text, filter, most }: FacetQuery, budget: WorkBudget): Promise<readonly FacetValue[]> {
    return this.#inTurn(budget, async ({ index }) => {
      const liveDocs = liveDocSet(index)
      const articles =
        filter === null ? liveDocs : combined('and', [await filterDocSet(index, filter, budget), liveDocs])
      return searchedValues(index, canonicalField(field), articles, text, most, budget)
    })
  }

  /** One after the other, each on what is in service when its turn comes. */
  #inTurn<T>(budget: WorkBudget, work: (serving: Serving<Source>) => Promise<T>): Promise<T> {
    const ended = stopwatch(budget)
    return this.#mutex.run(() => {
      ended('wait')
      budget.throwIfEnded()
      return work(this.#serving)
    })
  }
}
