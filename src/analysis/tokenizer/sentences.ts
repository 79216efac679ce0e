import { takesFullStop } from './abbreviations.ts'
import { isExclamation, isFullStop, isLowerAt } from './characters.ts'

/** Letters of the longest of STOPPED_ABBREVIATIONS; in NFD a letter may be two characters. */
const MAX_STOPPED_LENGTH = 6

/** Whether a token at `start` begins a sentence, given the token before it and what stands between them. */
export function beginsSentence(text: string, lastStart: number, lastEnd: number, start: number): boolean {
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
