import { keyOfForm } from '../../analysis/word/word.ts'
import { FORM_MASK, SENTENCE_BIT } from '../../search/engine/token-stream.ts'
import { scoreOf } from '../../search/ranking/completion-score.ts'
import { COST, type WorkBudget } from '../../work-budget.ts'
import type { ArticleIndex } from '../segment/segment.ts'
import type { Range } from '../segment/sorted-forms.ts'
import { type Candidate, greatest } from './candidates.ts'
import type { ScratchTables } from './scratch-tables.ts'
import type { Place, SurfaceForms } from './surface-forms.ts'

/** Tokens looked through for the pairs of one word. Those that are found are then counted in all articles. */
const TOKENS_MAX = 40_000
/** A pair of words that only one article has is no phrase. */
const ARTICLES_MIN = 2
/** Which pairs of words are looked for: those with one of these forms first, and then one of those in a range. */
export interface PairQuery {
  readonly first: readonly number[]
  /** Null for any word. */
  readonly second: Range | null
  /** Whether a pair may have the forms second as well. */
  readonly isEitherPlace: boolean
  /** Letters typed so far. */
  readonly typed: number
  /** By docId 1 for the articles that have all other words typed before; null for all. */
  readonly among: Uint8Array | null
}

/** A pair that was seen. */
interface Pair {
  readonly before: number
  readonly after: number
  /** Where it was seen first. */
  readonly place: Place
  /** In how many articles, and in which last. */
  count: number
  last: number
}

/** The best pairs of neighbours in articles, stop words and numbers left out. */
export function completePair(
  budget: WorkBudget,
  index: ArticleIndex,
  spellings: SurfaceForms,
  marks: ScratchTables,
  query: PairQuery,
  most: number,
): Candidate[] {
  const { vocabulary } = index
  const isWord = (form: number): boolean =>
    !vocabulary.isStop(form) && LETTERS.test(vocabulary.forms.at(form) as string)
  const first = query.first.filter(isWord)
  if (first.length === 0) return []
  const { pairs, isComplete } = seenPairs(budget, index, marks, { ...query, first })
  const lengthOf = (form: number): number => keyOfForm(vocabulary.forms.at(form) as string).length
  const scores = pairs.map(({ before, after, count }) =>
    count >= ARTICLES_MIN && isWord(before) && isWord(after)
      ? scoreOf(count, query.typed, lengthOf(before) + lengthOf(after))
      : 0,
  )
  return greatest(scores, most).flatMap((at) => {
    const { before, after, count, place } = pairs[at] as Pair
    const score = scores[at] as number
    if (score === 0) return []
    return {
      kind: 'phrase',
      count: () => (isComplete ? count : countPair(budget, index, marks, before, after, query.among)),
      score,
      text: () => spellings.at(place, 2),
    }
  })
}

/** Pairs in the first articles that have one of the forms, until enough tokens were looked through. */
function seenPairs(
  budget: WorkBudget,
  { formOrder, forward }: ArticleIndex,
  marks: ScratchTables,
  { first, second, isEitherPlace, among }: PairQuery,
): { pairs: Pair[]; isComplete: boolean } {
  const pairs: Pair[] = []
  // by the form known already, for each place it may have, by the other form
  const known = new Map(first.map((form) => [form, [new Map<number, Pair>(), new Map<number, Pair>()] as const]))
  const enter = (byOther: Map<number, Pair>, other: number, before: number, after: number, place: Place): void => {
    const pair = byOther.get(other)
    if (pair === undefined) {
      const seen: Pair = { before, after, place, count: 1, last: place.docId }
      byOther.set(other, seen)
      pairs.push(seen)
    } else if (pair.last !== place.docId) {
      pair.count += 1
      pair.last = place.docId
    }
  }
  const articles = marks.articlesWith(first)
  const isFirst = marks.forms(first)
  let looked = 0
  for (const docId of articles) {
    if (among !== null && among[docId] !== 1) continue
    if (looked > TOKENS_MAX) break
    const tokens = forward.tokensOf(docId)
    const { title, text } = forward.counts(docId)
    const end = title + text
    looked += end
    budget.spend(COST.comparedToken * end)
    for (let at = 0; at < end; at++) {
      const token = tokens[at] as number
      const form = token & FORM_MASK
      if (isFirst[form] !== 1) continue
      const [asFirst, asSecond] = known.get(form) as readonly [Map<number, Pair>, Map<number, Pair>]
      const next = tokens[at + 1] as number
      if (at + 1 < end && at + 1 !== title && next < SENTENCE_BIT) {
        const after = next & FORM_MASK
        if (second === null || isWithin(formOrder.place(after), second))
          enter(asFirst, after, form, after, { docId, token: at })
      }
      if (isEitherPlace && at > 0 && at !== title && token < SENTENCE_BIT) {
        const before = (tokens[at - 1] as number) & FORM_MASK
        enter(asSecond, before, before, form, { docId, token: at - 1 })
      }
    }
  }
  marks.clearForms(first)
  return { pairs, isComplete: looked <= TOKENS_MAX }
}

const LETTERS = /^\p{L}[\p{L}\p{M}-]+/u

/** How many articles have two forms next to each other; as far as they were looked through where the budget is used up. */
function countPair(
  budget: WorkBudget,
  { forward }: ArticleIndex,
  marks: ScratchTables,
  before: number,
  after: number,
  among: Uint8Array | null,
): number {
  let count = 0
  const docs = marks.articlesWithAll([[before]])
  for (const docId of marks.articlesWith([after])) {
    if (docs[docId] !== 1 || (among !== null && among[docId] !== 1)) continue
    if (budget.isSpent()) {
      budget.cut('suggestions')
      break
    }
    const tokens = forward.tokensOf(docId)
    const { title, text } = forward.counts(docId)
    budget.spend(COST.comparedToken * tokens.length)
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

const isWithin = (place: number, [first, end]: Range): boolean => place >= first && place < end
