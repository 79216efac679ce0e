import { LANGUAGES, LANGUAGES_OF_WORD } from '../../language/function-words.ts'

/** UTF-16 units that are looked at: a longer query is a text, and its beginning tells its language. */
const LENGTH_MAX = 400
/** Single letters are names: Vitamin D, Plan A. */
const WORD = /\p{L}{2,}/gu
const GERMAN = LANGUAGES.indexOf('de')

/**
 * Whether a query is in another language than German: it has a function word that German has not, and none that German alone has. A query without function words may be German,
 * be it names or words that both languages have.
 */
export function isInOtherLanguage(query: string): boolean {
  let hasOther = false
  for (const word of query.slice(0, LENGTH_MAX).normalize('NFC').toLowerCase().match(WORD) ?? []) {
    const places = LANGUAGES_OF_WORD.get(word)
    if (places === undefined) continue
    if (!places.includes(GERMAN)) hasOther = true
    else if (places.length === 1) return false
  }
  return hasOther
}
