import { classAt, classOf, DIGIT } from './characters.ts'

// Thousands in threes with one kind of separator, then a decimal comma; a decimal comma; or digits parted by full stops
// (1.7, 03.03.2024). Matched only from a digit that no digit or comma precedes, so lists like 1,2,3 stay apart.
const NUMBER =
  /\d{4}-\d{2}-\d{2}(?![\d-])|\d{1,3}(?:\.\d{3})+(?:,\d+)?(?![\d,.]?\d)|\d{1,3}(?:['’]\d{3})+(?:[.,]\d+)?(?![\d]|[,.]\d)|\d{1,3}(?:[\u00a0\u202f]\d{3})+(?:,\d+)?(?!\d)|\d+,\d+(?![\d]|[,.]\d)|\d+(?:\.\d+)*/y
const MAX_NUMBER = 40

/** What may stand between the digits of a number. */
const SEPARATOR = /[-.,'’\u00a0\u202f]/

const isFigure = (code: number): boolean => code >= 0x30 && code <= 0x39

/** The end of figures alone that no separator parts from further ones, as most numbers are; `start` where it takes a closer look. */
function plainNumberEnd(text: string, start: number): number {
  let position = start
  while (position - start <= MAX_NUMBER && isFigure(text.charCodeAt(position))) position += 1
  if (position - start > MAX_NUMBER) return start
  return isFigure(text.charCodeAt(position + 1)) && SEPARATOR.test(text.charAt(position)) ? start : position
}

/** The end of the number with its separators that begins at `start`; `start` where none does. */
export function numberEnd(text: string, start: number): number {
  const plain = plainNumberEnd(text, start)
  if (plain > start) return plain
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

export function isPlainDigits(text: string, start: number, end: number): boolean {
  for (let position = start; position < end; position++) if (classOf(text.charCodeAt(position)) !== DIGIT) return false
  return true
}
