import { setFlagsFromString } from 'node:v8'

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
