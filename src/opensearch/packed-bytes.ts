/** Beyond these a string takes two bytes a unit. */
const ONE_BYTE = /^[\0-\xff]*$/
const MORE = 0x80
const LOW = 0x7f

/** Numbers and strings, one after the other. */
export class ByteWriter {
  #bytes = Buffer.allocUnsafe(1024)
  #length = 0

  /** A whole number that is not negative, below 2^32: small ones take one byte. */
  number(value: number): void {
    this.#reserve(5)
    let left = value
    for (; left > LOW; left >>>= 7) this.#bytes[this.#length++] = (left & LOW) | MORE
    this.#bytes[this.#length++] = left
  }

  byte(value: number): void {
    this.#reserve(1)
    this.#bytes[this.#length++] = value
  }

  double(value: number): void {
    this.#reserve(8)
    this.#length = this.#bytes.writeDoubleLE(value, this.#length)
  }

  /** Any string, with halves of characters too. */
  string(text: string): void {
    const isNarrow = ONE_BYTE.test(text)
    this.number(text.length * 2 + (isNarrow ? 0 : 1))
    this.#reserve(text.length * 2)
    this.#length += this.#bytes.write(text, this.#length, isNarrow ? 'latin1' : 'utf16le')
  }

  /** What another one wrote, behind how long it is. */
  part(other: ByteWriter): void {
    this.number(other.#length)
    this.#reserve(other.#length)
    this.#length += other.#bytes.copy(this.#bytes, this.#length, 0, other.#length)
  }

  written(): Buffer {
    return this.#bytes.subarray(0, this.#length)
  }

  #reserve(more: number): void {
    if (this.#length + more <= this.#bytes.length) return
    const grown = Buffer.allocUnsafe((this.#length + more) * 2)
    this.#bytes.copy(grown, 0, 0, this.#length)
    this.#bytes = grown
  }
}

/** Reads what a `ByteWriter` wrote, in the same order. */
export class ByteReader {
  readonly #bytes: Buffer
  #at = 0

  constructor(bytes: Buffer) {
    this.#bytes = bytes
  }

  number(): number {
    let value = 0
    for (let shift = 0; ; shift += 7) {
      const byte = this.#bytes[this.#at++] as number
      value |= (byte & LOW) << shift
      if (byte < MORE) return value >>> 0
    }
  }

  byte(): number {
    return this.#bytes[this.#at++] as number
  }

  double(): number {
    const value = this.#bytes.readDoubleLE(this.#at)
    this.#at += 8
    return value
  }

  string(): string {
    const head = this.number()
    const [start, end] = [this.#at, this.#at + (head >>> 1) * (1 + (head & 1))]
    this.#at = end
    return this.#bytes.toString((head & 1) === 0 ? 'latin1' : 'utf16le', start, end)
  }

  /** Passes over a part, or over as many bytes as are told first. */
  skipPart(): void {
    const length = this.number()
    this.#at += length
  }

  /** A part as bytes of its own. */
  part(): Buffer {
    const length = this.number()
    const bytes = this.#bytes.subarray(this.#at, this.#at + length)
    this.#at += length
    return bytes
  }
}
