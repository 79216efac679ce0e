import { HIATUS_BEGINNINGS } from './digraphs.ts'

const HAS_DIGRAPH = /[aou]e/
const NOT_ASCII = /[\u0080-\u{10ffff}]/u
const VOWELS = new Set('aeiouyäöü')
const HIATUS = new RegExp(`^(?:${HIATUS_BEGINNINGS.join('|')})`)

/** Letters that stay after decomposition but are typed without their stroke or ligature. */
const STROKES: Readonly<Record<string, string>> = {
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
 * A digraph after a vowel or q is two sounds and stays (Treue, Quelle), so does that of a word in digraphs.ts (Israel).
 * The same for NFC and NFD; folding twice changes nothing more for words without such digraphs.
 */
export function fold(word: string): string {
  let folded = word
  if (NOT_ASCII.test(folded)) {
    folded = folded.normalize('NFKC').toLowerCase()
    folded = foldDigraphs(folded)
    folded = folded.replace(/[\u0080-\u{10ffff}]/gu, (letter) => STROKES[letter] ?? letter)
    // only Latin, Greek and Cyrillic letters lose their marks; elsewhere marks are vowels
    folded = folded
      .normalize('NFD')
      .replace(/(?<=[\p{Script=Latin}\p{Script=Greek}\p{Script=Cyrillic}]\p{M}*)\p{M}/gu, '')
    return folded.normalize('NFC').replace(/[^\p{L}\p{M}\p{N}.]/gu, '')
  }
  return foldDigraphs(folded)
}

function foldDigraphs(word: string): string {
  if (!HAS_DIGRAPH.test(word) || HIATUS.test(word)) return word
  let folded = ''
  for (let index = 0; index < word.length; index++) {
    const letter = word[index] as string
    folded += letter
    const digraph = word[index + 1] === 'e' && (letter === 'a' || letter === 'o' || letter === 'u')
    if (digraph && !isHiatus(word[index - 1])) index += 1
  }
  return folded
}

const isHiatus = (before: string | undefined): boolean => before !== undefined && (before === 'q' || VOWELS.has(before))
