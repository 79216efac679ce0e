/** Resolves when the process is asked to end (SIGTERM, or Ctrl+C on a terminal). Works as process 1 of a container too. */
export function untilStopped(): Promise<void> {
  return new Promise((resolve) => {
    for (const signal of ['SIGTERM', 'SIGINT'] as const) process.once(signal, () => resolve())
  })
}

const SIGNALS = { SIGTERM: 15, SIGINT: 2 } as const

/**
 * Ends the process at once when it is asked to: for work that a kill cannot harm. Said in so many words because nobody says it
 * for process 1 of a container. Returns how to take it back.
 */
export function exitWhenStopped(): () => void {
  const handlers = Object.entries(SIGNALS).map(([signal, number]) => {
    const handler = (): never => process.exit(128 + number)
    process.once(signal, handler)
    return () => process.off(signal, handler)
  })
  return () => {
    for (const remove of handlers) remove()
  }
}
