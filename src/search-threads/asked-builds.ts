import { type PackedError, unpackError } from '../packed-error.ts'

/** Builds that a thread does not make itself: it asks for one at a time, so that several threads are served by the same. */
export class AskedBuilds {
  readonly #ask: () => void
  #end: ((error?: Error) => void) | undefined

  constructor(ask: () => void) {
    this.#ask = ask
  }

  /** Resolves when the build that is asked for is in force; aborted, it is waited for no longer. */
  build(signal: AbortSignal): Promise<void> {
    return new Promise((resolve, reject) => {
      signal.throwIfAborted()
      const abort = (): void => this.#end?.(signal.reason as Error)
      signal.addEventListener('abort', abort)
      this.#end = (error) => {
        this.#end = undefined
        signal.removeEventListener('abort', abort)
        if (error === undefined) resolve()
        else reject(error)
      }
      this.#ask()
    })
  }

  ended(error: PackedError | undefined): void {
    this.#end?.(error === undefined ? undefined : unpackError(error))
  }
}
