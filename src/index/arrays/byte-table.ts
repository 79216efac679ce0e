import { FREE, hashOf, type PackedStrings, type PackedStringTable, slotsFor, slotsOf } from './string-table.ts'

const SLOTS_MIN = 1024
/** At most so many of the slots are taken; the stored table has no more of them than this allows. */
const LOAD_MAX = 0.75

/**
 * Different strings by number, taken over as bytes from other tables: no string is made of them. It has room for as many as may come; what
 * stays empty of it takes no memory.
 */
export class ByteTable {
  readonly #bytes: Uint8Array
  readonly #ends: Uint32Array
  #slots = new Uint32Array(SLOTS_MIN)
  #length = 0
  #end = 0

  /** Of at most so many strings, and bytes in all of them. */
  constructor(strings: number, bytes: number) {
    this.#bytes = new Uint8Array(bytes)
    this.#ends = new Uint32Array(strings)
  }

  get length(): number {
    return this.#length
  }

  /**
   * The number of a string, if it is there.
   * @param slot where `slotOf` found it
   */
  numberAt(slot: number): number | undefined {
    const number = this.#slots[slot] as number
    return number === FREE ? undefined : number - 1
  }

  /** The slot of a string of another table, or the free one where it would stand. */
  slotOf({ bytes, ends }: PackedStrings, number: number): number {
    const start = number === 0 ? 0 : (ends[number - 1] as number)
    const end = ends[number] as number
    const slots = this.#slots
    const mask = slots.length - 1
    let slot = hashOf(bytes, start, end) & mask
    while (slots[slot] !== FREE && !this.#isAt((slots[slot] as number) - 1, bytes, start, end)) slot = (slot + 1) & mask
    return slot
  }

  /** Adds a string that is not there yet. */
  add({ bytes, ends }: PackedStrings, number: number, slot: number): number {
    const start = number === 0 ? 0 : (ends[number - 1] as number)
    const added = bytes.subarray(start, ends[number])
    this.#bytes.set(added, this.#end)
    this.#end += added.length
    this.#ends[this.#length] = this.#end
    this.#length += 1
    this.#slots[slot] = this.#length
    if (this.#length + 1 > this.#slots.length * LOAD_MAX) this.#grow()
    return this.#length - 1
  }

  /** The number of a string of another table; one that is not there yet gets the next. */
  numberOf(strings: PackedStrings, number: number): number {
    const slot = this.slotOf(strings, number)
    return this.numberAt(slot) ?? this.add(strings, number, slot)
  }

  pack(): PackedStringTable {
    const strings = this.strings()
    // filled in the same order, tables of one length are the same
    const isLong = this.#slots.length === slotsFor(this.#length)
    const slots = isLong ? this.#slots : slotsOf(strings)
    return { ...strings, slots }
  }

  strings(): PackedStrings {
    return { bytes: this.#bytes.subarray(0, this.#end), ends: this.#ends.subarray(0, this.#length) }
  }

  #isAt(number: number, bytes: Uint8Array, start: number, end: number): boolean {
    const own = this.#bytes
    const ownStart = number === 0 ? 0 : (this.#ends[number - 1] as number)
    const length = end - start
    if ((this.#ends[number] as number) - ownStart !== length) return false
    for (let at = 0; at < length; at++) if (own[ownStart + at] !== bytes[start + at]) return false
    return true
  }

  #grow(): void {
    const slots = new Uint32Array(this.#slots.length * 2)
    const mask = slots.length - 1
    for (let number = 0, start = 0; number < this.#length; number++) {
      const end = this.#ends[number] as number
      let slot = hashOf(this.#bytes, start, end) & mask
      while (slots[slot] !== FREE) slot = (slot + 1) & mask
      slots[slot] = number + 1
      start = end
    }
    this.#slots = slots
  }
}
