/**
 * A signal that is aborted when the process is asked to end (SIGTERM, or Ctrl+C on a terminal). Works as process 1 of a container
 * too, for which nobody else would do anything. Asked a second time in the same way, the process ends at once.
 */
export function stopSignal(): AbortSignal {
  const controller = new AbortController()
  for (const signal of ['SIGTERM', 'SIGINT'] as const) process.once(signal, () => controller.abort())
  return controller.signal
}

/** Resolves when a signal is aborted. */
export function whenAborted(signal: AbortSignal): Promise<void> {
  return new Promise((resolve) => {
    if (signal.aborted) resolve()
    else signal.addEventListener('abort', () => resolve(), { once: true })
  })
}
