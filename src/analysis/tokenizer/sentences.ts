import { type FullStop, fullStopBehind, isNoAbbreviation } from './abbreviations.ts'
import { isExclamation, isFullStop, isLowerAt } from './characters.ts'
import { isNumbered, isSentenceStarter } from './sentence-words.ts'

/** A longer word is no abbreviation; in NFD a letter may be two characters. */
const ABBREVIATION_MAX = 24
/** An ordinal, a day with its month, a Roman numeral. */
const ORDINAL = /^(?:\d{1,3}|\d{1,2}\.\d{1,2}|[IVXLC]{1,7})$/
const DIGIT = /^\d/

const COMMA = 0x2c
const BLANK = 0x20

/** A line of fewer characters is a heading or an item of a list, where it ends without a full stop; one of more is a paragraph. */
const SHORT_LINE = 45
const LONG_LINE = 120

/**
 * Whether a token at `start` begins a sentence, given the token before it and what stands between them.
 * @param lastBegins whether the one before does: a number that stands first numbers a list or a heading
 */
export function beginsSentence(
  text: string,
  lastStart: number,
  lastEnd: number,
  start: number,
  lastBegins: boolean,
): boolean {
  // nearly all words are followed by a blank and nothing else
  if (start - lastEnd === 1 && !isFullStop(text.charCodeAt(lastEnd - 1)))
    return isLineEnd(text.charCodeAt(lastEnd)) && isParagraphEnd(text, lastEnd, start)
  // of the others most by a comma and a blank
  if (start - lastEnd === 2 && text.charCodeAt(lastEnd) === COMMA && text.charCodeAt(lastEnd + 1) === BLANK)
    return false
  return beginsBehindGap(text, lastStart, lastEnd, start, lastBegins)
}

function beginsBehindGap(
  text: string,
  lastStart: number,
  lastEnd: number,
  start: number,
  lastBegins: boolean,
): boolean {
  const isDotted = isFullStop(text.charCodeAt(lastEnd - 1))
  const end = isDotted ? lastEnd - 1 : lastEnd
  const mark = endMark(text, end, start)
  if (mark === PARAGRAPH) return true
  if (mark !== NONE && mark !== LINE && !isInside(text, start) && isSpacedBefore(text, start)) {
    if (mark === EXCLAMATION) return true
    if (mark === GAP) return isSentenceStarter(text, start)
    const read = mark === DISTANT_STOP ? 'ends' : readFullStop(text, lastStart, end, lastBegins)
    if (read === 'ends' || read === 'listEnds') return true
    if (read === 'mayEnd' && mark !== CLOSED_STOP && isSentenceStarter(text, start)) return true
  }
  const lineEnd = mark === NONE ? -1 : lineEndIn(text, end, start)
  return lineEnd >= 0 && isParagraphEnd(text, lineEnd, start)
}

/** What of a gap between two tokens tells of sentences. */
const NONE = 0
const LINE = 1
/** A full stop right behind the token before; one with a bracket closed behind it; one behind a quotation mark or bracket. */
const STOP = 2
const CLOSED_STOP = 3
const DISTANT_STOP = 4
const EXCLAMATION = 5
/** Dots in place of words. */
const GAP = 6
/** An empty line. */
const PARAGRAPH = 7

function endMark(text: string, end: number, start: number): number {
  let mark = NONE
  let lines = 0
  let opened = false
  for (let at = end; at < start; at++) {
    const code = text.charCodeAt(at)
    if (isLineEnd(code)) {
      lines += 1
      if (lines > 1) return PARAGRAPH
      if (mark === NONE) mark = LINE
    } else if (isFullStop(code)) {
      const isEllipsis = isFullStop(text.charCodeAt(at + 1)) && at + 1 < start
      if (isEllipsis) {
        mark = at > end ? GAP : EXCLAMATION
        while (at + 1 < start && isFullStop(text.charCodeAt(at + 1))) at += 1
      } else if (mark <= LINE) mark = at > end ? DISTANT_STOP : STOP
    } else if (isExclamation(code)) mark = code === 0x2026 && at > end ? GAP : EXCLAMATION
    else if (code === 0x28 || code === 0x5b) opened = mark <= LINE
    else if (code === 0x29 || code === 0x5d) {
      // (!) and […] are signs within a sentence
      if (opened) mark = NONE
      else if (mark === STOP) mark = CLOSED_STOP
      opened = false
    } else if (code === COMMA || code === 0x3b || code === 0x3a) mark = NONE
  }
  return mark
}

const isLineEnd = (code: number): boolean => code === 0x0a || code === 0x2028 || code === 0x2029

/** Whether a sentence goes on with a small letter; a) and b) number a list. */
const isInside = (text: string, start: number): boolean => isLowerAt(text, start) && text.charCodeAt(start + 1) !== 0x29

/** Whether a blank stands before a token, or before the quotation marks and brackets that open before it. */
function isSpacedBefore(text: string, start: number): boolean {
  for (let at = start - 1; at >= 0 && start - at <= OPENING_MAX; at--) {
    const code = text.charCodeAt(at)
    if (code <= 0x20 || code === 0xa0 || code === 0x202f || code === 0x2009 || isLineEnd(code)) return true
    if (isFullStop(code) || isExclamation(code)) return false
  }
  return false
}

const OPENING_MAX = 8

/** How to read a full stop behind the token that ends at `end`. */
function readFullStop(text: string, start: number, end: number, begins: boolean): FullStop {
  const length = end - start
  if (length > ABBREVIATION_MAX || isNoAbbreviation(text, start, end)) return 'ends'
  const word = text.slice(start, end)
  if (ORDINAL.test(word)) {
    if (begins) return 'open'
    return DIGIT.test(word) && isNumbered(text, start) ? 'ends' : 'mayEnd'
  }
  if (length === 1 && begins) return 'open'
  return fullStopBehind(word.normalize('NFC').toLowerCase().replace(/\s/g, ''))
}

function lineEndIn(text: string, end: number, start: number): number {
  for (let at = end; at < start; at++) if (isLineEnd(text.charCodeAt(at))) return at
  return -1
}

/** Signs that begin an item of a list. */
const BULLET = /[-*•·▪►‣◦]/
/** Signs at the end of a line that do not end what it says. */
const GOES_ON = /[-‐,]/

/**
 * Whether the end of a line ends a heading, a paragraph or an item of a list. Texts whose lines are broken by hand have lines of some 70
 * characters that go on in the next one.
 */
function isParagraphEnd(text: string, lineEnd: number, start: number): boolean {
  let next = lineEnd + 1
  while (next < start && text.charCodeAt(next) <= 0x20) next += 1
  if (next + 1 < start && BULLET.test(text[next] as string) && text.charCodeAt(next + 1) === 0x20) return true
  if (isLowerAt(text, start) || GOES_ON.test(text.charAt(lineEnd - 1))) return false
  let lineStart = lineEnd
  while (lineStart > 0 && lineEnd - lineStart <= LONG_LINE && !isLineEnd(text.charCodeAt(lineStart - 1))) lineStart -= 1
  const length = lineEnd - lineStart
  return length < SHORT_LINE || length > LONG_LINE
}
