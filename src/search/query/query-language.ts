import type { Analyzer } from '../../analysis/analyzer.ts'
import { LANGUAGES, LANGUAGES_OF_WORD } from '../../language/function-words.ts'

/** A query of more words is a text; its beginning tells its language. */
const WORDS_MAX = 40
/** UTF-16 units of so many words, about. */
const LENGTH_MAX = 400
/** Single letters are names: Vitamin D, Plan A. */
const WORD = /\p{L}{2,}/gu
const GERMAN = LANGUAGES.indexOf('de')
/** So many function words of another language tell it, whatever stands beside them. */
const CERTAIN = 2

/**
 * Whether a query is in another language than German: it has function words of one that German has not, none that only German has, and of its other words not all are German
 * ones. A query without function words may be German, be it names or words of both languages.
 */
export function isInOtherLanguage(query: string, analyzer: Analyzer): boolean {
  const words = query.slice(0, LENGTH_MAX).normalize('NFC').match(WORD)?.slice(0, WORDS_MAX) ?? []
  const counts = new Uint32Array(LANGUAGES.length)
  const others: string[] = []
  for (const word of words) {
    const places = LANGUAGES_OF_WORD.get(word.toLowerCase())
    if (places === undefined) others.push(word)
    else if (!places.includes(GERMAN)) for (const place of places) counts[place] = (counts[place] as number) + 1
    else if (places.length === 1) return false
  }
  const most = Math.max(...counts)
  if (most === 0) return false
  return most >= CERTAIN || others.length === 0 || others.some((word) => !analyzer.knows(word))
}
