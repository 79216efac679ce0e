/** Tells by the code of a letter whether it is one of some: 1 at each of theirs. What is not in the table, as behind a word's end, is none. */
export type Letters = Readonly<Uint8Array>

/** @param letters of Latin-1 */
export function lettersOf(letters: string): Letters {
  const table = new Uint8Array(0x100)
  for (const letter of letters) table[letter.charCodeAt(0)] = 1
  return table
}

/** Whether the letter at a place is one of `letters`; false outside the word. */
export const isAt = (word: string, place: number, letters: Letters): boolean => letters[word.charCodeAt(place)] === 1

const UMLAUTS = lettersOf('äöü')
const VOWELS: Readonly<Record<string, string>> = { ä: 'a', ö: 'o', ü: 'u' }

/** The word without the dots of its umlauts. */
export function withoutUmlauts(word: string): string {
  for (let i = 0; i < word.length; i++)
    if (isAt(word, i, UMLAUTS)) return word.replace(/[äöü]/g, (letter) => VOWELS[letter] as string)
  return word
}
