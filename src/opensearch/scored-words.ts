import type { ResolvedWord } from '../search/query/resolved-query.ts'
import { inverseDocumentFrequency } from '../search/ranking/bm25.ts'
import type { FoundDocuments } from './found-documents.ts'
import type { PhraseFinder } from './phrase-finder.ts'
import { leastQuery } from './score-script.ts'
import { type ScoredWord, similarStrength } from './scored-word.ts'
import type { Snapshot } from './snapshot.ts'
import type { TermFrequencies } from './term-frequencies.ts'
import { hasWhole } from './word-query.ts'

/** Looks up what scoring words takes; of each word once in a search. */
export class ScoredWords {
  readonly #snapshot: Snapshot
  readonly #documents: FoundDocuments
  readonly #frequencies: TermFrequencies
  readonly #phrases: PhraseFinder
  readonly #signal: AbortSignal | undefined
  readonly #known = new Map<ResolvedWord, Promise<ScoredWord>>()

  constructor(
    snapshot: Snapshot,
    documents: FoundDocuments,
    frequencies: TermFrequencies,
    phrases: PhraseFinder,
    signal: AbortSignal | undefined,
  ) {
    this.#snapshot = snapshot
    this.#documents = documents
    this.#frequencies = frequencies
    this.#phrases = phrases
    this.#signal = signal
  }

  readonly of = (word: ResolvedWord): Promise<ScoredWord> => {
    let scored = this.#known.get(word)
    if (scored === undefined) {
      scored = this.#lookUp(word)
      this.#known.set(word, scored)
    }
    return scored
  }

  async #lookUp(word: ResolvedWord): Promise<ScoredWord> {
    const { documents } = this.#snapshot.statistics
    const terms = word.word.parts.map(({ term }) => term)
    const frequencies = await this.#frequencies.documents(terms)
    const parts = terms.map((term, at) => ({
      term,
      idf: inverseDocumentFrequency(frequencies[at] as number, documents),
    }))
    const named = new Map<number, string>()
    for (const phrase of word.phrases)
      for (const docId of (await this.#phrases.find(phrase, null)).keys()) named.set(docId, this.#documents.idOf(docId))
    // what stands below the word itself is all that needs to know where that is
    const hasLower = word.prefixTerms.length > 0 || parts.length > 0
    return {
      word,
      parts,
      partWeight: parts.reduce((sum, { idf }) => sum + idf, 0),
      isEach: word.word.key.includes('-'),
      similar: word.expansions.flatMap(({ kind, term, weight, documents: having }) =>
        kind === 'similar' ? [{ term, strength: similarStrength(weight, word.termWeight, having, documents) }] : [],
      ),
      named,
      least: hasLower ? await this.#leastOf(word) : Number.POSITIVE_INFINITY,
    }
  }

  /** The least that a word itself gives to an article that has it. */
  async #leastOf(word: ResolvedWord): Promise<number> {
    const { meanLength } = this.#snapshot.statistics
    const { aggregations } = await this.#snapshot.searchArticles<{ aggregations: { least: { value: number | null } } }>(
      {
        size: 0,
        track_total_hits: false,
        query: leastQuery(hasWhole(word), word, meanLength),
        aggs: { least: { min: { script: { source: '_score' } } } },
      },
      this.#signal,
    )
    return aggregations.least.value ?? Number.POSITIVE_INFINITY
  }
}
