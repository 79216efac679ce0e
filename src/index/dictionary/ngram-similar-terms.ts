import { gramsOf } from '../../analysis/spelling/ngrams.ts'
import { COMMON_GRAM, LOOKED_THROUGH, NEIGHBOURS_MAX, SIMILARITY_MIN } from '../../search/ranking/likeness.ts'
import { COST, WorkBudget } from '../../work-budget.ts'
import type { NgramIndex } from '../segment/ngram-index.ts'

/** Terms of the vocabulary that look like another, the most alike first: kept as numbers, as thousands of such lists are. */
export interface SimilarTerms {
  readonly length: number
  /** Their numbers in the vocabulary. */
  readonly terms: readonly number[]
  /** From `SIMILARITY_MIN` to 1: the share of the smaller term's grams, weighed by how rare they are, that both have. */
  readonly similarities: readonly number[]
}

interface SimilarTerm {
  readonly term: number
  readonly similarity: number
}

const NONE: SimilarTerms = { length: 0, terms: [], similarities: [] }

/**
 * Finds the terms of a vocabulary that share 4-grams with a word: compounds with it, members of its family, slips of the
 * fingers. Takes time in proportion to the posting lists of the word's grams.
 */
export class NgramSimilarTerms {
  readonly #grams: NgramIndex
  readonly #isLiving: (term: number) => boolean
  readonly #nameOf: (term: number) => string
  // one number a term, and one a gram, all zero between uses
  #shared = new Float32Array(0)
  #wanted = new Float32Array(0)
  #budget = new WorkBudget()

  /** @param isLiving whether some living article has a term */
  constructor(grams: NgramIndex, isLiving: (term: number) => boolean, nameOf: (term: number) => string) {
    this.#grams = grams
    this.#isLiving = isLiving
    this.#nameOf = nameOf
  }

  reset(budget: WorkBudget): void {
    this.#budget = budget
  }

  /** Makes the tables what they are between uses, after an exception somewhere among these. */
  restore(): void {
    this.#shared.fill(0)
    this.#wanted.fill(0)
  }

  /** Tells from then on whether what `of` finds for a term is still what it finds now. */
  watch(term: string): () => boolean {
    const grams = this.#grams
    const names = gramsOf(term)
    const known: number[] = []
    const unknown: string[] = []
    for (const name of names) {
      const gram = grams.number(name)
      if (gram === undefined) unknown.push(name)
      else known.push(gram)
    }
    const [numbers, since] = [Uint32Array.from(known), grams.changes]
    return () => grams.isUnchanged(numbers, since) && unknown.every((name) => grams.number(name) === undefined)
  }

  /** The terms most like this one, most alike first; the term itself is not among them. */
  of(term: string): SimilarTerms {
    const grams = this.#grams
    const names = gramsOf(term)
    if (names.length === 0) return NONE
    this.#budget.spend(COST.similar)
    if (this.#shared.length < grams.size) this.#shared = new Float32Array(Math.ceil(grams.size * 1.25))
    if (this.#wanted.length < grams.count) this.#wanted = new Float32Array(Math.ceil(grams.count * 1.25))
    const rarities = grams.rarities()
    const shared = this.#shared
    const wanted = this.#wanted
    const known: { gram: number; name: string; rarity: number }[] = []
    let weight = 0
    for (const name of names) {
      const gram = grams.number(name)
      const rarity = gram === undefined ? grams.rarityOfUnknown : (rarities[gram] as number)
      weight += rarity
      if (gram === undefined) continue
      wanted[gram] = rarity
      known.push({ gram, name, rarity })
    }
    known.sort((a, b) => b.rarity - a.rarity || (a.name < b.name ? -1 : 1))
    const touched: number[] = []
    let left = known.reduce((sum, { rarity }) => sum + rarity, 0)
    for (const { gram, rarity } of known) {
      if (left < LOOKED_THROUGH * weight || grams.livingTerms(gram) > COMMON_GRAM) continue
      left -= rarity
      let terms = 0
      grams.forEachTerm(gram, (other) => {
        terms += 1
        if (shared[other] === 0) touched.push(other)
        shared[other] = (shared[other] as number) + rarity
      })
      this.#budget.spend(COST.likeness * terms)
    }
    const found: SimilarTerm[] = []
    for (let i = 0; i < touched.length; i++) {
      const other = touched[i] as number
      const least = Math.min(weight, grams.weight(other))
      const most = (shared[other] as number) + left
      shared[other] = 0
      if (most < SIMILARITY_MIN * least || !this.#isLiving(other)) continue
      // of the most common grams, too
      const both = grams.sum(other, wanted)
      if (both >= SIMILARITY_MIN * least) found.push({ term: other, similarity: both / least })
    }
    for (const { gram } of known) wanted[gram] = 0
    const alike = this.#mostAlike(term, found)
    return {
      length: alike.length,
      terms: alike.map((one) => one.term),
      similarities: alike.map(({ similarity }) => similarity),
    }
  }

  #mostAlike(term: string, found: SimilarTerm[]): SimilarTerm[] {
    const byLikeness = (a: SimilarTerm, b: SimilarTerm): number =>
      b.similarity - a.similarity || (this.#nameOf(a.term) < this.#nameOf(b.term) ? -1 : 1)
    return found
      .filter((one) => this.#nameOf(one.term) !== term)
      .sort(byLikeness)
      .slice(0, NEIGHBOURS_MAX)
  }
}
