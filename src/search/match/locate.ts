import { type FieldTokens, FORM_MASK, fieldTokensOf, type TokenStream } from '../engine/token-stream.ts'
import type { FormMatch, FormMatcher } from './form-matcher.ts'
import type { MatchKind } from './match-kind.ts'

/** The tokens of a title or text in which words of the query were found. */
export interface LocatedField extends FieldTokens {
  /** The tokens that match, ascending, and for each the index of the query word it matches. */
  readonly matches: readonly number[]
  readonly matchedWords: readonly number[]
  /** How a token matches that does so only together with its neighbours; null for all others. */
  readonly matchedKinds: readonly (MatchKind | null)[]
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
  const { tokens: all } = stream
  const { matching } = matches
  const matchOf = (form: number): FormMatch | undefined => {
    if (!matching.has(form)) return undefined
    const found = matches.of(form)
    return found.length > 0 && isInPhraseOnly((found[0] as FormMatch).word)
      ? found.find(({ word }) => !isInPhraseOnly(word))
      : found[0]
  }
  /** By token one more than the number of the span it belongs to. */
  const spanOf = new Uint32Array(spans.length === 0 ? 0 : title.count + text.count)
  for (const [number, { first, end }] of spans.entries()) spanOf.fill(number + 1, first, end)
  const matched = [title, text].map((tokens, field) => {
    const found: TokenMatches = { matches: [], matchedWords: [], wholes: [], kinds: [] }
    const start = field === 0 ? 0 : title.count
    for (let token = 0; token < tokens.count; token++) {
      const form = (all[start + token] as number) & FORM_MASK
      const number = spans.length === 0 ? 0 : (spanOf[start + token] as number)
      if (number > 0) {
        const { word, kind } = spans[number - 1] as MarkedSpan
        enter(found, token, matches.of(form)[0]?.word ?? word, true, kind)
      } else {
        const match = matchOf(form)
        if (match !== undefined) enter(found, token, match.word, match.whole, match.kind)
      }
    }
    return found
  })
  // a word that stands somewhere as a whole is not also marked by its scattered parts or by what looks like it; be it in a tag
  const whole = new Set<number>()
  for (const { matchedWords, wholes } of matched)
    for (let i = 0; i < wholes.length; i++) if (wholes[i]) whole.add(matchedWords[i] as number)
  const extras = all.subarray(title.count + text.count)
  for (let i = 0; i < extras.length; i++) {
    const match = matchOf((extras[i] as number) & FORM_MASK)
    if (match?.whole === true) whole.add(match.word)
  }
  const [titleField, textField] = [title, text].map((tokens, f) => kept(tokens, matched[f] as TokenMatches, whole))
  return { title: titleField as LocatedField, text: textField as LocatedField }
}

/** A field's matches without those that are no whole word where the word stands somewhere whole. */
function kept(tokens: FieldTokens, field: TokenMatches, whole: ReadonlySet<number>): LocatedField {
  const isLeftOut = (isWhole: boolean, i: number): boolean => !isWhole && whole.has(field.matchedWords[i] as number)
  if (!field.wholes.some(isLeftOut)) return new Located(tokens, field.matches, field.matchedWords, field.kinds)
  const matches: number[] = []
  const matchedWords: number[] = []
  const matchedKinds: (MatchKind | null)[] = []
  for (let i = 0; i < field.matches.length; i++) {
    if (isLeftOut(field.wholes[i] as boolean, i)) continue
    matches.push(field.matches[i] as number)
    matchedWords.push(field.matchedWords[i] as number)
    matchedKinds.push(field.kinds[i] ?? null)
  }
  return new Located(tokens, matches, matchedWords, matchedKinds)
}

class Located implements LocatedField {
  readonly matches: readonly number[]
  readonly matchedWords: readonly number[]
  readonly matchedKinds: readonly (MatchKind | null)[]
  readonly #tokens: FieldTokens

  constructor(
    tokens: FieldTokens,
    matches: readonly number[],
    matchedWords: readonly number[],
    matchedKinds: readonly (MatchKind | null)[],
  ) {
    this.#tokens = tokens
    this.matches = matches
    this.matchedWords = matchedWords
    this.matchedKinds = matchedKinds
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
export const UNREAD: LocatedField = new Located(fieldTokensOf(0, { starts: [], ends: [], sentences: [] }), [], [], [])

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
