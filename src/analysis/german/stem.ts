import { withoutEndings } from './stem-endings.ts'

/*
 * The German stemmer of Snowball, as its page describes it (https://snowballstem.org/algorithms/german/stemmer.html), in the version
 * that the package `snowball-stemmers` 0.6.0 has: ß counts as ss, ä, ö and ü lose their dots at the end, ae, oe and ue are left
 * alone, and of the later additions only niss is there. The package is the authority: test/analysis/german/stem.test.ts runs both
 * over the word list and over random strings and demands the same of each. It takes 7 to 14 us a word, which was a third of the
 * analysis; this takes 0.26 (docs/DESIGN.md, "What does a new form cost?").
 */

/** Marks stand as capitals, as on the page: a u or y between vowels is no vowel. What is written as a capital passes for one. */
const MARKED_U = 0x55
const MARKED_Y = 0x59
const U = 0x75
const Y = 0x79
const SHARP_S = 0xdf
const A_UMLAUT = 0xe4
const O_UMLAUT = 0xf6
const U_UMLAUT = 0xfc

/** 1 for a, e, i, o, u, y, ä, ö and ü. */
const VOWELS = new Uint8Array(0x100)
for (const vowel of 'aeiouyäöü') VOWELS[vowel.charCodeAt(0)] = 1
const isVowel = (code: number): boolean => code < 0x100 && VOWELS[code] === 1

/** The first region begins behind at least so many letters; shorter words have none, and so no ending. */
const BEFORE_REGIONS = 3

/** The UTF-16 units of the word at hand, ß as two of them. */
let letters = new Uint16Array(512)

/** The Snowball stem of a word in lower case. Never throws; linear in the word's length. */
export function stem(word: string): string {
  const length = read(word)
  const isMarked = markVowels(length)
  const end = length <= BEFORE_REGIONS ? length : endOf(length)
  return isMarked || hasOther(end) || length !== word.length ? written(end) : word.slice(0, end)
}

/** Takes the word's letters up; tells how many there are. */
function read(word: string): number {
  if (letters.length < 2 * word.length) letters = new Uint16Array(4 * word.length)
  let length = 0
  for (let i = 0; i < word.length; i++) {
    const code = word.charCodeAt(i)
    if (code === SHARP_S) {
      letters[length++] = 0x73
      letters[length++] = 0x73
    } else letters[length++] = code
  }
  return length
}

/** Marks each u and y between vowels, from left to right: of uuu the middle one, and then the third stands behind a consonant. */
function markVowels(length: number): boolean {
  let isMarked = false
  for (let i = 1; i + 1 < length; i++) {
    const code = letters[i] as number
    if (code !== U && code !== Y) continue
    if (!isVowel(letters[i - 1] as number) || !isVowel(letters[i + 1] as number)) continue
    letters[i] = code === U ? MARKED_U : MARKED_Y
    isMarked = true
  }
  return isMarked
}

/** Where the stem ends. */
function endOf(length: number): number {
  const first = regionAfter(0, length)
  const second = regionAfter(first, length)
  return withoutEndings(letters, length, Math.max(first, BEFORE_REGIONS), second)
}

/** Behind the first consonant behind the first vowel from `start` on; the end of the word where there is none. */
function regionAfter(start: number, length: number): number {
  let at = start
  while (at < length && !isVowel(letters[at] as number)) at += 1
  while (at < length && isVowel(letters[at] as number)) at += 1
  return Math.min(at + 1, length)
}

/** Whether a letter of the stem is written otherwise than it stands. */
function hasOther(end: number): boolean {
  for (let i = 0; i < end; i++) if (plain(letters[i] as number) !== letters[i]) return true
  return false
}

function written(end: number): string {
  let text = ''
  for (let i = 0; i < end; i++) text += String.fromCharCode(plain(letters[i] as number))
  return text
}

/** A letter without its mark or its dots. */
function plain(code: number): number {
  switch (code) {
    case MARKED_U:
    case U_UMLAUT:
      return U
    case MARKED_Y:
      return Y
    case A_UMLAUT:
      return 0x61
    case O_UMLAUT:
      return 0x6f
    default:
      return code
  }
}
