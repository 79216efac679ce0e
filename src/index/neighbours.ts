import { type Grams, gramsOf } from './grams.ts'

/** A term of the vocabulary that looks like another. */
export interface Neighbour {
  /** Its number in the vocabulary. */
  readonly term: number
  /** From `SIMILARITY_MIN` to 1: the share of the smaller term's grams, weighed by how rare they are, that both have. */
  readonly similarity: number
}

/** Below this two terms have nothing to do with each other. */
export const SIMILARITY_MIN = 0.5
/** The most alike of them are looked up. */
const NEIGHBOURS_MAX = 100
/** Of which less than this share of grams is shared, by count, is not weighed. */
const SHARED_MIN = 0.3

/**
 * Finds the terms of a vocabulary that share 4-grams with a word: compounds with it, members of its family, slips of the
 * fingers. Takes time in proportion to the posting lists of the word's grams.
 */
export class Neighbours {
  readonly #grams: Grams
  readonly #isLiving: (term: number) => boolean
  readonly #nameOf: (term: number) => string
  // one number a term, all zero between uses
  #shared = new Uint8Array(0)

  /** @param isLiving whether some living article has a term */
  constructor(grams: Grams, isLiving: (term: number) => boolean, nameOf: (term: number) => string) {
    this.#grams = grams
    this.#isLiving = isLiving
    this.#nameOf = nameOf
  }

  /** The terms most like this one, most alike first; the term itself is not among them. */
  of(term: string): Neighbour[] {
    const grams = this.#grams
    const names = gramsOf(term)
    if (names.length === 0) return []
    if (this.#shared.length < grams.size) this.#shared = new Uint8Array(Math.ceil(grams.size * 1.25))
    const shared = this.#shared
    const touched: number[] = []
    for (const name of names) {
      const terms = grams.terms(name)
      for (let i = 0; i < terms.length; i++) {
        const other = terms[i] as number
        if (shared[other] === 0) touched.push(other)
        shared[other] = (shared[other] as number) + 1
      }
    }
    const wanted = new Map<number, number>()
    let weight = 0
    for (const name of names) {
      const gram = grams.number(name)
      const rarity = grams.rarity(gram)
      weight += rarity
      if (gram !== undefined) wanted.set(gram, rarity)
    }
    const found: Neighbour[] = []
    for (let i = 0; i < touched.length; i++) {
      const other = touched[i] as number
      const [start, end] = [grams.start(other), grams.end(other)]
      const count = shared[other] as number
      shared[other] = 0
      if (count < SHARED_MIN * Math.min(end - start, names.length) || !this.#isLiving(other)) continue
      let both = 0
      let own = 0
      for (let at = start; at < end; at++) {
        const gram = grams.at(at)
        const rarity = wanted.get(gram)
        both += rarity ?? 0
        own += rarity ?? grams.rarity(gram)
      }
      const similarity = both / Math.min(weight, own)
      if (similarity >= SIMILARITY_MIN && this.#nameOf(other) !== term) found.push({ term: other, similarity })
    }
    const byLikeness = (a: Neighbour, b: Neighbour): number =>
      b.similarity - a.similarity || (this.#nameOf(a.term) < this.#nameOf(b.term) ? -1 : 1)
    return found.sort(byLikeness).slice(0, NEIGHBOURS_MAX)
  }
}
