// The room `analysis/lexicon`: the compiled list of words, and looking stretches of a word up in it. It imports nothing; how the list
// is compiled is the business of `lexicon-compiler`, which agrees with it by the constants below.

import { BASE, extended, mixed, OTHER_BASE, SubstringHashes } from './substring-hashes.ts'

/** Longer words are not looked up: nothing in the lexicon is longer, and hostile ones cost no more. */
export const WORD_LENGTH_MAX = 80

/** What is known of a string; several may hold. */
export const HEAD_BITS = 0x07
export const TAIL_BITS = 0x38
export const TAIL_SHIFT = 3
/** A verb in the infinitive. */
export const INFINITIVE = 0x40
/** A word of its own, in any form. */
export const WORD = 0x80

/** A word as the lexicon writes it: lower case, ss for ß. */
export const lexiconKey = (word: string): string => word.toLowerCase().replaceAll('ß', 'ss')

/** A word that a site owner named: as productive as a hundred compounds on either side. */
const OWN_CLASS = 5
const OWN_WORD = WORD | OWN_CLASS | (OWN_CLASS << TAIL_SHIFT)

/** Bytes before the table: a mark, the version of the format, the number of slots. */
const MAGIC = 0x464c4558
const FORMAT = 1
const HEADER_WORDS = 3

const PRESENT_BITS = 21
const PRESENT_MASK = (1 << PRESENT_BITS) - 1

/**
 * The compiled lexicon: for a few hundred thousand German words and beginnings of compounds one byte each. A hash table without
 * the words themselves: a string that is not in it is taken for one that is with a chance of about 1 in 10^9.
 */
export class Lexicon {
  readonly #fingerprints: Uint32Array
  readonly #values: Uint8Array
  readonly #mask: number
  /** One bit for each fingerprint by its last bits: five in six stretches that are not there are told so by 256 kB instead of 2.6 MB. */
  readonly #present = new Int32Array(1 << (PRESENT_BITS - 5))
  readonly #hashes = new SubstringHashes(WORD_LENGTH_MAX)

  private constructor(fingerprints: Uint32Array, values: Uint8Array) {
    this.#fingerprints = fingerprints
    this.#values = values
    this.#mask = fingerprints.length - 1
    for (let slot = 0; slot < values.length; slot++) if (values[slot] !== 0) this.#note(fingerprints[slot] as number)
  }

  /** @throws Error where the bytes are no lexicon of this format */
  static parse(file: Uint8Array): Lexicon {
    // columns need whole words; small files may lie anywhere in a shared buffer
    const bytes = file.byteOffset % 4 === 0 ? file : new Uint8Array(file)
    const header = new Uint32Array(bytes.buffer, bytes.byteOffset, HEADER_WORDS)
    const [magic, format, slots = 0] = header
    if (magic !== MAGIC || format !== FORMAT || bytes.length !== HEADER_WORDS * 4 + slots * 5) {
      throw new Error('this is no compiled lexicon of this version: npm run build makes it')
    }
    const start = bytes.byteOffset + HEADER_WORDS * 4
    return new Lexicon(
      new Uint32Array(bytes.buffer, start, slots),
      new Uint8Array(bytes.buffer, start + slots * 4, slots),
    )
  }

  /** Makes a lexicon of these entries; values are above 0. */
  static of(entries: ReadonlyMap<string, number>): Lexicon {
    let slots = 1
    while (slots * 0.75 < entries.size) slots *= 2
    const lexicon = new Lexicon(new Uint32Array(slots), new Uint8Array(slots))
    for (const [word, value] of entries) lexicon.#put(word, value)
    return lexicon
  }

  /** This lexicon with further nouns, in lower case with ss for ß, that begin and end compounds. Meant for some thousand. */
  with(words: readonly string[]): Lexicon {
    const lexicon = new Lexicon(this.#fingerprints.slice(), this.#values.slice())
    for (const word of words) lexicon.#put(word, (this.value(word) & INFINITIVE) | OWN_WORD)
    return lexicon
  }

  toBytes(): Uint8Array {
    const slots = this.#values.length
    const bytes = new Uint8Array(HEADER_WORDS * 4 + slots * 5)
    new Uint32Array(bytes.buffer, 0, HEADER_WORDS).set([MAGIC, FORMAT, slots])
    new Uint32Array(bytes.buffer, HEADER_WORDS * 4, slots).set(this.#fingerprints)
    bytes.set(this.#values, HEADER_WORDS * 4 + slots * 4)
    return bytes
  }

  /** What is known of a word; 0 where it is not in the lexicon. */
  value(word: string): number {
    return this.#look(word, word.length, '')
  }

  /**
   * A noun in any of its forms, as far as it is no compound of known parts.
   * @param end asks for the letters before it, with `ending` behind them: no string is made for that
   */
  isNoun(word: string, end = word.length, ending = ''): boolean {
    return (this.#look(word, end, ending) & WORD) !== 0
  }

  /** @param end as of `isNoun` */
  isInfinitive(word: string, end = word.length, ending = ''): boolean {
    // all of them end so
    const last = ending === '' ? word.charCodeAt(end - 1) : ending.charCodeAt(ending.length - 1)
    if (last !== 0x6e || (this.#look(word, end, ending) & INFINITIVE) === 0) return false
    const whole = word.slice(0, end) + ending
    // what passes for a verb beside one in -ern is an adjective: die sicheren, die lockeren
    return !whole.endsWith('eren') || (this.#look(whole, whole.length - 2, 'n') & INFINITIVE) === 0
  }

  /** How many compounds about end with it. */
  countAsLast(word: string): number {
    return CLASS_COUNTS[(this.value(word) & TAIL_BITS) >> TAIL_SHIFT] as number
  }

  /** Whether it is a noun or compounds are known that end with it. */
  isNounOrLast(word: string): boolean {
    return (this.value(word) & (WORD | TAIL_BITS)) !== 0
  }

  /** Takes a word up whose stretches are then asked for. It must not be longer than WORD_LENGTH_MAX. */
  read(word: string): void {
    this.#hashes.read(word)
  }

  /** What is known of a stretch of the word read last. Constant time. */
  valueOf(start: number, end: number): number {
    const fingerprint = this.#hashes.second(start, end)
    return this.#mayHave(fingerprint) ? this.#valueBeside(fingerprint, this.#hashes.first(start, end)) : 0
  }

  /** What is known of the word read last with another letter in one place. Constant time. */
  valueWith(letter: number, place: number, length: number): number {
    const fingerprint = this.#hashes.secondWith(letter, place, length)
    return this.#mayHave(fingerprint)
      ? this.#valueBeside(fingerprint, this.#hashes.firstWith(letter, place, length))
      : 0
  }

  /** What is known of the first letters of a word and an ending together. */
  #look(word: string, end: number, ending: string): number {
    if (end + ending.length > WORD_LENGTH_MAX) return 0
    const fingerprint = hashOf(word, end, ending, OTHER_BASE)
    // most are told by it not to be there: the other hash is only worked out for the rest
    return this.#mayHave(fingerprint) ? this.#valueBeside(fingerprint, hashOf(word, end, ending, BASE)) : 0
  }

  #put(word: string, value: number): void {
    this.read(word)
    const fingerprint = this.#hashes.second(0, word.length)
    let slot = this.#hashes.first(0, word.length) & this.#mask
    while (this.#values[slot] !== 0 && this.#fingerprints[slot] !== fingerprint) slot = (slot + 1) & this.#mask
    this.#fingerprints[slot] = fingerprint
    this.#values[slot] = value
    this.#note(fingerprint)
  }

  #note(fingerprint: number): void {
    const bit = fingerprint & PRESENT_MASK
    this.#present[bit >> 5] = (this.#present[bit >> 5] as number) | (1 << (bit & 31))
  }

  #mayHave(fingerprint: number): boolean {
    const bit = fingerprint & PRESENT_MASK
    return (((this.#present[bit >> 5] as number) >> (bit & 31)) & 1) === 1
  }

  /** The value beside a fingerprint, which stands in the slot of its hash or one after it; 0 where an empty one comes first. */
  #valueBeside(fingerprint: number, hash: number): number {
    for (let slot = hash & this.#mask; ; slot = (slot + 1) & this.#mask) {
      const value = this.#values[slot] as number
      if (value === 0 || this.#fingerprints[slot] === fingerprint) return value
    }
  }
}

/** The hash of the first letters of a word and an ending together. */
function hashOf(word: string, end: number, ending: string, base: number): number {
  let polynomial = 0
  for (let i = 0; i < end; i++) polynomial = extended(polynomial, base, word.charCodeAt(i))
  for (let i = 0; i < ending.length; i++) polynomial = extended(polynomial, base, ending.charCodeAt(i))
  return mixed(polynomial)
}

/** Counts are kept in eight classes: the least count of each, and what it stands for when parts are weighed. */
const CLASS_BOUNDS = [0, 0.5, 2, 5, 15, 50, 200, 700] as const
export const CLASS_COUNTS: readonly number[] = [0, 1, 3, 8, 25, 100, 370, 1200]

export function productivityClass(count: number): number {
  return CLASS_BOUNDS.findLastIndex((bound) => count >= bound)
}
