import { HEADING } from '../engine/token-stream.ts'
import { headingWorth } from '../ranking/signals.ts'

/** Finds out of candidates what the heading is worth that has most of a query. */
export class HeadingReader {
  /** By word of the query what it is worth, and the sum of that. */
  readonly #weights: Float64Array
  readonly #total: number
  // of one candidate
  #headings: Uint32Array = new Uint32Array(0)
  /** Where the numbers of the heading stand that is read, or comes next. */
  #at = 0
  #best = 0
  // of one heading
  readonly #strengths: Float64Array
  #isFound = false

  /**
   * @param weights by word of the query what it is worth
   * @param total of them, above 0
   */
  constructor(weights: Float64Array, total: number) {
    this.#weights = weights
    this.#total = total
    this.#strengths = new Float64Array(weights.length)
  }

  /**
   * Begins the next candidate, whose words come in their order.
   * @param headings see `TokenStream.headings`
   */
  begin(headings: Uint32Array): void {
    this.#headings = headings
    this.#at = 0
    this.#best = 0
  }

  /** Goes on to a token of the text: whether it stands in a heading. */
  reaches(token: number): boolean {
    const headings = this.#headings
    while (this.#at < headings.length && token >= (headings[this.#at + 1] as number)) {
      this.#endHeading()
      this.#at += HEADING
    }
    return this.#at < headings.length && token >= (headings[this.#at] as number)
  }

  /** Takes a word of the query that stands in the heading reached. */
  enter(word: number, strength: number): void {
    if (strength <= (this.#strengths[word] as number)) return
    this.#strengths[word] = strength
    this.#isFound = true
  }

  /** What the best heading is worth; the candidate has no more words. */
  worth(): number {
    this.#endHeading()
    return this.#best
  }

  #endHeading(): void {
    if (!this.#isFound) return
    this.#isFound = false
    let [found, count] = [0, 0]
    for (let word = 0; word < this.#strengths.length; word++) {
      const strength = this.#strengths[word] as number
      if (strength === 0) continue
      found += strength * (this.#weights[word] as number)
      count += 1
    }
    this.#strengths.fill(0)
    const length = (this.#headings[this.#at + 1] as number) - (this.#headings[this.#at] as number)
    // a compound may stand for several words
    this.#best = Math.max(this.#best, headingWorth(found, found / this.#total, Math.min(1, count / length)))
  }
}
