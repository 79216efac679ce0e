import type { Lexicon } from '../lexicon/lexicon.ts'
import type { CompoundSplitter } from './compounds.ts'
import { withoutUmlauts } from './letters.ts'

/** Chemists' words and names that end like the word for a woman. */
const NOT_FEMALE = /(?:gl[yz]|ath|hep|yph|oph|kas|hum)[a-z]*erin$/
/** Scholars' words, whose compounds the lexicon lists as parts: Psycholog-in. */
const LEARNED = /(?:olog|nom|agog|osoph|iat|graf|graph)$/

/** Leads women's words to the men's, which stand for both. */
export class Feminines {
  readonly #lexicon: Lexicon
  readonly #splitter: CompoundSplitter

  constructor(lexicon: Lexicon, splitter: CompoundSplitter) {
    this.#lexicon = lexicon
    this.#splitter = splitter
  }

  /** @param key lower case, NFC, ss for ß; null where it is no woman's word */
  masculineOf(key: string): string | null {
    return key.endsWith('in') || key.endsWith('innen') ? (this.#ofWord(key) ?? this.#ofCompound(key)) : null
  }

  /** Lehrerin, Lehrerinnen, Ärztinnen, Kollegin: the man's word, which stands for both. */
  #ofWord(key: string): string | null {
    const plural = key.endsWith('innen')
    if (!plural && !key.endsWith('in')) return null
    const stem = key.slice(0, plural ? -5 : -2)
    if (stem.length < 3 || this.#lexicon.isInfinitive(key)) return null
    const isAgent = stem.length > 4 && stem.endsWith('er') && !NOT_FEMALE.test(key)
    const plain = withoutUmlauts(stem)
    // Bäuerin: there is no Bäuer
    if (isAgent) return stem !== plain && !this.#lexicon.isNoun(stem) && this.#lexicon.isNoun(plain) ? plain : stem
    if (LEARNED.test(stem)) return stem
    // only women's words get dots: Bischöfin
    const isDotted = stem !== plain && !this.#lexicon.isNoun(stem)
    if (!plural && !isDotted && !this.#lexicon.isNoun(key, key.length, 'nen')) return null
    return this.#isPerson(stem) ? stem : this.#isPerson(plain) ? plain : null
  }

  #isPerson(word: string): boolean {
    return this.#lexicon.isNoun(word) || this.#lexicon.isNoun(word, word.length, 'e')
  }

  /** Landwirtin, Zahnärztinnen: by the last part. */
  #ofCompound(key: string): string | null {
    const start = this.#splitter.split(key).at(-1)?.start
    const person = start === undefined ? null : this.#ofWord(key.slice(start))
    return person === null ? null : key.slice(0, start) + person
  }
}
