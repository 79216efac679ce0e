/**
 * Stretches of three letters, to tell by one look that a word has none of many strings: it may say yes where there is none, never
 * no where there is one. Letters count by their last five bits, which all small ones of a-z differ in.
 */
export class LetterTriples {
  readonly #known = new Uint8Array(1 << 15)

  /** @param strings the last three letters of each count; before one that is shorter any letters may stand */
  constructor(strings: Iterable<string>) {
    for (const string of strings) {
      const letters = string.slice(-3)
      let end = 0
      for (let i = 0; i < letters.length; i++) end = (end << 5) | (letters.charCodeAt(i) & 31)
      const step = 1 << (5 * letters.length)
      for (let triple = end; triple < this.#known.length; triple += step) this.#known[triple] = 1
    }
  }

  /** Whether the word may end with one of the strings. */
  mayEnd(word: string): boolean {
    const { length } = word
    if (length < 3) return true
    const end = (word.charCodeAt(length - 3) << 10) | ((word.charCodeAt(length - 2) & 31) << 5)
    return this.#known[(end | (word.charCodeAt(length - 1) & 31)) & 0x7fff] === 1
  }

  /** Whether the word may have one of the strings, which are of three letters, anywhere. */
  mayHave(word: string): boolean {
    let triple = 0
    for (let i = 0; i < word.length; i++) {
      triple = ((triple << 5) | (word.charCodeAt(i) & 31)) & 0x7fff
      if (this.#known[triple] === 1 && i >= 2) return true
    }
    return false
  }
}
