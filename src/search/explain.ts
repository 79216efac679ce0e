import type { Analyzer } from '../analysis/analyzer.ts'
import type { Language } from '../errors.ts'
import type { EngineHit, LocatedField, LookedUpWord, ScoreParts } from './engine.ts'
import { extrasOf } from './extras.ts'
import { type MatchKind, matchWords } from './match.ts'

/** What one word of the query, or one signal of the whole query, gave to a hit's score. */
export type ExplanationPart =
  | {
      readonly word: string
      /** How it matched; `stop` where it was left out, `none` where the hit does not have it. */
      readonly kind: MatchKind | 'stop' | 'none'
      /** The word of the article. */
      readonly matched: string | null
      readonly share: number
    }
  | { readonly signal: Signal; readonly kind: 'signal'; readonly matched: null; readonly share: number }

/** Why a hit stands where it stands: the shares add up to its score. */
export interface Explanation {
  readonly text: string
  readonly parts: readonly ExplanationPart[]
}

type Signal = ScoreParts['signals'][number]['signal']
type Found = { readonly kind: MatchKind; readonly matched: string; readonly isScattered: boolean }

/** The best match first. */
const KINDS: readonly MatchKind[] = [
  'phrase',
  'exact',
  'folded',
  'joined',
  'number',
  'inflected',
  'synonym',
  'prefix',
  'part',
  'typo',
  'similar',
]
/** So many places of a hit are looked at. */
const PLACES_MAX = 500

export function explain(
  hit: EngineHit,
  words: readonly LookedUpWord[],
  leftOut: readonly string[],
  analyzer: Analyzer,
  language: Language,
): Explanation {
  const { words: shares = [], signals = [] } = hit.parts ?? {}
  const found = findMatches(hit, words, analyzer)
  const sentences: string[] = []
  const parts: ExplanationPart[] = words.map(({ surface }, at) => {
    const match = found[at] ?? null
    sentences.push(withShare(sentenceOf(surface, match, language), shares[at] ?? 0, language))
    return { word: surface, kind: match?.kind ?? 'none', matched: match?.matched ?? null, share: shares[at] ?? 0 }
  })
  for (const word of leftOut) {
    sentences.push(SENTENCES.stop(language, word, ''))
    parts.push({ word, kind: 'stop', matched: null, share: 0 })
  }
  for (const { signal, share } of signals) {
    if (share > 0) sentences.push(withShare(SIGNAL_NAMES[signal][language], share, language))
    parts.push({ signal, kind: 'signal', matched: null, share })
  }
  if (hit.isPinned)
    sentences.unshift({ de: 'vom Betreiber nach oben gesetzt', en: 'put at the top by the owner' }[language])
  return { text: sentences.join('; '), parts }
}

/** For each word the best way it matches in the hit. */
function findMatches(hit: EngineHit, words: readonly LookedUpWord[], analyzer: Analyzer): (Found | null)[] {
  const found: (Found | null)[] = words.map(() => null)
  const enter = (word: number, match: Found): void => {
    const before = found[word]
    if (before === undefined) return
    if (before === null || KINDS.indexOf(match.kind) < KINDS.indexOf(before.kind)) found[word] = match
  }
  const places: string[] = []
  for (const [text, field] of [
    [hit.article.title, hit.title],
    [hit.article.text, hit.text],
  ] as const) {
    for (let i = 0; i < field.matches.length && places.length < PLACES_MAX; i++) {
      const surface = surfaceAt(text, field, i)
      places.push(surface)
      const word = field.matchedWords[i] as number
      const wanted = words[word]
      const together = field.matchedKinds[i]
      if (together) enter(word, { kind: together, matched: togetherAt(text, field, i), isScattered: false })
      else if (wanted !== undefined) enterMatch(enter, word, surface, wanted, analyzer)
    }
  }
  for (const { value } of extrasOf(hit.article)) {
    const { starts, ends, count } = analyzer.analyze(value)
    for (let i = 0; i < count && places.length < PLACES_MAX; i++) places.push(value.slice(starts[i], ends[i]))
  }
  // what is marked for one word may be another too
  for (const [word, wanted] of words.entries())
    if (found[word] === null) for (const surface of places) enterMatch(enter, word, surface, wanted, analyzer)
  return found
}

function enterMatch(
  enter: (word: number, match: Found) => void,
  word: number,
  surface: string,
  wanted: LookedUpWord,
  analyzer: Analyzer,
): void {
  const one = analyzer.word(surface)
  const match = matchWords(one, wanted)
  if (match === null) return
  const isScattered =
    match.kind === 'part' && ![one, ...one.parts, ...one.inner].some(({ term }) => term === wanted.word.term)
  enter(word, { kind: match.kind, matched: surface, isScattered })
}

const surfaceAt = (text: string, field: LocatedField, match: number): string => {
  const token = field.matches[match] as number
  return text.slice(field.starts[token], field.ends[token])
}

/** The tokens in a row that match together. */
function togetherAt(text: string, field: LocatedField, match: number): string {
  const kind = field.matchedKinds[match]
  const isSame = (at: number, token: number): boolean => field.matches[at] === token && field.matchedKinds[at] === kind
  let [first, last] = [match, match]
  while (isSame(first - 1, (field.matches[first] as number) - 1)) first -= 1
  while (isSame(last + 1, (field.matches[last] as number) + 1)) last += 1
  return text.slice(field.starts[field.matches[first] as number], field.ends[field.matches[last] as number])
}

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

const SIGNAL_NAMES: Readonly<Record<Signal, Readonly<Record<Language, string>>>> = {
  spelling: { de: 'gleiche Schreibung', en: 'same spelling' },
  grams: { de: 'gleiche Buchstabenfolgen', en: 'same sequences of letters' },
  sentence: { de: 'Wörter im selben Satz', en: 'words in the same sentence' },
  pairs: { de: 'Wörter nebeneinander', en: 'words next to each other' },
  coverage: { de: 'Anteil der gefundenen Wörter', en: 'share of the words found' },
  title: { de: 'Anteil am Titel', en: 'share of the title' },
  focus: { de: 'Anteil am Artikel', en: 'share of the article' },
  phrase: { de: 'Wortgruppe genau so geschrieben', en: 'phrase spelt just so' },
  recency: { de: 'neuer Artikel', en: 'new article' },
}

function sentenceOf(word: string, match: Found | null, language: Language): string {
  if (match === null) return SENTENCES.none(language, word, '')
  return SENTENCES[match.isScattered ? 'scattered' : match.kind](language, word, match.matched)
}

const withShare = (sentence: string, share: number, language: Language): string => {
  if (share === 0) return sentence
  const number = new Intl.NumberFormat(language, { maximumFractionDigits: 2, minimumFractionDigits: 2 }).format(share)
  return `${sentence} (${number})`
}
