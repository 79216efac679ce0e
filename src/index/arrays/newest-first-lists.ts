import { Uint32Column } from './growable.ts'

/** Lists of numbers by key, packed: those of key k stand in `values` from where those of k - 1 end. */
export interface PackedLists {
  readonly ends: Uint32Array
  readonly values: Uint32Array
}

/** Its own for each: one that is given to another thread takes its buffers along. */
export const noLists = (): PackedLists => ({ ends: new Uint32Array(0), values: new Uint32Array(0) })

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
    const { ends, values } = this.#packed
    if (key >= ends.length) return
    const end = ends[key] as number
    for (let at = key === 0 ? 0 : (ends[key - 1] as number); at < end; at++) visit(values[at] as number)
  }

  /** @param keys all keys are below */
  pack(keys: number): PackedLists {
    if (this.#entries.length === 0 && this.#packed.ends.length === keys) return this.#packed
    const ends = new Uint32Array(keys)
    const values = new Uint32Array(this.#packed.values.length + this.#entries.length / 2)
    let end = 0
    for (let key = 0; key < keys; key++) {
      this.forEach(key, (value) => {
        values[end++] = value
      })
      ends[key] = end
    }
    return { ends, values }
  }
}
