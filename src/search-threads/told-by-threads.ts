import type { ThreadEvent } from './messages.ts'

/** So many events are remembered; the threads are never that far apart. */
const REMEMBERED_MAX = 100

/** Tells what several threads tell, each for itself, once: they all follow the same cache folder. */
export class ToldByThreads {
  /** Which threads have told an event, since it was told on. */
  readonly #toldBy = new Map<string, Set<number>>()

  /** Whether an event is new: no other thread has told it, or this one has told it before. */
  isNew(thread: number, event: ThreadEvent): boolean {
    const name = nameOf(event)
    const tellers = this.#toldBy.get(name)
    if (tellers?.has(thread) === false) {
      tellers.add(thread)
      return false
    }
    this.#toldBy.delete(name)
    this.#toldBy.set(name, new Set([thread]))
    for (const oldest of this.#toldBy.keys()) {
      if (this.#toldBy.size <= REMEMBERED_MAX) break
      this.#toldBy.delete(oldest)
    }
    return true
  }
}

/** What is the same in all threads: not how long it took, nor where in the program it happened. */
function nameOf(event: ThreadEvent): string {
  if (event.kind === 'loaded') return JSON.stringify({ ...event, ms: 0 })
  return JSON.stringify(event, (key, value) => (key === 'stack' ? '' : value))
}
