import { INTRODUCTION_SHARE, INTRODUCTION_TOKENS, LEAD_TOKENS } from '../ranking/lead.ts'

/** Finds out of candidates what of a query stands near the beginning of their texts. */
export class LeadReader {
  /** Whether leads count at all in this collection. */
  readonly isNeeded: boolean
  readonly #weights: Float64Array
  // of one candidate
  readonly #inLead: Float64Array
  readonly #inIntroduction: Float64Array

  /** @param weights by word of the query, see `ResolvedWord.leadWeight` */
  constructor(weights: Float64Array) {
    this.isNeeded = weights.some((weight) => weight > 0)
    this.#weights = weights
    this.#inLead = new Float64Array(weights.length)
    this.#inIntroduction = new Float64Array(weights.length)
  }

  /** Begins the next candidate. */
  begin(): void {
    if (!this.isNeeded) return
    this.#inLead.fill(0)
    this.#inIntroduction.fill(0)
  }

  /**
   * Takes a word of the query where it stands.
   * @param token of the text, from 0; below 0 in the title
   */
  enter(word: number, strength: number, token: number): void {
    if (token < 0 || token >= INTRODUCTION_TOKENS) return
    if (strength > (this.#inIntroduction[word] as number)) this.#inIntroduction[word] = strength
    if (token < LEAD_TOKENS && strength > (this.#inLead[word] as number)) this.#inLead[word] = strength
  }

  worth(): number {
    if (!this.isNeeded) return 0
    let sum = 0
    for (let word = 0; word < this.#weights.length; word++) {
      const strength = (this.#inLead[word] as number) + INTRODUCTION_SHARE * (this.#inIntroduction[word] as number)
      sum += strength * (this.#weights[word] as number)
    }
    return sum
  }
}
