import { onTestFinished, vi } from 'vitest'
import { systemTimers, type Timers } from '../../src/update/timers.ts'

/** For waits that are only there to be over: whatever is tested must not depend on how long they are. */
const TIMES = 20

/** The system's timers, but everything is over in a twentieth of its time. */
export const fastTimers: Timers = {
  now: () => systemTimers.now() * TIMES,
  set: (work, ms) => systemTimers.set(work, ms / TIMES),
}

/** Until the test ends `performance.now` goes twenty times as fast; timers do not. */
export function hurryClock(): void {
  const real = performance.now.bind(performance)
  const fromMs = real()
  const clock = vi.spyOn(performance, 'now').mockImplementation(() => fromMs + (real() - fromMs) * TIMES)
  onTestFinished(() => void clock.mockRestore())
}
