/** Strings as they lie in a file: their UTF-8 bytes one after the other, and where each ends. */
export interface PackedStrings {
  readonly bytes: Uint8Array
  readonly ends: Uint32Array
}

/** The same with a hash table: by slot the number of a string plus 1, 0 where none is. */
export interface PackedStringTable extends PackedStrings {
  readonly slots: Uint32Array
}

/** Its own for each column: one that is given to another thread takes its buffers along. */
const noStrings = (): PackedStrings => ({ bytes: new Uint8Array(0), ends: new Uint32Array(0) })

/**
 * Strings by number. Those of a file are read where they lie and made when asked for, in some 70 ns; later ones are kept as they came.
 * Strings are well-formed UTF-16.
 */
export class StringColumn implements Iterable<string> {
  readonly #packed: PackedStrings
  readonly #buffer: Buffer
  readonly #later: string[] = []

  constructor(packed: PackedStrings = noStrings()) {
    this.#packed = packed
    const { bytes } = packed
    this.#buffer = Buffer.from(bytes.buffer as ArrayBuffer, bytes.byteOffset, bytes.byteLength)
  }

  get length(): number {
    return this.#packed.ends.length + this.#later.length
  }

  /** How many of them lie in a file. */
  get packedLength(): number {
    return this.#packed.ends.length
  }

  at(number: number): string | undefined {
    const { ends } = this.#packed
    if (number >= ends.length) return this.#later[number - ends.length]
    return this.#buffer.toString('utf8', number === 0 ? 0 : ends[number - 1], ends[number])
  }

  /** Negative where the first of two strings comes before the second by UTF-16 units, as `<` has it; 0 where they are the same. */
  compare(one: number, other: number): number {
    const { bytes, ends } = this.#packed
    if (one >= ends.length || other >= ends.length) {
      const [left, right] = [this.at(one) as string, this.at(other) as string]
      return left < right ? -1 : left > right ? 1 : 0
    }
    let [left, right] = [startIn(ends, one), startIn(ends, other)]
    const [leftEnd, rightEnd] = [ends[one] as number, ends[other] as number]
    for (; left < leftEnd && right < rightEnd; left++, right++) {
      const [a, b] = [bytes[left] as number, bytes[right] as number]
      if (a === b) continue
      // characters of four bytes are surrogates in UTF-16, which come before the last ones of three
      if (a >= FOUR_BYTES !== b >= FOUR_BYTES && Math.min(a, b) >= AFTER_SURROGATES) return b - a
      return a - b
    }
    return leftEnd - left - (rightEnd - right)
  }

  /** @returns its number */
  push(string: string): number {
    return this.#packed.ends.length + this.#later.push(string) - 1
  }

  *[Symbol.iterator](): Iterator<string> {
    for (let number = 0; number < this.length; number++) yield this.at(number) as string
  }

  pack(): PackedStrings {
    const { bytes, ends } = this.#packed
    if (this.#later.length === 0) return this.#packed
    const lengths = this.#later.map((string) => Buffer.byteLength(string, 'utf8'))
    const allBytes = Buffer.alloc(lengths.reduce((sum, length) => sum + length, bytes.length))
    allBytes.set(bytes)
    const allEnds = new Uint32Array(this.length)
    allEnds.set(ends)
    let end = bytes.length
    // one by one: together they could be longer than a string may be
    for (const [at, string] of this.#later.entries()) {
      end += allBytes.write(string, end, 'utf8')
      allEnds[ends.length + at] = end
    }
    return { bytes: allBytes, ends: allEnds }
  }
}

/** The first byte of a character of four bytes, and of one of three that comes after the surrogates. */
const FOUR_BYTES = 0xf0
const AFTER_SURROGATES = 0xee

const startIn = (ends: Uint32Array, number: number): number => (number === 0 ? 0 : (ends[number - 1] as number))

/** Different strings by number, and numbers by string. A look-up takes about a microsecond. */
export class StringTable implements Iterable<string> {
  readonly #strings: StringColumn
  readonly #packed: PackedStringTable | undefined
  readonly #numbers = new Map<string, number>()

  constructor(packed?: PackedStringTable) {
    this.#packed = packed
    this.#strings = new StringColumn(packed)
  }

  get length(): number {
    return this.#strings.length
  }

  /** How many of them lie in a file. */
  get packedLength(): number {
    return this.#strings.packedLength
  }

  at(number: number): string | undefined {
    return this.#strings.at(number)
  }

  [Symbol.iterator](): Iterator<string> {
    return this.#strings[Symbol.iterator]()
  }

  numberOf(string: string): number | undefined {
    return this.#packedNumberOf(string) ?? this.#numbers.get(string)
  }

  /** @param string one that is not there yet */
  add(string: string): number {
    const number = this.#strings.push(string)
    this.#numbers.set(string, number)
    return number
  }

  /** As `pack`, without the hash table: to be read by number alone. */
  packRows(): PackedStringTable {
    return { ...this.#strings.pack(), slots: new Uint32Array(0) }
  }

  pack(): PackedStringTable {
    if (this.#packed !== undefined && this.#numbers.size === 0) return this.#packed
    const packed = this.#strings.pack()
    return { ...packed, slots: slotsOf(packed) }
  }

  #packedNumberOf(string: string): number | undefined {
    if (this.#packed === undefined) return undefined
    const { bytes, ends, slots } = this.#packed
    if (slots.length === 0) return undefined
    const hash = hashOfAscii(string)
    if (hash >= 0) {
      const mask = slots.length - 1
      for (let slot = hash & mask; slots[slot] !== FREE; slot = (slot + 1) & mask) {
        const number = (slots[slot] as number) - 1
        const start = number === 0 ? 0 : (ends[number - 1] as number)
        if ((ends[number] as number) - start === string.length && isAsciiAt(bytes, start, string)) return number
      }
      return undefined
    }
    // what is half a character would be encoded as another one
    if (!string.isWellFormed()) return undefined
    const wanted = encoded(string)
    const mask = slots.length - 1
    for (let slot = hashOf(wanted, 0, wanted.length) & mask; slots[slot] !== FREE; slot = (slot + 1) & mask) {
      const number = (slots[slot] as number) - 1
      const start = number === 0 ? 0 : (ends[number - 1] as number)
      if ((ends[number] as number) - start === wanted.length && isAt(bytes, start, wanted)) return number
    }
    return undefined
  }
}

export const FREE = 0
/** So full a hash table may be; it has a power of two of slots. */
const LOAD_MAX = 0.75

/** How many slots a table of so many strings has. */
export const slotsFor = (strings: number): number =>
  strings === 0 ? 0 : 2 ** Math.ceil(Math.log2((strings + 1) / LOAD_MAX))

export function slotsOf({ bytes, ends }: PackedStrings): Uint32Array {
  if (ends.length === 0) return new Uint32Array(0)
  const slots = new Uint32Array(slotsFor(ends.length))
  const mask = slots.length - 1
  for (let number = 0, start = 0; number < ends.length; number++) {
    const end = ends[number] as number
    let slot = hashOf(bytes, start, end) & mask
    while (slots[slot] !== FREE) slot = (slot + 1) & mask
    slots[slot] = number + 1
    start = end
  }
  return slots
}

/** FNV-1a, its bits mixed once more: tables look at the low ones alone. */
export function hashOf(bytes: Uint8Array, start: number, end: number): number {
  let hash = FNV_BASIS
  for (let at = start; at < end; at++) hash = Math.imul(hash ^ (bytes[at] as number), FNV_PRIME)
  return mixed(hash)
}

/** The same of a string whose bytes are its UTF-16 units, without encoding it, as nearly all terms are; negative for others. */
function hashOfAscii(string: string): number {
  let hash = FNV_BASIS
  for (let at = 0; at < string.length; at++) {
    const code = string.charCodeAt(at)
    if (code > 0x7f) return -1
    hash = Math.imul(hash ^ code, FNV_PRIME)
  }
  return mixed(hash)
}

function mixed(fnv: number): number {
  const hash = Math.imul(fnv ^ (fnv >>> 15), 0x85ebca6b)
  return (hash ^ (hash >>> 13)) >>> 0
}

const FNV_BASIS = 0x811c9dc5
const FNV_PRIME = 0x01000193

const SCRATCH_BYTES = 1024
const scratch = Buffer.alloc(SCRATCH_BYTES)

/** Valid until the next one is encoded. */
function encoded(string: string): Uint8Array {
  // a UTF-16 unit takes three bytes at most
  if (string.length * 3 > SCRATCH_BYTES) return Buffer.from(string, 'utf8')
  return scratch.subarray(0, scratch.write(string, 'utf8'))
}

function isAsciiAt(bytes: Uint8Array, start: number, wanted: string): boolean {
  for (let at = 0; at < wanted.length; at++) if (bytes[start + at] !== wanted.charCodeAt(at)) return false
  return true
}

function isAt(bytes: Uint8Array, start: number, wanted: Uint8Array): boolean {
  for (let at = 0; at < wanted.length; at++) if (bytes[start + at] !== wanted[at]) return false
  return true
}
