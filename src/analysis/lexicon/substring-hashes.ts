/** A power of these mod 2^32 stands for each place: any odd numbers do. */
const BASES = [0x01000193, 0x27d4eb2f] as const

/**
 * Two independent 32-bit hashes of every stretch of one word, each found in constant time (Rabin and Karp 1987). Letters count
 * by their UTF-16 code units. Holds one word at a time, so that nothing is allocated for each.
 */
export class SubstringHashes {
  readonly #prefixes: readonly [Uint32Array, Uint32Array]
  readonly #powers: readonly [Uint32Array, Uint32Array]

  /** @param lengthMax of the words it will be given */
  constructor(lengthMax: number) {
    this.#prefixes = [new Uint32Array(lengthMax + 1), new Uint32Array(lengthMax + 1)]
    this.#powers = [powersOf(BASES[0], lengthMax), powersOf(BASES[1], lengthMax)]
  }

  read(word: string): void {
    const [first, second] = this.#prefixes
    for (let i = 0; i < word.length; i++) {
      const letter = word.charCodeAt(i) + 1
      first[i + 1] = Math.imul(first[i] as number, BASES[0]) + letter
      second[i + 1] = Math.imul(second[i] as number, BASES[1]) + letter
    }
  }

  /** Of the stretch from `start` to `end` of the word read last. */
  first(start: number, end: number): number {
    return this.#hash(0, start, end)
  }

  second(start: number, end: number): number {
    return this.#hash(1, start, end)
  }

  #hash(which: 0 | 1, start: number, end: number): number {
    const prefixes = this.#prefixes[which]
    const before = Math.imul(prefixes[start] as number, this.#powers[which][end - start] as number)
    let hash = ((prefixes[end] as number) - before) | 0
    // the low bits of a polynomial know only the low bits of the letters
    hash = Math.imul(hash ^ (hash >>> 16), 0x7feb352d)
    hash = Math.imul(hash ^ (hash >>> 15), 0x846ca68b)
    return (hash ^ (hash >>> 16)) >>> 0
  }
}

function powersOf(base: number, count: number): Uint32Array {
  const powers = new Uint32Array(count + 1)
  powers[0] = 1
  for (let i = 0; i < count; i++) powers[i + 1] = Math.imul(powers[i] as number, base)
  return powers
}
