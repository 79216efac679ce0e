import type { ArticleText } from '../../article/article-text.ts'
import type { LocatedField } from '../match/locate.ts'
import { BORDER, endsClause } from './clauses.ts'
import { firstFrom } from './first-from.ts'
import { LEADING } from './leading-words.ts'
import type { Sentence } from './sentence.ts'
import { SNIPPET } from './snippet-weights.ts'

/**
 * A window without the few words behind the last border of a clause in it, where they tell nothing that stands nowhere else in it.
 * @param borders of the sentence's clauses by token from its first on
 * @param answers by token whether it answers the question
 * @param words how many there might be: at least half as many tokens are kept
 */
export function withoutRest(
  field: LocatedField,
  { first }: Sentence,
  window: Sentence,
  borders: Float64Array,
  answers: Float64Array,
  words: number,
): Sentence {
  const isBorder = (token: number): boolean => ((borders[token - first] as number) & (BORDER.ends | BORDER.joins)) !== 0
  if (isBorder(window.end)) return window
  const least = Math.max(window.end - SNIPPET.restTokens, window.first + Math.ceil(words / 2))
  let end = window.end - 1
  while (end >= least && !isBorder(end)) end -= 1
  if (end < least || answers.subarray(end - first, window.end - first).includes(1)) return window
  return tellsMore(field, window, end) ? window : { first: window.first, end }
}

/** Whether words of the query stand in a window from a token on that stand nowhere before it. */
export function tellsMore({ evidence: { tokens, words } }: LocatedField, window: Sentence, from: number): boolean {
  const [start, middle, end] = [window.first, from, window.end].map((token) => firstFrom(tokens, token))
  const before = new Set(words.slice(start, middle))
  return words.slice(middle, end).some((word: number) => !before.has(word))
}

/** So many of them are left out at most. */
const LEADING_MAX = 4

/** A stretch that ends in mid-clause without small words at its end that wait for something that is not shown: und die. */
export function withoutLeading(text: ArticleText, field: LocatedField, { first, end }: Sentence): Sentence {
  const { tokens } = field.evidence
  const least = Math.max(end - LEADING_MAX, first + 2)
  let last = end
  while (last > least && !endsClause(text, field, last)) {
    const word = text.slice(field.startOf(last - 1), field.endOf(last - 1)).toLowerCase()
    if (!LEADING.has(word) || tokens[firstFrom(tokens, last - 1)] === last - 1) break
    last -= 1
  }
  return { first, end: last }
}
