import { asWritten } from '../german/respelling.ts'
import type { Lemma, TermFinder } from '../german/terms.ts'
import { type Lexicon, WORD_LENGTH_MAX } from '../lexicon/lexicon.ts'
import { canonicalNumber, isNumber } from '../numbers/numbers.ts'
import { unitOf } from '../numbers/units.ts'
import type { Decompounder } from './decompounder.ts'
import { spellingsOf, UMLAUTS } from './spellings.ts'

const NOT_WORD = /^[^\p{L}\p{N}]+/u
const POSSESSIVE = /['’ʼ]s$/
const POWER = /^\d+[⁰¹²³⁴-⁹]+$/u
/** Words of plain letters that are not so short or long that chance makes a word of them. */
const WITHOUT_DOTS = /^(?=.*[aou])[a-z]{5,20}$/

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
   */
  lemmaOf(letters: string, stop = false): Lemma {
    if (isNumber(letters)) return { term: canonicalNumber(letters), verbLemma: null, verb: null, basis: null }
    // 10² is not 102
    if (POWER.test(letters)) return { term: letters, verbLemma: null, verb: null, basis: null }
    const [, digits, name = ''] = NUMBER_AND_WORD.exec(letters) ?? []
    const unit = unitOf(name)
    // 80qm is 80m²
    if (unit !== undefined && unit !== name) return this.lemmaOf(digits + unit)
    const plain = letters.replace(POSSESSIVE, '').replace(/['-]/g, '')
    if (stop) {
      const verb = this.#finder.known(plain)?.verb ?? null
      return { term: this.#finder.unstemmed(plain) || letters, verbLemma: null, verb, basis: null }
    }
    if (plain.length <= WORD_LENGTH_MAX) {
      for (const { key } of spellingsOf(plain)) {
        const known = this.#finder.known(key)
        if (known !== null) return known
      }
    }
    const dotted = this.#dotted(plain)
    if (dotted !== null) return dotted
    // what compatibility turns into nothing but marks is indexed as it stands
    const [spelling = asWritten(plain)] = spellingsOf(plain)
    const term = this.#finder.unknown(spelling.key) || letters.replace(NOT_WORD, '')
    return { term, verbLemma: null, verb: null, basis: null }
  }

  /** The lemma of a word that the lexicon knows with the dots of one umlaut alone: Muller is Müller, but Burg not Bürg. */
  #dotted(key: string): Lemma | null {
    if (key.length > WORD_LENGTH_MAX || !WITHOUT_DOTS.test(key)) return null
    for (const { 0: vowel, index } of key.matchAll(/[aou]/g)) {
      const word = key.slice(0, index) + UMLAUTS[vowel] + key.slice(index + 1)
      if (this.#lexicon.isNoun(word)) return this.#decompounder.isKnownToLexicon(key) ? null : this.#finder.known(word)
    }
    return null
  }
}
