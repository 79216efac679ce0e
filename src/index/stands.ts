import { fold } from '../analysis/fold.ts'
import type { Stand } from '../search/engine.ts'
import type { QueryWord } from '../search/plan.ts'
import { WEIGHTS } from '../search/ranking/weights.ts'
import type { ArticleIndex } from './article-index.ts'
import { Corrections } from './corrections.ts'
import { Neighbours } from './neighbours.ts'

const NONE: readonly Stand[] = []
/** So many words are remembered, those last used; a kilobyte each at most: people use the same words again. */
const REMEMBERED_MAX = 10_000

/** Stands as numbers: how many are typos, which come first; then of each the term and the weight. */
type Packed = Float64Array

/** Finds the terms of an index that stand for a query word: what it was probably meant to be, then what looks like it. */
export class Stands {
  readonly #index: ArticleIndex
  readonly #neighbours: Neighbours
  readonly #corrections: Corrections
  readonly #remembered = new Map<string, Packed>()
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
    const { word, german, alternatives } = queryWord
    if (word.numeric) return NONE
    this.#forgetOldStates()
    const name = [word.key, word.term, isKnown, isAlone, german, ...alternatives].join(' ')
    const known = this.#remembered.get(name)
    if (known !== undefined) {
      this.#remember(name, known)
      return this.#unpack(known)
    }
    const meant = this.#corrections.of(queryWord, isKnown, isAlone)
    const likes = this.#similar(queryWord, isKnown).filter(({ term }) => !meant.some((one) => one.term === term))
    const stands = [...meant, ...likes].filter(({ weight }) => weight > 0)
    this.#remember(name, this.#pack(stands))
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
  }

  /** As the word used last; the one that was not used for longest is forgotten. */
  #remember(name: string, packed: Packed): void {
    this.#remembered.delete(name)
    this.#remembered.set(name, packed)
    if (this.#remembered.size <= REMEMBERED_MAX) return
    const [oldest] = this.#remembered.keys()
    this.#remembered.delete(oldest as string)
  }

  #pack(stands: readonly Stand[]): Packed {
    const { vocabulary } = this.#index
    const packed = new Float64Array(1 + stands.length * 2)
    packed[0] = stands.filter(({ kind }) => kind === 'typo').length
    for (const [at, { term, weight }] of stands.entries()) {
      packed[1 + at * 2] = vocabulary.termNumber(term) as number
      packed[2 + at * 2] = weight
    }
    return packed
  }

  #unpack(packed: Packed): Stand[] {
    const { terms, documentFrequencies } = this.#index.vocabulary
    const stands: Stand[] = []
    for (let at = 1; at < packed.length; at += 2) {
      const term = packed[at] as number
      const kind = stands.length < (packed[0] as number) ? 'typo' : 'similar'
      const weight = packed[at + 1] as number
      stands.push({ term: terms[term] as string, documents: documentFrequencies.at(term), weight, kind })
    }
    return stands
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
