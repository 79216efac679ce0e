import { ByteColumn, Uint32Column, VarintReader } from './growable.ts'

/**
 * Lists of numbers by key, packed: those of key k stand in `bytes` from where those of k - 1 end. The first number as a varint, then of each how much less
 * it is than the one before, modulo 2^32.
 */
export interface PackedLists {
  readonly ends: Uint32Array
  readonly bytes: Uint8Array
}

/** Its own for each: one that is given to another thread takes its buffers along. */
export const noLists = (): PackedLists => ({ ends: new Uint32Array(0), bytes: new Uint8Array(0) })

/** Lists of numbers, one a key, that grow: read from the newest number to the oldest. Those of a file are read where they lie. */
export class NewestFirstLists {
  readonly #packed: PackedLists
  /** By key the place after its last entry; 0 where it has none. */
  readonly #lasts = new Uint32Column()
  /** Two numbers an entry: its value, and the place after the entry before it. */
  readonly #entries = new Uint32Column()

  constructor(packed: PackedLists = noLists()) {
    this.#packed = packed
  }

  /** @param value a whole number of 32 bits; lists whose values ascend are packed best */
  add(key: number, value: number): void {
    while (this.#lasts.length <= key) this.#lasts.push(0)
    this.#entries.push(value)
    this.#entries.push(this.#lasts.at(key))
    this.#lasts.set(key, this.#entries.length)
  }

  forEach(key: number, visit: (value: number) => void): void {
    const entries = this.#entries.data
    for (let place = this.#lasts.at(key); place > 0; place = entries[place - 1] as number)
      visit(entries[place - 2] as number)
    const { ends, bytes } = this.#packed
    if (key >= ends.length) return
    const end = ends[key] as number
    const start = key === 0 ? 0 : (ends[key - 1] as number)
    if (start === end) return
    const reader = new VarintReader(bytes, start)
    let value = reader.next()
    visit(value)
    while (reader.position < end) {
      value = (value - reader.next()) >>> 0
      visit(value)
    }
  }

  /** @param keys all keys are below */
  pack(keys: number): PackedLists {
    if (this.#entries.length === 0 && this.#packed.ends.length === keys) return this.#packed
    const ends = new Uint32Array(keys)
    const bytes = new ByteColumn()
    for (let key = 0; key < keys; key++) {
      let before = 0
      let isFirst = true
      this.forEach(key, (value) => {
        bytes.pushVarint(isFirst ? value : (before - value) >>> 0)
        isFirst = false
        before = value
      })
      ends[key] = bytes.length
    }
    return { ends, bytes: bytes.view().slice() }
  }
}

/**
 * The lists that many entries make, by a counting sort: in linear time, and four bytes an entry.
 * @param keys all keys are below
 * @param keyOf the key of an entry; entries are numbered in the order they would be added
 * @param numberOf its value
 */
export function packNewestFirst(
  keys: number,
  entries: number,
  keyOf: (entry: number) => number,
  numberOf: (entry: number) => number,
): PackedLists {
  /** By key where the next of its entries goes: in the end where its list ends. */
  const nexts = new Uint32Array(keys + 1)
  for (let entry = 0; entry < entries; entry++) {
    const key = keyOf(entry)
    nexts[key + 1] = (nexts[key + 1] as number) + 1
  }
  for (let key = 1; key <= keys; key++) nexts[key] = (nexts[key] as number) + (nexts[key - 1] as number)
  const sorted = new Uint32Array(entries)
  for (let entry = 0; entry < entries; entry++) {
    const key = keyOf(entry)
    const place = nexts[key] as number
    sorted[place] = numberOf(entry)
    nexts[key] = place + 1
  }
  const ends = new Uint32Array(keys)
  const bytes = new ByteColumn()
  for (let key = 0, start = 0; key < keys; key++) {
    const end = nexts[key] as number
    for (let at = end - 1; at >= start; at--) {
      const value = sorted[at] as number
      bytes.pushVarint(at === end - 1 ? value : ((sorted[at + 1] as number) - value) >>> 0)
    }
    ends[key] = bytes.length
    start = end
  }
  return { ends, bytes: bytes.view() }
}
