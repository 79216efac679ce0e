import { Uint32Column } from '../arrays/growable.ts'

/** Where the texts of long articles are cut, in columns. */
export interface PackedTextOffsets {
  /** DocIds of those that have them, ascending. */
  readonly docs: Uint32Array
  /** Where the numbers of each end. */
  readonly ends: Uint32Array
  /** By article: how many UTF-16 units its text has, then of each block of tokens but the first where it begins, in bytes of UTF-8. */
  readonly numbers: Uint32Array
}

/** What is known of one text. */
export interface TextPlaces {
  /** In UTF-16 units. */
  readonly length: number
  /** Bytes before each block of tokens; a block begins where the token before it ends. */
  readonly bytes: Uint32Array
}

/** For long articles where blocks of their text begin in UTF-8, so that a stretch of it is read from the store without the rest. */
export class TextOffsets {
  readonly #docs: Uint32Column
  readonly #ends: Uint32Column
  readonly #numbers: Uint32Column

  constructor(packed?: PackedTextOffsets) {
    this.#docs = new Uint32Column(packed?.docs)
    this.#ends = new Uint32Column(packed?.ends)
    this.#numbers = new Uint32Column(packed?.numbers)
  }

  /**
   * @param docId above all before
   * @param borders where its blocks begin in UTF-16 units, but for the first
   */
  add(docId: number, text: string, borders: readonly number[]): void {
    this.#docs.push(docId)
    this.#numbers.push(text.length)
    let [bytes, before] = [0, 0]
    for (const border of borders) {
      bytes += Buffer.byteLength(text.slice(before, border))
      before = border
      this.#numbers.push(bytes)
    }
    this.#ends.push(this.#numbers.length)
  }

  adopt(docId: number, { length, bytes }: TextPlaces): void {
    this.#docs.push(docId)
    this.#numbers.push(length)
    for (let block = 1; block < bytes.length; block++) this.#numbers.push(bytes[block] as number)
    this.#ends.push(this.#numbers.length)
  }

  /** Null for an article that is not long. Takes time in proportion to the logarithm of their number, and to its blocks. */
  of(docId: number): TextPlaces | null {
    const docs = this.#docs
    let [low, high] = [0, docs.length]
    while (low < high) {
      const middle = (low + high) >> 1
      if (docs.at(middle) < docId) low = middle + 1
      else high = middle
    }
    if (low === docs.length || docs.at(low) !== docId) return null
    const start = low === 0 ? 0 : this.#ends.at(low - 1)
    const bytes = this.#numbers.view().slice(start, this.#ends.at(low))
    const length = bytes[0] as number
    bytes[0] = 0
    return { length, bytes }
  }

  pack(): PackedTextOffsets {
    return { docs: this.#docs.view(), ends: this.#ends.view(), numbers: this.#numbers.view() }
  }
}
