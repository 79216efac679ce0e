import { setTimeout } from 'node:timers/promises'
import type { Registry } from '../registry/registry.ts'

/** How often the queue is looked at where nobody says that something came: another process may put tasks into it. */
const POLL_MS = 50

/** Waits for something to be put into the queue, by whichever process. */
export class QueueWatch {
  readonly #registry: Registry
  #seen: number
  #wake: () => void = () => {}

  constructor(registry: Registry) {
    this.#registry = registry
    this.#seen = registry.dataVersion
  }

  /** Call it before the queue is looked at: what comes from then on ends the next wait, also where it comes before that begins. */
  look(): void {
    this.#seen = this.#registry.dataVersion
  }

  /** Something came. */
  wake(): void {
    this.#wake()
  }

  /** Resolves when something may have come since the queue was looked at; aborted, it resolves too. */
  async changed(signal: AbortSignal): Promise<void> {
    const woken = new Promise<void>((resolve) => {
      this.#wake = resolve
    })
    for (let isWoken = false; !isWoken && !signal.aborted && this.#registry.dataVersion === this.#seen; ) {
      const pause = new AbortController()
      isWoken = await Promise.race([
        woken.then(() => true),
        setTimeout(POLL_MS, false, { signal: pause.signal }).catch(() => false),
      ])
      pause.abort()
    }
  }
}
