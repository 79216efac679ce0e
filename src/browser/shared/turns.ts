/** A letter is answered at once, but the server is not asked more often than this. */
const PAUSE_MS = 80

/**
 * Takes turns in asking the server: one question at a time, of which only the newest counts. A newer one cancels what is under way and
 * what was to come.
 */
export class Turns {
  #timer: ReturnType<typeof setTimeout> | undefined
  #running: AbortController | undefined
  #lastAt = Number.NEGATIVE_INFINITY

  /** Asks as soon as the pause since the last question is over. What is under way goes on until then. */
  soon(ask: () => void): void {
    clearTimeout(this.#timer)
    this.#timer = setTimeout(ask, Math.max(0, this.#lastAt + PAUSE_MS - performance.now()))
  }

  /** Begins a turn. Its signal is aborted once another begins: what comes in then is out of date and is to be dropped. */
  begin(): AbortSignal {
    this.stop()
    this.#lastAt = performance.now()
    this.#running = new AbortController()
    return this.#running.signal
  }

  /** What was to come is not asked; what is under way goes on, and counts. */
  wait(): void {
    clearTimeout(this.#timer)
  }

  /** Nothing is asked any more, and nothing that was asked counts. */
  stop(): void {
    clearTimeout(this.#timer)
    this.#running?.abort()
  }
}
