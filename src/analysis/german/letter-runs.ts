/** Letters count by their last five bits, in which all small ones of a to z differ. */
const LETTER_BITS = 5
const LETTER_MASK = (1 << LETTER_BITS) - 1

/**
 * Stretches of so many letters, to tell by one look that a word has none of many strings: it may say yes where there is none,
 * never no where there is one.
 */
export class LetterRuns {
  readonly #letters: number
  /** One bit for each stretch. */
  readonly #known: Int32Array
  readonly #mask: number

  /** @param strings of each the last letters count; before one that is shorter any letters may stand */
  constructor(letters: 3 | 4, strings: Iterable<string>) {
    this.#letters = letters
    this.#known = new Int32Array(1 << (LETTER_BITS * letters - 5))
    this.#mask = (1 << (LETTER_BITS * letters)) - 1
    for (const string of strings) {
      const end = string.slice(-letters)
      for (let run = this.#runAt(end, end.length); run <= this.#mask; run += 1 << (LETTER_BITS * end.length))
        this.#known[run >> 5] = (this.#known[run >> 5] as number) | (1 << (run & 31))
    }
  }

  /** Whether the word may end with one of the strings. */
  mayEnd(word: string): boolean {
    return word.length < this.#letters || this.#has(this.#runAt(word, word.length))
  }

  /** Whether the word may have one of the strings, none of them shorter than a stretch, anywhere. */
  mayHave(word: string): boolean {
    let run = 0
    for (let i = 0; i < word.length; i++) {
      run = ((run << LETTER_BITS) | (word.charCodeAt(i) & LETTER_MASK)) & this.#mask
      if (i + 1 >= this.#letters && this.#has(run)) return true
    }
    return false
  }

  #has(run: number): boolean {
    return (((this.#known[run >> 5] as number) >> (run & 31)) & 1) === 1
  }

  /** The stretch before `end`, or what there is of it. */
  #runAt(word: string, end: number): number {
    let run = 0
    for (let i = Math.max(0, end - this.#letters); i < end; i++)
      run = (run << LETTER_BITS) | (word.charCodeAt(i) & LETTER_MASK)
    return run
  }
}
