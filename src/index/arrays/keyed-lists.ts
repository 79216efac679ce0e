import { BlockLists } from './block-lists.ts'
import { ByteColumn, VarintReader } from './growable.ts'

/**
 * Lists of numbers by key, packed: that of `keys[k]` stands in `bytes` from where the one before ends. Keys ascend. As varints: how many
 * there are, the first number, and of each how much more it is than the one before, modulo 2^32.
 */
export interface PackedKeyedLists {
  readonly keys: Uint32Array
  readonly ends: Uint32Array
  readonly bytes: Uint8Array
}

const NO_LISTS: PackedKeyedLists = { keys: new Uint32Array(0), ends: new Uint32Array(0), bytes: new Uint8Array(0) }

/** Lists of numbers by whole numbers of 32 bits, read in the order they were written. Those of a file are read where they lie. */
export class KeyedLists {
  readonly #packed: PackedKeyedLists
  readonly #lists = new Map<number, number>()
  readonly #later = new BlockLists()
  #scratch = new Uint32Array(0)

  constructor(packed: PackedKeyedLists = NO_LISTS) {
    this.#packed = packed
  }

  /** @param value a whole number of 32 bits; lists whose values ascend are packed best */
  push(key: number, value: number): void {
    let list = this.#lists.get(key)
    if (list === undefined) {
      list = this.#later.create()
      this.#lists.set(key, list)
    }
    this.#later.push(list, value)
  }

  /** 0 where there is none. */
  lengthOf(key: number): number {
    const list = this.#lists.get(key)
    return this.#packedList(key).next() + (list === undefined ? 0 : this.#later.lengthOf(list))
  }

  /** A list, valid until the next one is read: never change it. Takes time in proportion to it. */
  read(key: number): Uint32Array {
    const packed = this.#packedList(key)
    const packedLength = packed.next()
    const list = this.#lists.get(key)
    const length = packedLength + (list === undefined ? 0 : this.#later.lengthOf(list))
    if (this.#scratch.length < length) this.#scratch = new Uint32Array(length * 2)
    const scratch = this.#scratch
    let value = 0
    for (let at = 0; at < packedLength; at++) {
      value = (value + packed.next()) >>> 0
      scratch[at] = value
    }
    if (list !== undefined) this.#later.read(list, scratch.subarray(packedLength))
    return scratch.subarray(0, length)
  }

  pack(): PackedKeyedLists {
    if (this.#lists.size === 0) return this.#packed
    const keys = Uint32Array.from(new Set([...this.#packed.keys, ...this.#lists.keys()])).sort()
    const ends = new Uint32Array(keys.length)
    const bytes = new ByteColumn()
    for (const [at, key] of keys.entries()) {
      const list = this.read(key)
      bytes.pushVarint(list.length)
      let before = 0
      for (const value of list) {
        bytes.pushVarint((value - before) >>> 0)
        before = value
      }
      ends[at] = bytes.length
    }
    return { keys, ends, bytes: bytes.view().slice() }
  }

  /** At the number of a packed list; where there is none, all numbers are 0. */
  #packedList(key: number): VarintReader {
    const { keys, ends, bytes } = this.#packed
    let [low, high] = [0, keys.length]
    while (low < high) {
      const middle = (low + high) >> 1
      if ((keys[middle] as number) < key) low = middle + 1
      else high = middle
    }
    if (low === keys.length || keys[low] !== key) return new VarintReader(NO_LISTS.bytes)
    return new VarintReader(bytes, low === 0 ? 0 : (ends[low - 1] as number))
  }
}
