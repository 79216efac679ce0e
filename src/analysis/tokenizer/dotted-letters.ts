import { SPACED_ABBREVIATIONS } from './abbreviations.ts'
import { classAt, EXTEND, isFullStop, LETTER } from './characters.ts'

const MAX_ABBREVIATION_LETTERS = 6

/** The end of "z.B.", "U.S.A." or a known "z. B." that begins at `start`; `start` where none does. */
export function abbreviationEnd(text: string, start: number): number {
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
