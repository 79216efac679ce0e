import type { LocatedField } from '../search/engine.ts'
import type { QueryPlan } from '../search/plan.ts'
import type { ArticleIndex } from './article-index.ts'
import type { FieldTokens } from './forward.ts'
import type { Vocabulary } from './vocabulary.ts'

/** Finds the tokens of an article that a query's words match, by the forward index: the text is not read. */
export function locate(
  index: ArticleIndex,
  ordinal: number,
  plan: QueryPlan,
): { title: LocatedField; text: LocatedField } {
  const { title, text } = index.forward.fields(ordinal)
  const wholes = termNumbers(index.vocabulary, plan, (word) => [word.term])
  const parts = termNumbers(index.vocabulary, plan, (word) => word.parts.map((part) => part.term))
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
    }
  })
  return { title: titleField as LocatedField, text: textField as LocatedField }
}

interface TokenMatches {
  readonly matches: number[]
  readonly matchedWords: number[]
  /** Whether the token holds the whole query word, not only a part of it. */
  readonly wholes: boolean[]
}

type FormMatch = { readonly word: number; readonly whole: boolean } | null

function termNumbers(
  vocabulary: Vocabulary,
  plan: QueryPlan,
  termsOf: (word: QueryPlan['words'][number]['word']) => string[],
): Map<number, number> {
  const numbers = new Map<number, number>()
  for (const [index, { word }] of plan.words.entries()) {
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
    const terms = [vocabulary.termOfForm(form), ...vocabulary.partsOfForm(form)]
    const whole = terms.find((term) => wholes.has(term))
    const part = terms.find((term) => parts.has(term))
    if (whole !== undefined) match = { word: wholes.get(whole) as number, whole: true }
    else match = part === undefined ? null : { word: parts.get(part) as number, whole: false }
    known.set(form, match)
    return match
  }
}

function matchesOf(tokens: FieldTokens, wordsOf: (form: number) => FormMatch): TokenMatches {
  const found: TokenMatches = { matches: [], matchedWords: [], wholes: [] }
  for (let token = 0; token < tokens.count; token++) {
    const match = wordsOf(tokens.forms[token] as number)
    if (match === null) continue
    found.matches.push(token)
    found.matchedWords.push(match.word)
    found.wholes.push(match.whole)
  }
  return found
}
