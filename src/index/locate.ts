import type { LocatedField } from '../search/engine.ts'
import type { MatchKind } from '../search/match.ts'
import type { ArticleIndex } from './article-index.ts'
import type { FormMatch, FormMatches } from './form-matches.ts'
import type { FieldTokens } from './forward.ts'

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
  const whole = new Set(matched.flatMap((field) => field.matchedWords.filter((_, i) => field.wholes[i])))
  const tokens = title.count + text.count
  for (const form of index.forward.forms(ordinal).subarray(tokens)) {
    const match = matchOf(form)
    if (match?.whole === true) whole.add(match.word)
  }
  const [titleField, textField] = [title, text].map((tokens, f) => {
    const field = matched[f] as TokenMatches
    const kept = field.matches
      .map((_, i) => i)
      .filter((i) => field.wholes[i] || !whole.has(field.matchedWords[i] as number))
    return {
      ...tokens,
      matches: kept.map((i) => field.matches[i] as number),
      matchedWords: kept.map((i) => field.matchedWords[i] as number),
      matchedKinds: kept.map((i) => field.kinds[i] ?? null),
    }
  })
  return { title: titleField as LocatedField, text: textField as LocatedField }
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
