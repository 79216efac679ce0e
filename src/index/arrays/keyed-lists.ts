import { BlockLists } from './block-lists.ts'

/** Lists of numbers by key, packed: that of `keys[k]` stands in `values` from where the one before ends. Keys ascend. */
export interface PackedKeyedLists {
  readonly keys: Uint32Array
  readonly ends: Uint32Array
  readonly values: Uint32Array
}

const NO_LISTS: PackedKeyedLists = { keys: new Uint32Array(0), ends: new Uint32Array(0), values: new Uint32Array(0) }

/** Lists of numbers by whole numbers of 32 bits, read in the order they were written. Those of a file are read where they lie. */
export class KeyedLists {
  readonly #packed: PackedKeyedLists
  readonly #lists = new Map<number, number>()
  readonly #later = new BlockLists()
  #scratch = new Uint32Array(0)

  constructor(packed: PackedKeyedLists = NO_LISTS) {
    this.#packed = packed
  }

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
    const [start, end] = this.#packedRange(key)
    const list = this.#lists.get(key)
    return end - start + (list === undefined ? 0 : this.#later.lengthOf(list))
  }

  /** A list, valid until the next one is read: never change it. */
  read(key: number): Uint32Array {
    const [start, end] = this.#packedRange(key)
    const packed = this.#packed.values.subarray(start, end)
    const list = this.#lists.get(key)
    if (list === undefined) return packed
    const length = packed.length + this.#later.lengthOf(list)
    if (this.#scratch.length < length) this.#scratch = new Uint32Array(length * 2)
    this.#scratch.set(packed)
    this.#later.read(list, this.#scratch.subarray(packed.length))
    return this.#scratch.subarray(0, length)
  }

  pack(): PackedKeyedLists {
    if (this.#lists.size === 0) return this.#packed
    const keys = Uint32Array.from(new Set([...this.#packed.keys, ...this.#lists.keys()])).sort()
    const ends = new Uint32Array(keys.length)
    let end = 0
    for (let at = 0; at < keys.length; at++) {
      end += this.lengthOf(keys[at] as number)
      ends[at] = end
    }
    const values = new Uint32Array(end)
    for (let at = 0; at < keys.length; at++)
      values.set(this.read(keys[at] as number), at === 0 ? 0 : (ends[at - 1] as number))
    return { keys, ends, values }
  }

  #packedRange(key: number): readonly [start: number, end: number] {
    const { keys, ends } = this.#packed
    let [low, high] = [0, keys.length]
    while (low < high) {
      const middle = (low + high) >> 1
      if ((keys[middle] as number) < key) low = middle + 1
      else high = middle
    }
    if (low === keys.length || keys[low] !== key) return EMPTY
    return [low === 0 ? 0 : (ends[low - 1] as number), ends[low] as number]
  }
}

const EMPTY = [0, 0] as const
