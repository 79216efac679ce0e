import { setImmediate } from 'node:timers/promises'

/** Lets the event loop go on, by which a request to stop arrives; throws its reason where one has. */
export async function breathe(signal: AbortSignal | undefined): Promise<void> {
  await setImmediate()
  signal?.throwIfAborted()
}
