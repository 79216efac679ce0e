import { setImmediate } from 'node:timers/promises'
import type { Timers } from '../../src/update/timers.ts'

/** Timers whose time goes on only when a test says so. */
export class ManualTimers implements Timers {
  #now = 0
  readonly #due = new Set<{ readonly atMs: number; readonly work: () => void }>()

  now(): number {
    return this.#now
  }

  set(work: () => void, ms: number): { clear(): void } {
    const timer = { atMs: this.#now + ms, work }
    this.#due.add(timer)
    return { clear: () => void this.#due.delete(timer) }
  }

  /** Milliseconds until each timer that is set. */
  get pending(): number[] {
    return [...this.#due].map(({ atMs }) => atMs - this.#now).sort((a, b) => a - b)
  }

  /** Lets time go on, and whatever falls due happen with all that follows from it. */
  async advance(ms: number): Promise<void> {
    const until = this.#now + ms
    for (;;) {
      await settled()
      const [next] = [...this.#due].filter(({ atMs }) => atMs <= until).sort((a, b) => a.atMs - b.atMs)
      if (next === undefined) break
      this.#due.delete(next)
      this.#now = next.atMs
      next.work()
    }
    this.#now = until
    await settled()
  }
}

/** Lets everything happen that waits for nothing but its turn. */
export async function settled(): Promise<void> {
  for (let turn = 0; turn < 5; turn++) await setImmediate()
}
