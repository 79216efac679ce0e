import type { Analyzer } from '../analysis/analyzer.ts'
import { phraseSpansOf } from '../search/match/phrase-spans.ts'
import type { Phrase } from '../search/query/phrase.ts'
import type { FieldPhrase } from '../search/query/resolved-query.ts'
import { allOf } from './filter-query.ts'
import { type LookThrough, lookThrough } from './looked-through.ts'
import { hasAnyTerm } from './word-query.ts'

/** By docId of the articles that have a phrase whether it is spelt just so there. */
export type PhraseArticles = ReadonlyMap<number, boolean>

/**
 * Finds the articles that have phrases: those that have all of their words are read and looked through. Each phrase of a search once, whoever asks.
 * Where more articles have the words than are looked through, it is told that phrases were cut.
 */
export class PhraseFinder {
  readonly #through: LookThrough
  readonly #analyzer: Analyzer
  readonly #found = new Map<Phrase, Map<string | null, PhraseArticles>>()
  #isComplete = true

  constructor(through: LookThrough, analyzer: Analyzer) {
    this.#through = through
    this.#analyzer = analyzer
  }

  /** Whether everything was looked through so far. */
  get isComplete(): boolean {
    return this.#isComplete
  }

  async findAll(phrases: readonly FieldPhrase[]): Promise<PhraseArticles[]> {
    const found: PhraseArticles[] = []
    for (const { phrase, field } of phrases) found.push(await this.find(phrase, field))
    return found
  }

  /** @param field only in this one: `title` or `text`; null for anywhere */
  async find(phrase: Phrase, field: string | null): Promise<PhraseArticles> {
    const known = this.#found.get(phrase)?.get(field)
    if (known !== undefined) return known
    const articles = await this.#find(phrase, field)
    const byField = this.#found.get(phrase) ?? new Map<string | null, PhraseArticles>()
    this.#found.set(phrase, byField.set(field, articles))
    return articles
  }

  async #find(phrase: Phrase, field: string | null): Promise<PhraseArticles> {
    const { documents, budget } = this.#through
    const articles = new Map<number, boolean>()
    if (phrase.length === 0) return articles
    // a word with hyphens may stand there as its pieces
    const query = allOf(phrase.map(({ term, units }) => hasAnyTerm([term, ...units.map((unit) => unit.term)])))
    const isComplete = await lookThrough(this.#through, query, 'read', (docIds) => {
      const spans = phraseSpansOf(documents.table.forms.view(), this.#analyzer)
      spans.finding(phrase, budget, (find) => {
        for (const docId of docIds) {
          let isExact: boolean | undefined
          find?.(documents.streamOf(docId), field, budget, (span) => {
            isExact = span.isExact
            return isExact
          })
          if (isExact !== undefined) articles.set(docId, isExact)
        }
      })
    })
    if (!isComplete) {
      this.#isComplete = false
      budget.cut('phrases')
    }
    return articles
  }
}
