/** The pause before the next try of something that failed: it doubles with every failure in a row, up to a bound. */
export class GrowingPause {
  readonly #firstMs: number
  readonly #maxMs: number
  #failures = 0

  constructor(firstMs: number, maxMs: number) {
    this.#firstMs = firstMs
    this.#maxMs = maxMs
  }

  /** Failures in a row. */
  get failures(): number {
    return this.#failures
  }

  /** Counts one more failure; gives the milliseconds to wait after it. */
  next(): number {
    const pause = Math.min(this.#maxMs, this.#firstMs * 2 ** this.#failures)
    this.#failures += 1
    return pause
  }

  /** After a success. */
  reset(): void {
    this.#failures = 0
  }
}
