import { HIATUS_BEGINNINGS, HIATUS_WORDS, UMLAUT_AFTER_VOWEL } from './digraphs.ts'

const HAS_DIGRAPH = /[aou]e/
const NOT_ASCII = /[\u0080-\u{10ffff}]/u
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
  if (!NOT_ASCII.test(word)) return foldDigraphs(word)
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

function foldDigraphs(word: string): string {
  if (!HAS_DIGRAPH.test(word)) return word
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
