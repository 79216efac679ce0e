import { LANGUAGES, LANGUAGES_OF_WORD } from '../../language/function-words.ts'

/** UTF-16 units that are looked at: a longer query is a text, and its beginning tells its language. */
const LENGTH_MAX = 400
/** Single letters are names: Vitamin D, Plan A. */
const WORD = /\p{L}{2,}/gu
const GERMAN = LANGUAGES.indexOf('de')

/**
 * Whether a query is in another language than German: that has more of its function words than German has. A query without function words may be German, be it names or
 * words that both languages have.
 */
export function isInOtherLanguage(query: string): boolean {
  const counts = new Uint32Array(LANGUAGES.length)
  for (const word of query.slice(0, LENGTH_MAX).normalize('NFC').toLowerCase().match(WORD) ?? [])
    for (const place of LANGUAGES_OF_WORD.get(word) ?? []) counts[place] = (counts[place] as number) + 1
  return Math.max(...counts) > (counts[GERMAN] as number)
}
