import { setFlagsFromString } from 'node:v8'

/** V8 collects the old objects of a thread whenever they have grown by so much, in percent, since it did so last; by itself it lets them grow several times over. */
const HEAP_GROWING_PERCENT = 20

/** Each half of what is new in a thread that is started from then on, in MB: with less, more of what lives for one request is kept longer. */
const NEW_OBJECTS_MB = 4

/**
 * Keeps the heaps of this process near what is alive in them, those of threads too: what the index holds lies outside of them. To be called before
 * anything else, as a heap that has grown stays so.
 */
export function keepHeapsSmall(): void {
  setFlagsFromString(`--heap-growing-percent=${HEAP_GROWING_PERCENT}`)
  // what is new stays in the room that a thread began with: this one, which only passes answers on, in a megabyte
  setFlagsFromString('--semi-space-growth-factor=1')
  setFlagsFromString(`--min-semi-space-size=${NEW_OBJECTS_MB}`)
}
