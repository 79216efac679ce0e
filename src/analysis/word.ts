import { isHyphen } from './characters.ts'
import { fold } from './fold.ts'
import { canonicalNumber, digitGroups, isNumber } from './numbers.ts'
import { stem } from './stem.ts'
import { isStopWord } from './stopwords.ts'

/** A part of a word that is indexed beside the whole: offsets count from the word's own start. */
export interface WordPart {
  readonly start: number
  readonly end: number
  readonly term: string
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
const INVISIBLE = /[\u00ad\u200b-\u200d\u2060\ufeff]/g
const DOTTED = /^\p{L}\.(?:\s*\p{L}\.)+$/u
const POSSESSIVE = /['’ʼ]s$/

/** Longer forms are indexed by their first letters: no German word needs more, and hostile ones cost no more. */
const MAX_KEY = 256

/** Analyses one surface form, as the tokenizer cut it: lossless steps first, lossy steps last. */
export function analyzeWord(surface: string): Word {
  const key = keyOf(surface)
  if (isNumber(key)) return numberWord(key)
  if (DOTTED.test(key)) return plainWord(key.replace(/\s/g, ''), key.replace(/[\s.]/g, ''))
  const segments = segmentsOf(surface)
  if (segments.length < 2) return plainWord(key, key.replace(POSSESSIVE, '').replace(/['’ʼ]/g, ''))
  const parts = segments.map(({ start, end }) => ({ start, end, term: termOf(keyOf(surface.slice(start, end))) }))
  return { key, term: termOf(joined(key)), stop: isStopWord(key), numeric: false, parts }
}

function keyOf(surface: string): string {
  const visible = surface.length > MAX_KEY ? surface.slice(0, MAX_KEY) : surface
  return visible.replace(INVISIBLE, '').normalize('NFC').toLowerCase().replace(/[‐‑]/g, '-').replace(/[’ʼ]/g, "'")
}

function plainWord(key: string, letters: string): Word {
  return { key, term: termOf(letters), stop: isStopWord(key), numeric: false, parts: NO_PARTS }
}

function numberWord(key: string): Word {
  const parts = digitGroups(key).map(([start, end]) => ({ start, end, term: key.slice(start, end) }))
  return { key, term: canonicalNumber(key), stop: false, numeric: true, parts }
}

function termOf(letters: string): string {
  if (isNumber(letters)) return canonicalNumber(letters)
  const folded = fold(letters.replace(POSSESSIVE, '').replace(/['-]/g, ''))
  return stem(folded) || folded || letters
}

const joined = (key: string): string => key.replace(/-/g, '')

/** The stretches between inner hyphens; a single one where there is none. */
function segmentsOf(surface: string): { start: number; end: number }[] {
  const segments: { start: number; end: number }[] = []
  let start = 0
  for (let position = 0; position <= surface.length; position++) {
    if (position < surface.length && !isHyphen(surface.charCodeAt(position))) continue
    if (position > start) segments.push({ start, end: position })
    start = position + 1
  }
  return segments
}
