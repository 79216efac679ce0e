import type { Analyzer } from '../../analysis/analyzer.ts'
import { extrasOf } from '../../article/extras.ts'
import type { Language, Localized } from '../../errors.ts'
import { COST, type WorkBudget } from '../../work-budget.ts'
import type { LocatedField } from '../match/locate.ts'
import type { MatchKind } from '../match/match-kind.ts'
import { Matcher, matchWords } from '../match/word-matcher.ts'
import type { ExpandedWord } from '../query/resolved-query.ts'
import type { ScoreParts } from '../rank/score-parts.ts'
import type { SearchHit } from '../rank/search-result.ts'

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
type MatchedWord = { readonly kind: MatchKind; readonly matched: string; readonly isScattered: boolean }

/** How a surface form matches one word of the query. */
type SurfaceMatch = MatchedWord & { readonly word: number }

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
/** UTF-16 units of one part of an explanation in an answer, about. */
const PART_LENGTH = 90
/** So many places of a hit are looked at. */
const PLACES_MAX = 500

/** Explains the hits of one query. What a spelling means to the query is worked out once, whichever hits have it. */
export class Explainer {
  readonly #words: readonly ExpandedWord[]
  readonly #droppedStopWords: readonly string[]
  readonly #analyzer: Analyzer
  readonly #language: Language
  readonly #budget: WorkBudget
  readonly #matcher: Matcher
  /** By surface form how it matches words of the query, ascending by word. */
  readonly #known = new Map<string, readonly SurfaceMatch[]>()

  constructor(
    words: readonly ExpandedWord[],
    droppedStopWords: readonly string[],
    analyzer: Analyzer,
    language: Language,
    budget: WorkBudget,
  ) {
    this.#words = words
    this.#droppedStopWords = droppedStopWords
    this.#analyzer = analyzer
    this.#language = language
    this.#budget = budget
    this.#matcher = new Matcher(words)
  }

  explain(hit: SearchHit): Explanation {
    const language = this.#language
    const { words: shares = [], signals = [] } = hit.parts ?? {}
    const found = this.#findMatches(hit)
    const sentences: string[] = []
    const parts: ExplanationPart[] = this.#words.map(({ surface }, at) => {
      const match = found[at] ?? null
      sentences.push(withShare(sentenceOf(surface, match, language), shares[at] ?? 0, language))
      return { word: surface, kind: match?.kind ?? 'none', matched: match?.matched ?? null, share: shares[at] ?? 0 }
    })
    for (const word of this.#droppedStopWords) {
      sentences.push(SENTENCES.stop(language, word, ''))
      parts.push({ word, kind: 'stop', matched: null, share: 0 })
    }
    for (const { signal, share } of signals) {
      if (share > 0) sentences.push(withShare(SIGNAL_NAMES[signal][language], share, language))
      parts.push({ signal, kind: 'signal', matched: null, share })
    }
    if (hit.isPinned)
      sentences.unshift({ de: 'vom Betreiber nach oben gesetzt', en: 'put at the top by the owner' }[language])
    const text = sentences.join('; ')
    this.#budget.spend(COST.output * (text.length + parts.length * PART_LENGTH))
    return { text, parts }
  }

  /** For each word the best way it matches in the hit. */
  #findMatches(hit: SearchHit): (MatchedWord | null)[] {
    const found: (MatchedWord | null)[] = this.#words.map(() => null)
    const enter = (word: number, match: MatchedWord): void => {
      const before = found[word]
      if (before === undefined) return
      if (before === null || KINDS.indexOf(match.kind) < KINDS.indexOf(before.kind)) found[word] = match
    }
    const surfaces = new Set<string>()
    let places = 0
    for (const [text, field] of [
      [hit.article.title, hit.title],
      [hit.article.text, hit.text],
    ] as const) {
      for (let i = 0; i < field.matches.length && places < PLACES_MAX; i++) {
        places += 1
        const surface = surfaceAt(text, field, i)
        surfaces.add(surface)
        const word = field.matchedWords[i] as number
        const together = field.matchedKinds[i]
        if (together) enter(word, { kind: together, matched: togetherAt(text, field, i), isScattered: false })
        else for (const match of this.#matchesOf(surface)) if (match.word === word) enter(word, match)
      }
    }
    for (const { value } of extrasOf(hit.article)) {
      if (places >= PLACES_MAX) break
      const { starts, ends, count } = this.#analyzer.analyze(value)
      this.#budget.spend(COST.valueToken * count)
      for (let i = 0; i < count && places < PLACES_MAX; i++) {
        places += 1
        surfaces.add(value.slice(starts[i], ends[i]))
      }
    }
    this.#budget.spend(COST.match * places)
    // what is marked for one word may be another too
    const isOpen = found.map((match) => match === null)
    for (const surface of surfaces)
      for (const match of this.#matchesOf(surface)) if (isOpen[match.word]) enter(match.word, match)
    return found
  }

  #matchesOf(surface: string): readonly SurfaceMatch[] {
    let matches = this.#known.get(surface)
    if (matches === undefined) {
      const one = this.#analyzer.word(surface)
      matches = this.#matcher.wordsLike(one).flatMap((word) => {
        const wanted = this.#words[word] as ExpandedWord
        const match = matchWords(one, wanted)
        if (match === null) return []
        const isScattered =
          match.kind === 'part' &&
          ![one, ...one.parts, ...one.subCompounds].some(({ term }) => term === wanted.word.term)
        return [{ word, kind: match.kind, matched: surface, isScattered }]
      })
      this.#known.set(surface, matches)
      this.#budget.spend(COST.valueToken)
    }
    return matches
  }
}

const surfaceAt = (text: string, field: LocatedField, match: number): string => {
  const token = field.matches[match] as number
  return text.slice(field.starts[token], field.ends[token])
}

/** Of a longer run only so many tokens on either side are shown. */
const TOGETHER_MAX = 100

/** The tokens in a row that match together. */
function togetherAt(text: string, field: LocatedField, match: number): string {
  const kind = field.matchedKinds[match]
  const isSame = (at: number, token: number): boolean => field.matches[at] === token && field.matchedKinds[at] === kind
  let [first, last] = [match, match]
  while (match - first < TOGETHER_MAX && isSame(first - 1, (field.matches[first] as number) - 1)) first -= 1
  while (last - match < TOGETHER_MAX && isSame(last + 1, (field.matches[last] as number) + 1)) last += 1
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

const SIGNAL_NAMES: Readonly<Record<Signal, Localized>> = {
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
