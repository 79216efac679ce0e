import {
  type FieldTokens,
  FORM_MASK,
  fieldTokensOf,
  type MatchingTokens,
  SENTENCE_BIT,
  type TokenStream,
} from '../engine/token-stream.ts'
import type { FormMatch, FormMatcher } from './form-matcher.ts'
import type { MatchKind } from './match-kind.ts'

/**
 * What of a text tells about a query, marked or not: for each token and each word of the query that it matches one entry, ascending by
 * token.
 */
export interface Evidence {
  readonly tokens: readonly number[]
  readonly words: readonly number[]
  /** How well, from 0 to 1. */
  readonly strengths: readonly number[]
  /** Which sentence it stands in: the same number for those that share one, rising from each to the next that has any. */
  readonly sentences: readonly number[]
}

const NO_EVIDENCE: Evidence = { tokens: [], words: [], strengths: [], sentences: [] }

/** The tokens of a title or text in which words of the query were found. */
export interface LocatedField extends FieldTokens {
  /** The tokens that match, ascending, and for each the index of the query word it matches. */
  readonly matches: readonly number[]
  readonly matchedWords: readonly number[]
  /** How a token matches that does so only together with its neighbours; null for all others. */
  readonly matchedKinds: readonly (MatchKind | null)[]
  /** Empty for a title. */
  readonly evidence: Evidence
}

/** A stretch of an article's tokens, title, text and extras in a row, that matches as a whole. */
export interface MarkedSpan {
  readonly first: number
  /** The token after the last. */
  readonly end: number
  readonly kind: MatchKind
  /** The query word that its tokens count for where they match none by themselves. */
  readonly word: number
}

/**
 * Finds the tokens of an article that a query's words match: the text is not read.
 * @param spans what is marked as a whole
 * @param isInPhraseOnly whether a query word is marked nowhere else
 */
export function locate(
  stream: TokenStream,
  matches: FormMatcher,
  spans: readonly MarkedSpan[] = [],
  isInPhraseOnly: (word: number) => boolean = () => false,
): { title: LocatedField; text: LocatedField } {
  const { title, text } = stream.fields()
  const { matching } = matches
  const matchOf = (form: number): FormMatch | undefined => {
    if (!matching.has(form)) return undefined
    const found = matches.of(form)
    return found.length > 0 && isInPhraseOnly((found[0] as FormMatch).word)
      ? found.find(({ word }) => !isInPhraseOnly(word))
      : found[0]
  }
  const textEnd = title.count + text.count
  const matched = [title, text].map((): TokenMatches => ({ matches: [], matchedWords: [], wholes: [], kinds: [] }))
  // a word that stands somewhere as a whole is not also marked by its scattered parts or by what looks like it; be it in a tag
  const whole = new Set<number>()
  const enterAt = (place: number, word: number, isWhole: boolean, kind: MatchKind | null): void => {
    if (isWhole) whole.add(word)
    const field = place < title.count ? 0 : 1
    if (place < textEnd) enter(matched[field] as TokenMatches, place - field * title.count, word, isWhole, kind)
  }
  const evidence = {
    tokens: [] as number[],
    words: [] as number[],
    strengths: [] as number[],
    sentences: [] as number[],
  }
  let sentence = 0
  const note = (place: number, word: number, strength: number): void => {
    if (place < title.count || place >= textEnd) return
    evidence.tokens.push(place - title.count)
    evidence.words.push(word)
    evidence.strengths.push(strength)
    evidence.sentences.push(sentence)
  }
  const spanOf = spansByToken(spans, textEnd)
  const { count, places, tokens } = spanOf === null ? stream.matching(matching) : allOf(stream)
  for (let i = 0; i < count; i++) {
    const place = places[i] as number
    if ((tokens[i] as number) >= SENTENCE_BIT) sentence += 1
    const form = (tokens[i] as number) & FORM_MASK
    const number = spanOf === null ? 0 : (spanOf[place] ?? 0)
    // a place before the first would be looked up by its name
    const span = number === 0 ? undefined : spans[number - 1]
    if (span !== undefined) {
      const word = matches.of(form)[0]?.word ?? span.word
      enterAt(place, word, true, span.kind)
      note(place, word, 1)
      continue
    }
    const match = matchOf(form)
    if (match === undefined) continue
    enterAt(place, match.word, match.whole, match.kind)
    for (const { word, strength } of matches.of(form)) if (!isInPhraseOnly(word)) note(place, word, strength)
  }
  const [titleField, textField] = [title, text].map((tokens, f) =>
    kept(tokens, matched[f] as TokenMatches, whole, f === 0 ? NO_EVIDENCE : evidence),
  )
  return { title: titleField as LocatedField, text: textField as LocatedField }
}

/** By token of title and text one more than the number of the span it belongs to; null where there are none. */
function spansByToken(spans: readonly MarkedSpan[], textEnd: number): Uint32Array | null {
  if (spans.length === 0) return null
  const numbers = new Uint32Array(textEnd)
  for (const [number, { first, end }] of spans.entries()) numbers.fill(number + 1, first, end)
  return numbers
}

/** All tokens of an article, as if all of them matched. */
function allOf({ tokens, count }: TokenStream): MatchingTokens {
  const places = new Uint32Array(count)
  for (let at = 0; at < count; at++) places[at] = at
  return { count, places, tokens }
}

/** A field's matches without those that are no whole word where the word stands somewhere whole. */
function kept(tokens: FieldTokens, field: TokenMatches, whole: ReadonlySet<number>, evidence: Evidence): LocatedField {
  const isLeftOut = (isWhole: boolean, i: number): boolean => !isWhole && whole.has(field.matchedWords[i] as number)
  if (!field.wholes.some(isLeftOut))
    return new Located(tokens, field.matches, field.matchedWords, field.kinds, evidence)
  const matches: number[] = []
  const matchedWords: number[] = []
  const matchedKinds: (MatchKind | null)[] = []
  for (let i = 0; i < field.matches.length; i++) {
    if (isLeftOut(field.wholes[i] as boolean, i)) continue
    matches.push(field.matches[i] as number)
    matchedWords.push(field.matchedWords[i] as number)
    matchedKinds.push(field.kinds[i] ?? null)
  }
  return new Located(tokens, matches, matchedWords, matchedKinds, evidence)
}

class Located implements LocatedField {
  readonly matches: readonly number[]
  readonly matchedWords: readonly number[]
  readonly matchedKinds: readonly (MatchKind | null)[]
  readonly evidence: Evidence
  readonly #tokens: FieldTokens

  constructor(
    tokens: FieldTokens,
    matches: readonly number[],
    matchedWords: readonly number[],
    matchedKinds: readonly (MatchKind | null)[],
    evidence: Evidence,
  ) {
    this.#tokens = tokens
    this.matches = matches
    this.matchedWords = matchedWords
    this.matchedKinds = matchedKinds
    this.evidence = evidence
  }

  get count(): number {
    return this.#tokens.count
  }

  startOf(token: number): number {
    return this.#tokens.startOf(token)
  }

  endOf(token: number): number {
    return this.#tokens.endOf(token)
  }

  beginsSentence(token: number): boolean {
    return this.#tokens.beginsSentence(token)
  }
}

/** A field of which nothing was read: what is shown of it is its beginning. */
export const UNREAD: LocatedField = new Located(
  fieldTokensOf(0, { starts: [], ends: [], sentences: [] }),
  [],
  [],
  [],
  NO_EVIDENCE,
)

interface TokenMatches {
  readonly matches: number[]
  readonly matchedWords: number[]
  /** Whether the token holds the whole query word, not only a part of it. */
  readonly wholes: boolean[]
  /** How a token matches where its own letters do not tell; null for all others. */
  readonly kinds: (MatchKind | null)[]
}

function enter(
  { matches, matchedWords, wholes, kinds }: TokenMatches,
  token: number,
  word: number,
  isWhole: boolean,
  kind: MatchKind | null,
): void {
  matches.push(token)
  matchedWords.push(word)
  wholes.push(isWhole)
  kinds.push(kind)
}
