import { keyOfForm } from '../../analysis/word.ts'
import type { ArticleIndex } from '../article-index.ts'
import type { Range } from '../form-order.ts'
import { FORM_MASK, SENTENCE_BIT } from '../forward.ts'
import type { Place, Spellings } from '../spellings.ts'
import { type Candidate, worthOf } from './candidates.ts'
import type { Marks } from './marks.ts'

/** Tokens looked through for the pairs of one word. Those that are found are then counted in all articles. */
const TOKENS_MAX = 40_000
/** A pair of words that only one article has is no phrase. */
const ARTICLES_MIN = 2
/** Forms are packed in pairs. */
const FORM_SPAN = 2 ** 26

/** Which pairs of words are looked for: those with one of these forms first, and then one of those in a range. */
export interface PairQuery {
  readonly first: readonly number[]
  /** Null for any word. */
  readonly second: Range | null
  /** Whether a pair may have the forms second as well. */
  readonly isEitherPlace: boolean
  /** Letters typed so far. */
  readonly typed: number
  /** By ordinal 1 for the articles that have all other words typed before; null for all. */
  readonly among: Uint8Array | null
}

/** Pairs of neighbours in articles, stop words and numbers left out. */
export function completePair(index: ArticleIndex, spellings: Spellings, marks: Marks, query: PairQuery): Candidate[] {
  const { vocabulary, formOrder, forward } = index
  const { first, second, isEitherPlace, typed, among } = query
  const pairs = new Map<number, { count: number; last: number; place: Place }>()
  const isFirst = marks.forms(first)
  let looked = 0
  for (const ordinal of marks.articlesWith(first)) {
    if (among !== null && among[ordinal] !== 1) continue
    if (looked > TOKENS_MAX) break
    const tokens = forward.tokensOf(ordinal)
    const { title, text } = forward.counts(ordinal)
    const end = title + text
    looked += end
    const enter = (before: number, form: number, at: number): void => {
      const name = before * FORM_SPAN + form
      const known = pairs.get(name)
      if (known === undefined) pairs.set(name, { count: 1, last: ordinal, place: { ordinal, token: at - 1 } })
      else if (known.last !== ordinal) {
        known.count += 1
        known.last = ordinal
      }
    }
    for (let at = 0; at < end; at++) {
      const form = (tokens[at] as number) & FORM_MASK
      if (isFirst[form] !== 1) continue
      const next = tokens[at + 1] as number
      if (at + 1 < end && at + 1 !== title && next < SENTENCE_BIT) {
        const after = next & FORM_MASK
        if (second === null || formOrder.isWithin(after, second)) enter(form, after, at + 1)
      }
      if (isEitherPlace && at > 0 && at !== title && (tokens[at] as number) < SENTENCE_BIT)
        enter((tokens[at - 1] as number) & FORM_MASK, form, at)
    }
  }
  marks.clearForms(first)
  const isComplete = looked <= TOKENS_MAX
  const isWord = (form: number): boolean => !vocabulary.isStop(form) && LETTERS.test(vocabulary.forms[form] as string)
  const candidates: Candidate[] = []
  for (const [name, { count, place }] of pairs) {
    const [before, after] = [Math.floor(name / FORM_SPAN), name % FORM_SPAN]
    if (count < ARTICLES_MIN || !isWord(before) || !isWord(after)) continue
    const whole =
      keyOfForm(vocabulary.forms[before] as string).length + keyOfForm(vocabulary.forms[after] as string).length
    candidates.push({
      kind: 'phrase',
      count: () => (isComplete ? count : countPair(index, marks, before, after, among)),
      worth: worthOf(count, typed, whole),
      text: () => spellings.at(place, 2),
    })
  }
  return candidates
}

const LETTERS = /^\p{L}[\p{L}\p{M}-]+/u

/** How many articles have two forms next to each other. */
function countPair(
  { forward }: ArticleIndex,
  marks: Marks,
  before: number,
  after: number,
  among: Uint8Array | null,
): number {
  let count = 0
  for (const ordinal of marks.articlesWithBoth(before, after)) {
    if (among !== null && among[ordinal] !== 1) continue
    const tokens = forward.tokensOf(ordinal)
    const { title, text } = forward.counts(ordinal)
    for (let at = 1; at < title + text; at++) {
      if (((tokens[at] as number) & FORM_MASK) !== after || at === title || (tokens[at] as number) >= SENTENCE_BIT)
        continue
      if (((tokens[at - 1] as number) & FORM_MASK) !== before) continue
      count += 1
      break
    }
  }
  return count
}
