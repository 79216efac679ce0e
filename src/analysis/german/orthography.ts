import { offsetOf, type Respelling, respell } from './respelling.ts'

/**
 * Spellings that the reform of 1996 changed, or allowed beside the old ones, in everyday words: both are led to the second.
 * Patterns are for words in lower case with ss for ß; none may hit a word that is spelt so in both orthographies.
 */
const RESPELT: readonly (readonly [old: string, modern: string])[] = [
  // ph; the mathematicians' Graph stays apart from the count
  ...([
    ['phon', 'fon'],
    ['phot', 'fot'],
    ['phantas', 'fantas'],
    ['delphin', 'delfin'],
    ['symphoni', 'sinfoni'],
  ] as const),
  ...([
    ['(?<=[a-zäöü])graph', 'graf'],
    ['graph(?=[io])', 'graf'],
  ] as const),
  // t before i: Potential, essentiell
  ...([
    ['ential', 'enzial'],
    ['entiell', 'enziell'],
    ['antiell', 'anziell'],
    ['justitiar', 'justiziar'],
  ] as const),
  // like the words they come from: Nummer, Platz, tippen, stoppen, Aufwand, roh, rau
  ...([
    ['numerier', 'nummerier'],
    ['plazier', 'platzier'],
    ['^tip(?=s?$)', 'tipp'],
    ['^stop(?=s?$)', 'stopp'],
  ] as const),
  ...([
    ['aufwendig', 'aufwändig'],
    ['selbständig', 'selbstständig'],
    ['^roheit', 'rohheit'],
    ['^zäheit', 'zähheit'],
  ] as const),
  ...([
    ['(?<![bg])rauh(?!a[au])', 'rau'],
    ['känguruh', 'känguru'],
    ['stengel', 'stängel'],
    ['greuel', 'gräuel'],
  ] as const),
  ...([
    ['schneuz', 'schnäuz'],
    ['^behend', 'behänd'],
    ['schwenglich', 'schwänglich'],
    ['quentchen', 'quäntchen'],
  ] as const),
  ...([
    ['verbleu', 'verbläu'],
    ['belemmer', 'belämmer'],
    ['^gems', 'gäms'],
    ['alpdr', 'albdr'],
    ['alptr', 'albtr'],
  ] as const),
  // from other languages
  ...([
    ['portemonnaie', 'portmonee'],
    ['joghurt', 'jogurt'],
    ['spaghetti', 'spagetti'],
    ['thunfisch', 'tunfisch'],
  ] as const),
  ...([
    ['panther', 'panter'],
    ['varieté', 'varietee'],
    ['exposé', 'exposee'],
    ['mayonnaise', 'majonäse'],
  ] as const),
  ...([
    ['ketchup', 'ketschup'],
    ['katarrh', 'katarr'],
    ['hämorrhoid', 'hämorrid'],
    ['chicorée', 'schikoree'],
  ] as const),
]

/** The old orthography dropped the third of equal consonants before a vowel: Schiffahrt. */
const TRIPLE = /([bdfgklmnprst])\1\1/g
const DOUBLE = /([bdfgklmnprst])\1(?=[aeiouyäöü])/g

const OLD = new RegExp(RESPELT.map(([old]) => `(${old})`).join('|'), 'g')

/** Brings the old spelling of a word to the new one: photographie → fotografie, rauh → rau. */
export function modernised(word: Respelling): Respelling {
  if (word.key.search(OLD) < 0) return word
  return respell(word, OLD, (match, groups) => RESPELT[groups.findIndex((group) => group !== undefined)]?.[1] ?? match)
}

/** Schifffahrt as it was spelt before: what both spellings are indexed under. */
export const withoutTriples = (key: string): string => key.replace(TRIPLE, '$1$1')

/** Each way to give a word a letter back that the old orthography may have dropped: schiffahrt → schifffahrt. */
export function* withTriples(word: Respelling): Generator<Respelling> {
  for (const { 0: pair, index } of word.key.matchAll(DOUBLE)) {
    const at = index + 1
    const { key } = word
    const letters = Array.from({ length: key.length + 2 }, (_, i) => offsetOf(word, i > at ? i - 1 : i))
    yield { key: key.slice(0, at) + pair[0] + key.slice(at), offsets: letters }
  }
}
