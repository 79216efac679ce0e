import type { Article } from '../article/article.ts'
import { canonicalField } from '../article/searched-fields.ts'
import type {
  Engine,
  EngineAnswer,
  EngineHit,
  ExpandedWord,
  FacetQuery,
  FacetValue,
  Suggestion,
} from '../search/engine/engine.ts'
import { phrasesWanted } from '../search/query/constraint.ts'
import type { QueryPlan } from '../search/query/plan.ts'
import type { ArticleStore } from '../store/article-store.ts'
import { COST, SHARE, WorkBudget } from '../work-budget.ts'
import { searchedValues } from './docset/facets.ts'
import { combined, filterDocSet, liveDocSet } from './docset/filter-docs.ts'
import { locate, type MarkedSpan, UNREAD } from './match/locate.ts'
import { Mutex } from './mutex.ts'
import { significantWords } from './rank/significant-terms.ts'
import { Searcher } from './searcher.ts'
import type { ArticleIndex } from './segment/segment.ts'
import { Suggester } from './suggest/suggester.ts'
import { SurfaceForms } from './suggest/surface-forms.ts'
import { type EngineConfig, nameOf, versionOf } from './version.ts'

/** What answers at one time: an index, the store its articles are in, and how it is read. */
interface Serving {
  readonly store: ArticleStore
  readonly reading: EngineConfig
  /** Of the reading, see `nameOf`. */
  readonly name: string
  readonly searcher: Searcher
  readonly spellings: SurfaceForms
  readonly suggester: Suggester
}

function servingOf(index: ArticleIndex, store: ArticleStore, reading: EngineConfig): Serving {
  const searcher = new Searcher(index, reading.analyzer, reading.recency)
  const spellings = new SurfaceForms(index, (seqNo) => store.bySeqNo(seqNo))
  return { store, reading, name: nameOf(reading), searcher, spellings, suggester: new Suggester(index, spellings) }
}

const versionIn = ({ searcher, store, reading, name }: Serving): string =>
  versionOf(searcher.index.seqNo, store.id, reading, name)

async function prepared(searcher: Searcher, signal?: AbortSignal): Promise<void> {
  const budget = new WorkBudget(Number.POSITIVE_INFINITY)
  for (const _ of searcher.preparation()) {
    if (!budget.isHolding) continue
    await budget.giveWay()
    signal?.throwIfAborted()
  }
}

/** The engine inside the process: an index in memory, the articles in SQLite. */
export class EmbeddedEngine implements Engine {
  #serving: Serving
  /** While a search gives way to other requests, no other search may begin and the index must not change. */
  readonly #mutex = new Mutex()
  readonly #swaps = new Mutex()
  #preparing: Promise<void> | undefined

  constructor(index: ArticleIndex, store: ArticleStore, reading: EngineConfig) {
    this.#serving = servingOf(index, store, reading)
  }

  get index(): ArticleIndex {
    return this.#serving.searcher.index
  }

  get store(): ArticleStore {
    return this.#serving.store
  }

  /** How the index in service is read. */
  get reading(): EngineConfig {
    return this.#serving.reading
  }

  /**
   * Puts a finished index in the place of the one before, once everything is prepared that its first searches would wait for; until
   * then, about a second with 100,000 articles, the one before answers. A running search keeps what it began with. One after the
   * other: each resolves when its index is in service.
   * @param signal aborted, nothing is put in service any more; its reason is thrown
   */
  swap(
    index: ArticleIndex,
    { store, reading, signal }: { store?: ArticleStore; reading?: EngineConfig; signal?: AbortSignal } = {},
  ): Promise<void> {
    return this.#swaps.run(async () => {
      signal?.throwIfAborted()
      const before = this.#serving
      const next = servingOf(index, store ?? before.store, reading ?? before.reading)
      await prepared(next.searcher, signal)
      this.#serving = next
    })
  }

  /** Prepares the index in service for the next searches after a change; one preparation at a time. */
  prepare(): Promise<void> {
    this.#preparing ??= prepared(this.#serving.searcher).finally(() => {
      this.#preparing = undefined
    })
    return this.#preparing
  }

  get version(): string {
    return versionIn(this.#serving)
  }

  async article(id: string): Promise<Article | undefined> {
    return this.#serving.store.byId(id)
  }

  idWithUrl(urls: readonly string[]): string | undefined {
    const { documents, fields } = this.index
    const column = fields.column('url')
    if (column === undefined) return undefined
    for (const url of urls) {
      const docId = column.docIdsWith(url).find((one) => documents.deletedDocs[one] === 0)
      if (docId !== undefined) return documents.ids[docId]
    }
    return undefined
  }

  fieldNamed(field: string): string | undefined {
    const { index } = this
    if (index.hasField(field)) return field
    const lower = field.toLowerCase()
    return index.fields.names.find((name) => name.toLowerCase() === lower && index.hasField(name))
  }

  /** Ids of living articles: the longest, and the newest. */
  typicalArticles(most: number): string[] {
    const { documents, forward } = this.index
    const docIds: number[] = []
    let longest = -1
    let tokens = -1
    for (let docId = documents.size - 1; docId >= 0; docId--) {
      if (documents.deletedDocs[docId] !== 0) continue
      if (docIds.length < most) docIds.push(docId)
      const { length } = forward.tokensOf(docId)
      if (length > tokens) [longest, tokens] = [docId, length]
    }
    const typical = longest < 0 ? [] : [...new Set([longest, ...docIds])].slice(0, most)
    return typical.map((docId) => documents.ids[docId] as string)
  }

  significantWords(id: string, most: number): readonly string[] | undefined {
    const docId = this.index.documents.docIdOfId(id)
    return docId === undefined ? undefined : significantWords(this.index, docId, most)
  }

  nearestWords({ expansions }: ExpandedWord, most: number, budget = new WorkBudget()): readonly string[] {
    const { vocabulary } = this.index
    this.#serving.spellings.begin(budget)
    const spellings = new Set<string>()
    for (const { term } of expansions) {
      if (spellings.size === most || budget.isSpent()) break
      let best = -1
      vocabulary.forEachForm(vocabulary.termNumber(term) ?? -1, false, (form) => {
        const count = vocabulary.formFrequencies.at(form)
        if (count > 0 && (best < 0 || count > vocabulary.formFrequencies.at(best))) best = form
      })
      if (best >= 0) spellings.add(this.#serving.spellings.of(best))
    }
    return [...spellings]
  }

  suggest(typed: string, most: number, budget = new WorkBudget()): readonly Suggestion[] {
    try {
      return this.#serving.suggester.suggest(typed, most, budget)
    } catch (error) {
      this.#serving.suggester.restore()
      throw error
    }
  }

  /** Runs what changes the index, or closes a store, between two searches. */
  exclusively<T>(work: () => T | Promise<T>): Promise<T> {
    return this.#mutex.run(work)
  }

  facetValues({ field, text, filter, most }: FacetQuery, budget = new WorkBudget()): Promise<readonly FacetValue[]> {
    return this.#mutex.run(async () => {
      const { index } = this
      const liveDocs = liveDocSet(index)
      const articles =
        filter === null ? liveDocs : combined('and', [await filterDocSet(index, filter, budget), liveDocs])
      return searchedValues(index, canonicalField(field), articles, text, most, budget)
    })
  }

  search(plan: QueryPlan, budget = new WorkBudget()): Promise<EngineAnswer> {
    // another index may be put in the place of this one, which the plan was made for, while the search waits or gives way
    const serving = this.#serving
    return this.#mutex.run(() => this.#search(serving, plan, budget))
  }

  async #search(serving: Serving, plan: QueryPlan, budget: WorkBudget): Promise<EngineAnswer> {
    const version = versionIn(serving)
    const { searcher, store } = serving
    const { index } = searcher
    const { hits: retrieved, matches, ...found } = await searcher.search(plan, budget)
    const { words } = found
    const isInPhraseOnly = (word: number): boolean => (words[word]?.phrase ?? null) !== null
    const hits: EngineHit[] = []
    for (const { docId, ...hit } of retrieved) {
      if (budget.isHolding) await budget.giveWay()
      if (budget.isSpent(SHARE.hits) && hits.length > 0) {
        budget.cut('hits')
        break
      }
      const article = store.bySeqNo(index.documents.seqNos[docId] as number)
      if (article === undefined) continue
      budget.spend(COST.character * article.text.length)
      if (budget.isSpent()) {
        budget.cut('matches')
        hits.push({ ...hit, article, title: UNREAD, text: UNREAD })
        continue
      }
      budget.spend(COST.locatedToken * index.forward.tokensOf(docId).length)
      const spans = this.#spans(searcher, docId, plan, words)
      if (budget.isHolding) await budget.giveWay()
      hits.push({ ...hit, article, ...locate(index, docId, matches, spans, isInPhraseOnly) })
    }
    return { ...found, hits, version }
  }

  /** Where phrases of the query stand in an article, and names of several words that mean the same as one of it. */
  #spans(searcher: Searcher, docId: number, { constraint }: QueryPlan, words: readonly ExpandedWord[]): MarkedSpan[] {
    const spans: MarkedSpan[] = []
    for (const [word, { phrases }] of words.entries()) {
      for (const phrase of phrases)
        for (const { first, end } of searcher.phrases.spansOf(docId, phrase, null))
          spans.push({ first, end, kind: 'synonym', word })
    }
    for (const { phrase, field } of phrasesWanted(constraint)) {
      const word = Math.max(
        0,
        words.findIndex((one) => phrase.some(({ term }) => term === one.word.term)),
      )
      for (const { first, end } of searcher.phrases.spansOf(docId, phrase, field))
        spans.push({ first, end, kind: 'phrase', word })
    }
    return spans
  }
}
