import type { Language, Localized } from '../../errors.ts'
import type { ScoreParts } from '../rank/score-parts.ts'
import type { MatchedWord } from './matched-words.ts'

// What an explanation says, in both languages; explain.ts decides of what.

export type Signal = ScoreParts['signals'][number]['signal']

type Sentence = (language: Language, word: string, matched: string) => string

const both =
  (de: (word: string, matched: string) => string, en: (word: string, matched: string) => string): Sentence =>
  (language, word, matched) =>
    language === 'de' ? de(`„${word}“`, `„${matched}“`) : en(`“${word}”`, `“${matched}”`)

const SENTENCES = {
  exact: both(
    (word) => `${word} genau so`,
    (word) => `${word} just so`,
  ),
  folded: both(
    (word, matched) => `${word} als ${matched}`,
    (word, matched) => `${word} as ${matched}`,
  ),
  joined: both(
    (word, matched) => `${word} als ${matched}`,
    (word, matched) => `${word} as ${matched}`,
  ),
  number: both(
    (word, matched) => `${word} als ${matched}`,
    (word, matched) => `${word} as ${matched}`,
  ),
  inflected: both(
    (word, matched) => `${word} in der Form ${matched}`,
    (word, matched) => `${word} in the form ${matched}`,
  ),
  part: both(
    (word, matched) => `${word} als Teil von ${matched}`,
    (word, matched) => `${word} as a part of ${matched}`,
  ),
  scattered: both(
    (word, matched) => `${word} in seinen Teilen, etwa ${matched}`,
    (word, matched) => `${word} by its parts, such as ${matched}`,
  ),
  prefix: both(
    (word, matched) => `${word} als Anfang von ${matched}`,
    (word, matched) => `${word} as the beginning of ${matched}`,
  ),
  synonym: both(
    (word, matched) => `${word} gleichbedeutend mit ${matched}`,
    (word, matched) => `${word} meaning the same as ${matched}`,
  ),
  phrase: both(
    (word, matched) => `${word} in der Wortgruppe ${matched}`,
    (word, matched) => `${word} in the phrase ${matched}`,
  ),
  typo: both(
    (word, matched) => `${word} als ${matched} gelesen`,
    (word, matched) => `${word} read as ${matched}`,
  ),
  similar: both(
    (word, matched) => `${word} ähnlich ${matched}`,
    (word, matched) => `${word} similar to ${matched}`,
  ),
  none: both(
    (word) => `${word} kommt nicht vor`,
    (word) => `${word} does not occur`,
  ),
  stop: both(
    (word) => `${word} weggelassen`,
    (word) => `${word} left out`,
  ),
} as const satisfies Record<string, Sentence>

const SIGNAL_NAMES: Readonly<Record<Signal, Localized>> = {
  spelling: { de: 'gleiche Schreibung', en: 'same spelling' },
  grams: { de: 'gleiche Buchstabenfolgen', en: 'same sequences of letters' },
  sentence: { de: 'Wörter im selben Satz', en: 'words in the same sentence' },
  pairs: { de: 'Wörter nebeneinander', en: 'words next to each other' },
  coverage: { de: 'Anteil der gefundenen Wörter', en: 'share of the words found' },
  title: { de: 'Anteil am Titel', en: 'share of the title' },
  wholeTitle: { de: 'der ganze Titel ist gesucht', en: 'all of the title is wanted' },
  heading: { de: 'Anteil an einer Überschrift', en: 'share of a heading' },
  lead: { de: 'am Anfang des Artikels', en: 'at the beginning of the article' },
  focus: { de: 'Anteil am Artikel', en: 'share of the article' },
  phrase: { de: 'Wortgruppe genau so geschrieben', en: 'phrase spelt just so' },
  recency: { de: 'neuer Artikel', en: 'new article' },
  language: { de: 'in einer anderen Sprache', en: 'in another language' },
}

const PINNED: Localized = { de: 'vom Betreiber nach oben gesetzt', en: 'put at the top by the owner' }

/** How a word of the query was found in the hit; null where it was not. */
export function wordSentence(word: string, match: MatchedWord | null, share: number, language: Language): string {
  return withShare(sentenceOf(word, match, language), share, language)
}

/** Of a word that was left out of the query. */
export const stopSentence = (word: string, language: Language): string => SENTENCES.stop(language, word, '')

export const signalSentence = (signal: Signal, share: number, language: Language): string =>
  withShare(SIGNAL_NAMES[signal][language], share, language)

export const pinnedSentence = (language: Language): string => PINNED[language]

function sentenceOf(word: string, match: MatchedWord | null, language: Language): string {
  if (match === null) return SENTENCES.none(language, word, '')
  return SENTENCES[match.isScattered ? 'scattered' : match.kind](language, word, match.matched)
}

/** Making one takes forty times as long as using it. */
const SHARES: Readonly<Record<Language, Intl.NumberFormat>> = {
  de: new Intl.NumberFormat('de', { maximumFractionDigits: 2, minimumFractionDigits: 2 }),
  en: new Intl.NumberFormat('en', { maximumFractionDigits: 2, minimumFractionDigits: 2 }),
}

const withShare = (sentence: string, share: number, language: Language): string => {
  if (share === 0) return sentence
  return `${sentence} (${SHARES[language].format(share)})`
}
