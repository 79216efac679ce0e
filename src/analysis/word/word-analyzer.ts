// The room `analysis/word`: one form, as the tokenizer cuts it, with its term, further terms and parts. It imports the lexicon, numbers,
// the tokenizer and the rules of German; what stands around a word is the business of `analysis/context`.

import { type CompoundPart, CompoundSplitter } from '../german/compounds.ts'
import { Memo } from '../german/memo.ts'
import { offsetOf } from '../german/respelling.ts'
import { isStopWord } from '../german/stopwords.ts'
import { type LemmaSource, TermFinder } from '../german/terms.ts'
import type { Lexicon } from '../lexicon/lexicon.ts'
import { canonicalNumber, digitGroups, isNumber, isoDate } from '../numbers/numbers.ts'
import { keyOf, placesOf, type Segment, segmentsOf } from '../tokenizer/segments.ts'
import { Decompounder } from './decompounder.ts'
import { Lemmatizer, NUMBER_AND_WORD } from './lemmatizer.ts'
import { stretch, stretches } from './sub-compounds.ts'
import { monthName, traitsOf } from './traits.ts'
import { type Word, type WordPart, withAliases } from './word.ts'

const DOTTED = /^\p{L}\.(?:\s*\p{L}\.)+$/u
const PLURAL_OF_CAPITALS = /^(\p{Lu}{2,})s$/u
/** Terms of words, and pairs of words, remembered at once: the parts of compounds come again and again. */
const TERMS_MAX = 2 ** 16
const PAIRS_MAX = 2 ** 15

/** Analyses single words, as the tokenizer cuts them: lossless steps first, lossy steps last. */
export class WordAnalyzer {
  readonly #lexicon: Lexicon
  readonly #lemmatizer: Lemmatizer
  readonly #decompounder: Decompounder
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
    this.#decompounder.keepWhole(unsplit.map((word) => this.termOf(keyOf(word))))
  }

  analyze(surface: string): Word {
    const segments = segmentsOf(surface)
    const key = segments.map((segment) => segment.key).join('-')
    if (isNumber(key)) return this.#number(key)
    const traits = traitsOf(surface, key, this.#lexicon)
    if (DOTTED.test(key)) return this.#plain(key.replace(/\s/g, ''), key.replace(/[\s.]/g, ''), traits)
    const capitals = PLURAL_OF_CAPITALS.exec(surface)
    if (capitals !== null) {
      const word = this.#plain(key, keyOf(capitals[1] as string), traits)
      // the same letters without capitals may be another word
      return { ...word, form: `${key}|^${word.term}` }
    }
    if (segments.length > 1) return this.#hyphenated(surface, key, segments, traits)
    const word = this.#plain(key, key, traits)
    return segments[0] === undefined ? word : { ...word, ...this.#compound(surface, segments[0]) }
  }

  /** The term of a word in lower case; with hyphens it is that of the letters together. */
  termOf(key: string): string {
    return this.#terms.get(key, () => this.#lemmatizer.lemmaOf(key).term)
  }

  isInfinitive(key: string): boolean {
    return this.#lexicon.isInfinitive(key)
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
    return this.#borders.get(key, () =>
      this.analyze(key)
        .parts.slice(1)
        .map((part) => part.start),
    )
  }

  /** The term of two words written together, where they are a compound; null where they are none. */
  compoundTerm(first: string, rest: string): string | null {
    return this.#compounds.get(`${first} ${rest}`, () =>
      this.#decompounder.isCompound(first, rest) ? this.termOf(first + rest) : null,
    )
  }

  /** The term of a shortened word and what another lends it, where both together are a word or a compound. */
  completedTerm(first: string, rest: string): string | null {
    return this.#completed.get(`${first} ${rest}`, () =>
      this.#decompounder.isKnown(first + rest) || this.#decompounder.isCompound(first, rest)
        ? this.termOf(first + rest)
        : null,
    )
  }

  #plain(key: string, letters: string, traits: number): Word {
    // a function word never shares its term with a word that tells something: wegen is not Weg
    const stop = isStopWord(key)
    const { term, verbLemma, verb } = this.#lemmatizer.lemmaOf(letters, stop)
    const word = { form: key, key, term, stop, numeric: false, parts: [], subCompounds: [], aliases: [], traits, verb }
    return verbLemma === null ? word : withAliases(word, [{ kind: 'verbLemma', term: verbLemma }])
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
      subCompounds: [],
      aliases: [],
      traits,
      verb: null,
    }
  }

  #hyphenated(surface: string, key: string, segments: readonly Segment[], traits: number): Word {
    const parts: WordPart[] = []
    const subCompounds: WordPart[] = []
    for (const segment of segments) {
      const compound = this.#compound(surface, segment)
      const { start, end } = segment
      const stop = isStopWord(segment.key)
      const whole = {
        start,
        end,
        term: this.#lemmatizer.lemmaOf(segment.key, stop).term,
        ...(stop && { stop: true as const }),
      }
      if (compound.parts.length === 0) parts.push(whole)
      else {
        parts.push(...compound.parts)
        subCompounds.push(whole, ...compound.subCompounds)
      }
    }
    for (const [first, last] of stretches(segments.length)) {
      const some = segments.slice(first, last + 1)
      const { start } = some[0] as Segment
      const { end } = some.at(-1) as Segment
      subCompounds.push({ start, end, term: this.termOf(joined(some)) })
    }
    const term = this.termOf(joined(segments))
    const stop = isStopWord(key)
    return { form: key, key, term, stop, numeric: false, parts, subCompounds, aliases: [], traits, verb: null }
  }

  /** The parts of a word without hyphens, or of a number with a unit; none where it is whole. */
  #compound(surface: string, { start, end, key }: Segment): { parts: WordPart[]; subCompounds: WordPart[] } {
    const measure = NUMBER_AND_WORD.exec(key)
    if (measure !== null) {
      const [, digits = '', unit = ''] = measure
      const border = start + digits.length
      const parts = [
        { start, end: border, term: canonicalNumber(digits) },
        { start: border, end, term: this.termOf(unit) },
      ]
      return { parts, subCompounds: [] }
    }
    const compound = this.#decompounder.compoundOf(key)
    if (compound === null) return { parts: [], subCompounds: [] }
    const offsets = placesOf(surface.slice(start, end), key)
    const { spelling, parts } = compound
    const place = (at: number): number => start + (offsets[offsetOf(spelling, at)] as number)
    const indexed = (part: CompoundPart): WordPart => ({
      start: place(part.start),
      end: place(part.end),
      term: this.termOf(part.key),
    })
    const subCompounds = stretches(parts.length).map(([first, last]) =>
      indexed(stretch(spelling.key, parts, first, last)),
    )
    return { parts: parts.map(indexed), subCompounds }
  }
}

/** The letters of segments together, numbers in one spelling. */
function joined(segments: readonly Segment[]): string {
  return segments.map(({ key }) => (isNumber(key) ? canonicalNumber(key) : key)).join('-')
}
