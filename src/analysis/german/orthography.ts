import { LetterRuns } from './letter-runs.ts'
import { offsetOf, type Respelling, respell } from './respelling.ts'
import { RESPELT } from './respelt.ts'

/** The old orthography dropped the third of equal consonants before a vowel: Schiffahrt. */
const TRIPLE = /([bdfgklmnprst])\1\1/g
const DOUBLE = /([bdfgklmnprst])\1(?=[aeiouyäöü])/g

const OLD = new RegExp(RESPELT.map(([old]) => `(${old})`).join('|'), 'g')
const SIGNS = new LetterRuns(
  3,
  RESPELT.map(([, , sign]) => sign),
)

/** Brings the old spelling of a word to the new one: photographie → fotografie, rauh → rau. */
export function modernised(word: Respelling): Respelling {
  if (!SIGNS.mayHave(word.key) || word.key.search(OLD) < 0) return word
  return respell(word, OLD, (match, groups) => RESPELT[groups.findIndex((group) => group !== undefined)]?.[1] ?? match)
}

/** Schifffahrt as it was spelt before: what both spellings are indexed under. */
export function withoutTriples(key: string): string {
  // nearly no word has the same letter three times on end
  for (let i = 2; i < key.length; i++) {
    const code = key.charCodeAt(i)
    if (code === key.charCodeAt(i - 1) && code === key.charCodeAt(i - 2)) return key.replace(TRIPLE, '$1$1')
  }
  return key
}

/** Each way to give a word a letter back that the old orthography may have dropped: schiffahrt → schifffahrt. */
export function withTriples(word: Respelling): Respelling[] {
  const { key } = word
  if (!hasPair(key)) return []
  return Array.from(key.matchAll(DOUBLE), ({ 0: pair, index }) => {
    const at = index + 1
    const letters = Array.from({ length: key.length + 2 }, (_, i) => offsetOf(word, i > at ? i - 1 : i))
    return { key: key.slice(0, at) + pair[0] + key.slice(at), offsets: letters }
  })
}

/** Whether it may be spelt otherwise by `withTriples`. */
export function hasPair(key: string): boolean {
  for (let i = 1; i < key.length; i++) if (key.charCodeAt(i) === key.charCodeAt(i - 1)) return true
  return false
}
