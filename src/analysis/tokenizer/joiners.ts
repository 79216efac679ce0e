import {
  classAt,
  DIGIT,
  EXTEND,
  isAmpersand,
  isApostrophe,
  isHyphen,
  isLowerAt,
  isMiddleDot,
  isWordClass,
  LETTER,
  lastClass,
  PREPEND,
  skipIgnorable,
} from './characters.ts'

/**
 * Where the next segment of the same token begins, or `end` itself where the token is finished: a hyphen joins unless
 * digits stand on both sides (20-18, 2024-03-03), also one that divides a word at the end of a line; an apostrophe, a middle
 * dot and an ampersand join letters.
 */
export function afterJoiner(text: string, start: number, end: number): number {
  const joiner = text.charCodeAt(end)
  const hyphen = isHyphen(joiner)
  if (!hyphen && !isApostrophe(joiner) && !isMiddleDot(joiner) && !isAmpersand(joiner)) return end
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
