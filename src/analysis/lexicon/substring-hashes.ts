/** A power of these mod 2^32 stands for each place: any odd numbers do. */
export const BASE = 0x01000193
export const OTHER_BASE = 0x27d4eb2f

/** The polynomial of a string with one letter more. Letters count by their UTF-16 code units. */
export const extended = (polynomial: number, base: number, letter: number): number =>
  (Math.imul(polynomial, base) + letter + 1) | 0

/** The hash of a polynomial: its low bits know only the low bits of the letters. */
export function mixed(polynomial: number): number {
  let hash = polynomial
  hash = Math.imul(hash ^ (hash >>> 16), 0x7feb352d)
  hash = Math.imul(hash ^ (hash >>> 15), 0x846ca68b)
  return (hash ^ (hash >>> 16)) >>> 0
}

/**
 * Two independent 32-bit hashes of every stretch of one word, each found in constant time (Rabin and Karp 1987). Holds one word
 * at a time, so that nothing is allocated for each.
 */
export class SubstringHashes {
  readonly #first: Int32Array
  readonly #second: Int32Array
  readonly #firstPowers: Int32Array
  readonly #secondPowers: Int32Array

  /** @param lengthMax of the words it will be given */
  constructor(lengthMax: number) {
    this.#first = new Int32Array(lengthMax + 1)
    this.#second = new Int32Array(lengthMax + 1)
    this.#firstPowers = powersOf(BASE, lengthMax)
    this.#secondPowers = powersOf(OTHER_BASE, lengthMax)
  }

  read(word: string): void {
    let first = 0
    let second = 0
    for (let i = 0; i < word.length; i++) {
      const letter = word.charCodeAt(i)
      first = extended(first, BASE, letter)
      second = extended(second, OTHER_BASE, letter)
      this.#first[i + 1] = first
      this.#second[i + 1] = second
    }
  }

  /** Of the stretch from `start` to `end` of the word read last. */
  first(start: number, end: number): number {
    return mixed(ofStretch(this.#first, this.#firstPowers, start, end))
  }

  second(start: number, end: number): number {
    return mixed(ofStretch(this.#second, this.#secondPowers, start, end))
  }

  /** Of the word read last, which has `length` letters, with another letter in one place. */
  firstWith(letter: number, place: number, length: number): number {
    return mixed(ofChanged(this.#first, this.#firstPowers, letter, place, length))
  }

  secondWith(letter: number, place: number, length: number): number {
    return mixed(ofChanged(this.#second, this.#secondPowers, letter, place, length))
  }
}

function ofStretch(prefixes: Int32Array, powers: Int32Array, start: number, end: number): number {
  return ((prefixes[end] as number) - Math.imul(prefixes[start] as number, powers[end - start] as number)) | 0
}

function ofChanged(prefixes: Int32Array, powers: Int32Array, letter: number, place: number, length: number): number {
  const begin = extended(prefixes[place] as number, powers[1] as number, letter)
  const rest = ofStretch(prefixes, powers, place + 1, length)
  return (Math.imul(begin, powers[length - place - 1] as number) + rest) | 0
}

function powersOf(base: number, count: number): Int32Array {
  const powers = new Int32Array(count + 1)
  powers[0] = 1
  for (let i = 0; i < count; i++) powers[i + 1] = Math.imul(powers[i] as number, base)
  return powers
}
