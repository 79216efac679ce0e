/** A block has 32 values: it begins at a whole word. */
const BLOCK_BITS = 5
const BLOCK_MASK = 2 ** BLOCK_BITS - 1
const WORD_BITS = 32

/** Whole numbers of as many bits each as the greatest needs, one after the other; those of 32 begin at a whole word. */
export interface PackedNumbers {
  /** Bits of each, from 1 to 32, and how many there are. */
  readonly shape: Uint32Array
  readonly words: Uint32Array
}

/** An array of whole numbers below 2^32 in as few bits as the greatest needs (Lucene's `PackedInts`); read where it lies. */
export class PackedInts {
  readonly length: number
  readonly packed: PackedNumbers
  readonly #words: Uint32Array
  readonly #width: number
  readonly #mask: number

  constructor(packed: PackedNumbers) {
    const [width, length] = packed.shape as unknown as [number, number]
    this.packed = packed
    this.length = length
    this.#words = packed.words
    this.#width = width
    this.#mask = maskOf(width)
  }

  static from(values: Uint32Array): PackedInts {
    let all = 0
    for (let at = 0; at < values.length; at++) all |= values[at] as number
    const width = widthOf(all)
    const words = new Uint32Array(wordsOf(values.length, width))
    for (let at = 0; at < values.length; at++) {
      const value = values[at] as number
      const bit = (at & BLOCK_MASK) * width
      const word = (at >>> BLOCK_BITS) * width + (bit >>> 5)
      const shift = bit & 31
      words[word] = (words[word] as number) | (value << shift)
      if (shift + width > WORD_BITS) words[word + 1] = value >>> (WORD_BITS - shift)
    }
    return new PackedInts({ shape: Uint32Array.of(width, values.length), words })
  }

  /** @param at below `length` */
  at(at: number): number {
    const words = this.#words
    const width = this.#width
    const bit = (at & BLOCK_MASK) * width
    const word = (at >>> BLOCK_BITS) * width + (bit >>> 5)
    const shift = bit & 31
    let value = (words[word] as number) >>> shift
    if (shift + width > WORD_BITS) value |= (words[word + 1] as number) << (WORD_BITS - shift)
    return (value & this.#mask) >>> 0
  }

  /** Reads the numbers from `start` to `end` into the beginning of an array. */
  read(start: number, end: number, into: Uint32Array): void {
    const words = this.#words
    const width = this.#width
    const mask = this.#mask
    let word = (start >>> BLOCK_BITS) * width
    let bit = (start & BLOCK_MASK) * width
    word += bit >>> 5
    bit &= 31
    for (let at = start; at < end; at++) {
      let value = (words[word] as number) >>> bit
      bit += width
      if (bit > WORD_BITS) value |= (words[word + 1] as number) << (WORD_BITS + width - bit)
      if (bit >= WORD_BITS) {
        bit -= WORD_BITS
        word += 1
      }
      into[at - start] = value & mask
    }
  }
}

export const wordsOf = (length: number, width: number): number => Math.ceil((length * width) / WORD_BITS)
const maskOf = (width: number): number => (width === WORD_BITS ? -1 : (1 << width) - 1)

/** Bits that each of some numbers needs. */
export const widthOf = (greatest: number): number => Math.max(1, WORD_BITS - Math.clz32(greatest))

/** Packs numbers that come in stretches, as `PackedInts.from` packs them all at once. */
export class PackedIntsWriter {
  readonly #width: number
  readonly #write: (words: Uint32Array) => void
  #word = 0
  #bit = 0

  /** @param width bits of each */
  constructor(width: number, write: (words: Uint32Array) => void) {
    this.#width = width
    this.#write = write
  }

  push(values: Uint32Array): void {
    const width = this.#width
    const words = new Uint32Array(wordsOf(values.length, width) + 1)
    let [word, bit, end] = [this.#word, this.#bit, 0]
    for (let at = 0; at < values.length; at++) {
      const value = values[at] as number
      word |= value << bit
      bit += width
      if (bit < WORD_BITS) continue
      words[end++] = word
      bit -= WORD_BITS
      word = bit === 0 ? 0 : value >>> (width - bit)
    }
    this.#word = word
    this.#bit = bit
    this.#write(words.subarray(0, end))
  }

  /** Writes what is left. */
  end(): void {
    if (this.#bit > 0) this.#write(Uint32Array.of(this.#word))
  }
}
