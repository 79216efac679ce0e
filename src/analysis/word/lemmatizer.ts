import { placeOf } from '../german/places.ts'
import type { Respelling } from '../german/respelling.ts'
import type { Lemma, TermFinder } from '../german/terms.ts'
import { type Lexicon, WORD, WORD_LENGTH_MAX } from '../lexicon/lexicon.ts'
import { canonicalNumber, isNumber } from '../numbers/numbers.ts'
import { unitOf } from '../numbers/units.ts'
import { isApostrophe } from '../tokenizer/characters.ts'
import type { Decompounder } from './decompounder.ts'
import { dottedSpelling, plainSpelling } from './spellings.ts'
import { writtenOut } from './written-out.ts'

const NOT_WORD = /^[^\p{L}\p{N}]+/u
const POSSESSIVE = /['’ʼ]s$/
const APOSTROPHES_AND_HYPHENS = /['-]/g
const POWER = /^\d+[⁰¹²³⁴-⁹]+$/u
/** Words with an umlaut's vowel are not so short or long that chance makes a word of them. */
const WITHOUT_DOTS_MIN = 5
const WITHOUT_DOTS_MAX = 20

/** A number and what it measures, written together: 80qm. */
export const NUMBER_AND_WORD = /^(\d+)(\p{L}+)$/u

/** Finds what a word is taken for, however it is written: a number, a known word in some spelling, or an unknown one. */
export class Lemmatizer {
  readonly #lexicon: Lexicon
  readonly #finder: TermFinder
  readonly #decompounder: Decompounder

  constructor(lexicon: Lexicon, finder: TermFinder, decompounder: Decompounder) {
    this.#lexicon = lexicon
    this.#finder = finder
    this.#decompounder = decompounder
  }

  /**
   * @param letters a word in lower case, be it with hyphens
   * @param stop it is a function word, which is not stemmed
   * @param isDotted each letter had its full stop: e. V. is no ev.
   */
  lemmaOf(letters: string, stop = false, isDotted = false): Lemma {
    const number = startsWithDigit(letters) ? this.#ofNumber(letters) : null
    if (number !== null) return number
    const plain = hasSigns(letters) ? letters.replace(POSSESSIVE, '').replace(APOSTROPHES_AND_HYPHENS, '') : letters
    if (stop) {
      const verb = this.#finder.known(plain)?.verb ?? null
      return { term: this.#finder.unstemmed(plain) || letters, verbLemma: null, verb, basis: null }
    }
    const written = isDotted ? undefined : writtenOut(plain)
    if (written !== undefined)
      return {
        ...ofItself(this.lemmaOf(written).term),
        basis: { rule: 'abbreviation', word: written, stemmed: true },
      }
    const spelling = plainSpelling(plain)
    const place = placeOf(spelling.key)
    if (place !== undefined) return this.#ofPlace(spelling.key, place)
    const known = plain.length <= WORD_LENGTH_MAX ? this.#known(plain, spelling) : null
    if (known !== null) return known
    const dotted = this.#dotted(plain)
    if (dotted !== null) return dotted
    // what compatibility turns into nothing but marks is indexed as it stands
    const term = this.#finder.unknown(spelling.key) || letters.replace(NOT_WORD, '')
    return ofItself(term)
  }

  /** Of a number, a power (10² is not 102), or a number with its unit: 80qm is 80m². */
  #ofNumber(letters: string): Lemma | null {
    if (isNumber(letters)) return ofItself(canonicalNumber(letters))
    if (POWER.test(letters)) return ofItself(letters)
    const [, digits, name = ''] = NUMBER_AND_WORD.exec(letters) ?? []
    const unit = unitOf(name)
    return unit !== undefined && unit !== name ? this.lemmaOf(digits + unit) : null
  }

  /** Berliner is a word of its own, and may be of Berlin. */
  #ofPlace(adjective: string, place: string): Lemma {
    const own = this.#finder.known(adjective) ?? ofItself(this.#finder.unknown(adjective))
    const { term } = this.lemmaOf(place)
    return term === own.term ? own : { ...own, verbLemma: term }
  }

  #known(word: string, plain: Respelling): Lemma | null {
    const known = this.#finder.known(plain.key)
    if (known !== null) return known
    const dotted = dottedSpelling(word, plain)
    return dotted === null ? null : this.#finder.known(dotted.key)
  }

  /** The lemma of a word that the lexicon knows with the dots of one umlaut alone: Muller is Müller, but Burg not Bürg. */
  #dotted(key: string): Lemma | null {
    const { length } = key
    if (length < WITHOUT_DOTS_MIN || length > WITHOUT_DOTS_MAX || !isPlainLatin(key)) return null
    this.#lexicon.read(key)
    for (let place = 0; place < length; place++) {
      const umlaut = umlautOf(key.charCodeAt(place))
      if (umlaut === 0 || (this.#lexicon.valueWith(umlaut, place, length) & WORD) === 0) continue
      if (this.#decompounder.isKnownToLexicon(key)) return null
      return this.#finder.known(key.slice(0, place) + String.fromCharCode(umlaut) + key.slice(place + 1))
    }
    return null
  }
}

const ofItself = (term: string): Lemma => ({ term, verbLemma: null, verb: null, basis: null })

function startsWithDigit(letters: string): boolean {
  const first = letters.charCodeAt(0)
  return first >= 0x30 && first <= 0x39
}

/** Whether an apostrophe or a hyphen is among the letters. */
function hasSigns(letters: string): boolean {
  for (let i = 0; i < letters.length; i++) {
    const code = letters.charCodeAt(i)
    if (code === 0x2d || isApostrophe(code)) return true
  }
  return false
}

/** Whether the letters are those of a to z. */
function isPlainLatin(key: string): boolean {
  for (let i = 0; i < key.length; i++) {
    const code = key.charCodeAt(i)
    if (code < 0x61 || code > 0x7a) return false
  }
  return true
}

/** ä for a, ö for o, ü for u; else 0. */
function umlautOf(code: number): number {
  return code === 0x61 ? 0xe4 : code === 0x6f ? 0xf6 : code === 0x75 ? 0xfc : 0
}
