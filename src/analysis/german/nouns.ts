import type { Lexicon } from '../lexicon/lexicon.ts'
import type { CompoundSplitter } from './compounds.ts'
import { Feminines } from './feminines.ts'
import { IRREGULAR_NOUNS } from './irregular-forms.ts'
import { LetterRuns } from './letter-runs.ts'
import { isAt, lettersOf, withoutUmlauts } from './letters.ts'

/** What the stemmer is to make the term of, or the term itself. */
export interface BaseForm {
  readonly word: string
  readonly stemmed: boolean
}

/** Shorter forms end too many other words (ligen, viren), but for these. */
const TAIL_MIN = 6
const SHORT_TAILS = new Set(['säle', 'sälen'])
const IRREGULAR_LENGTHS = [...new Set([...IRREGULAR_NOUNS.keys()].map((form) => form.length))]
  .filter((length) => length >= TAIL_MIN || [...SHORT_TAILS].some((tail) => tail.length === length))
  .sort((a, b) => b - a)
/** Most words end like none of them. */
const IRREGULAR_ENDINGS = new LetterRuns(4, IRREGULAR_NOUNS.keys())
/** Letters of a compound before its irregular last part. */
const HEAD_MIN = 3
/** Letters of a noun in -er that the stemmer would cut. */
const PERSON_MIN = 5
/** Words of four letters that may end with an -s of their own: Zoos, Typs, but not Haus, Reis. */
const SHORT_WITH_S = /^..(?:[oe]|[^aeiouyäöü])s$/
const LONG_WITH_S = /(?:[^es]|[ei]e)s$/
const N = lettersOf('n')
const S = lettersOf('s')
const T = lettersOf('t')
const L_AND_R = lettersOf('lr')
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
/** A genitive's s may stand behind these. */
const BEFORE_S = lettersOf('bdfghklmnrt')
const IN_CHS = /[aou]chs$/
/** Plurals and genitives that double the s of their singular. */
const DOUBLED_S = /^(.*[aiu]s)s(?:e|en|es)$/
/** Words whose last syllable is not the first: Kürbis, Atlas, Globus. */
const UNSTRESSED = /[aeiouyäöü][^aeiouyäöü]+[aiu]s$|[ie][au]s$/
/** These are nouns too, but hardly ever. */
const COMPARATIVES = new Set(['enger', 'freier', 'jünger', 'lauer', 'leichter', 'näher', 'schwacher'])
/** Forms of adjectives that happen to end like a noun: mon-o-Toner, heu-Tiger. */
const ADJECTIVE_IN_ER = /(?:ig|isch|lich|bar|sam|los|end|iv|ell|al|an|on|im|kret|frei|reich)er$/
/** Plurals that are words of their own as well: Fach and Fächer. */
const PLURALS_IN_ER = new Set(['fächer'])
const DOTS: Readonly<Record<string, string>> = { a: 'ä', o: 'ö', u: 'ü' }

/** Leads forms of nouns to a word that the stemmer treats rightly, where it would not by itself. */
export class NounForms {
  readonly #lexicon: Lexicon
  readonly #splitter: CompoundSplitter
  readonly #feminines: Feminines

  constructor(lexicon: Lexicon, splitter: CompoundSplitter) {
    this.#lexicon = lexicon
    this.#splitter = splitter
    this.#feminines = new Feminines(lexicon, splitter)
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
    const person = this.#feminines.masculineOf(key)
    if (person !== null) return this.#ofSingular(person)
    const word = this.#withoutS(key) ?? this.#withoutN(key) ?? this.#withoutSse(key)
    return word === null ? this.#keptEnding(key) : this.#ofSingular(word)
  }

  #ofSingular(word: string): BaseForm {
    return this.#keptEnding(word) ?? { word, stemmed: true }
  }

  /** Landesmuseen: where the rest is a first part of the singular. */
  #irregularCompound(key: string): string | null {
    if (!IRREGULAR_ENDINGS.mayEnd(key)) return null
    for (const length of IRREGULAR_LENGTHS) {
      const start = key.length - length
      if (start < HEAD_MIN) continue
      const tail = key.slice(start)
      const singular = length >= TAIL_MIN || SHORT_TAILS.has(tail) ? IRREGULAR_NOUNS.get(tail) : undefined
      if (singular === undefined) continue
      const compound = key.slice(0, start) + singular
      if (this.#splitter.split(compound).some((part) => part.start === start)) return compound
    }
    return null
  }

  /** Organismen, Ministerien, Universen, Curricula: the singular, if the lexicon knows it. */
  #latin(key: string): string | null {
    if (key.length > 6 && key.endsWith('ismen')) return `${key.slice(0, -2)}us`
    const end = key.length - (key.endsWith('en') ? 2 : key.endsWith('a') ? 1 : 0)
    if (end < 4 || end === key.length || this.#lexicon.isNoun(key, end, 'e')) return null
    const stem = key.slice(0, end)
    const neuter = `${stem}um`
    if (ELEMENTS.has(neuter)) return null
    const isNeuter = key.endsWith('a') || NEUTER_STEM.test(stem)
    if (isNeuter && this.#lexicon.isNoun(neuter)) return neuter
    if (!key.endsWith('en')) return null
    const last = stem.endsWith('i') ? this.#splitter.split(neuter).at(-1) : undefined
    return last === undefined || this.#lexicon.isNoun(`${stem.slice(last.start)}e`) ? null : neuter
  }

  /** Busse, Kürbissen, Schulbusse: the singular has one s, and is no other word as Gas is beside Gasse. */
  #withoutSse(key: string): string | null {
    const word = isAt(key, key.length - 3, S) || isAt(key, key.length - 2, S) ? DOUBLED_S.exec(key)?.[1] : undefined
    if (word === undefined) return null
    const start = this.#lexicon.isNoun(word) ? 0 : (this.#splitter.split(word).at(-1)?.start ?? -1)
    const last = start < 0 ? '' : word.slice(start)
    const isWhole = this.#lexicon.isNoun(last) && !this.#lexicon.isNoun(last, last.length, 's')
    return isWhole && (last === 'bus' || UNSTRESSED.test(last)) ? word : null
  }

  /** Autos, Kameras, Partys, Prinzips: where the rest is a word. The stemmer knows only some consonants. */
  #withoutS(key: string): string | null {
    if (!isAt(key, key.length - 1, S)) return null
    if (key.length < 5 ? !SHORT_WITH_S.test(key) : !LONG_WITH_S.test(key)) return null
    const word = key.slice(0, -1)
    if (this.#lexicon.isNoun(word)) return this.#lexicon.isNoun(key, key.length, 'e') ? null : word
    // Fernsehkameras
    const start = /[aiou]s$/.test(key) ? this.#splitter.split(word).at(-1)?.start : undefined
    return start !== undefined && this.#withoutS(key.slice(start)) !== null ? word : null
  }

  /** Nachbarn, Regeln. */
  #withoutN(key: string): string | null {
    // what is too short for the stemmer: Feen, Ehen
    if (!isAt(key, key.length - 1, N)) return null
    if (key.length <= 5 && key.endsWith('en') && this.#lexicon.isNoun(key, key.length - 1)) return key.slice(0, -1)
    if (!isAt(key, key.length - 2, L_AND_R)) return null
    const word = key.slice(0, -1)
    return this.#lexicon.isNoun(word) || DATIVE_IN_ELN.test(key) ? word : null
  }

  /** Glieder, Fächer: whether a word in -er is another's plural. */
  isPlural(word: string): boolean {
    if (!word.endsWith('er') || !this.#isWord(word)) return false
    const stem = word.slice(0, -2)
    return this.#isWord(stem) || this.#isWord(withoutUmlauts(stem))
  }

  #isWord(word: string): boolean {
    return this.#lexicon.isNoun(word) || this.#splitter.split(word).length > 0
  }

  #keptEnding(key: string): BaseForm | null {
    const word =
      this.#keepingEr(key) ?? this.#keepingEm(key) ?? this.#keepingErn(key) ?? keepingEst(key) ?? this.#keepingS(key)
    return word === null ? null : { word, stemmed: false }
  }

  /** Lager is not Lage, Schüler not Schule: a noun in -er that is no plural. */
  #keepingEr(key: string): string | null {
    const end = endOfEr(key)
    const word = end < 0 ? key : key.slice(0, end)
    if (end < 0 || word.length < PERSON_MIN || COMPARATIVES.has(word)) return null
    if (this.#keepsEr(word)) return word
    // Fußballspieler, but not the Maler of formaler
    if (word.length < HEAD_MIN + PERSON_MIN || ADJECTIVE_IN_ER.test(word) || this.#lexicon.isNoun(word)) return null
    const start = this.#splitter.split(word).at(-1)?.start
    if (start === undefined || word.length - start < PERSON_MIN || !this.#keepsEr(word.slice(start))) return null
    // postmodern is no Moder
    return this.#lexicon.isInfinitive(key.slice(start)) ? null : word
  }

  #keepsEr(word: string): boolean {
    if (!this.#lexicon.isNoun(word)) return false
    // no plural has a genitive of its own: des Fischers, but Glieder
    if (this.#lexicon.isNoun(word, word.length, 's')) return !PLURALS_IN_ER.has(word)
    return this.#hasOwnForms(word) && !this.isPlural(word)
  }

  /** ein Toter has neither a genitive nor a plural of its own. Mauern is one, though the list has it as a verb alone; Töchter another. */
  #hasOwnForms(word: string): boolean {
    if (this.#lexicon.isNoun(word, word.length, 'n') || this.#lexicon.isInfinitive(word, word.length, 'n')) return true
    const dotted = withUmlaut(word)
    return dotted !== word && this.#lexicon.isNoun(dotted)
  }

  /** System, Problem: no ending, though the stemmer takes it for one. */
  #keepingEm(key: string): string | null {
    return key.endsWith('em') && key.length > 5 && (this.#lexicon.isNoun(key) || NOUN_IN_EM.test(key)) ? key : null
  }

  /** Konzern: no dative. */
  #keepingErn(key: string): string | null {
    if (!key.endsWith('ern') || !this.#lexicon.isNoun(key) || this.#lexicon.isNoun(key, key.length - 1)) return null
    return this.#lexicon.isNoun(key, key.length, 's') ? key : null
  }

  /** Kurs, Diskurs, Fuchs: no genitive. */
  #keepingS(key: string): string | null {
    if (!isAt(key, key.length - 1, S)) return null
    if (IN_CHS.test(key)) return this.#isWord(key) && !this.#isWord(key.slice(0, -1)) ? key : null
    if (!isAt(key, key.length - 2, BEFORE_S) || !this.#lexicon.isNoun(key)) return null
    return this.#lexicon.isNoun(key, key.length, 'e') ? key : null
  }
}

/** Protest, Manifeste: no superlative. */
function keepingEst(key: string): string | null {
  // its last t stands at the end, or before one or two letters
  const { length } = key
  const mayBe = isAt(key, length - 1, T) || isAt(key, length - 2, T) || isAt(key, length - 3, T)
  return mayBe ? (NOUN_IN_EST.exec(key)?.[1] ?? null) : null
}

/** The place behind the er of a word in -er, -ere, -eren, -eres, -ers or -ern; -1 for others. */
function endOfEr(key: string): number {
  if (key.endsWith('er')) return key.length
  if (key.endsWith('ere') || key.endsWith('ers') || key.endsWith('ern')) return key.length - 1
  return key.endsWith('eren') || key.endsWith('eres') ? key.length - 2 : -1
}

/** The word with dots on its last vowel before -er that can have them. */
const withUmlaut = (word: string): string =>
  word.replace(/([aou])([^aou]*er)$/, (_, vowel: string, rest: string) => (DOTS[vowel] as string) + rest)
