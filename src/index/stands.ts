import { fold } from '../analysis/fold.ts'
import type { Stand } from '../search/engine.ts'
import type { QueryWord } from '../search/plan.ts'
import { WEIGHTS } from '../search/ranking/weights.ts'
import type { ArticleIndex } from './article-index.ts'
import { Corrections } from './corrections.ts'
import { Neighbours } from './neighbours.ts'

const NONE: readonly Stand[] = []
/** So many words are remembered, a few kilobytes each: people use the same words again. */
const REMEMBERED_MAX = 2000

/** Finds the terms of an index that stand for a query word: what it was probably meant to be, then what looks like it. */
export class Stands {
  readonly #index: ArticleIndex
  readonly #neighbours: Neighbours
  readonly #corrections: Corrections
  readonly #remembered = new Map<string, readonly Stand[]>()
  #state = ''

  constructor(index: ArticleIndex) {
    const { vocabulary } = index
    this.#index = index
    this.#neighbours = new Neighbours(
      index.grams,
      (term) => vocabulary.documentFrequencies.at(term) > 0,
      (term) => vocabulary.terms[term] as string,
    )
    this.#corrections = new Corrections(vocabulary)
  }

  /**
   * @param isKnown whether some living article has the word
   * @param isAlone whether the query has no other
   */
  of(queryWord: QueryWord, isKnown: boolean, isAlone: boolean): readonly Stand[] {
    const { word, german } = queryWord
    if (word.numeric) return NONE
    this.#forgetOldStates()
    const name = `${word.key} ${word.term} ${isKnown} ${isAlone} ${german}`
    const known = this.#remembered.get(name)
    if (known !== undefined) return known
    const meant = this.#corrections.of(queryWord, isKnown, isAlone)
    const likes = this.#similar(queryWord, isKnown).filter(({ term }) => !meant.some((one) => one.term === term))
    const stands = [...meant, ...likes].filter(({ weight }) => weight > 0)
    this.#remembered.set(name, stands)
    return stands
  }

  /** Prepares corrections for so many more words of the vocabulary; whether all are prepared. See `Corrections.enter`. */
  prepare(words: number): boolean {
    return this.#corrections.enter(words)
  }

  #forgetOldStates(): void {
    const { size, living } = this.#index.documents
    // whatever is added or removed changes one of these
    const state = `${size} ${living}`
    if (state !== this.#state) this.#remembered.clear()
    this.#state = state
    for (const [oldest] of this.#remembered) {
      if (this.#remembered.size < REMEMBERED_MAX) break
      this.#remembered.delete(oldest)
    }
  }

  #similar({ word, alternatives }: QueryWord, isKnown: boolean): Stand[] {
    const { vocabulary } = this.#index
    const similarities = new Map<string, number>()
    const spellings = isKnown ? [word.term] : new Set([word.term, fold(word.key)])
    for (const spelling of spellings) {
      for (const { term, similarity } of this.#neighbours.of(spelling)) {
        const name = vocabulary.terms[term] as string
        if (alternatives.includes(name)) continue
        similarities.set(name, Math.max(similarity, similarities.get(name) ?? 0))
      }
    }
    return Array.from(similarities, ([term, similarity]) => ({
      term,
      documents: vocabulary.documentFrequency(term),
      weight: WEIGHTS.neighbour * similarity * similarity,
      kind: 'similar' as const,
    }))
  }
}
