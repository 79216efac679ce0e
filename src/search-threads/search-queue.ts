import { FundstelleError } from '../errors.ts'
import type { Timers } from '../update/timers.ts'

/** So many calls may wait for one thread, the one that it is busy with included. */
export const QUEUE = 64
/** Once the queue was full so many are all that wait, the running one included: who is let in then is answered next. */
const SHED = 2
/** What was refused is looked at so often; where fewer calls came than tell anything, so much later. */
const LOOK_MS = 500
const CALLS_MIN = 20
const FEW_LOOK_MS = 2000
/**
 * Where more than this share of the calls was refused meanwhile, the overload goes on. By chance a queue of n refuses one of n + 1 where just as many come as can be
 * answered, times of arrival and of searches being exponential (M/M/1/n); searches differ less than that.
 */
const refusedByChance = (limit: number): number => 1 / (limit + 2)

/**
 * Lets calls wait for a thread, or refuses them at once. A burst may fill the queue, and so many clients as it holds may each wait for their answers
 * without end; that it is full says that more comes than can be answered. From then on a long queue would help nobody: as many are answered with a
 * short one, and sooner. It stays short as long as much is refused, and is twice as long each time that little was.
 */
export class SearchQueue {
  readonly #most: number
  readonly #timers: Pick<Timers, 'now'>
  #shed = 0
  /** How many may wait now. */
  #limit: number
  /** Of what is looked at next. */
  #sinceMs = 0
  #asked = 0
  #refused = 0

  /** @param most calls for one thread */
  constructor(most: number, timers: Pick<Timers, 'now'>) {
    this.#most = most
    this.#limit = most
    this.#timers = timers
  }

  /** Calls that were refused since the start. */
  get shed(): number {
    return this.#shed
  }

  /** Whether the queue is kept short. */
  get isShedding(): boolean {
    this.#look()
    return this.#limit < this.#most
  }

  /**
   * @param load calls that wait for the thread with the least to do
   * @throws FundstelleError `overloaded`
   */
  admit(load: number): void {
    this.#look()
    const isTaken = load < this.#limit
    if (!isTaken && this.#limit === this.#most) this.#shorten()
    this.#asked++
    if (isTaken) return
    this.#shed++
    this.#refused++
    throw new FundstelleError('overloaded')
  }

  /** Time in which nothing came counts like time in which nothing was refused. */
  #look(): void {
    if (this.#limit === this.#most) return
    const now = this.#timers.now()
    while (this.#limit < this.#most && now - this.#sinceMs >= LOOK_MS) {
      const areFew = this.#asked < CALLS_MIN
      if (areFew && now - this.#sinceMs < FEW_LOOK_MS) return
      const goesOn = this.#refused > this.#asked * refusedByChance(this.#limit)
      if (goesOn) this.#limit = this.#shortest
      else this.#limit = Math.min(this.#most, this.#limit * 2)
      this.#begin(areFew ? this.#sinceMs + FEW_LOOK_MS : now)
    }
  }

  get #shortest(): number {
    return Math.min(this.#most, SHED)
  }

  #shorten(): void {
    this.#limit = this.#shortest
    this.#begin(this.#timers.now())
  }

  #begin(nowMs: number): void {
    this.#sinceMs = nowMs
    this.#asked = 0
    this.#refused = 0
  }
}
