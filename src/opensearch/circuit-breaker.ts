import { GrowingPause } from '../growing-pause.ts'

/** So many requests in a row without an answer, and none is sent for a while. */
const FAILURES_MAX = 5
/** Then one tries; the pause is twice as long each time that fails. */
const PAUSE_MS = 500
const PAUSE_MS_MAX = 8_000

/**
 * Keeps requests from a cluster that does not answer: each would wait for the whole time limit, and those who asked with it. Refusals are answers.
 */
export class CircuitBreaker {
  readonly #now: () => number
  readonly #pause = new GrowingPause(PAUSE_MS, PAUSE_MS_MAX)
  #failures = 0
  #closedUntil = 0
  #isTrying = false

  /** @param now in milliseconds */
  constructor(now: () => number = Date.now) {
    this.#now = now
  }

  /** Whether a request may be sent; after a pause it is the one that tries. */
  mayTry(): boolean {
    if (this.#failures < FAILURES_MAX) return true
    if (this.#isTrying || this.#now() < this.#closedUntil) return false
    this.#isTrying = true
    return true
  }

  answered(): void {
    this.#failures = 0
    this.#isTrying = false
    this.#pause.reset()
  }

  /** No answer came. */
  failed(): void {
    this.#failures += 1
    // those that were under way when it closed tell nothing new
    const tells = this.#isTrying || this.#failures === FAILURES_MAX
    this.#isTrying = false
    if (tells) this.#closedUntil = this.#now() + this.#pause.next()
  }

  /** The client of a request has gone away: nothing is known. */
  givenUp(): void {
    this.#isTrying = false
  }
}
