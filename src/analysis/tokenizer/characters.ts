/** Classes of code points, as the tokenizer needs them. */
export const OTHER = 0
/** A letter of any script. */
export const LETTER = 1
/** A decimal digit, or a superscript digit (m², CO₂). */
export const DIGIT = 2
/** Belongs to the character before it (combining marks, joiners, emoji modifiers); never begins a word. */
export const EXTEND = 3
/** Invisible inside a word: soft hyphen, zero-width space, word joiner. */
export const IGNORABLE = 4
/** Belongs to the character after it: number signs of Arabic scripts, letters such as the Malayalam dot reph. */
export const PREPEND = 5

// The letters U+0E33, U+0EB3 and U+FF9E/F attach to what stands before them, although they are letters by category.
const EXTENDS = /\p{M}|\p{Grapheme_Extend}|\p{Emoji_Modifier}|[\u0e33\u0eb3]|[\u{e0020}-\u{e007f}]|\u200d/u
const IS_IGNORABLE = /[\u00ad\u200b\u2060\ufeff]/u
const IGNORABLES = new RegExp(IS_IGNORABLE, 'gu')
const IS_DIGIT = /[\p{Nd}²³¹⁰⁴-⁹₀-₉]/u
const IS_PREPEND =
  /[\u0600-\u0605\u06dd\u070f\u0890\u0891\u08e2\u0d4e\u{110bd}\u{110cd}\u{111c2}\u{111c3}\u{113d1}\u{1193f}\u{11941}\u{11a3a}\u{11a84}-\u{11a89}\u{11d46}\u{11f02}]/u
// The letter apostrophe is one apostrophe among others, and the letter ℹ an emoji.
const IS_LETTER = /(?![\u02bc\u2139])[\p{L}\p{Nl}]/u

function classify(character: string): number {
  if (EXTENDS.test(character)) return EXTEND
  if (IS_IGNORABLE.test(character)) return IGNORABLE
  if (IS_DIGIT.test(character)) return DIGIT
  if (IS_PREPEND.test(character)) return PREPEND
  if (IS_LETTER.test(character)) return LETTER
  return OTHER
}

/** Classes of the code points below U+3000, where German texts live; everything above is asked of the expressions. */
const TABLE_SIZE = 0x3000
const TABLE = Uint8Array.from({ length: TABLE_SIZE }, (_, code) => classify(String.fromCharCode(code)))

export function classOf(codePoint: number): number {
  return codePoint < TABLE_SIZE ? (TABLE[codePoint] as number) : classify(String.fromCodePoint(codePoint))
}

/** Without what is invisible inside words. */
export const withoutIgnorable = (text: string): string => text.replace(IGNORABLES, '')

/** True for letters and digits: what a word begins and goes on with. */
export function isWordClass(kind: number): boolean {
  return kind === LETTER || kind === DIGIT
}

export const isHyphen = (code: number): boolean => code === 0x2d || code === 0x2010 || code === 0x2011
export const isApostrophe = (code: number): boolean => code === 0x27 || code === 0x2019 || code === 0x02bc

/** The dot that easy language parts long words with: Bundes·innen·ministerium. Four characters are taken for it. */
export const isMiddleDot = (code: number): boolean =>
  code === 0xb7 || code === 0x2027 || code === 0x2022 || code === 0x22c5
/** What names are joined by: AT&T. */
export const isAmpersand = (code: number): boolean => code === 0x26

/** Ends of sentences. */
export const isFullStop = (code: number): boolean => code === 0x2e
export const isExclamation = (code: number): boolean => code === 0x21 || code === 0x3f || code === 0x2026

/** Whether codes of Latin letters are small ones or capitals; all others are asked of the expressions. */
const CASES_SIZE = 0x250
const IS_LOWER = 1
const IS_UPPER = 2
const CASES = Uint8Array.from({ length: CASES_SIZE }, (_, code) => {
  const character = String.fromCharCode(code)
  return /\p{Ll}/u.test(character) ? IS_LOWER : /\p{Lu}/u.test(character) ? IS_UPPER : 0
})

const LOWER = /^\p{Ll}/u
/** Whether the character at `index` is a lower-case letter. */
export function isLowerAt(text: string, index: number): boolean {
  const code = text.charCodeAt(index)
  if (code < CASES_SIZE) return CASES[code] === IS_LOWER
  return LOWER.test(String.fromCodePoint(text.codePointAt(index) ?? 0))
}

const UPPER = /^\p{Lu}/u
/** Whether the character at `index` is a capital letter. */
export function isCapitalAt(text: string, index: number): boolean {
  const code = text.charCodeAt(index)
  if (code < CASES_SIZE) return CASES[code] === IS_UPPER
  return UPPER.test(text.slice(index, index + 2))
}

/** The code point at a position; half of a surrogate pair stands for itself. */
export function codeAt(text: string, position: number): number {
  const unit = text.charCodeAt(position)
  return unit >= 0xd800 && unit < 0xdc00 ? (text.codePointAt(position) as number) : unit
}

/** How many UTF-16 units a code point takes. */
export const widthOf = (code: number): number => (code > 0xffff ? 2 : 1)

/** The class of the character at a position; OTHER behind the end. */
export function classAt(text: string, position: number): number {
  return position < text.length ? classOf(codeAt(text, position)) : 0
}

/** Where the next character stands that is neither invisible nor a mark. */
export function skipIgnorable(text: string, start: number): number {
  let position = start
  for (;;) {
    const kind = classAt(text, position)
    if (kind !== IGNORABLE && kind !== EXTEND) return position
    position += widthOf(codeAt(text, position))
  }
}

/** The class of the last letter, digit or prepended sign before `end`; OTHER where there is none. */
export function lastClass(text: string, start: number, end: number): number {
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
