import type { Evidence } from '../match/locate.ts'

/** Entries of the evidence that stand in one sentence, and where those of the one before begin. */
export interface EvidenceRange {
  readonly from: number
  readonly to: number
  readonly before: number
}

const at = (numbers: ArrayLike<number>, index: number): number => numbers[index] as number

/** By word of the query the best strength in a sentence and in the one before. */
export class Strengths {
  readonly #weights: Float64Array
  #here: Float64Array
  #before: Float64Array

  constructor(weights: Float64Array) {
    this.#weights = weights
    this.#here = new Float64Array(weights.length)
    this.#before = new Float64Array(weights.length)
  }

  /** What a sentence tells: Σ weight · the best strength in it, or `share` of that in the one before. */
  sum(evidence: Evidence, { from, to, before }: EvidenceRange, share: number): number {
    this.#here.fill(0)
    this.#before.fill(0)
    this.#read(evidence, from, to, this.#here)
    if (share > 0) this.#read(evidence, before, from, this.#before)
    return this.#told(share)
  }

  /** The same for the next sentence that has evidence, as if the one before it were the last that was asked for. */
  next(evidence: Evidence, from: number, to: number, share: number): number {
    const before = this.#before
    this.#before = this.#here
    this.#here = before.fill(0)
    this.#read(evidence, from, to, this.#here)
    return this.#told(share)
  }

  #read({ words, strengths }: Evidence, from: number, to: number, into: Float64Array): void {
    for (let i = from; i < to; i++) {
      const word = at(words, i)
      if (at(strengths, i) > at(into, word)) into[word] = at(strengths, i)
    }
  }

  #told(share: number): number {
    let told = 0
    for (let word = 0; word < this.#here.length; word++)
      told += at(this.#weights, word) * Math.max(at(this.#here, word), share * at(this.#before, word))
    return told
  }
}
