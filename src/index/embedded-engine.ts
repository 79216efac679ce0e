import { setImmediate } from 'node:timers/promises'
import type { Article } from '../article.ts'
import { phrasesWanted } from '../search/constraint.ts'
import type { Engine, EngineAnswer, FacetQuery, FacetValue, LookedUpWord, Suggestion } from '../search/engine.ts'
import { canonicalField } from '../search/fields.ts'
import type { QueryPlan } from '../search/plan.ts'
import type { ArticleIndex } from './article-index.ts'
import { searchedValues } from './faceting.ts'
import { filterMask, joined, livingMask } from './filtering.ts'
import { locate, type MarkedSpan } from './locate.ts'
import { Searcher } from './searcher.ts'
import { Spellings } from './spellings.ts'
import type { Store } from './store.ts'
import { Suggester } from './suggest/suggester.ts'
import { tellingWords } from './telling-words.ts'
import { nameOf, type Reading, versionOf } from './version.ts'

/** Words prepared between two breaths of the event loop: a few milliseconds' work. */
const PREPARED_AT_ONCE = 1024

/** The engine inside the process: an index in memory, the articles in SQLite. */
export class EmbeddedEngine implements Engine {
  #reading: Reading
  /** Of the reading. */
  #name: string
  #store: Store
  #searcher: Searcher
  #spellings: Spellings
  #suggester: Suggester

  constructor(index: ArticleIndex, store: Store, reading: Reading) {
    this.#store = store
    this.#reading = reading
    this.#name = nameOf(reading)
    this.#searcher = new Searcher(index, reading.analyzer, reading.recency)
    this.#spellings = new Spellings(index, (number) => this.#store.byNumber(number))
    this.#suggester = new Suggester(index, this.#spellings)
  }

  get index(): ArticleIndex {
    return this.#searcher.index
  }

  /** Puts a finished index in the place of the one before: the next search uses it, a running one has what it needs. */
  swap(index: ArticleIndex, store: Store = this.#store, reading: Reading = this.#reading): void {
    this.#store = store
    this.#reading = reading
    this.#name = nameOf(reading)
    this.#searcher = new Searcher(index, reading.analyzer, reading.recency)
    this.#spellings = new Spellings(index, (number) => this.#store.byNumber(number))
    this.#suggester = new Suggester(index, this.#spellings)
  }

  /** Does what the first search with an unknown word would wait for, about a second's work with 100,000 articles, between searches. */
  async prepare(): Promise<void> {
    const searcher = this.#searcher
    while (searcher === this.#searcher && !searcher.prepare(PREPARED_AT_ONCE)) await setImmediate()
  }

  get version(): string {
    return versionOf(this.index.change, this.#store.id, this.#reading, this.#name)
  }

  async article(id: string): Promise<Article | undefined> {
    return this.#store.byId(id)
  }

  idWithUrl(urls: readonly string[]): string | undefined {
    const { documents, fields } = this.index
    const column = fields.column('url')
    if (column === undefined) return undefined
    for (const url of urls) {
      const ordinal = column.ordinalsWith(url).find((one) => documents.dead[one] === 0)
      if (ordinal !== undefined) return documents.ids[ordinal]
    }
    return undefined
  }

  fieldNamed(field: string): string | undefined {
    const { index } = this
    if (index.hasField(field)) return field
    const lower = field.toLowerCase()
    return index.fields.names.find((name) => name.toLowerCase() === lower && index.hasField(name))
  }

  tellingWords(id: string, most: number): readonly string[] | undefined {
    const ordinal = this.index.documents.ordinalOfId(id)
    return ordinal === undefined ? undefined : tellingWords(this.index, ordinal, most)
  }

  nearestWords({ stands }: LookedUpWord, most: number): readonly string[] {
    const { vocabulary } = this.index
    const spellings = stands.flatMap(({ term }) => {
      let best = -1
      vocabulary.forEachForm(vocabulary.termNumber(term) ?? -1, false, (form) => {
        const count = vocabulary.formFrequencies.at(form)
        if (count > 0 && (best < 0 || count > vocabulary.formFrequencies.at(best))) best = form
      })
      return best < 0 ? [] : [this.#spellings.of(best)]
    })
    return [...new Set(spellings)].slice(0, most)
  }

  suggest(typed: string, most: number): readonly Suggestion[] {
    return this.#suggester.suggest(typed, most)
  }

  facetValues({ field, text, filter, most }: FacetQuery): readonly FacetValue[] {
    const living = livingMask(this.index)
    const articles = filter === null ? living : joined('and', [filterMask(this.index, filter), living])
    return searchedValues(this.index, canonicalField(field), articles, text, most)
  }

  async search(plan: QueryPlan): Promise<EngineAnswer> {
    const { index } = this
    const version = this.version
    const { hits: retrieved, matches, ...found } = this.#searcher.search(plan)
    const { words } = found
    const isInPhraseOnly = (word: number): boolean => (words[word]?.phrase ?? null) !== null
    const hits = retrieved.flatMap(({ ordinal, ...hit }) => {
      const article = this.#store.byNumber(index.documents.numbers[ordinal] as number)
      if (article === undefined) return []
      const spans = this.#spans(ordinal, plan, words)
      return [{ ...hit, article, ...locate(index, ordinal, matches, spans, isInPhraseOnly) }]
    })
    return { ...found, hits, version }
  }

  /** Where phrases of the query stand in an article, and names of several words that mean the same as one of it. */
  #spans(ordinal: number, { constraint }: QueryPlan, words: readonly LookedUpWord[]): MarkedSpan[] {
    const spans: MarkedSpan[] = []
    for (const [word, { phrases }] of words.entries()) {
      for (const phrase of phrases)
        for (const { first, end } of this.#searcher.phrases.spansOf(ordinal, phrase, null))
          spans.push({ first, end, kind: 'synonym', word })
    }
    for (const { phrase, field } of phrasesWanted(constraint)) {
      const word = Math.max(
        0,
        words.findIndex((one) => phrase.some(({ term }) => term === one.word.term)),
      )
      for (const { first, end } of this.#searcher.phrases.spansOf(ordinal, phrase, field))
        spans.push({ first, end, kind: 'phrase', word })
    }
    return spans
  }
}
