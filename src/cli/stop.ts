/** Resolves when the process is asked to end (SIGTERM, or Ctrl+C on a terminal). Works as process 1 of a container too. */
export function untilStopped(): Promise<void> {
  return new Promise((resolve) => {
    for (const signal of ['SIGTERM', 'SIGINT'] as const) process.once(signal, () => resolve())
  })
}
