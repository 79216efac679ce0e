// The room `analysis/word`: one form, as the tokenizer cuts it, with its term, further terms and parts. It imports the lexicon, numbers,
// the tokenizer and the rules of German; what stands around a word is the business of `analysis/context`.

import { CompoundSplitter } from '../german/compounds.ts'
import { Memo } from '../german/memo.ts'
import { isStopWord } from '../german/stopwords.ts'
import { type LemmaSource, TermFinder } from '../german/terms.ts'
import type { Lexicon } from '../lexicon/lexicon.ts'
import { canonicalNumber, digitGroups, isNumber, isoDate } from '../numbers/numbers.ts'
import { isAmpersand, isCapitalAt, isMiddleDot } from '../tokenizer/characters.ts'
import { ownCopy } from '../tokenizer/copy.ts'
import { composed, isPlainWord, keyOf, type Segment, segmentsOf } from '../tokenizer/segments.ts'
import { CAPITALS_MAX, isInCapitals, signedName, termInCapitals } from './capitals.ts'
import { Decompounder } from './decompounder.ts'
import { genderedDots } from './gendered-dots.ts'
import { Lemmatizer } from './lemmatizer.ts'
import { ABBREVIATION, monthName, traitsOf } from './traits.ts'
import { type Alias, type Word, withAliases } from './word.ts'
import { joined, PartFinder, WHOLE, type WordParts } from './word-parts.ts'
import { writtenOutBeforeStop } from './written-out.ts'

const DOTTED = /^\p{L}\.(?:\s*\p{L}\.)+$/u
const PLURAL_OF_CAPITALS = /^(\p{Lu}{2,})s$/u
const NO_ALIASES: readonly Alias[] = []
/** Terms of words, and pairs of words, remembered at once: the parts of compounds come again and again. */
const TERMS_MAX = 2 ** 17
const PAIRS_MAX = 2 ** 15

/** Analyses single words, as the tokenizer cuts them: lossless steps first, lossy steps last. */
export class WordAnalyzer {
  readonly #lexicon: Lexicon
  readonly #lemmatizer: Lemmatizer
  readonly #decompounder: Decompounder
  readonly #partFinder: PartFinder
  readonly #terms = new Memo<string>(TERMS_MAX)
  readonly #compounds = new Memo<string | null>(PAIRS_MAX)
  readonly #completed = new Memo<string | null>(PAIRS_MAX)
  readonly #borders = new Memo<readonly number[]>(PAIRS_MAX)

  /** @param unsplit words that stay whole, in any of their forms, also inside longer ones */
  constructor(lexicon: Lexicon, unsplit: readonly string[] = []) {
    this.#lexicon = lexicon
    const splitter = new CompoundSplitter(lexicon)
    const finder = new TermFinder(lexicon, splitter)
    this.#decompounder = new Decompounder(lexicon, splitter, finder, (key) => this.termOf(key))
    this.#lemmatizer = new Lemmatizer(lexicon, finder, this.#decompounder)
    this.#partFinder = new PartFinder(
      this.#decompounder,
      (key) => this.termOf(key),
      (key) => this.#lemmatizer.lemmaOf(key, true).term,
      (surface, key) => this.#termInCapitals(surface, key),
    )
    this.#decompounder.keepWhole(unsplit.map((word) => this.termOf(keyOf(word))))
  }

  analyze(written: string): Word {
    const isCapital = isCapitalAt(written, 1)
    if (isPlainWord(written) && !(isCapital && PLURAL_OF_CAPITALS.test(written))) {
      const key = written.toLowerCase()
      const parts = this.#partFinder.ofSegment(written, { start: 0, end: written.length, key })
      const word = this.#word(key, key, traitsOf(written, key, this.#lexicon), parts)
      return isCapital ? this.#inCapitals(written, word) : word
    }
    const surface = hasMiddleDot(written) ? genderedDots(written, (key) => this.#decompounder.isKnown(key)) : written
    const segments = segmentsOf(surface)
    const key = segments.map((segment) => segment.key).join(isAmpersandName(surface) ? '&' : '-')
    if (isNumber(key)) return this.#number(key)
    const traits = traitsOf(composed(surface), key, this.#lexicon)
    if (DOTTED.test(key)) return this.#word(key.replace(/\s/g, ''), key.replace(/[\s.]/g, ''), traits, WHOLE, true)
    const name = signedName(key)
    if (name !== null) return this.#named(key, name, surface, traits)
    const capitals = PLURAL_OF_CAPITALS.exec(surface)
    if (capitals !== null) {
      const [, singular = ''] = capitals
      const word = this.#inCapitals(singular, this.#word(key, keyOf(singular), traits, WHOLE), keyOf(singular))
      // the same letters without capitals may be another word
      return { ...word, form: `${key}|^${word.term}` }
    }
    if (segments.length > 1) return this.#hyphenated(surface, key, segments, traits)
    const [segment] = segments
    const parts = segment === undefined ? WHOLE : this.#partFinder.ofSegment(surface, segment)
    const word = this.#word(key, key, traits, parts)
    return isCapital ? this.#inCapitals(surface, word) : word
  }

  /** A word with a full stop right behind it: it may be an abbreviation of another, as Kap. is. */
  beforeFullStop(word: Word): Word {
    const written = writtenOutBeforeStop(word.key)
    return written === undefined ? word : withAliases(word, [{ kind: 'verbLemma', term: this.termOf(written) }])
  }

  /** The word in capitals, where it is another than in small letters. */
  #inCapitals(surface: string, word: Word, key = word.key): Word {
    const term = this.#termInCapitals(surface, key)
    if (term === null) return word
    const { traits } = word
    const form = `${word.key}|^${term}`
    return { ...word, form, term, stop: false, aliases: NO_ALIASES, traits: traits | ABBREVIATION, verb: null }
  }

  #termInCapitals(surface: string, key: string): string | null {
    if (!isInCapitals(surface)) return null
    const isStop = isStopWord(key)
    return termInCapitals(key, this.#lemmatizer.lemmaOf(key, isStop), isStop)
  }

  /** Whether a word in small letters is another one in capitals, and the term that has then; else null. */
  capitalsOf(key: string): string | null {
    return key.length > CAPITALS_MAX ? null : this.#termInCapitals(key.toUpperCase(), key)
  }

  /** C#, C++, .NET: a word of its own, found by its letters as a part. */
  #named(key: string, { letters, term }: { letters: string; term: string }, surface: string, traits: number): Word {
    const start = surface.startsWith('.') ? 1 : 0
    const part = { start, end: start + letters.length, term: this.termOf(letters) }
    const word = this.#word(key, key, traits, WHOLE)
    return { ...word, term, stop: false, parts: [part], aliases: NO_ALIASES }
  }

  /** The term of a word in lower case; with hyphens it is that of the letters together. */
  termOf(key: string): string {
    return this.#terms.get(key) ?? this.#terms.put(ownCopy(key), this.#lemmatizer.lemmaOf(key).term)
  }

  /** Whether it is one in small letters, whatever it is in capitals. */
  isFunctionWord(key: string): boolean {
    return isStopWord(key)
  }

  /** @param rest what stands behind the key: both are looked up together */
  isInfinitive(key: string, rest = ''): boolean {
    return this.#lexicon.isInfinitive(key, key.length, rest)
  }

  /** Why a word without hyphens has the term it has: what it was taken for. */
  basisOf(surface: string): LemmaSource | null {
    const key = keyOf(surface)
    return isStopWord(key) || key.includes('-') ? null : this.#lemmatizer.lemmaOf(key).basis
  }

  /** Whether the lexicon knows a form, or the parts it is made of. */
  knows(surface: string): boolean {
    return this.#decompounder.isKnown(keyOf(surface))
  }

  /** Where the parts of a word in lower case, from the second on, begin. */
  bordersOf(key: string): readonly number[] {
    const known = this.#borders.get(key)
    if (known !== undefined) return known
    const { parts } = this.analyze(key)
    return this.#borders.put(
      ownCopy(key),
      parts.slice(1).map((part) => part.start),
    )
  }

  /** The term of two words written together, where they are a compound; null where they are none. */
  compoundTerm(first: string, rest: string): string | null {
    const pair = `${first} ${rest}`
    const known = this.#compounds.get(pair)
    if (known !== undefined) return known
    return this.#compounds.put(pair, this.#decompounder.isCompound(first, rest) ? this.termOf(first + rest) : null)
  }

  /** The term of a shortened word and what another lends it, where both together are a word or a compound. */
  completedTerm(first: string, rest: string): string | null {
    const pair = `${first} ${rest}`
    const known = this.#completed.get(pair)
    if (known !== undefined) return known
    const isWord = this.#decompounder.isKnown(first + rest) || this.#decompounder.isCompound(first, rest)
    return this.#completed.put(pair, isWord ? this.termOf(first + rest) : null)
  }

  #word(key: string, letters: string, traits: number, { parts, subCompounds }: WordParts, isDotted = false): Word {
    // a function word never shares its term with a word that tells something: wegen is not Weg
    const stop = isStopWord(key)
    const { term, verbLemma, verb } = this.#lemmatizer.lemmaOf(letters, stop, isDotted)
    const aliases = NO_ALIASES
    const word = { form: key, key, term, stop, numeric: false, parts, subCompounds, aliases, traits, verb }
    return verbLemma === null ? word : withAliases(word, [{ kind: 'verbLemma', term: verbLemma }])
  }

  #hyphenated(surface: string, key: string, segments: readonly Segment[], traits: number): Word {
    const { parts, subCompounds } = this.#partFinder.ofSegments(surface, segments)
    // AT&T is no ATT
    const term = isAmpersandName(surface)
      ? segments.map((one) => this.termOf(one.key)).join('&')
      : this.termOf(joined(segments))
    const aliases = NO_ALIASES
    return {
      form: key,
      key,
      term,
      stop: isStopWord(key),
      numeric: false,
      parts,
      subCompounds,
      aliases,
      traits,
      verb: null,
    }
  }

  #number(key: string): Word {
    const isDate = isoDate(key) !== null
    const parts = digitGroups(key).map(([start, end], i) => {
      const digits = key.slice(start, end)
      // the month of a date is found by its name, the day without its zero
      const month = isDate && i === 1 ? monthName(Number(digits)) : undefined
      const term = month === undefined ? (isDate ? String(Number(digits)) : digits) : this.termOf(month)
      return { start, end, term }
    })
    const term = canonicalNumber(key)
    const traits = traitsOf(key, key, this.#lexicon)
    return {
      form: key,
      key,
      term,
      stop: false,
      numeric: true,
      parts,
      subCompounds: WHOLE.subCompounds,
      aliases: NO_ALIASES,
      traits,
      verb: null,
    }
  }
}

function hasMiddleDot(surface: string): boolean {
  for (let i = 0; i < surface.length; i++) if (isMiddleDot(surface.charCodeAt(i))) return true
  return false
}

/** Whether ampersands join words: AT&T. */
const isAmpersandName = (surface: string): boolean => {
  for (let i = 1; i < surface.length - 1; i++) if (isAmpersand(surface.charCodeAt(i))) return true
  return false
}
