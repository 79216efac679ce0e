import { isAccident } from '../german/compound-rules.ts'
import { type CompoundPart, CompoundSplitter } from '../german/compounds.ts'
import { Memo } from '../german/memo.ts'
import { modernised, withTriples } from '../german/orthography.ts'
import { KEPT_AS_WRITTEN } from '../german/protected-words.ts'
import { asWritten, placeOf, type Respelling, respell } from '../german/respelling.ts'
import { isStopWord } from '../german/stopwords.ts'
import { type Lemma, type LemmaSource, TermFinder } from '../german/terms.ts'
import { type Lexicon, WORD_LENGTH_MAX } from '../lexicon/lexicon.ts'
import { canonicalNumber, digitGroups, isNumber, isoDate } from '../numbers/numbers.ts'
import { unitOf } from '../numbers/units.ts'
import { keyOf, placesOf, type Segment, segmentsOf } from '../tokenizer/segments.ts'
import { monthName, traitsOf } from './traits.ts'
import { type Word, type WordPart, withAliases } from './word.ts'

const DOTTED = /^\p{L}\.(?:\s*\p{L}\.)+$/u
const NOT_WORD = /^[^\p{L}\p{N}]+/u
const POSSESSIVE = /['’ʼ]s$/
const NUMBER_AND_WORD = /^(\d+)(\p{L}+)$/u
const POWER = /^\d+[⁰¹²³⁴-⁹]+$/u
const PLURAL_OF_CAPITALS = /^(\p{Lu}{2,})s$/u
/** The ending for women behind a sign: Nutzer*innen, Nutzer/-innen. */
const GENDERED = /(?:[*:_·]|\/-?)in(?:nen)?|\(in(?:nen)?\)/g
const GENDERED_END = /(?:[*:_·]in(?:nen)?|\/-?in(?:nen)?|\(in(?:nen)?\))$/g
const GENDER_SIGN = /[*:_·/(]/
/** Words of plain letters that are not so short or long that chance makes a word of them. */
const WITHOUT_DOTS = /^(?=.*[aou])[a-z]{5,20}$/
const INSEPARABLE_VERB = /^(?:be|ent|er|ge|ver|zer)(.{3,}n)$/
const UMLAUTS: Readonly<Record<string, string>> = { a: 'ä', o: 'ö', u: 'ü' }
/** Terms of words, and pairs of words, remembered at once: the parts of compounds come again and again. */
const TERMS_MAX = 2 ** 16
const PAIRS_MAX = 2 ** 15
/** Longer stretches, and those of words of more parts, are not indexed by themselves. */
const STRETCH_MAX = 4
const WORD_PARTS_MAX = 8

/** Analyses single words, as the tokenizer cuts them: lossless steps first, lossy steps last. */
export class WordAnalyzer {
  readonly #lexicon: Lexicon
  readonly #splitter: CompoundSplitter
  readonly #finder: TermFinder
  readonly #terms = new Memo<string>(TERMS_MAX)
  readonly #compounds = new Memo<string | null>(PAIRS_MAX)
  readonly #completed = new Memo<string | null>(PAIRS_MAX)
  readonly #borders = new Memo<readonly number[]>(PAIRS_MAX)
  /** By term. */
  readonly #unsplit: ReadonlySet<string>

  /** @param unsplit words that stay whole, in any of their forms, also inside longer ones */
  constructor(lexicon: Lexicon, unsplit: readonly string[] = []) {
    this.#lexicon = lexicon
    this.#splitter = new CompoundSplitter(lexicon)
    this.#finder = new TermFinder(lexicon, this.#splitter)
    this.#unsplit = new Set(unsplit.map((word) => this.termOf(keyOf(word))))
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
    return this.#terms.get(key, () => this.#reading(key).term)
  }

  isInfinitive(key: string): boolean {
    return this.#lexicon.isInfinitive(key)
  }

  /** Why a word without hyphens has the term it has: what it was taken for. */
  basisOf(surface: string): LemmaSource | null {
    const key = keyOf(surface)
    return isStopWord(key) || key.includes('-') ? null : this.#reading(key).basis
  }

  /** Whether the lexicon knows a form, or the parts it is made of. */
  knows(surface: string): boolean {
    return this.#isKnown(keyOf(surface))
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
      this.#isCompound(first, rest) ? this.termOf(first + rest) : null,
    )
  }

  /** The term of a shortened word and what another lends it, where both together are a word or a compound. */
  completedTerm(first: string, rest: string): string | null {
    return this.#completed.get(`${first} ${rest}`, () =>
      this.#isKnown(first + rest) || this.#isCompound(first, rest) ? this.termOf(first + rest) : null,
    )
  }

  #isCompound(first: string, rest: string): boolean {
    for (const spelling of spellingsOf(first + rest)) {
      if (this.#split(spelling.key).some((part) => placeOf(spelling, part.start) === first.length)) return true
    }
    return false
  }

  #isKnown(key: string): boolean {
    for (const { key: spelling } of spellingsOf(key))
      if (this.#finder.isKnown(spelling) || this.#split(spelling).length > 0) return true
    return false
  }

  #plain(key: string, letters: string, traits: number): Word {
    // a function word never shares its term with a word that tells something: wegen is not Weg
    const stop = isStopWord(key)
    const { term, relative, verb } = this.#reading(letters, stop)
    const word = { form: key, key, term, stop, numeric: false, parts: [], subCompounds: [], aliases: [], traits, verb }
    return relative === null ? word : withAliases(word, [{ kind: 'relative', term: relative }])
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
      const whole = { start, end, term: this.#reading(segment.key, stop).term, ...(stop && { stop: true as const }) }
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
    for (const spelling of this.#splittable(key)) {
      const parts = this.#split(spelling.key)
      if (parts.length === 0) continue
      const places = placesOf(surface.slice(start, end), key)
      if (places === null) break
      const place = (at: number): number => start + (places[placeOf(spelling, at)] as number)
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
    return { parts: [], subCompounds: [] }
  }

  *#splittable(key: string): Generator<Respelling> {
    yield* spellingsOf(key)
    const [plain] = spellingsOf(key)
    if (plain !== undefined && !this.#finder.isKnown(plain.key)) yield* withTriples(plain)
  }

  #split(key: string): readonly CompoundPart[] {
    const found = this.#splitter.split(key)
    const parts = found.length > 0 && this.#isAccident(key, found) ? [] : found
    if (this.#unsplit.size === 0 || parts.length === 0) return parts
    const merged: CompoundPart[] = []
    for (let first = 0; first < parts.length; ) {
      let last = parts.length - 1
      while (last > first && !this.#unsplit.has(this.termOf(stretch(key, parts, first, last).key))) last -= 1
      merged.push(stretch(key, parts, first, last))
      first = last + 1
    }
    return merged.length > 1 ? merged : []
  }

  /** Whether a split is none, because the word is derived from another or a form of one that is not split there: geh|olfen, blei|ben. */
  #isAccident(key: string, parts: readonly CompoundPart[]): boolean {
    const [{ end }] = parts as readonly [CompoundPart]
    const isWord = (word: string): boolean => this.#lexicon.isNoun(word) || this.#lexicon.isInfinitive(word)
    if (isAccident(key, key.slice(0, end), isWord)) return true
    if (this.#lexicon.isInfinitive(key)) {
      // er|bringen, not Erb|ringen
      const prefixed = INSEPARABLE_VERB.exec(key)?.[1]
      if (prefixed !== undefined && this.#lexicon.isInfinitive(prefixed)) return true
      return !this.#lexicon.isInfinitive(key.slice(parts.at(-1)?.start))
    }
    // Erb|recht, though ihr erbrecht
    if (KEPT_AS_WRITTEN.has(key)) return false
    const base = this.#finder.formOf(key)
    return base !== null && base !== key && this.#split(base)[0]?.end !== end
  }

  /** The reading of a word that the lexicon knows with the dots of one umlaut alone: Muller is Müller, but Burg not Bürg. */
  #dotted(key: string): Lemma | null {
    if (key.length > WORD_LENGTH_MAX || !WITHOUT_DOTS.test(key)) return null
    for (const { 0: vowel, index } of key.matchAll(/[aou]/g)) {
      const word = key.slice(0, index) + UMLAUTS[vowel] + key.slice(index + 1)
      if (this.#lexicon.isNoun(word)) return this.#isKnown(key) ? null : this.#finder.known(word)
    }
    return null
  }

  #reading(letters: string, stop = false): Lemma {
    if (isNumber(letters)) return { term: canonicalNumber(letters), relative: null, verb: null, basis: null }
    // 10² is not 102
    if (POWER.test(letters)) return { term: letters, relative: null, verb: null, basis: null }
    const [, digits, name = ''] = NUMBER_AND_WORD.exec(letters) ?? []
    const unit = unitOf(name)
    // 80qm is 80m²
    if (unit !== undefined && unit !== name) return this.#reading(digits + unit)
    const plain = letters.replace(POSSESSIVE, '').replace(/['-]/g, '')
    if (stop) {
      const verb = this.#finder.known(plain)?.verb ?? null
      return { term: this.#finder.unstemmed(plain) || letters, relative: null, verb, basis: null }
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
    return { term, relative: null, verb: null, basis: null }
  }
}

/** Several parts of a compound as one; the link of the last is left out. */
function stretch(key: string, parts: readonly CompoundPart[], first: number, last: number): CompoundPart {
  const { start } = parts[first] as CompoundPart
  const end = parts[last] as CompoundPart
  return { start, end: end.end, key: key.slice(start, end.start) + end.key }
}

/** First and last of every stretch of at least two, but not all, of so many parts. */
function stretches(parts: number): [first: number, last: number][] {
  const found: [number, number][] = []
  if (parts > WORD_PARTS_MAX) return found
  for (let first = 0; first < parts; first++)
    for (let last = first + 1; last < Math.min(parts, first + STRETCH_MAX); last++)
      if (last - first + 1 < parts) found.push([first, last])
  return found
}

/** The letters of segments together, numbers in one spelling. */
function joined(segments: readonly Segment[]): string {
  return segments.map(({ key }) => (isNumber(key) ? canonicalNumber(key) : key)).join('-')
}

/**
 * As the lexicon writes it: ss for ß, the orthography of today, without the ending for women, and, should that not help, umlauts
 * for ae, oe, ue.
 */
function* spellingsOf(key: string): Generator<Respelling> {
  let plain = asWritten(key)
  if (key.includes('ß')) plain = respell(plain, /ß/g, () => 'ss')
  // at the end like Bäuerin, which has a rule of its own; in the middle nothing: Bürger*innenbüro
  if (GENDER_SIGN.test(key))
    plain = respell(
      respell(plain, GENDERED_END, () => 'in'),
      GENDERED,
      () => '',
    )
  plain = modernised(plain)
  yield plain
  if (/[aou]e/.test(key)) yield respell(plain, /[aou]e/g, ([vowel]) => UMLAUTS[vowel as string] as string)
}
