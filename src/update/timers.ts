/** The clock and the timers of whatever waits here; tests put their own in place. */
export interface Timers {
  /** Milliseconds since some moment; never goes back. */
  now(): number
  set(work: () => void, ms: number): Timer
}

export interface Timer {
  clear(): void
}

export const systemTimers: Timers = {
  now: () => performance.now(),
  set(work, ms) {
    const timer = setTimeout(work, ms)
    return { clear: () => clearTimeout(timer) }
  },
}
