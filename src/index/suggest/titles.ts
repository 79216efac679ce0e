import { FORM_MASK } from '../../search/engine/token-stream.ts'
import { ELSEWHERE, scoreOf } from '../../search/ranking/completion-score.ts'
import { TITLE_WEIGHT } from '../../search/ranking/weights.ts'
import { COST, type WorkBudget } from '../../work-budget.ts'
import { docsByFrequency } from '../segment/docs-by-frequency.ts'
import { WHOLE } from '../segment/posting-list.ts'
import type { ArticleIndex } from '../segment/segment.ts'
import type { Range } from '../segment/sorted-forms.ts'
import { type Candidate, greatest } from './candidates.ts'

/** Titles looked through for one suggestion. */
const TITLES_MAX = 3000
/** Fewer letters are no beginning of a title. */
const TYPED_MIN = 3

/**
 * The best titles that have all words typed, the last one as a beginning.
 * @param words for each word before the last the ranges of forms it may be
 * @param last the range of forms that begin with the last
 * @param terms terms of some of these, one of which each title has
 */
export function completeTitle(
  budget: WorkBudget,
  index: ArticleIndex,
  words: readonly Range[],
  last: Range,
  terms: Iterable<string>,
  typed: number,
  most: number,
): Candidate[] {
  if (typed < TYPED_MIN) return []
  const { forward, fields, formOrder } = index
  const column = fields.column('title')
  if (column === undefined) return []
  const titles = new Map<number, { count: number; isBeginning: boolean }>()
  const wanted = [...words, last]
  for (const docId of articlesNaming(index, terms, budget)) {
    if (budget.isSpent()) {
      budget.cut('suggestions')
      break
    }
    const { title } = forward.counts(docId)
    const tokens = forward.tokensOf(docId, title)
    budget.spend(COST.value + COST.likeness * title * wanted.length)
    const isIn = ([first, end]: Range, from: number, to: number): boolean => {
      for (let at = from; at < to; at++) {
        const place = formOrder.place((tokens[at] as number) & FORM_MASK)
        if (place >= first && place < end) return true
      }
      return false
    }
    if (!wanted.every((range) => isIn(range, 0, title))) continue
    const [code] = column.codesOf(docId)
    if (code === undefined) continue
    const known = titles.get(code)
    if (known === undefined) {
      const isBeginning = wanted.every((range, at) => isIn(range, at, Math.min(at + 1, title)))
      titles.set(code, { count: 1, isBeginning })
    } else known.count += 1
  }
  const found = [...titles]
  const textOf = (code: number): string => String(column.values.at(code))
  const scores = found.map(
    ([code, { count, isBeginning }]) => scoreOf(count, typed, textOf(code).length) * (isBeginning ? 1 : ELSEWHERE),
  )
  return greatest(scores, most).map((at) => {
    const [code, { count }] = found[at] as (typeof found)[number]
    const text = (): string => textOf(code).replace(/\s+/g, ' ').trim()
    return { kind: 'title', count: () => count, score: scores[at] as number, text }
  })
}

/** The first articles that have one of these terms so often as those do that have it in the title. */
function articlesNaming(
  { postings, documents, vocabulary }: ArticleIndex,
  terms: Iterable<string>,
  budget: WorkBudget,
): number[] {
  const isSeen = new Uint8Array(documents.size)
  const found: number[] = []
  for (const term of terms) {
    if (budget.isSpent()) break
    const lists = postings.lists(vocabulary.termNumber(term), WHOLE)
    for (const { start, end } of lists) budget.spend(COST.entry * (end - start))
    for (const docId of docsByFrequency(lists, TITLE_WEIGHT)) {
      if (documents.deletedDocs[docId] === 1 || isSeen[docId] === 1) continue
      if (found.length === TITLES_MAX) return found
      isSeen[docId] = 1
      found.push(docId)
    }
  }
  return found
}
