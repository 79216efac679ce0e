import type { CompoundSplitter } from './compounds.ts'
import { IRREGULAR_NOUNS } from './irregular-forms.ts'
import type { Lexicon } from './lexicon.ts'

/** What the stemmer is to make the term of, or the term itself. */
export interface BaseForm {
  readonly word: string
  readonly stemmed: boolean
}

/** Shorter forms end too many other words: ligen, viren. */
const TAIL_MIN = 6
const IRREGULAR_LENGTHS = [...new Set([...IRREGULAR_NOUNS.keys()].map((form) => form.length))]
  .filter((length) => length >= TAIL_MIN)
  .sort((a, b) => b - a)
/** Letters of a compound before its irregular last part. */
const HEAD_MIN = 3
/** Words of four letters that may end with an -s of their own: Zoos, Typs, but not Haus, Reis. */
const SHORT_WITH_S = /^..(?:[oe]|[^aeiouyäöü])s$/
/** How stems of words in -um end whose plural is -en: Ministeri-, Muse-, Zentr-, Individu-, Univers-, Referend-, Ultimat-. */
const NEUTER_STEM = /(?:[iäe]|tr|du|rs|nd|at)$/
/** The last parts of compounds, which the lexicon does not list. */
const NOUN_IN_EM = /(?:syst|probl|theor|embl)em$/
/** Also as last parts of compounds, in every form; the stemmer takes them for superlatives. */
const NOUN_IN_EST = /^(.*(?:prot|att|manif|pod|arr|asb|inz|palimps)est)(?:e|en|es|s)?$/
/** Countries that would become these: Indien, Kalifornien. */
const ELEMENTS = new Set(['indium', 'gallium', 'germanium', 'kalifornium', 'ruthenium', 'lutetium'])
/** Sicherheitsregeln: also in compounds, which the lexicon does not list. */
const DATIVE_IN_ELN = /.{3}[^aeiouäöü]eln$/
/** Chemists' words and names that end like the word for a woman. */
const NOT_FEMALE = /(?:gl[yz]|ath|hep|yph|oph|kas|hum)[a-z]*erin$/
const UMLAUTS: Readonly<Record<string, string>> = { ä: 'a', ö: 'o', ü: 'u' }

/** Leads forms of nouns to a word that the stemmer treats rightly, where it would not by itself. */
export class NounForms {
  readonly #lexicon: Lexicon
  readonly #splitter: CompoundSplitter

  constructor(lexicon: Lexicon, splitter: CompoundSplitter) {
    this.#lexicon = lexicon
    this.#splitter = splitter
  }

  /** Of a plural that no rule tells: Themen. @param key lower case, NFC, ss for ß */
  irregular(key: string): BaseForm | null {
    const singular = IRREGULAR_NOUNS.get(key) ?? null
    return singular === null ? null : this.#ofSingular(singular)
  }

  /** Of any other noun; null where the stemmer knows enough. */
  baseOf(key: string): BaseForm | null {
    const singular = this.#irregularCompound(key) ?? this.#latin(key)
    if (singular !== null) return this.#ofSingular(singular)
    const person = this.#masculine(key)
    if (person !== null) return this.#ofSingular(person)
    const word = this.#withoutS(key) ?? this.#withoutN(key)
    return word === null ? this.#keptEnding(key) : this.#ofSingular(word)
  }

  #ofSingular(word: string): BaseForm {
    return this.#keptEnding(word) ?? { word, stemmed: true }
  }

  /** Landesmuseen: where the rest is a first part of the singular. */
  #irregularCompound(key: string): string | null {
    for (const length of IRREGULAR_LENGTHS) {
      const start = key.length - length
      if (start < HEAD_MIN) continue
      const singular = IRREGULAR_NOUNS.get(key.slice(start))
      if (singular === undefined) continue
      const compound = key.slice(0, start) + singular
      if (this.#splitter.split(compound).some((part) => part.start === start)) return compound
    }
    return null
  }

  /** Organismen, Ministerien, Universen, Curricula: the singular, if the lexicon knows it. */
  #latin(key: string): string | null {
    if (key.length > 6 && key.endsWith('ismen')) return `${key.slice(0, -2)}us`
    const stem = key.replace(/(?:en|a)$/, '')
    if (stem.length < 4 || stem.length === key.length || this.#lexicon.isNoun(`${stem}e`)) return null
    const neuter = `${stem}um`
    if (ELEMENTS.has(neuter)) return null
    const isNeuter = key.endsWith('a') || NEUTER_STEM.test(stem)
    if (isNeuter && this.#lexicon.isNoun(neuter)) return neuter
    if (!key.endsWith('en')) return null
    return stem.endsWith('i') && this.#splitter.split(neuter).length > 0 ? neuter : null
  }

  /** Lehrerin, Lehrerinnen, Ärztinnen, Kollegin: the man's word, which stands for both. */
  #masculine(key: string): string | null {
    const plural = key.endsWith('innen')
    if (!plural && !key.endsWith('in')) return null
    const stem = key.slice(0, plural ? -5 : -2)
    if (stem.length < 3 || this.#lexicon.isInfinitive(key)) return null
    const isAgent = stem.length > 4 && stem.endsWith('er') && !NOT_FEMALE.test(key)
    if (isAgent) return stem
    if (!plural && !this.#lexicon.isNoun(`${key}nen`)) return null
    const plain = withoutUmlauts(stem)
    const isPerson = (word: string): boolean => this.#lexicon.isNoun(word) || this.#lexicon.isNoun(`${word}e`)
    return isPerson(stem) ? stem : isPerson(plain) ? plain : null
  }

  /** Autos, Kameras, Partys, Prinzips: where the rest is a word. The stemmer knows only some consonants. */
  #withoutS(key: string): string | null {
    if (key.length < 5 ? !SHORT_WITH_S.test(key) : !/[^es]s$/.test(key)) return null
    const word = key.slice(0, -1)
    if (!this.#lexicon.isNoun(word) || this.#lexicon.isNoun(`${key}e`)) return null
    return word
  }

  /** Nachbarn, Regeln. */
  #withoutN(key: string): string | null {
    if (!/[lr]n$/.test(key)) return null
    const word = key.slice(0, -1)
    return this.#lexicon.isNoun(word) || DATIVE_IN_ELN.test(key) ? word : null
  }

  /** Glieder, Fächer: whether a word in -er is another's plural. */
  isPlural(word: string): boolean {
    const stem = word.slice(0, -2)
    return word.endsWith('er') && this.#isWord(word) && (this.#isWord(stem) || this.#isWord(withoutUmlauts(stem)))
  }

  #isWord(word: string): boolean {
    return this.#lexicon.isNoun(word) || this.#splitter.split(word).length > 0
  }

  #keptEnding(key: string): BaseForm | null {
    const word = this.#keepingEr(key) ?? this.#keepingEm(key) ?? keepingEst(key) ?? this.#keepingS(key)
    return word === null ? null : { word, stemmed: false }
  }

  /** Lager is not Lage: a noun in -er that is neither a plural nor somebody who does what a verb in -en says. */
  #keepingEr(key: string): string | null {
    const word = /er(?:e|en|es|s|n)$/.test(key) ? key.slice(0, key.lastIndexOf('er') + 2) : key
    if (!word.endsWith('er') || word.length < 5 || !this.#lexicon.isNoun(word)) return null
    // ein Toter has neither a genitive nor a plural of its own
    if (!this.#lexicon.isNoun(`${word}s`) && !this.#lexicon.isNoun(`${word}n`)) return null
    if (this.isPlural(word)) return null
    const stem = word.slice(0, -2)
    const stems = [stem, withoutUmlauts(stem)]
    const isTool = this.#lexicon.isInfinitive(`${word}n`)
    return isTool || !stems.some((one) => this.#lexicon.isInfinitive(`${one}en`)) ? word : null
  }

  /** System, Problem: no ending, though the stemmer takes it for one. */
  #keepingEm(key: string): string | null {
    return key.endsWith('em') && key.length > 5 && (this.#lexicon.isNoun(key) || NOUN_IN_EM.test(key)) ? key : null
  }

  /** Kurs, Diskurs: no genitive. */
  #keepingS(key: string): string | null {
    if (!/[bdfghklmnrt]s$/.test(key) || !this.#lexicon.isNoun(key)) return null
    return this.#lexicon.isNoun(`${key}e`) ? key : null
  }
}

/** Protest, Manifeste: no superlative. */
const keepingEst = (key: string): string | null => NOUN_IN_EST.exec(key)?.[1] ?? null

function withoutUmlauts(word: string): string {
  return word.replace(/[äöü]/g, (letter) => UMLAUTS[letter] as string)
}
