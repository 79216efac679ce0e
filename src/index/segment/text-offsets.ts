import { NumberLists, type PackedNumberLists } from './number-lists.ts'

/** What is known of one text. */
export interface TextPlaces {
  /** In UTF-16 units. */
  readonly length: number
  /** Bytes before each block of tokens; a block begins where the token before it ends. */
  readonly bytes: Uint32Array
}

/** For long articles where blocks of their text begin in UTF-8, so that a stretch of it is read from the store without the rest. */
export class TextOffsets {
  /** By article: how many UTF-16 units its text has, then of each block of tokens but the first where it begins, in bytes of UTF-8. */
  readonly #lists: NumberLists

  constructor(packed?: PackedNumberLists) {
    this.#lists = new NumberLists(packed)
  }

  /**
   * @param docId above all before
   * @param borders where its blocks begin in UTF-16 units, but for the first
   */
  add(docId: number, text: string, borders: readonly number[]): void {
    const numbers = [text.length]
    let [bytes, before] = [0, 0]
    for (const border of borders) {
      bytes += Buffer.byteLength(text.slice(before, border))
      before = border
      numbers.push(bytes)
    }
    this.#lists.add(docId, numbers)
  }

  adopt(docId: number, { length, bytes }: TextPlaces): void {
    this.#lists.add(docId, [length, ...bytes.subarray(1)])
  }

  /** Null for an article that is not long. Takes time in proportion to the logarithm of their number, and to its blocks. */
  of(docId: number): TextPlaces | null {
    const bytes = this.#lists.of(docId).slice()
    const [length] = bytes
    if (length === undefined) return null
    bytes[0] = 0
    return { length, bytes }
  }

  pack(): PackedNumberLists {
    return this.#lists.pack()
  }
}
