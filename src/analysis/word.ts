import { isHyphen } from './characters.ts'
import { CompoundSplitter } from './compounds.ts'
import { ownCopy } from './copy.ts'
import { fold } from './fold.ts'
import { type BaseForm, Inflection } from './inflection.ts'
import { WORD_LENGTH_MAX } from './lexicon.ts'
import { readLexicon } from './lexicon-file.ts'
import { canonicalNumber, digitGroups, isNumber } from './numbers.ts'
import { stem } from './stem.ts'
import { isStopWord } from './stopwords.ts'

/** A part of a word that is indexed beside the whole: offsets count from the word's own start. */
export interface WordPart {
  readonly start: number
  readonly end: number
  readonly term: string
  /** Set for stop words, such as the middle of Mund-zu-Mund-Beatmung: queries leave them out. */
  readonly stop?: true
}

/** What the analysis knows of one surface form. Depends on the form alone, so one object serves all its tokens. */
export interface Word {
  /** The form in lower case, NFC, without invisible characters: equal keys are the same spelling. */
  readonly key: string
  /** What the form is indexed under. Never empty, never begins with anything but a letter or a digit. */
  readonly term: string
  readonly stop: boolean
  readonly numeric: boolean
  /** The smallest parts of a word with hyphens, ascending and disjoint; empty where the word stays whole. */
  readonly parts: readonly WordPart[]
}

const NO_PARTS: readonly WordPart[] = []
/** Soft hyphens and the like, and what divides a word at the end of a line. */
const INVISIBLE = /[\u00ad\u200b-\u200d\u2060\ufeff]|[-‐‑]\n/g
const DOTTED = /^\p{L}\.(?:\s*\p{L}\.)+$/u
const NOT_WORD = /^[^\p{L}\p{N}]+/u
const POSSESSIVE = /['’ʼ]s$/

/** Longer forms are indexed by their first letters: no German word needs more, and hostile ones cost no more. */
const MAX_KEY = 256
/** So much of a form is read for its key: invisible characters and marks that composition takes in come on top. */
const SURFACE_MAX = 4 * MAX_KEY

/** Analyses one surface form, as the tokenizer cut it: lossless steps first, lossy steps last. */
export function analyzeWord(surface: string): Word {
  const segments = segmentsOf(surface)
  const key = segments.map((segment) => segment.key).join('-')
  if (isNumber(key)) return numberWord(key)
  if (DOTTED.test(key)) return plainWord(key.replace(/\s/g, ''), key.replace(/[\s.]/g, ''))
  if (segments.length < 2)
    return { ...plainWord(key, key), parts: segments.flatMap((one) => compoundParts(surface, one)) }
  const parts = segments.flatMap((segment) => {
    const inner = compoundParts(surface, segment)
    const { start, end, key } = segment
    return inner.length > 0 ? inner : [{ start, end, term: termOf(key), ...stopOf(key) }]
  })
  const joined = segments
    .map((segment) => (isNumber(segment.key) ? canonicalNumber(segment.key) : segment.key))
    .join('-')
  return { key, term: termOf(joined), stop: isStopWord(key), numeric: false, parts }
}

const lexicon = readLexicon()
const splitter = new CompoundSplitter(lexicon)
const inflection = new Inflection(lexicon)

function baseOf(plain: string): BaseForm | null {
  for (const { key } of spellingsOf(plain)) {
    const base = inflection.baseOf(key)
    if (base !== null) return base
  }
  return null
}

/** The parts of a compound without hyphens; none where it is no compound. */
function compoundParts(surface: string, { start, end, key }: Segment): WordPart[] {
  for (const spelling of spellingsOf(key)) {
    const parts = splitter.split(spelling.key)
    if (parts.length === 0) continue
    const places = placesOf(surface.slice(start, end), key)
    if (places === null) return []
    const place = (at: number): number => start + (places[spelling.places[at] as number] as number)
    return parts.map((part) => ({ start: place(part.start), end: place(part.end), term: termOf(part.key) }))
  }
  return []
}

interface Spelling {
  readonly key: string
  /** For each letter of it, and its end, where that stands in the word as it was written. */
  readonly places: readonly number[]
}

/** As the lexicon writes it: ss for ß, and, should that not help, umlauts for ae, oe, ue. */
function* spellingsOf(key: string): Generator<Spelling> {
  yield respelt(key, (letters, at) => (letters[at] === 'ß' ? ['ss', 1] : null))
  if (/[aou]e/.test(key)) {
    yield respelt(key, (letters, at) => {
      if (letters[at] === 'ß') return ['ss', 1]
      return letters[at + 1] === 'e' && UMLAUTS[letters[at] as string] !== undefined
        ? [UMLAUTS[letters[at] as string] as string, 2]
        : null
    })
  }
}

const UMLAUTS: Readonly<Record<string, string>> = { a: 'ä', o: 'ö', u: 'ü' }

function respelt(key: string, rule: (letters: string, at: number) => [string, number] | null): Spelling {
  let spelt = ''
  const places: number[] = []
  for (let at = 0; at < key.length; ) {
    const [letters, width] = rule(key, at) ?? [key[at] as string, 1]
    for (let i = 0; i < letters.length; i++) places.push(at)
    spelt += letters
    at += width
  }
  places.push(key.length)
  return { key: spelt, places }
}

/** For each letter of a key, and its end, its place in the surface; null where they cannot be told apart. */
function placesOf(surface: string, key: string): number[] | null {
  if (surface.length === key.length) return Array.from({ length: key.length + 1 }, (_, i) => i)
  const places: number[] = []
  for (const { 0: letter, index } of surface.matchAll(LETTERS)) {
    const { length } = keyOf(letter)
    for (let i = 0; i < length; i++) places.push(index)
  }
  places.push(surface.length)
  return places.length === key.length + 1 ? places : null
}

const LETTERS = /[^\p{M}][\p{M}\u00ad\u200b-\u200d\u2060\ufeff]*/gu

const stopOf = (key: string): { stop?: true } => (isStopWord(key) ? { stop: true } : {})

const keyOf = (surface: string): string =>
  surface.replace(INVISIBLE, '').normalize('NFC').toLowerCase().replace(/[’ʼ]/g, "'")

function plainWord(key: string, letters: string): Word {
  return { key, term: termOf(letters), stop: isStopWord(key), numeric: false, parts: NO_PARTS }
}

function numberWord(key: string): Word {
  const parts = digitGroups(key).map(([start, end]) => ({ start, end, term: key.slice(start, end) }))
  return { key, term: canonicalNumber(key), stop: false, numeric: true, parts }
}

function termOf(letters: string): string {
  if (isNumber(letters)) return canonicalNumber(letters)
  const plain = letters.replace(POSSESSIVE, '').replace(/['-]/g, '')
  const base = plain.length > WORD_LENGTH_MAX ? null : baseOf(plain)
  const folded = fold(base?.word ?? plain)
  if (base?.stemmed === false) return folded
  // what compatibility turns into nothing but marks is indexed as it stands
  return stem(folded) || folded || letters.replace(NOT_WORD, '')
}

/** A stretch between inner hyphens; a word without any has one. */
interface Segment {
  readonly start: number
  readonly end: number
  readonly key: string
}

/** The stretches of a word, as far as their keys together are not longer than MAX_KEY: the keys decide everything else. */
function segmentsOf(surface: string): Segment[] {
  const segments: Segment[] = []
  let start = 0
  let left = MAX_KEY
  for (let position = 0; position <= surface.length && left > 0; position++) {
    if (position < surface.length && !isInnerHyphen(surface, position)) continue
    // cut before it is normalised, too: that is not linear in runs of marks
    const key = cut(keyOf(surface.slice(start, Math.min(position, start + SURFACE_MAX))), left)
    if (key !== '') segments.push({ start, end: position, key })
    left -= key === '' ? left : key.length + 1
    start = position + 1
  }
  return segments
}

const isInnerHyphen = (surface: string, position: number): boolean =>
  isHyphen(surface.charCodeAt(position)) && surface.charCodeAt(position + 1) !== 0x0a

/** At most `length` characters of a key, no surrogate pair cut apart. */
function cut(key: string, length: number): string {
  if (key.length <= length) return key
  const last = key.charCodeAt(length - 1)
  return ownCopy(key.slice(0, last >= 0xd800 && last < 0xdc00 ? length - 1 : length))
}
