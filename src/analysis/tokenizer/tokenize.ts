// The room `analysis/tokenizer`: text to tokens with offsets into it. It imports nothing, and of languages knows only abbreviations and
// endings. It is a hot loop: for a plain word neither a closure nor a string is made.

import {
  classAt,
  classOf,
  codeAt,
  DIGIT,
  EXTEND,
  IGNORABLE,
  isAmpersand,
  isApostrophe,
  isFullStop,
  isHyphen,
  isMiddleDot,
  isWordClass,
  LETTER,
  OTHER,
  PREPEND,
  skipIgnorable,
  widthOf,
} from './characters.ts'
import { abbreviationEnd } from './dotted-letters.ts'
import { genderedEnd, isGenderSign } from './gendered-ending.ts'
import { afterJoiner } from './joiners.ts'
import { isPlainDigits, numberEnd } from './number-token.ts'
import { beginsSentence } from './sentences.ts'
import { dottedNameEnd, isNameSign, signEnd } from './signed-names.ts'

/** Gets one token: `text.slice(start, end)`, and whether it is the first of its sentence. */
export type TokenSink = (start: number, end: number, beginsSentence: boolean) => void

/**
 * Cuts a text into tokens and gives them to `sink` in order. Offsets are UTF-16 units of `text`; tokens never overlap and
 * never begin or end inside a grapheme. A token is a word with its inner hyphens and apostrophes ("Boden-Luft-Raketen",
 * "geht's") and its ending for women ("Nutzer*innen"), a number as people write it ("4.700", "1,7", "2024-03-03"), a mix of
 * both ("SA-22", "5kg"), an abbreviation of dotted letters ("z. B."), or a name with its sign ("C#", "C++", ".NET"). Cost is linear in the length of the text.
 */
export function tokenize(text: string, sink: TokenSink): void {
  const length = text.length
  let position = 0
  let lastEnd = 0
  let lastStart = 0
  let lastBegins = true
  while (position < length) {
    const code = codeAt(text, position)
    const kind = classOf(code)
    const start = position
    let end = kind === LETTER ? plainWordEnd(text, start) : start
    if (end > start) position = end
    else {
      const named = isFullStop(code) ? dottedNameEnd(text, start) : start
      if (!isWordClass(kind) && kind !== PREPEND && named === start) {
        position += widthOf(code)
        continue
      }
      position = withExtensions(text, named > start ? named : tokenEnd(text, start, kind))
      end = withoutPrepended(text, start, position)
      if (kind === PREPEND && !holdsWord(text, start, end)) continue
    }
    const begins: boolean = lastEnd === 0 || beginsSentence(text, lastStart, lastEnd, start, lastBegins)
    sink(start, end, begins)
    lastBegins = begins
    lastStart = start
    lastEnd = end
  }
}

/** The end of a token that is no plain word. */
function tokenEnd(text: string, start: number, kind: number): number {
  if (kind === LETTER) {
    const abbreviation = abbreviationEnd(text, start)
    if (abbreviation > start) return abbreviation
  }
  let end = segmentEnd(text, start)
  for (;;) {
    end = genderedEnd(text, start, end)
    const signed = signEnd(text, start, end)
    if (signed > end) return signed
    const next = afterJoiner(text, start, end)
    if (next === end) return end
    end = segmentEnd(text, next)
  }
}

/**
 * The end of a word of letters alone that nothing after it can belong to, as nearly all words are; `start` where it takes a
 * closer look to tell.
 */
function plainWordEnd(text: string, start: number): number {
  const { length } = text
  let position = start
  while (position < length && classOf(text.charCodeAt(position)) === LETTER) position += 1
  if (position === length) return position
  const next = text.charCodeAt(position)
  const isEnd = next < ENDS_WORD.length ? ENDS_WORD[next] === 1 : endsWord(next)
  return !isEnd || (position === start + 1 && isFullStop(next)) ? start : position
}

/** Whether this behind letters can be no part of their token, nor join it to what follows. */
const endsWord = (code: number): boolean =>
  !(code >= 0xd800 || classOf(code) !== OTHER || isHyphen(code) || isApostrophe(code)) &&
  !(isGenderSign(code) || isMiddleDot(code) || isAmpersand(code) || isNameSign(code))
/** The same for what mostly follows a word: one look-up in place of ten comparisons. */
const ENDS_WORD = Uint8Array.from({ length: 0x100 }, (_, code) => (endsWord(code) ? 1 : 0))

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
