import { SPACED_ABBREVIATIONS, takesFullStop } from './abbreviations.ts'
import {
  classOf,
  DIGIT,
  EXTEND,
  IGNORABLE,
  isApostrophe,
  isExclamation,
  isFullStop,
  isHyphen,
  isLowerAt,
  isWordClass,
  LETTER,
  OTHER,
  PREPEND,
} from './characters.ts'

/** Gets one token: `text.slice(start, end)`, and whether it is the first of its sentence. */
export type TokenSink = (start: number, end: number, beginsSentence: boolean) => void

/**
 * Cuts a text into tokens and gives them to `sink` in order. Offsets are UTF-16 units of `text`; tokens never overlap and
 * never begin or end inside a grapheme. A token is a word with its inner hyphens and apostrophes ("Boden-Luft-Raketen",
 * "geht's") and its ending for women ("Nutzer*innen"), a number as people write it ("4.700", "1,7", "2024-03-03"), a mix of both ("SA-22", "5kg"), or an
 * abbreviation of dotted letters ("z. B."). Cost is linear in the length of the text.
 */
export function tokenize(text: string, sink: TokenSink): void {
  const length = text.length
  let position = 0
  let lastEnd = 0
  let lastStart = 0
  let first = true
  while (position < length) {
    const code = codeAt(text, position)
    const kind = classOf(code)
    if (!isWordClass(kind) && kind !== PREPEND) {
      position += widthOf(code)
      continue
    }
    const start = position
    position = withExtensions(text, tokenEnd(text, start, kind))
    const end = withoutPrepended(text, start, position)
    if (kind === PREPEND && !holdsWord(text, start, end)) continue
    sink(start, end, first || beginsSentence(text, lastStart, lastEnd, start))
    first = false
    lastStart = start
    lastEnd = end
  }
}

function codeAt(text: string, position: number): number {
  const unit = text.charCodeAt(position)
  return unit >= 0xd800 && unit < 0xdc00 ? (text.codePointAt(position) as number) : unit
}

const widthOf = (code: number): number => (code > 0xffff ? 2 : 1)

function classAt(text: string, position: number): number {
  return position < text.length ? classOf(codeAt(text, position)) : 0
}

function tokenEnd(text: string, start: number, kind: number): number {
  if (kind === LETTER) {
    const plain = plainWordEnd(text, start)
    if (plain > start) return plain
    const abbreviation = abbreviationEnd(text, start)
    if (abbreviation > start) return abbreviation
  }
  let end = segmentEnd(text, start)
  for (;;) {
    end = genderedEnd(text, start, end)
    const next = afterJoiner(text, start, end)
    if (next === end) return end
    end = segmentEnd(text, next)
  }
}

// Nutzer*innen, Nutzer:innenkonto, Nutzer_in; with a capital also Nutzer/innen, Nutzer/-innen, Nutzer(innen)
const GENDERED = /[*:_·](?:innen\p{Ll}*|in)(?![\p{L}\p{N}])/uy
const GENDERED_NOUN = /\/-?in(?:nen)?(?![\p{L}\p{N}])|\(in(?:nen)?\)/uy
const GENDERED_MIN = 3

/** One of * : _ · / ( */
const isGenderSign = (code: number): boolean =>
  code === 0x28 || code === 0x2a || code === 0x2f || code === 0x3a || code === 0x5f || code === 0xb7

/** The end of a word together with the ending for women that a sign parts from it; `end` where none follows. */
function genderedEnd(text: string, start: number, end: number): number {
  const sign = text.charCodeAt(end)
  if (!isGenderSign(sign)) return end
  const isNoun = sign === 0x2f || sign === 0x28
  if (end - start < GENDERED_MIN || (isNoun && isLowerAt(text, start))) return end
  const pattern = isNoun ? GENDERED_NOUN : GENDERED
  pattern.lastIndex = end
  return pattern.test(text) ? pattern.lastIndex : end
}

/**
 * The end of a word of letters alone that nothing after it can belong to, as nearly all words are; `start` where it takes a
 * closer look to tell.
 */
function plainWordEnd(text: string, start: number): number {
  let position = start
  while (position < text.length && classOf(text.charCodeAt(position)) === LETTER) position += 1
  if (position === text.length) return position
  const next = text.charCodeAt(position)
  if (next >= 0xd800 || classOf(next) !== OTHER || isHyphen(next) || isApostrophe(next)) return start
  if (isGenderSign(next)) return start
  return position === start + 1 && isFullStop(next) ? start : position
}

/** The end of a run of letters and digits, or of a number with its separators, that begins at `start`. */
function segmentEnd(text: string, start: number): number {
  let position = start
  if (classAt(text, start) === DIGIT) {
    position = numberEnd(text, start)
    // "1,5kg" is a number and a unit; "5kg" and "1980er" are one word
    if (position > start && !isPlainDigits(text, start, position)) return position
  }
  while (position < text.length) {
    const code = codeAt(text, position)
    const kind = classOf(code)
    if (isWordClass(kind) || kind === EXTEND || kind === PREPEND) position += widthOf(code)
    else if (kind === IGNORABLE) {
      const next = skipIgnorable(text, position)
      if (!isWordClass(classAt(text, next))) return position
      position = next
    } else return position
  }
  return position
}

function skipIgnorable(text: string, start: number): number {
  let position = start
  for (;;) {
    const kind = classAt(text, position)
    if (kind !== IGNORABLE && kind !== EXTEND) return position
    position += widthOf(codeAt(text, position))
  }
}

// Thousands in threes with one kind of separator, then a decimal comma; a decimal comma; or digits parted by full stops
// (1.7, 03.03.2024). Matched only from a digit that no digit or comma precedes, so lists like 1,2,3 stay apart.
const NUMBER =
  /\d{4}-\d{2}-\d{2}(?![\d-])|\d{1,3}(?:\.\d{3})+(?:,\d+)?(?![\d,.]?\d)|\d{1,3}(?:['’]\d{3})+(?:[.,]\d+)?(?![\d]|[,.]\d)|\d{1,3}(?:[\u00a0\u202f]\d{3})+(?:,\d+)?(?!\d)|\d+,\d+(?![\d]|[,.]\d)|\d+(?:\.\d+)*/y
const MAX_NUMBER = 40

function numberEnd(text: string, start: number): number {
  // an endless row of digits and dots is no number; the bound keeps the cost linear
  const window = text.length - start > MAX_NUMBER ? text.slice(start, start + MAX_NUMBER + 1) : text.slice(start)
  NUMBER.lastIndex = 0
  const match = NUMBER.exec(window)
  if (match === null || match[0].length > MAX_NUMBER) return start
  if (start > 1 && text.charCodeAt(start - 1) === 0x2c && classAt(text, start - 2) === DIGIT) {
    const digits = /^\d+/.exec(window)
    return start + (digits?.[0].length ?? 0)
  }
  return start + match[0].length
}

function isPlainDigits(text: string, start: number, end: number): boolean {
  for (let position = start; position < end; position++) if (classOf(text.charCodeAt(position)) !== DIGIT) return false
  return true
}

/**
 * Where the next segment of the same token begins, or `end` itself where the token is finished: a hyphen joins unless
 * digits stand on both sides (20-18, 2024-03-03), also one that divides a word at the end of a line; an apostrophe joins
 * letters.
 */
function afterJoiner(text: string, start: number, end: number): number {
  const joiner = text.charCodeAt(end)
  const hyphen = isHyphen(joiner)
  if (!hyphen && !isApostrophe(joiner)) return end
  if (text.charCodeAt(end + 1) === 0x0a) return hyphen && isDivided(text, start, end) ? end + 2 : end
  const next = skipIgnorable(text, end + 1)
  // a mark that follows the joiner belongs to it, not to a word
  if (next > end + 1 && classAt(text, end + 1) === EXTEND) return end
  const after = classAt(text, next)
  const before = lastClass(text, start, end)
  if (before === PREPEND) return end
  if (hyphen) return isWordClass(after) && !(after === DIGIT && before === DIGIT) ? next : end
  return after === LETTER && before === LETTER ? next : end
}

// "Vor-⏎und Nachteile", "Hin-⏎bzw. Rückfahrt": a shortened word, not one that goes on
const SHORTENED = /(?:und|oder|bzw|beziehungsweise|sowie|als|bis|wie|noch|statt)(?!\p{Ll})/uy

/** Whether the hyphen at `hyphen` and the end of the line after it only divide a word: it goes on with a small letter. */
function isDivided(text: string, start: number, hyphen: number): boolean {
  const next = hyphen + 2
  if (next >= text.length || !isLowerAt(text, next) || lastClass(text, start, hyphen) !== LETTER) return false
  SHORTENED.lastIndex = next
  return !SHORTENED.test(text)
}

function lastClass(text: string, start: number, end: number): number {
  let position = end
  while (position > start) {
    position -= 1
    const unit = text.charCodeAt(position)
    if (unit >= 0xdc00 && unit < 0xe000 && position > start) position -= 1
    const kind = classAt(text, position)
    if (isWordClass(kind) || kind === PREPEND) return kind
  }
  return 0
}

const MAX_ABBREVIATION_LETTERS = 6

/** The end of "z.B.", "U.S.A." or a known "z. B." that begins at `start`; `start` where none does. */
function abbreviationEnd(text: string, start: number): number {
  let letters = ''
  let position = start
  let end = start
  let spaced = false
  for (let count = 1; count <= MAX_ABBREVIATION_LETTERS; count++) {
    const gap = count > 1 && isBlank(text.charCodeAt(position)) ? 1 : 0
    const stop = dottedLetterEnd(text, position + gap)
    if (stop === position + gap) break
    if (gap > 0) spaced = true
    letters += text
      .slice(position + gap, stop)
      .normalize('NFC')
      .toLowerCase()
    position = stop
    if (count > 1 && (!spaced || SPACED_ABBREVIATIONS.has(letters))) end = position
  }
  return end
}

/** Marks a letter may have in NFD and be one character in NFC: ǖ has two, ᾇ three. */
const MAX_LETTER_MARKS = 3

/** The end of one letter and a full stop at `start` that no other full stop follows ("a..."); `start` where there is none. */
function dottedLetterEnd(text: string, start: number): number {
  if (classAt(text, start) !== LETTER) return start
  let end = start + 1
  while (end - start <= MAX_LETTER_MARKS && classAt(text, end) === EXTEND) end += 1
  if (!isFullStop(text.charCodeAt(end)) || isFullStop(text.charCodeAt(end + 1))) return start
  if (classAt(text, end + 1) === EXTEND || !isSingleLetter(text.slice(start, end))) return start
  return end + 1
}

/** Whether NFC makes one character of it. Syllables of Hangul are no letters: NFD makes several of each. */
function isSingleLetter(text: string): boolean {
  const letter = text.normalize('NFC')
  return letter.length === 1 && !(letter >= '\uac00' && letter <= '\ud7a3')
}

const isBlank = (code: number): boolean => code === 0x20 || code === 0xa0 || code === 0x202f || code === 0x2009

/** Marks, joiners and modifiers that follow a token belong to its last character. */
function withExtensions(text: string, end: number): number {
  let position = end
  while (classAt(text, position) === EXTEND) position += widthOf(codeAt(text, position))
  return position
}

/** What attaches to the character after it does not end a token. */
function withoutPrepended(text: string, start: number, end: number): number {
  let position = end
  while (position > start) {
    const unit = text.charCodeAt(position - 1)
    const before = unit >= 0xdc00 && unit < 0xe000 ? position - 2 : position - 1
    if (classAt(text, before) !== PREPEND) return position
    position = before
  }
  return position
}

/** Signs that only attach to something are no token by themselves. */
function holdsWord(text: string, start: number, end: number): boolean {
  for (let position = start; position < end; position += widthOf(codeAt(text, position))) {
    if (isWordClass(classAt(text, position))) return true
  }
  return false
}

/** Letters of the longest of STOPPED_ABBREVIATIONS; in NFD a letter may be two characters. */
const MAX_STOPPED_LENGTH = 6

/** Whether a token at `start` begins a sentence, given the token before it and what stands between them. */
function beginsSentence(text: string, lastStart: number, lastEnd: number, start: number): boolean {
  let newlines = 0
  let fullStop = false
  let exclamation = false
  let spaced = false
  for (let position = lastEnd; position < start; position++) {
    const code = text.charCodeAt(position)
    if (code === 0x0a) {
      newlines += 1
      spaced = true
    } else if (code <= 0x20 || code === 0xa0) spaced = true
    else if (isFullStop(code)) fullStop = true
    else if (isExclamation(code)) exclamation = true
    if (newlines > 1) return true
  }
  if (!spaced || !(fullStop || exclamation)) return false
  if (isLowerAt(text, start)) return false
  return exclamation || !isStoppedAbbreviation(text, lastStart, lastEnd)
}

function isStoppedAbbreviation(text: string, start: number, end: number): boolean {
  if (end - start > 2 * MAX_STOPPED_LENGTH) return false
  return takesFullStop(text.slice(start, end).normalize('NFC').toLowerCase())
}
