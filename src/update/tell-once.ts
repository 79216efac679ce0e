import { reasonOf } from '../errors.ts'
import { systemTimers } from './timers.ts'

/** What lasts is told again after so long, for those who read only the end of a log. */
const REPEAT_MS = 60 * 60_000

/** Passes an error on the first time it is met, and again when it lasts for an hour or comes back after it was gone. */
export class TellOnce {
  readonly #tell: (error: unknown) => void
  readonly #now: () => number
  readonly #reported = new Map<string, Map<string, number>>()

  constructor(tell: (error: unknown) => void, now: () => number = () => systemTimers.now()) {
    this.#tell = tell
    this.#now = now
  }

  /** @param about what the error is an error of; the same words about something else are another error */
  tell(about: string, error: unknown): void {
    const words = reasonOf(error)
    const now = this.#now()
    const reported = this.#reported.get(about) ?? new Map<string, number>()
    this.#reported.set(about, reported)
    if (now - (reported.get(words) ?? Number.NEGATIVE_INFINITY) < REPEAT_MS) return
    reported.set(words, now)
    this.#tell(error)
  }

  /** The errors about this are over. */
  gone(about: string): void {
    this.#reported.delete(about)
  }
}
