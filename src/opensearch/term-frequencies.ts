import { gramRarity } from '../search/ranking/gram-rarity.ts'
import { FREQUENCIES_REMEMBERED, GatheredLookups, GRAMS_REMEMBERED, RememberedAnswers } from './gathered-lookups.ts'
import { POSTINGS } from './index-mappings.ts'
import { NOTHING_STORED } from './search-batch.ts'
import type { Snapshot } from './snapshot.ts'
import { storedTerm, termOfStored } from './stored-terms.ts'

/** What is known of an n-gram. */
export interface GramCount {
  /** How many terms of living articles have it. */
  readonly terms: number
  /** The sum of their document frequencies. */
  readonly documents: number
  /** How much it tells, see `gramRarity`. */
  readonly rarity: number
}

/** In one answer; a cluster gives no more. */
const ANSWER_MAX = 10_000

interface TermHit {
  readonly fields: { readonly term: readonly [string]; readonly documents: readonly [number] }
}

interface GramHit {
  readonly fields: {
    readonly gram: readonly [string]
    readonly gramTerms: readonly [number]
    readonly gramDocuments: readonly [number]
  }
}

const known = new WeakMap<Snapshot, TermFrequencies>()

/** How frequent terms and n-grams are in one state of an index; what was asked for once is remembered for all searches of this state. */
export class TermFrequencies {
  readonly #snapshot: Snapshot
  readonly #documents: GatheredLookups<number>
  readonly #grams: GatheredLookups<GramCount>
  readonly #occurrences = new RememberedAnswers<number>(FREQUENCIES_REMEMBERED)

  private constructor(snapshot: Snapshot) {
    const beforeNext = (gather: () => void): void => snapshot.beforeNextRequest(gather)
    this.#snapshot = snapshot
    this.#documents = new GatheredLookups((terms) => this.#lookUp(terms), beforeNext, 0, FREQUENCIES_REMEMBERED)
    this.#grams = new GatheredLookups(
      (grams) => this.#lookUpGrams(grams),
      beforeNext,
      this.#counted(0, 0),
      GRAMS_REMEMBERED,
    )
  }

  static of(snapshot: Snapshot): TermFrequencies {
    const frequencies = known.get(snapshot) ?? new TermFrequencies(snapshot)
    known.set(snapshot, frequencies)
    return frequencies
  }

  /** In how many living articles each of some terms is. */
  documents(terms: readonly string[]): Promise<number[]> {
    return this.#documents.of(terms)
  }

  grams(grams: readonly string[]): Promise<GramCount[]> {
    return this.#grams.of(grams)
  }

  /** One that was asked for before. */
  gramKnown(gram: string): GramCount | undefined {
    return this.#grams.known(gram)
  }

  /** How often words of living articles have each of some terms, see `TermDictionary.totalTermFrequencies`. */
  occurrences(terms: readonly string[]): Promise<number[]> {
    return Promise.all(terms.map((term) => this.#occurrences.of(term, () => this.#occurrencesOf(storedTerm(term)))))
  }

  async #lookUp(terms: readonly string[]): Promise<ReadonlyMap<string, number>> {
    const pages = await Promise.all(
      chunksOf(terms).map((some) =>
        this.#snapshot.searchVocabulary<{ hits: { hits: TermHit[] } }>({
          size: some.length,
          query: { terms: { term: some.map(storedTerm) } },
          sort: ['_doc'],
          ...NOTHING_STORED,
          docvalue_fields: ['term', 'documents'],
          track_total_hits: false,
        }),
      ),
    )
    const hits = pages.flatMap((page) => page.hits.hits)
    return new Map(hits.map(({ fields }) => [termOfStored(fields.term[0]), fields.documents[0]]))
  }

  async #lookUpGrams(grams: readonly string[]): Promise<ReadonlyMap<string, GramCount>> {
    const pages = await Promise.all(
      chunksOf(grams).map((some) =>
        this.#snapshot.searchVocabulary<{ hits: { hits: GramHit[] } }>({
          size: some.length,
          query: { terms: { gram: some } },
          sort: ['_doc'],
          ...NOTHING_STORED,
          docvalue_fields: ['gram', 'gramTerms', 'gramDocuments'],
          track_total_hits: false,
        }),
      ),
    )
    const hits = pages.flatMap((page) => page.hits.hits)
    return new Map(
      hits.map(({ fields: { gram, gramTerms, gramDocuments } }) => [
        gram[0],
        this.#counted(gramTerms[0], gramDocuments[0]),
      ]),
    )
  }

  #counted(terms: number, documents: number): GramCount {
    return { terms, documents, rarity: gramRarity(terms, this.#snapshot.statistics.terms) }
  }

  async #occurrencesOf(term: string): Promise<number> {
    const { aggregations } = await this.#snapshot.searchArticles<{ aggregations: { sum: { value: number } } }>({
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
    })
    return aggregations.sum.value
  }
}

function chunksOf(keys: readonly string[]): (readonly string[])[] {
  const chunks: (readonly string[])[] = []
  for (let at = 0; at < keys.length; at += ANSWER_MAX) chunks.push(keys.slice(at, at + ANSWER_MAX))
  return chunks
}
