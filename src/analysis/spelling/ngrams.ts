/** Letters of one gram. Three find too much, five too little: measured. */
const LENGTH = 4
/** Stands for the borders of a term, so that its first and last letters tell more. */
const BORDER = '_'
const LETTERS = /^\p{L}{3,}$/u
/** Longer terms are no words. */
const TERM_LENGTH_MAX = 64

/** Characters of two UTF-16 units: a gram with half of one would be no text. */
const LONG_CHARACTER = /[\ud800-\udfff]/

/** The grams of a term, each once; none where the term is a number, a code, or too short. */
export function gramsOf(term: string): string[] {
  if (term.length > TERM_LENGTH_MAX || !LETTERS.test(term)) return []
  const padded = BORDER + term + BORDER
  if (LONG_CHARACTER.test(term)) return gramsOfCharacters(Array.from(padded))
  const grams: string[] = []
  for (let at = 0; at + LENGTH <= padded.length; at++) {
    const gram = padded.slice(at, at + LENGTH)
    if (!grams.includes(gram)) grams.push(gram)
  }
  return grams
}

function gramsOfCharacters(characters: readonly string[]): string[] {
  const grams = new Set<string>()
  for (let at = 0; at + LENGTH <= characters.length; at++) grams.add(characters.slice(at, at + LENGTH).join(''))
  return [...grams]
}
