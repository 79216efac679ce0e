import { Uint32Column } from '../arrays/growable.ts'

/** Lists of numbers that only some articles have, in columns. */
export interface PackedNumberLists {
  /** DocIds of those that have one, ascending. */
  readonly docs: Uint32Array
  /** Where among the numbers each ends. */
  readonly ends: Uint32Array
  readonly numbers: Uint32Array
}

const NONE = new Uint32Array(0)

/** Lists of numbers that only some articles have; an empty list is none. */
export class NumberLists {
  readonly #docs: Uint32Column
  readonly #ends: Uint32Column
  readonly #numbers: Uint32Column

  constructor(packed?: PackedNumberLists) {
    this.#docs = new Uint32Column(packed?.docs)
    this.#ends = new Uint32Column(packed?.ends)
    this.#numbers = new Uint32Column(packed?.numbers)
  }

  /** @param docId above all before */
  add(docId: number, numbers: Iterable<number>): void {
    const before = this.#numbers.length
    for (const number of numbers) this.#numbers.push(number)
    if (this.#numbers.length === before) return
    this.#docs.push(docId)
    this.#ends.push(this.#numbers.length)
  }

  /**
   * Empty for an article that has none. Never change it: it may be a view of what is kept, valid until the next article is added. Takes time in
   * proportion to the logarithm of the number of lists.
   */
  of(docId: number): Uint32Array {
    const docs = this.#docs
    let [low, high] = [0, docs.length]
    while (low < high) {
      const middle = (low + high) >> 1
      if (docs.at(middle) < docId) low = middle + 1
      else high = middle
    }
    if (low === docs.length || docs.at(low) !== docId) return NONE
    return this.#numbers.data.subarray(low === 0 ? 0 : this.#ends.at(low - 1), this.#ends.at(low))
  }

  pack(): PackedNumberLists {
    return { docs: this.#docs.view(), ends: this.#ends.view(), numbers: this.#numbers.view() }
  }
}
