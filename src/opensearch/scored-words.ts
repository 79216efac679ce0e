import type { ResolvedWord } from '../search/query/resolved-query.ts'
import { inverseDocumentFrequency } from '../search/ranking/bm25.ts'
import { hasLower, leastSaturation } from './least-saturation.ts'
import type { PhraseFinder } from './phrase-finder.ts'
import { type LookedUpWord, type ScoredWord, similarStrength } from './scored-word.ts'
import type { Snapshot } from './snapshot.ts'
import type { TermFrequencies } from './term-frequencies.ts'

/** Looks up what scoring words takes; of each word once in a search. */
export class ScoredWords {
  readonly #snapshot: Snapshot
  readonly #frequencies: TermFrequencies
  readonly #phrases: PhraseFinder
  readonly #known = new Map<ResolvedWord, Promise<LookedUpWord>>()

  constructor(snapshot: Snapshot, frequencies: TermFrequencies, phrases: PhraseFinder) {
    this.#snapshot = snapshot
    this.#frequencies = frequencies
    this.#phrases = phrases
  }

  readonly of = (word: ResolvedWord): Promise<LookedUpWord> => {
    let scored = this.#known.get(word)
    if (scored === undefined) {
      scored = this.#lookUp(word)
      this.#known.set(word, scored)
    }
    return scored
  }

  /** The same with what bounds the scores of what stands below each word. */
  async bounded(words: readonly ResolvedWord[]): Promise<ScoredWord[]> {
    return Promise.all(
      words.map(async (word) => {
        const least = hasLower(word, word.prefixTerms.length)
          ? word.termWeight * (await leastSaturation(this.#snapshot, word))
          : Number.POSITIVE_INFINITY
        return { ...(await this.of(word)), least: Number.isNaN(least) ? Number.POSITIVE_INFINITY : least }
      }),
    )
  }

  async #lookUp(word: ResolvedWord): Promise<LookedUpWord> {
    const { documents } = this.#snapshot.statistics
    const terms = word.word.parts.map(({ term }) => term)
    const frequencies = await this.#frequencies.documents(terms)
    const parts = terms.map((term, at) => ({
      term,
      idf: inverseDocumentFrequency(frequencies[at] as number, documents),
    }))
    const named = new Set<number>()
    for (const phrase of word.phrases)
      for (const docId of (await this.#phrases.find(phrase, null)).keys()) named.add(docId)
    return {
      word,
      parts,
      partWeight: parts.reduce((sum, { idf }) => sum + idf, 0),
      isEach: word.word.key.includes('-'),
      similar: word.expansions.flatMap(({ kind, term, weight, documents: having }) =>
        kind === 'similar' ? [{ term, strength: similarStrength(weight, word.termWeight, having, documents) }] : [],
      ),
      named,
    }
  }
}
