import { GrowingPause } from '../growing-pause.ts'

/** A backlog that no writer has turned into a snapshot for so long is turned into one from here. */
const BACKLOG_PATIENCE_MS = 3000
/** A build that failed, or whose snapshot could not be used, is repeated after so long, then after twice as long, and so on. */
const RETRY_MS = 3000
const RETRY_MS_MAX = 5 * 60_000

export interface BackgroundBuildOptions {
  /** Brings the snapshot up to date; resolves when it is in force. Ends at once when aborted. */
  readonly build: (signal: AbortSignal) => Promise<void>
  readonly onFailed: (error: unknown, retryMs: number) => void
  /** Aborted, no build begins any more, and nothing is told of the one under way. */
  readonly signal: AbortSignal
  /** Milliseconds since some moment. */
  readonly now: () => number
}

/**
 * When a snapshot is built in the background. One build is under way at most. One that failed is repeated after a pause, and no other one
 * is begun before.
 */
export class BackgroundBuild {
  readonly #options: BackgroundBuildOptions
  readonly #pause = new GrowingPause(RETRY_MS, RETRY_MS_MAX)
  #underWay: Promise<void> | undefined
  /** One has ended whose snapshot is still to be looked at. */
  #hasEnded = false
  /** When one that failed is due again; null where none is wanted. */
  #retryAtMs: number | null = null
  #dataVersion = -1
  /** When the store last changed, or the last build ended. */
  #lastMoveMs: number

  constructor(options: BackgroundBuildOptions) {
    this.#options = options
    this.#lastMoveMs = options.now()
  }

  /** Begins one unless it is under way, or failed a moment ago and is repeated later. */
  begin(): void {
    const { signal, onFailed, now } = this.#options
    if (signal.aborted || this.#underWay !== undefined) return
    if (this.#retryAtMs !== null && now() < this.#retryAtMs) return
    this.#retryAtMs = null
    this.#underWay = this.#options
      .build(signal)
      .then(
        () => {
          this.#hasEnded = true
        },
        (error: unknown) => {
          if (!signal.aborted) onFailed(error, this.repeatLater())
        },
      )
      .finally(() => {
        this.#underWay = undefined
        this.#lastMoveMs = now()
      })
  }

  /** Begins the one that failed again, where its pause is over. */
  beginAgainIfDue(): void {
    if (this.#retryAtMs !== null) this.begin()
  }

  /** Begins one where the store stands still: whoever writes it leaves a snapshot at the end. */
  beginIfStoreRests(): void {
    if (this.#options.now() - this.#lastMoveMs > BACKLOG_PATIENCE_MS) this.begin()
  }

  /** @param dataVersion of the store, as it is now */
  observe(dataVersion: number): void {
    if (dataVersion !== this.#dataVersion) this.#lastMoveMs = this.#options.now()
    this.#dataVersion = dataVersion
  }

  /** Whether one has ended well since this was asked last. */
  takeEnded(): boolean {
    const hasEnded = this.#hasEnded
    this.#hasEnded = false
    return hasEnded
  }

  /** The last one failed, or was of no use; gives the milliseconds until it is repeated. */
  repeatLater(): number {
    const retryMs = this.#pause.next()
    this.#retryAtMs = this.#options.now() + retryMs
    return retryMs
  }

  /** What failed before is repeated no more, and counts no more. */
  forgetFailures(): void {
    this.#pause.reset()
    this.#retryAtMs = null
  }

  /** Resolves when none is under way. */
  async settled(): Promise<void> {
    await this.#underWay
  }
}
