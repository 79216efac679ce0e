import { FundstelleError } from '../errors.ts'
import type { Timers } from '../update/timers.ts'

/** So many calls may wait for one thread, the one that it is busy with included. */
export const QUEUE = 64
/** Once the queue was full, an eighth of it is all that waits: who is let in then is answered soon. */
const SHED_SHARE = 8
/** But so many of a short one: with fewer, ordinary load that comes after a burst would be refused. */
const SHED_MIN = 4
/** For so long; where it is full again at once, for twice as long, and so on. */
const SHED_MS = 1000
const SHED_MS_MAX = 4000
/** What lies apart by more than this are two overloads. */
const AT_ONCE_MS = 1000

/**
 * Lets calls wait for a thread, or refuses them at once. A burst may fill the queue; that it is full says that more comes than can be answered. From
 * then on a long queue would help nobody: as many are answered with a short one, and sooner. After a while it is tried whether the overload is over.
 */
export class SearchQueue {
  readonly #most: number
  readonly #fewest: number
  readonly #timers: Pick<Timers, 'now'>
  #shed = 0
  #shedUntilMs = Number.NEGATIVE_INFINITY
  #lastsMs = SHED_MS

  /** @param most calls for one thread */
  constructor(most: number, timers: Pick<Timers, 'now'>) {
    this.#most = most
    this.#fewest = Math.min(most, Math.max(SHED_MIN, Math.ceil(most / SHED_SHARE)))
    this.#timers = timers
  }

  /** Calls that were refused since the start. */
  get shed(): number {
    return this.#shed
  }

  /** Whether the queue is kept short. */
  get isShedding(): boolean {
    return this.#timers.now() < this.#shedUntilMs
  }

  /**
   * @param load calls that wait for the thread with the least to do
   * @throws FundstelleError `overloaded`
   */
  admit(load: number): void {
    const now = this.#timers.now()
    const isShedding = now < this.#shedUntilMs
    if (load < (isShedding ? this.#fewest : this.#most)) return
    this.#shed++
    if (!isShedding) {
      const isAgain = now - this.#shedUntilMs < AT_ONCE_MS
      this.#lastsMs = isAgain ? Math.min(SHED_MS_MAX, this.#lastsMs * 2) : SHED_MS
      this.#shedUntilMs = now + this.#lastsMs
    }
    throw new FundstelleError('overloaded')
  }
}
