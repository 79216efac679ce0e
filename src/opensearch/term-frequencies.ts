import { POSTINGS } from './index-mappings.ts'
import type { Snapshot } from './snapshot.ts'
import { storedTerm, termOfStored } from './stored-terms.ts'

interface TermHit {
  readonly fields: { readonly term: readonly [string]; readonly documents: readonly [number] }
}

/** How frequent terms and n-grams are. What was asked for is remembered until the search ends: rewriting asks for most of it several times. */
export class TermFrequencies {
  readonly #snapshot: Snapshot
  readonly #signal: AbortSignal | undefined
  readonly #documents = new Map<string, Promise<number>>()

  constructor(snapshot: Snapshot, signal: AbortSignal | undefined) {
    this.#snapshot = snapshot
    this.#signal = signal
  }

  /** In how many living articles each of some terms is. */
  async documents(terms: readonly string[]): Promise<number[]> {
    const missing = [...new Set(terms)].filter((term) => !this.#documents.has(term))
    if (missing.length > 0) {
      const found = this.#lookUp(missing)
      for (const term of missing)
        this.#documents.set(
          term,
          found.then((counts) => counts.get(term) ?? 0),
        )
    }
    return Promise.all(terms.map((term) => this.#documents.get(term) as Promise<number>))
  }

  async #lookUp(terms: readonly string[]): Promise<ReadonlyMap<string, number>> {
    const { hits } = await this.#snapshot.searchVocabulary<{ hits: { hits: TermHit[] } }>(
      {
        size: terms.length,
        query: { terms: { term: terms.map(storedTerm) } },
        sort: ['_doc'],
        _source: false,
        docvalue_fields: ['term', 'documents'],
        track_total_hits: false,
      },
      this.#signal,
    )
    return new Map(hits.hits.map(({ fields }) => [termOfStored(fields.term[0]), fields.documents[0]]))
  }

  /** How often words of living articles have each of some terms, see `TermDictionary.totalTermFrequencies`. */
  async occurrences(terms: readonly string[]): Promise<number[]> {
    return Promise.all(terms.map((term) => this.#occurrencesOf(storedTerm(term))))
  }

  async #occurrencesOf(term: string): Promise<number> {
    const { aggregations } = await this.#snapshot.searchArticles<{ aggregations: { sum: { value: number } } }>(
      {
        size: 0,
        track_total_hits: false,
        query: {
          script_score: {
            query: { term: { [POSTINGS.weighted]: term } },
            script: {
              source: 'termFreq(params.whole, params.term) + termFreq(params.alias, params.term)',
              params: { whole: POSTINGS.whole, alias: POSTINGS.alias, term },
            },
          },
        },
        aggs: { sum: { sum: { script: { source: '_score' } } } },
      },
      this.#signal,
    )
    return aggregations.sum.value
  }

  /** For each n-gram the sum of the document frequencies of the terms that have it. */
  async grams(grams: readonly string[]): Promise<number[]> {
    if (grams.length === 0) return []
    const filters = grams.map((gram) => ({ term: { grams: gram } }))
    const { aggregations } = await this.#snapshot.searchVocabulary<{
      aggregations: { counts: { buckets: { sum: { value: number } }[] } }
    }>(
      {
        size: 0,
        track_total_hits: false,
        query: { terms: { grams } },
        aggs: { counts: { filters: { filters }, aggs: { sum: { sum: { field: 'documents' } } } } },
      },
      this.#signal,
    )
    return aggregations.counts.buckets.map(({ sum }) => sum.value)
  }
}
