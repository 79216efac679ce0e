import { setTimeout as pause } from 'node:timers/promises'
import type { Analyzer } from '../analysis/analyzer.ts'
import type { Article } from '../article/article.ts'
import { canonicalField } from '../article/searched-fields.ts'
import { FundstelleError } from '../errors.ts'
import type { Engine, EngineReader, FacetQuery, FacetValue, Suggestion } from '../search/engine/engine.ts'
import type { WorkBudget } from '../work-budget.ts'
import { ArticleCache } from './article-cache.ts'
import { documentId } from './article-document.ts'
import { isLost } from './cluster.ts'
import type { IndexState } from './cluster-index.ts'
import { ClusterReader } from './cluster-reader.ts'
import { completionsOf } from './completion.ts'
import { byFrequency, byName, valueCounts } from './facet-counts.ts'
import { fieldValue, loweredText } from './field-values.ts'
import { ALL, filterQuery } from './filter-query.ts'
import { FoundDocuments } from './found-documents.ts'
import type { FoundBuild, IndexCollection } from './index-collection.ts'
import { Snapshot } from './snapshot.ts'
import { surfacesOf } from './surfaces.ts'

/** Characters of the store's and the fingerprint's name in a state's. */
const ID_LENGTH = 8
/** How long the first search waits for a change that is being made visible. */
const SETTLING_MS_MAX = 5_000
const SETTLING_POLL_MS = 50
/** So many times what is asked for is looked at: some say the same as another. */
const SPARE = 2
/** Others see a change after so long at most. */
const STALE_MS_MAX = 500
/** From this part of that on it is asked for while searches go on. */
const CHECKED_AHEAD = 0.2
/** A state that was lost is asked for again so often, after so long, twice as long each time: a copy of a shard takes the place of another within seconds. */
const ATTEMPTS_MAX = 6
const PAUSE_MS = 100

/** How an index is read. */
export interface ClusterEngineConfig {
  readonly analyzer: Analyzer
  /** Of the analysis; an index that was made by another one is not searched. */
  readonly fingerprint: string
  /** A state is read that was the newest one so long ago at most, 500 unless given; 0 for asking the cluster with each search. */
  readonly staleMsMax?: number
}

interface ArticleHits {
  readonly hits: { readonly hits: readonly { readonly _source: { readonly article: string } }[] }
}

/**
 * The engine on an OpenSearch cluster. It holds nothing that others need: any number of processes may search one index, each in a state that the cluster
 * keeps for it, and any number of searches at once.
 */
export class OpenSearchEngine implements Engine {
  readonly #collection: IndexCollection
  readonly #config: ClusterEngineConfig
  readonly #cache: ArticleCache
  #snapshot: Snapshot | undefined
  readonly #staleMsMax: number
  /** When the state was last known to be the newest. */
  #checked = 0
  #checking: Promise<Snapshot> | undefined
  /** Somebody was told then of a change: no state is read that was looked for before. */
  #toldAt = 0

  constructor(collection: IndexCollection, config: ClusterEngineConfig) {
    this.#collection = collection
    this.#config = config
    this.#staleMsMax = config.staleMsMax ?? STALE_MS_MAX
    this.#cache = new ArticleCache()
  }

  async state(): Promise<string> {
    return this.#reading(async (snapshot) => this.#nameOf(snapshot))
  }

  async read<T>(work: (reader: EngineReader) => Promise<T>, budget: WorkBudget): Promise<T> {
    const { analyzer } = this.#config
    return this.#reading((snapshot) => {
      budget.throwIfEnded()
      const reading = { snapshot, cache: this.#cache, analyzer, state: this.#nameOf(snapshot) }
      return work(new ClusterReader(reading, budget))
    })
  }

  async article(id: string, budget: WorkBudget): Promise<Article | undefined> {
    const { hits } = await this.#reading((snapshot) =>
      snapshot.searchArticles<ArticleHits>(
        { size: 1, query: { ids: { values: [documentId(id)] } }, _source: ['article'], track_total_hits: false },
        budget.signal,
      ),
    )
    const [hit] = hits.hits
    return hit && (JSON.parse(hit._source.article) as Article)
  }

  async idWithUrl(urls: readonly string[], budget: WorkBudget): Promise<string | undefined> {
    for (const url of urls) {
      const { hits } = await this.#reading((snapshot) =>
        snapshot.searchArticles<ArticleHits>(
          {
            size: 1,
            query: { term: { values: fieldValue('url', `s${url}`) } },
            _source: ['article'],
            track_total_hits: false,
          },
          budget.signal,
        ),
      )
      const [hit] = hits.hits
      if (hit !== undefined) return (JSON.parse(hit._source.article) as Article).id
    }
    return undefined
  }

  async suggestTerms(typed: string, most: number, budget: WorkBudget): Promise<readonly Suggestion[]> {
    const { signal } = budget
    return this.#reading(async (snapshot) => {
      const best = (await completionsOf(snapshot, typed, signal)).slice(0, most * SPARE)
      const words = [...new Set(best.flatMap(({ word }) => (word === null ? [] : [word])))]
      const documents = new FoundDocuments(snapshot, this.#cache, signal)
      const surfaces = await surfacesOf(snapshot, documents, words.slice(0, most), signal)
      const suggestions = new Map<string, Suggestion>()
      for (const { kind, count, begin, word } of best) {
        if (suggestions.size >= most) break
        const text = `${begin}${word === null ? '' : (surfaces.get(word) ?? word)}`.replace(/\s+/g, ' ').trim()
        const name = text.toLowerCase()
        if (text !== '' && !suggestions.has(name)) suggestions.set(name, { text, kind, count })
      }
      return [...suggestions.values()]
    })
  }

  async facetValues(wanted: FacetQuery, budget: WorkBudget): Promise<readonly FacetValue[]> {
    const { text, filter, most } = wanted
    const field = canonicalField(wanted.field)
    const query = filter === null ? ALL : filterQuery(filter)
    const counts = await this.#reading((snapshot) => valueCounts(snapshot, query, [field], budget.signal))
    const placeIn = (value: string | number): number => loweredText(value).indexOf(loweredText(text))
    return byName(counts.get(field) ?? [])
      .filter(({ value }) => placeIn(value) >= 0)
      .sort((a, b) => Number(placeIn(a.value) > 0) - Number(placeIn(b.value) > 0) || byFrequency(a, b))
      .slice(0, most)
      .map(({ value, count }) => ({ value: String(value), count }))
  }

  /** Articles of the state that was read last; NaN before any was. */
  get articles(): number {
    return this.#snapshot?.statistics.documents ?? Number.NaN
  }

  /** From now on what was changed until now is found. */
  lookAgain(): void {
    this.#toldAt = Date.now()
  }

  /** Lets the cluster forget the state that is kept for this process. */
  async close(): Promise<void> {
    const snapshot = this.#snapshot
    this.#snapshot = undefined
    await snapshot?.replace()
  }

  /**
   * Lets `work` read the newest state. Where the cluster has lost it (nobody asked for long, or a node that kept a part of it has ended), it is done once more,
   * from its beginning and on another state: no answer is made of two.
   */
  async #reading<T>(work: (snapshot: Snapshot) => Promise<T>): Promise<T> {
    for (let attempt = 0; ; attempt++) {
      let snapshot: Snapshot | undefined
      try {
        const current = await this.#current()
        snapshot = current
        return await current.reading(() => work(current))
      } catch (error) {
        if (attempt >= ATTEMPTS_MAX || !isLost(error)) throw error
        if (snapshot !== undefined) this.#drop(snapshot)
        await pause(PAUSE_MS * 2 ** attempt)
      }
    }
  }

  #drop(snapshot: Snapshot): void {
    if (this.#snapshot !== snapshot) return
    this.#snapshot = undefined
    void snapshot.replace()
  }

  /** The newest state that is whole, or one that was so a moment ago: while requests come, none of them waits to be told that nothing has changed. */
  async #current(): Promise<Snapshot> {
    const toldAt = this.#toldAt
    while (this.#checked <= toldAt) {
      const newest = await this.#newest()
      if (this.#checked > toldAt) return newest
    }
    const known = this.#snapshot
    const age = Date.now() - this.#checked
    if (known === undefined || age >= this.#staleMsMax) return this.#newest()
    // what fails here is told to whoever has to wait for it
    if (age >= this.#staleMsMax * CHECKED_AHEAD) this.#newest().catch(() => {})
    return known
  }

  #newest(): Promise<Snapshot> {
    this.#checking ??= this.#check().finally(() => {
      this.#checking = undefined
    })
    return this.#checking
  }

  async #check(): Promise<Snapshot> {
    const since = Date.now()
    const found = await this.#found()
    const known = this.#snapshot
    // while one change is being made, the one before it may have been told of
    const isMissed = this.#checked <= this.#toldAt && known?.state.generation !== found.state.generation
    if (known === undefined || isMissed || !this.#isCurrent(known, found)) return this.#open(found)
    this.#checked = since
    return known
  }

  /**
   * While a change is being made visible, the state before it is. So is one that this analysis has made where another analysis has built the collection anew, as
   * long as the cluster has it: programs of two versions may serve side by side.
   */
  #isCurrent({ index, state }: Snapshot, now: FoundBuild): boolean {
    if (index.build !== now.index.build) return !this.#isReadable(now)
    return now.state.isChanging || isSame(state, now.state)
  }

  async #open(found: FoundBuild): Promise<Snapshot> {
    let before = found
    let since = Date.now()
    for (const began = since; ; await pause(SETTLING_POLL_MS)) {
      if (!this.#isReadable(before)) throw madeOtherwise()
      const isLate = Date.now() - began > SETTLING_MS_MAX
      if (!before.state.isChanging || isLate) {
        const snapshot = await Snapshot.open(before.index, before.state)
        since = Date.now()
        const after = await this.#found()
        const isSettled = before.index.build === after.index.build && isSame(before.state, after.state)
        if (isSettled || isLate) {
          const replaced = this.#snapshot
          this.#snapshot = snapshot
          this.#checked = since
          await replaced?.replace()
          return snapshot
        }
        await snapshot.replace()
      }
      before = await this.#found()
    }
  }

  async #found(): Promise<FoundBuild> {
    const found = await this.#collection.current()
    if (found === null) throw unavailable('es gibt dort noch keinen Index', 'there is no index yet')
    return found
  }

  #isReadable({ state }: FoundBuild): boolean {
    return state.fingerprint === this.#config.fingerprint
  }

  #nameOf({ index, state: { generation, storeId } }: Pick<Snapshot, 'index' | 'state'>): string {
    const { fingerprint } = this.#config
    return [index.build, generation, storeId.slice(0, ID_LENGTH), fingerprint.slice(0, ID_LENGTH)].join('-')
  }
}

const isSame = (a: IndexState, b: IndexState): boolean =>
  a.generation === b.generation && a.isChanging === b.isChanging && a.storeId === b.storeId

const madeOtherwise = (): FundstelleError =>
  unavailable(
    'der Index dort ist mit einer anderen Analyse gebaut; „fundstelle reindex“ baut ihn daneben neu und tauscht ihn aus',
    'the index there was built by another analysis; “fundstelle reindex” builds it anew beside it and swaps it',
  )

const unavailable = (de: string, en: string): FundstelleError =>
  new FundstelleError('engine_unavailable', { why: { de, en } })
