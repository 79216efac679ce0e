import { classAt, isLowerAt, isWordClass, LETTER, lastClass, OTHER, PREPEND } from './characters.ts'

/** Letters of the longest name that two plus signs end: Notepad++. */
const LETTERS_MAX = 12
/** C++, Notepad++. */
const PLUSES = 2
/** The A+++ of fridges; behind longer words it parts the news of a ticker. */
const PLUSES_OF_LETTER = 3
const NUMBER_SIGN = 0x23
const PLUS = 0x2b

/** The sign that may end a name: # or + */
export const isNameSign = (code: number): boolean => code === NUMBER_SIGN || code === PLUS

/** The end of a word together with the signs that make a name of it: C#, C++. `end` where none follow. */
export function signEnd(text: string, start: number, end: number): number {
  const sign = text.charCodeAt(end)
  if (!isNameSign(sign) || end - start > LETTERS_MAX || lastClass(text, start, end) !== LETTER) return end
  if (sign === NUMBER_SIGN) return end - start === 1 && !isWordClass(classAt(text, end + 1)) ? end + 1 : end
  let position = end
  while (text.charCodeAt(position) === PLUS) position += 1
  const pluses = position - end
  const isName = pluses === PLUSES || (pluses === PLUSES_OF_LETTER && end - start === 1)
  return isName && classAt(text, position) !== LETTER ? position : end
}

const isLowSurrogate = (code: number): boolean => code >= 0xdc00 && code < 0xe000

const DOTTED_NAME = /\.net(?![\p{L}\p{M}\p{N}]|[.-][\p{L}\p{N}])/iuy

/** The end of ".NET" at a full stop; `start` where it does not stand there. In small letters behind a word it is part of an address. */
export function dottedNameEnd(text: string, start: number): number {
  if ((text.charCodeAt(start + 1) & ~0x20) !== 0x4e) return start
  DOTTED_NAME.lastIndex = start
  if (!DOTTED_NAME.test(text)) return start
  const before = start === 0 ? OTHER : classAt(text, isLowSurrogate(text.charCodeAt(start - 1)) ? start - 2 : start - 1)
  // what attaches to the full stop is not cut off from it
  if (before === PREPEND) return start
  const isAlone = !isWordClass(before) && text.charCodeAt(start - 1) !== 0x2e
  return isAlone || !(isLowerAt(text, start + 1) || isLowerAt(text, start + 2)) ? DOTTED_NAME.lastIndex : start
}
