import type { LocatedField } from '../search/engine.ts'
import { KIND_OF_ALIAS, type MatchKind } from '../search/match.ts'
import type { QueryWord } from '../search/plan.ts'
import type { ArticleIndex } from './article-index.ts'
import type { FieldTokens } from './forward.ts'
import type { Vocabulary } from './vocabulary.ts'

/** Finds the tokens of an article that a query's words match, by the forward index: the text is not read. */
export function locate(
  index: ArticleIndex,
  ordinal: number,
  words: readonly QueryWord[],
): { title: LocatedField; text: LocatedField } {
  const { title, text } = index.forward.fields(ordinal)
  const wholes = termNumbers(index.vocabulary, words, ({ word, alternatives }) => [word.term, ...alternatives])
  const parts = termNumbers(index.vocabulary, words, ({ word }) => word.parts.map((part) => part.term))
  const wordsOf = formMatcher(index.vocabulary, wholes, parts)
  const matched = [title, text].map((tokens) => matchesOf(tokens, wordsOf))
  // a word that stands somewhere as a whole is not also marked by its scattered parts
  const whole = new Set(matched.flatMap((field) => field.matchedWords.filter((_, i) => field.wholes[i])))
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
  /** How a token matches by what it is together with its neighbours; null for all others. */
  readonly kinds: (MatchKind | null)[]
}

type FormMatch = { readonly word: number; readonly whole: boolean; readonly kind: MatchKind | null } | null

function termNumbers(
  vocabulary: Vocabulary,
  words: readonly QueryWord[],
  termsOf: (word: QueryWord) => string[],
): Map<number, number> {
  const numbers = new Map<number, number>()
  for (const [index, word] of words.entries()) {
    for (const term of termsOf(word)) {
      const number = vocabulary.termNumber(term)
      if (number !== undefined && !numbers.has(number)) numbers.set(number, index)
    }
  }
  return numbers
}

/** Which query word a form matches: as a whole, through one of the form's parts, or as one of the query word's parts. */
function formMatcher(
  vocabulary: Vocabulary,
  wholes: ReadonlyMap<number, number>,
  parts: ReadonlyMap<number, number>,
): (form: number) => FormMatch {
  const known = new Map<number, FormMatch>()
  return (form) => {
    let match = known.get(form)
    if (match !== undefined) return match
    match = matchOf(vocabulary, form, wholes, parts)
    known.set(form, match)
    return match
  }
}

function matchOf(
  vocabulary: Vocabulary,
  form: number,
  wholes: ReadonlyMap<number, number>,
  parts: ReadonlyMap<number, number>,
): FormMatch {
  const own = wholes.get(vocabulary.termOfForm(form))
  if (own !== undefined) return { word: own, whole: true, kind: null }
  const further = vocabulary.furtherTerms(form)
  const whole = further.find(({ term }) => wholes.has(term))
  if (whole !== undefined) {
    const { term, role } = whole
    return { word: wholes.get(term) as number, whole: true, kind: role === 'part' ? null : KIND_OF_ALIAS[role] }
  }
  const part = [vocabulary.termOfForm(form), ...further.map(({ term }) => term)].find((term) => parts.has(term))
  return part === undefined ? null : { word: parts.get(part) as number, whole: false, kind: null }
}

function matchesOf(tokens: FieldTokens, wordsOf: (form: number) => FormMatch): TokenMatches {
  const found: TokenMatches = { matches: [], matchedWords: [], wholes: [], kinds: [] }
  for (let token = 0; token < tokens.count; token++) {
    const match = wordsOf(tokens.forms[token] as number)
    if (match === null) continue
    found.matches.push(token)
    found.matchedWords.push(match.word)
    found.wholes.push(match.whole)
    found.kinds.push(match.kind)
  }
  return found
}
