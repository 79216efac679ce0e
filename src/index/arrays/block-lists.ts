import { Uint32Column } from './growable.ts'

/** Numbers in one block, the first of which says where the next block is. */
const BLOCK = 8

/**
 * Lists of numbers that only grow, in blocks of one long row: about five bytes a number, however short a list is, and no work
 * for the garbage collector. A list is read in the order it was written.
 */
export class BlockLists {
  readonly #row = new Uint32Column()
  /** By list: where its first block is, where its next number goes, and how many it has. */
  readonly #firsts = new Uint32Column()
  readonly #nexts = new Uint32Column()
  readonly #lengths = new Uint32Column()

  /** Begins a list; its number. Lists are numbered from 0 on. */
  create(): number {
    const start = this.#block()
    this.#firsts.push(start)
    this.#nexts.push(start + 1)
    this.#lengths.push(0)
    return this.#firsts.length - 1
  }

  push(list: number, value: number): void {
    let place = this.#nexts.at(list)
    if (place % BLOCK === 0) {
      // the block before is full: a block begins where its number is a multiple
      const block = this.#block()
      this.#row.set(place - BLOCK, block)
      place = block + 1
    }
    this.#row.set(place, value)
    this.#nexts.set(list, place + 1)
    this.#lengths.set(list, this.#lengths.at(list) + 1)
  }

  lengthOf(list: number): number {
    return this.#lengths.at(list)
  }

  /** Copies a list into an array that is long enough; how many it has. */
  read(list: number, into: Uint32Array): number {
    const row = this.#row.data
    const length = this.#lengths.at(list)
    let block = this.#firsts.at(list)
    for (let at = 0; at < length; block = row[block] as number) {
      const end = Math.min(block + BLOCK, block + 1 + length - at)
      for (let place = block + 1; place < end; place++) into[at++] = row[place] as number
    }
    return length
  }

  #block(): number {
    const start = this.#row.length
    for (let i = 0; i < BLOCK; i++) this.#row.push(0)
    return start
  }
}
