import { getHeapStatistics, setFlagsFromString } from 'node:v8'
import { runInNewContext } from 'node:vm'

/** V8 collects the old objects of a thread whenever they have grown by so much, in percent, since it did so last; by itself it lets them grow several times over. */
const HEAP_GROWING_PERCENT = 40

/**
 * Keeps the heaps of this process near what is alive in them, those of threads too: what the index holds lies outside of them. To be called before
 * modules are loaded, as a heap that has grown stays so.
 */
export function keepHeapsSmall(): void {
  keepOldObjectsFew()
  // what is new is little: threads that help with collecting it cost more than they take off
  setFlagsFromString('--no-parallel-scavenge')
  // new objects stay in the room they have by then
  setFlagsFromString('--semi-space-growth-factor=1')
}

/** The same of old objects alone, from the next collection on: new ones have the room they are used to, so that work which makes many of them is as fast. */
export function keepOldObjectsFew(): void {
  setFlagsFromString(`--heap-growing-percent=${HEAP_GROWING_PERCENT}`)
}

/** Less is not worth a collection, which takes as long as what is alive. */
const LEFT_BEHIND_MAX = 32 << 20

/**
 * Lets a thread that is about to wait give back what its work has left behind: V8 collects where something new is made, so a thread that waits after much
 * work would keep all of that until there is more.
 */
export class IdleCollection {
  readonly #used: () => number
  readonly #collect: () => void
  #usedAfter: number

  /** @param used bytes of this thread's objects, dead ones included; tests count here, as well as collections */
  constructor(used: () => number = usedBytes, collect: () => void = collectGarbage) {
    this.#used = used
    this.#collect = collect
    this.#usedAfter = used()
  }

  /** Costs next to nothing where there was little work. */
  beforeWaiting(): void {
    const used = this.#used()
    // V8 has collected by itself since
    this.#usedAfter = Math.min(this.#usedAfter, used)
    if (used - this.#usedAfter < LEFT_BEHIND_MAX) return
    this.#collect()
    this.#usedAfter = this.#used()
  }
}

function usedBytes(): number {
  const { used_heap_size, external_memory } = getHeapStatistics()
  return used_heap_size + external_memory
}

function collectGarbage(): void {
  setFlagsFromString('--expose-gc')
  const collect = runInNewContext('gc') as () => void
  setFlagsFromString('--no-expose-gc')
  collect()
}
