import { HIATUS_BEGINNINGS, HIATUS_WORDS, UMLAUT_AFTER_VOWEL } from './digraphs.ts'

/** After these an ue is two sounds. */
const BEFORE_HIATUS = new Set('aeiouyäöüq')
const HIATUS = new RegExp(`^(?:${HIATUS_BEGINNINGS.join('|')}|(?:${HIATUS_WORDS.join('|')})$)`)
const MEETING = new RegExp(UMLAUT_AFTER_VOWEL.join('|'), 'g')
// only Latin, Greek and Cyrillic letters lose their marks, but for the dots of umlauts; elsewhere marks are vowels
const MARKED = /([\p{Script=Latin}\p{Script=Greek}\p{Script=Cyrillic}])(\p{M}+)/gu
const UMLAUTS = new Set(['a', 'o', 'u'])
const DIAERESIS = '\u0308'
/** Compatibility makes up to eighteen letters of one: what it makes of a long word is cut. */
const FOLDED_MAX = 1024

/** Letters that stay after decomposition but are typed without their stroke, dots or ligature. */
const STROKES: Readonly<Record<string, string>> = {
  ä: 'a',
  ö: 'o',
  ü: 'u',
  ß: 'ss',
  æ: 'a',
  œ: 'o',
  ø: 'o',
  ł: 'l',
  đ: 'd',
  ð: 'd',
  þ: 'th',
  ı: 'i',
}

/**
 * Brings every spelling of a lower-case word to one: ä, ae → a; ö, oe → o; ü, ue → u; ß → ss; é → e; ligatures apart.
 * An ue after a vowel or q is two sounds and stays (Treue, Quelle), so does a digraph of digraphs.ts (Israel).
 * The same for NFC and NFD; folding twice changes nothing more for words without such digraphs.
 */
export function fold(word: string): string {
  const alphabet = alphabetOf(word)
  if (alphabet === ASCII) return foldDigraphs(word)
  if (alphabet === GERMAN && word.length <= FOLDED_MAX) return withoutDots(foldDigraphs(word))
  // accents go before digraphs are told: Citroën is Citroen
  const letters = word
    .normalize('NFKC')
    .toLowerCase()
    .replace(/[^\p{L}\p{M}\p{N}.]/gu, '')
    .slice(0, FOLDED_MAX)
  const plain = letters
    .normalize('NFD')
    .replace(
      MARKED,
      (_, letter: string, marks: string) =>
        letter + (UMLAUTS.has(letter) && marks.startsWith(DIAERESIS) ? DIAERESIS : ''),
    )
    .normalize('NFC')
  return foldDigraphs(plain)
    .replace(/[\u0080-\u{10ffff}]/gu, (letter) => STROKES[letter] ?? letter)
    .replace(/^[\p{M}.]+/u, '')
}

/** What a word is written with: what is no letter of German takes the long way. */
const ASCII = 0
/** Letters of a to z, ä, ö, ü and ß, and digits. */
const GERMAN = 1
const OTHER = 2

function alphabetOf(word: string): number {
  let isGerman = false
  let hasSign = false
  for (let i = 0; i < word.length; i++) {
    const code = word.charCodeAt(i)
    if (code >= 0x80) {
      if (code !== 0xe4 && code !== 0xf6 && code !== 0xfc && code !== 0xdf) return OTHER
      isGerman = true
    } else if (code < 0x30 || (code > 0x39 && code < 0x61) || code > 0x7a) hasSign = true
  }
  return isGerman ? (hasSign ? OTHER : GERMAN) : ASCII
}

/** ä, ö, ü and ß as a, o, u and ss. */
function withoutDots(word: string): string {
  let plain = ''
  let done = 0
  for (let i = 0; i < word.length; i++) {
    if (word.charCodeAt(i) < 0x80) continue
    plain += word.slice(done, i) + (STROKES[word[i] as string] as string)
    done = i + 1
  }
  return plain + word.slice(done)
}

/** Whether an e stands behind an a, o or u. */
export function hasDigraph(word: string): boolean {
  for (let i = 1; i < word.length; i++) {
    if (word.charCodeAt(i) !== 0x65) continue
    const before = word.charCodeAt(i - 1)
    if (before === 0x61 || before === 0x6f || before === 0x75) return true
  }
  return false
}

function foldDigraphs(word: string): string {
  if (!hasDigraph(word)) return word
  const kept = HIATUS.exec(word)?.[0].length ?? 0
  const rest = word.replace(MEETING, (meeting) => meeting.replace('ueb', 'ub'))
  let folded = rest.slice(0, kept)
  for (let index = kept; index < rest.length; index++) {
    const letter = rest[index] as string
    folded += letter
    if (rest[index + 1] !== 'e') continue
    const digraph = letter === 'a' || letter === 'o' || (letter === 'u' && !BEFORE_HIATUS.has(rest[index - 1] ?? ''))
    if (digraph) index += 1
  }
  return folded
}
