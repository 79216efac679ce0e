import type { Word } from '../analysis/word.ts'
import type { QueryWord } from '../search/plan.ts'
import { inverseDocumentFrequency, lengthNorm, saturation } from '../search/ranking/bm25.ts'
import { WEIGHTS } from '../search/ranking/weights.ts'
import type { ArticleIndex } from './article-index.ts'
import { ALIAS, EXTRA, PART, type Slots, WHOLE } from './postings.ts'

/** Living articles that have a term, and its weighted frequency in each. */
export interface Frequencies {
  readonly ordinals: readonly number[]
  readonly values: Float64Array
}

/** A living article that lacks a word as a whole but has its parts. */
export interface Scattered {
  readonly ordinal: number
  /** The sum of the found parts' weights, and of their scores. */
  readonly weight: number
  readonly score: number
}

export interface FoundWord {
  readonly whole: Frequencies
  readonly scattered: readonly Scattered[]
  /** How many of these have every part. */
  readonly complete: number
  /** The sum of all parts' weights. */
  readonly partWeight: number
}

const NO_PARTS = { scattered: [], complete: 0, partWeight: 1 } as const
const NONE: Frequencies = { ordinals: [], values: new Float64Array(0) }

/** In `#counts`: the article has the whole word, its parts do not matter. */
const HAS_WHOLE = 255

/** Looks words up in the posting lists of one index; within a query each term is read once, however many words it is part of. */
export class Lookup {
  readonly #index: ArticleIndex
  #terms = new Map<string, Frequencies>()
  // one number an article, all zero between uses: an array for each term would be most of a search's time
  #sums = new Float64Array(0)
  #scores = new Float64Array(0)
  #weights = new Float64Array(0)
  #counts = new Uint8Array(0)

  constructor(index: ArticleIndex) {
    this.#index = index
  }

  /** Forgets the query before: the index may have changed since. */
  begin(): void {
    this.#terms = new Map()
    const { size } = this.#index.documents
    if (this.#sums.length >= size) return
    const capacity = Math.ceil(size * 1.25)
    this.#sums = new Float64Array(capacity)
    this.#scores = new Float64Array(capacity)
    this.#weights = new Float64Array(capacity)
    this.#counts = new Uint8Array(capacity)
  }

  /** A compound is had with all its parts or not at all; of a word with hyphens each part may stand for itself. */
  word({ word, alternatives }: QueryWord): FoundWord {
    const whole = alternatives.reduce(
      (sum, term) => this.#sum(sum, this.frequencies(term)),
      this.frequencies(word.term),
    )
    return { whole, ...(word.parts.length === 0 ? NO_PARTS : this.#parts(word.parts, whole, word.key.includes('-'))) }
  }

  /** A term at every place. */
  frequencies(term: string): Frequencies {
    const known = this.#terms.get(term)
    if (known !== undefined) return known
    const { postings, vocabulary } = this.#index
    let frequencies = NONE
    if (vocabulary.documentFrequency(term) > 0) {
      const ordinals: number[] = []
      this.#addSlots(postings.slots(term, WHOLE), 1, ordinals)
      this.#addSlots(postings.slots(term, PART), WEIGHTS.part, ordinals)
      this.#addSlots(postings.slots(term, EXTRA), WEIGHTS.extra, ordinals)
      this.#addSlots(postings.slots(term, ALIAS), 1, ordinals)
      frequencies = { ordinals, values: this.#take(ordinals) }
    }
    this.#terms.set(term, frequencies)
    return frequencies
  }

  /** @param each whether an article counts that has some of the parts, not all */
  #parts(parts: Word['parts'], whole: Frequencies, each: boolean): Omit<FoundWord, 'whole'> {
    const { lengths, meanLength, living } = this.#index.documents
    const [scores, weights, counts] = [this.#scores, this.#weights, this.#counts]
    for (let i = 0; i < whole.ordinals.length; i++) counts[whole.ordinals[i] as number] = HAS_WHOLE
    const touched: number[] = []
    let partWeight = 0
    // the rarest first: where all are wanted, only its articles are looked for in the others
    const found = parts.map(({ term }) => this.frequencies(term)).sort((a, b) => a.ordinals.length - b.ordinals.length)
    for (const [before, { ordinals, values }] of found.entries()) {
      const weight = inverseDocumentFrequency(ordinals.length, living)
      partWeight += weight
      for (let i = 0; i < ordinals.length; i++) {
        const ordinal = ordinals[i] as number
        const count = counts[ordinal] as number
        if (count === HAS_WHOLE || (!each && count !== before)) continue
        if (count === 0) touched.push(ordinal)
        const norm = lengthNorm(lengths[ordinal] as number, meanLength)
        counts[ordinal] = count + 1
        weights[ordinal] = (weights[ordinal] as number) + weight
        scores[ordinal] = (scores[ordinal] as number) + weight * saturation(values[i] as number, norm)
      }
    }
    const scattered: Scattered[] = []
    let complete = 0
    for (const ordinal of touched) {
      const isComplete = counts[ordinal] === parts.length
      if (isComplete) complete += 1
      if (isComplete || each)
        scattered.push({ ordinal, weight: weights[ordinal] as number, score: scores[ordinal] as number })
      counts[ordinal] = weights[ordinal] = scores[ordinal] = 0
    }
    for (let i = 0; i < whole.ordinals.length; i++) counts[whole.ordinals[i] as number] = 0
    return { scattered, complete, partWeight }
  }

  /** The frequencies of a term, and those of another that stands for it at the weight of a part. */
  #sum(one: Frequencies, other: Frequencies): Frequencies {
    const sums = this.#sums
    one.ordinals.forEach((ordinal, i) => {
      sums[ordinal] = one.values[i] as number
    })
    const ordinals = [...one.ordinals]
    other.ordinals.forEach((ordinal, i) => {
      if (sums[ordinal] === 0) ordinals.push(ordinal)
      sums[ordinal] = (sums[ordinal] as number) + WEIGHTS.part * (other.values[i] as number)
    })
    return { ordinals, values: this.#take(ordinals) }
  }

  /** The sums of these ordinals, which are zero again then. */
  #take(ordinals: readonly number[]): Float64Array {
    const values = new Float64Array(ordinals.length)
    for (let i = 0; i < ordinals.length; i++) {
      const ordinal = ordinals[i] as number
      values[i] = this.#sums[ordinal] as number
      this.#sums[ordinal] = 0
    }
    return values
  }

  #addSlots(slots: Slots, weight: number, touched: number[]): void {
    const sums = this.#sums
    const { dead } = this.#index.documents
    for (let slot = 0; slot < slots.length; slot++) {
      const ordinals = slots[slot]
      if (ordinals === null || ordinals === undefined) continue
      const frequency = (slot + 1) * weight
      for (let i = 0; i < ordinals.length; i++) {
        const ordinal = ordinals[i] as number
        if (dead[ordinal] === 1) continue
        const before = sums[ordinal] as number
        if (before === 0) touched.push(ordinal)
        sums[ordinal] = before + frequency
      }
    }
  }
}
