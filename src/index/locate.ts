import type { LocatedField } from '../search/engine.ts'
import type { MatchKind } from '../search/match.ts'
import type { ArticleIndex } from './article-index.ts'
import type { FormMatch, FormMatches } from './form-matches.ts'
import { type FieldTokens, FORM_MASK } from './forward.ts'

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
 * Finds the tokens of an article that a query's words match, by the forward index: the text is not read.
 * @param spans what is marked as a whole
 * @param isInPhraseOnly whether a query word is marked nowhere else
 */
export function locate(
  index: ArticleIndex,
  ordinal: number,
  matches: FormMatches,
  spans: readonly MarkedSpan[] = [],
  isInPhraseOnly: (word: number) => boolean = () => false,
): { title: LocatedField; text: LocatedField } {
  const { title, text } = index.forward.fields(ordinal)
  const matchOf = (form: number): FormMatch | undefined => {
    const found = matches.of(form)
    return found.length > 0 && isInPhraseOnly((found[0] as FormMatch).word)
      ? found.find(({ word }) => !isInPhraseOnly(word))
      : found[0]
  }
  const spanned = new Map<number, MarkedSpan>()
  for (const span of spans) for (let token = span.first; token < span.end; token++) spanned.set(token, span)
  const matched = [title, text].map((tokens, field) =>
    matchesOf(tokens, (form, token) => {
      const span = spanned.size === 0 ? undefined : spanned.get(field === 0 ? token : title.count + token)
      if (span === undefined) return matchOf(form)
      const word = matches.of(form)[0]?.word ?? span.word
      return { word, strength: 1, whole: true, kind: span.kind }
    }),
  )
  // a word that stands somewhere as a whole is not also marked by its scattered parts or by what looks like it; be it in a tag
  const whole = new Set<number>()
  for (const { matchedWords, wholes } of matched)
    for (let i = 0; i < wholes.length; i++) if (wholes[i]) whole.add(matchedWords[i] as number)
  const extras = index.forward.tokensOf(ordinal).subarray(title.count + text.count)
  for (let i = 0; i < extras.length; i++) {
    const match = matchOf((extras[i] as number) & FORM_MASK)
    if (match?.whole === true) whole.add(match.word)
  }
  const [titleField, textField] = [title, text].map((tokens, f) => kept(tokens, matched[f] as TokenMatches, whole))
  return { title: titleField as LocatedField, text: textField as LocatedField }
}

/** A field's matches without those that are no whole word where the word stands somewhere whole. */
function kept(tokens: FieldTokens, field: TokenMatches, whole: ReadonlySet<number>): LocatedField {
  const matches: number[] = []
  const matchedWords: number[] = []
  const matchedKinds: (MatchKind | null)[] = []
  for (let i = 0; i < field.matches.length; i++) {
    const word = field.matchedWords[i] as number
    if (!field.wholes[i] && whole.has(word)) continue
    matches.push(field.matches[i] as number)
    matchedWords.push(word)
    matchedKinds.push(field.kinds[i] ?? null)
  }
  return { ...tokens, matches, matchedWords, matchedKinds }
}

/** A field of which nothing was read: what is shown of it is its beginning. */
export const UNREAD: LocatedField = {
  count: 0,
  starts: new Uint32Array(0),
  ends: new Uint32Array(0),
  sentences: new Uint8Array(0),
  matches: [],
  matchedWords: [],
  matchedKinds: [],
}

interface TokenMatches {
  readonly matches: number[]
  readonly matchedWords: number[]
  /** Whether the token holds the whole query word, not only a part of it. */
  readonly wholes: boolean[]
  /** How a token matches where its own letters do not tell; null for all others. */
  readonly kinds: (MatchKind | null)[]
}

function matchesOf(tokens: FieldTokens, matchOf: (form: number, token: number) => FormMatch | undefined): TokenMatches {
  const found: TokenMatches = { matches: [], matchedWords: [], wholes: [], kinds: [] }
  for (let token = 0; token < tokens.count; token++) {
    const match = matchOf(tokens.forms[token] as number, token)
    if (match === undefined) continue
    found.matches.push(token)
    found.matchedWords.push(match.word)
    found.wholes.push(match.whole)
    found.kinds.push(match.kind)
  }
  return found
}
