import { GrowingPause } from '../growing-pause.ts'
import { systemTimers, type Timer, type Timers } from './timers.ts'

/** After an end nobody asked for it is started again in so long, then in twice as long, and so on. */
const RESTART_MS = 1000
const RESTART_MS_MAX = 5 * 60_000
/** What ran for so long has run well: the next end is a first one again. */
const WELL_MS = 5 * 60_000
/** So many ends in a row are no accident any more. */
const ENDS_UNTIL_FAILED = 5

/** `starting`: it has not begun its work yet; `restarting`: it ended and is started again; `failed`: that again and again. */
export type SupervisedState = 'starting' | 'running' | 'restarting' | 'failed'

/** Something that was started and may end by itself. */
export interface Child {
  /** Ends it; at once where it has ended already. */
  close(): Promise<void>
}

/** It ended although nobody had asked it to. */
export interface UnexpectedEnd {
  /** What it said; undefined where it said nothing. */
  readonly error: unknown
  /** How many ends there were in a row. */
  readonly ends: number
  /** When it is started again. */
  readonly againMs: number
  readonly state: 'restarting' | 'failed'
}

/**
 * Starts something and starts it again whenever it ends, after a pause that grows from one second to five minutes. It is never
 * given up: what was in its way may go.
 * @param start is given what to call when the child has begun its work, and when it has ended, be it before `start` returns
 */
export class Supervisor {
  readonly #start: (began: () => void, ended: (error: unknown) => void) => Child
  readonly #onEnd: (end: UnexpectedEnd) => void
  readonly #timers: Timers
  readonly #pause = new GrowingPause(RESTART_MS, RESTART_MS_MAX)
  #state: SupervisedState = 'starting'
  #child: Child | undefined
  /** When the child began its work; undefined until then. */
  #beganMs: number | undefined
  #restart: Timer | undefined
  #closed = false

  constructor(
    start: (began: () => void, ended: (error: unknown) => void) => Child,
    onEnd: (end: UnexpectedEnd) => void,
    timers: Timers = systemTimers,
  ) {
    this.#start = start
    this.#onEnd = onEnd
    this.#timers = timers
    this.#launch()
  }

  get state(): SupervisedState {
    return this.#state
  }

  /** Starts it no more, and ends the one that is running. */
  async close(): Promise<void> {
    this.#closed = true
    this.#restart?.clear()
    await this.#child?.close()
  }

  #launch(): void {
    this.#beganMs = undefined
    const began = (): void => {
      this.#beganMs = this.#timers.now()
      this.#state = 'running'
    }
    try {
      this.#child = this.#start(began, (error) => this.#ended(error))
    } catch (error) {
      // where the system has no room for another thread
      this.#child = undefined
      this.#ended(error)
    }
  }

  #ended(error: unknown): void {
    if (this.#closed) return
    if (this.#beganMs !== undefined && this.#timers.now() - this.#beganMs >= WELL_MS) this.#pause.reset()
    const againMs = this.#pause.next()
    const ends = this.#pause.failures
    const state = ends < ENDS_UNTIL_FAILED ? 'restarting' : 'failed'
    this.#state = state
    this.#restart = this.#timers.set(() => this.#launch(), againMs)
    this.#onEnd({ error, ends, againMs, state })
  }
}
