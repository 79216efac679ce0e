// The room `language`: which language a text or a query is written in, by tables of function words. It knows neither articles nor the analysis of German.

import { type FunctionWordLanguage, LANGUAGES, LANGUAGES_OF_WORD } from './function-words.ts'
import { SCRIPT_LANGUAGES, type ScriptLanguage, scriptLanguage } from './scripts.ts'
import { primarySubtag } from './tags.ts'

export type ToldLanguage = FunctionWordLanguage | ScriptLanguage

/** What a text says of its language. */
export interface LanguageReading {
  /** Null where nothing is sure. */
  readonly language: ToldLanguage | null
  /** Whether the text is long enough, and other languages far enough, to contradict somebody who says otherwise. */
  readonly isClear: boolean
}

/** Shorter texts tell nothing: names, lists, a line under a picture. */
const WORDS_MIN = 20
const CLEAR_WORDS_MIN = 40
/** UTF-16 units that are looked at, at the beginning and again in the middle of a longer text. */
const SAMPLE_LENGTH = 2000
/** Function words of the best language as a share of all words, where such words as several languages have count for less: sentences have more, lists of names and code less. */
const SHARE_MIN = 0.12
/** As much is enough where the second language has at most a third of that: headings, links and names of files stand between the sentences. */
const CERTAIN_SHARE_MIN = 0.05
const CERTAIN_SECOND_MAX = 0.33
/** Different function words: one that is part of a name, as in Los Angeles, may come ten times. */
const DISTINCT_MIN = 5
/** How much of the best language the second may have. */
const SECOND_MAX = 0.75
/** With so much German, of what the best language has, a text is German that quotes the other or has code in it. */
const GERMAN_BESIDE = 0.25
/** Of what the language told has, so much of another does not make it less clear. */
const CLEAR_SECOND_MAX = 0.4
/** Mixing these two up does no harm, but not telling them from German would. */
const NEAR_TWINS: ReadonlySet<string> = new Set(['da', 'no'])

const WORD = /\p{L}+/gu
const GERMAN = LANGUAGES.indexOf('de')
const UNSURE: LanguageReading = { language: null, isClear: false }

/**
 * Tells the language of a text by its function words, or by its script where that is no Latin one. A text that is German in good part is German, whatever it quotes:
 * a German article that is told as another one is worse than one that is not told.
 * Takes time in proportion to at most 4,000 characters. Never fails.
 */
export function languageOfText(text: string): LanguageReading {
  const sample = sampleOf(text).normalize('NFC').toLowerCase()
  const byScript = scriptLanguage(sample)
  if (byScript !== 'latin') return { language: byScript, isClear: byScript !== null }
  const words = sample.match(WORD) ?? []
  if (words.length < WORDS_MIN) return UNSURE
  const { scores, distinct } = counted(words)
  const ranked = [...scores.keys()].sort((a, b) => (scores[b] as number) - (scores[a] as number))
  const scoreOf = (rank: number): number => scores[ranked[rank] as number] as number
  const german = scores[GERMAN] as number
  const place =
    german >= GERMAN_BESIDE * scoreOf(0) && (distinct[GERMAN] as number) >= DISTINCT_MIN ? GERMAN : ranked[0]
  if (place === undefined || (distinct[place] as number) < DISTINCT_MIN) return UNSURE
  const language = LANGUAGES[place] as FunctionWordLanguage
  const score = scores[place] as number
  const others = ranked.filter((other) => other !== place && !areNearTwins(language, LANGUAGES[other] as string))
  const second = scores[others[0] as number] as number
  const shareMin = second > CERTAIN_SECOND_MAX * score ? SHARE_MIN : CERTAIN_SHARE_MIN
  if (scoreOf(0) < shareMin * words.length) return UNSURE
  if (place !== GERMAN && second > SECOND_MAX * score) return UNSURE
  return { language, isClear: words.length >= CLEAR_WORDS_MIN && second <= CLEAR_SECOND_MAX * score }
}

/** By place in `LANGUAGES`: what all words count for it, and how many different ones do. */
function counted(words: readonly string[]): { readonly scores: Float64Array; readonly distinct: Uint32Array } {
  const scores = new Float64Array(LANGUAGES.length)
  const distinct = new Uint32Array(LANGUAGES.length)
  const met = new Set<string>()
  for (const word of words) {
    const places = LANGUAGES_OF_WORD.get(word)
    if (places === undefined) continue
    const isNew = !met.has(word)
    if (isNew) met.add(word)
    for (const place of places) {
      scores[place] = (scores[place] as number) + 1 / places.length
      if (isNew) distinct[place] = (distinct[place] as number) + 1
    }
  }
  return { scores, distinct }
}

const TOLD: ReadonlySet<string> = new Set([...LANGUAGES, ...SCRIPT_LANGUAGES])

/** Whether a tag, such as `de-AT`, names a language that texts are told as. */
export const isTold = (tag: string): boolean => TOLD.has(primarySubtag(tag) ?? '')

/** Whether a tag names this language, or one that it may be taken for. */
export function isSameLanguage(tag: string, language: ToldLanguage): boolean {
  const primary = primarySubtag(tag) ?? ''
  return primary === language || areNearTwins(primary, language)
}

const areNearTwins = (one: string, other: string): boolean => NEAR_TWINS.has(one) && NEAR_TWINS.has(other)

function sampleOf(text: string): string {
  if (text.length <= 2 * SAMPLE_LENGTH) return text
  const middle = Math.max(SAMPLE_LENGTH, (text.length - SAMPLE_LENGTH) >> 1)
  // the words at the cuts may be halves: two of hundreds
  return `${text.slice(0, SAMPLE_LENGTH)} ${text.slice(middle, middle + SAMPLE_LENGTH)}`
}
