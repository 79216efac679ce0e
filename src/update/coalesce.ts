import { systemTimers, type Timer, type Timers } from './timers.ts'

/**
 * Runs one piece of work again and again on request: at most one run is under way and at most one is waiting, however many are
 * asked for. A request during a run leads to one run after it, for nobody knows what the run under way has seen already.
 */
export class Lane {
  readonly #work: () => Promise<void>
  readonly #timers: Timers
  #running: Promise<void> | undefined
  /** The one run that is waiting; its timer is set when nothing is under way. */
  #waiting: { readonly dueMs: number; timer: Timer | undefined } | undefined
  #closed = false

  /** @param work deals with its errors itself: what it rejects with is nobody's and ends the process or the thread */
  constructor(work: () => Promise<void>, timers: Timers = systemTimers) {
    this.#work = work
    this.#timers = timers
  }

  /** Asks for a run in so many milliseconds, or after the one under way where that takes longer. Of two requests the sooner counts. */
  request(delayMs: number): void {
    if (this.#closed) return
    const dueMs = this.#timers.now() + delayMs
    if (this.#waiting !== undefined && this.#waiting.dueMs <= dueMs) return
    this.#waiting?.timer?.clear()
    this.#waiting = { dueMs, timer: undefined }
    if (this.#running === undefined) this.#setTimer()
  }

  /**
   * Runs something else in this lane, at once: requests meanwhile wait for it, one before is answered by it.
   * @throws Error where a run is under way
   */
  begin<T>(work: () => Promise<T>): Promise<T> {
    if (this.#running !== undefined) throw new Error('a run is under way')
    this.#waiting?.timer?.clear()
    this.#waiting = undefined
    const result = work()
    this.#running = result.then(
      () => this.#ended(),
      () => this.#ended(),
    )
    return result
  }

  /** Drops the run that is waiting; resolves when the one under way has ended. */
  async close(): Promise<void> {
    this.#closed = true
    this.#waiting?.timer?.clear()
    this.#waiting = undefined
    await this.#running
  }

  #ended(): void {
    this.#running = undefined
    if (this.#waiting !== undefined) this.#setTimer()
  }

  #setTimer(): void {
    const waiting = this.#waiting
    if (waiting === undefined) return
    const run = (): void => {
      this.begin(this.#work).catch((error: unknown) => {
        queueMicrotask(() => {
          throw error
        })
      })
    }
    waiting.timer = this.#timers.set(run, Math.max(0, waiting.dueMs - this.#timers.now()))
  }
}
