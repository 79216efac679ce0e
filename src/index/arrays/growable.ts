// The room `index/arrays`: what everything else here is kept in: arrays that grow, heaps, packed files. It imports nothing.

/**
 * A column of numbers that grows at its end. `at` gives 0 beyond the end of what was pushed. What it is made of is never written to: it may be
 * part of a file, which other threads read too, so the first change copies it.
 */
export class Uint32Column {
  #data: Uint32Array
  #length: number
  #isOwn: boolean

  constructor(data?: Uint32Array) {
    this.#data = data ?? new Uint32Array(0)
    this.#length = this.#data.length
    this.#isOwn = data === undefined
  }

  get length(): number {
    return this.#length
  }

  at(index: number): number {
    return this.#data[index] ?? 0
  }

  /** @param index of a number that was pushed */
  set(index: number, value: number): void {
    if (!this.#isOwn) this.#own(this.#length)
    this.#data[index] = value
  }

  push(value: number): void {
    if (this.#length === this.#data.length) this.#own(nextCapacity(this.#length))
    this.#data[this.#length] = value
    this.#length += 1
  }

  /** What was pushed so far, as a view: valid until the next push. */
  view(): Uint32Array {
    return this.#data.subarray(0, this.#length)
  }

  /** The same for hot loops, which a view for each reading would slow down: what follows after `length` means nothing. */
  get data(): Uint32Array {
    return this.#data
  }

  #own(capacity: number): void {
    this.#data = grown(this.#data, new Uint32Array(capacity))
    this.#isOwn = true
  }
}

/** The same of numbers that need not be whole. */
export class Float64Column {
  #data: Float64Array
  #length: number

  constructor(data?: Float64Array) {
    this.#data = data ?? new Float64Array(0)
    this.#length = this.#data.length
  }

  get length(): number {
    return this.#length
  }

  at(index: number): number {
    return this.#data[index] ?? 0
  }

  push(value: number): void {
    if (this.#length === this.#data.length) this.#data = grown(this.#data, new Float64Array(nextCapacity(this.#length)))
    this.#data[this.#length] = value
    this.#length += 1
  }

  view(): Float64Array {
    return this.#data.subarray(0, this.#length)
  }

  get data(): Float64Array {
    return this.#data
  }
}

/** The same of bytes. */
export class Uint8Column {
  #data: Uint8Array
  #length: number

  constructor(data?: Uint8Array) {
    this.#data = data ?? new Uint8Array(0)
    this.#length = this.#data.length
  }

  get length(): number {
    return this.#length
  }

  push(value: number): void {
    if (this.#length === this.#data.length) this.#data = grown(this.#data, new Uint8Array(nextCapacity(this.#length)))
    this.#data[this.#length] = value
    this.#length += 1
  }

  view(): Uint8Array {
    return this.#data.subarray(0, this.#length)
  }

  get data(): Uint8Array {
    return this.#data
  }
}

/** A row of bytes that grows at its end and holds whole numbers in seven bits a byte, the low ones first (LEB128). */
export class ByteColumn {
  #data: Uint8Array
  #length: number

  constructor(data: Uint8Array = new Uint8Array(0)) {
    this.#data = data
    this.#length = data.length
  }

  get length(): number {
    return this.#length
  }

  /** @param value a whole number from 0 to 2^32 - 1 */
  pushVarint(value: number): void {
    if (this.#length + 5 > this.#data.length) {
      this.#data = grown(this.#data, new Uint8Array(nextCapacity(this.#length + 5)))
    }
    let rest = value
    while (rest > 0x7f) {
      this.#data[this.#length++] = (rest & 0x7f) | 0x80
      rest >>>= 7
    }
    this.#data[this.#length++] = rest
  }

  pushByte(byte: number): void {
    if (this.#length === this.#data.length) this.#data = grown(this.#data, new Uint8Array(nextCapacity(this.#length)))
    this.#data[this.#length++] = byte
  }

  /** Begins anew, in the memory it has. */
  clear(): void {
    this.#length = 0
  }

  pushAll(bytes: Uint8Array): void {
    const length = this.#length + bytes.length
    if (length > this.#data.length) this.#data = grown(this.#data, new Uint8Array(nextCapacity(length)))
    this.#data.set(bytes, this.#length)
    this.#length = length
  }

  view(): Uint8Array {
    return this.#data.subarray(0, this.#length)
  }

  /** The same for hot loops: what follows after `length` means nothing. */
  get data(): Uint8Array {
    return this.#data
  }
}

/** Reads what `ByteColumn.pushVarint` wrote. Beyond the end it reads zeros. */
export class VarintReader {
  readonly #data: Uint8Array
  position: number

  constructor(data: Uint8Array, position = 0) {
    this.#data = data
    this.position = position
  }

  /** The next byte as it is. */
  byte(): number {
    return this.#data[this.position++] ?? 0
  }

  next(): number {
    // most are of one byte
    const first = this.#data[this.position] ?? 0
    if (first < 0x80) {
      this.position += 1
      return first
    }
    let value = 0
    let shift = 0
    for (;;) {
      const byte = this.#data[this.position++] ?? 0
      value |= (byte & 0x7f) << shift
      if (byte < 0x80 || shift >= 28) return value >>> 0
      shift += 7
    }
  }
}

const nextCapacity = (length: number): number => Math.max(1024, Math.ceil(length * 1.5))

function grown<A extends Uint32Array | Uint8Array | Float64Array>(from: A, to: A): A {
  to.set(from)
  return to
}
