import { TITLE_WEIGHT } from '../../search/ranking/weights.ts'
import type { ArticleIndex } from '../article-index.ts'
import type { Range } from '../form-order.ts'
import { FORM_MASK } from '../forward.ts'
import { WHOLE } from '../postings.ts'
import { type Candidate, worthOf } from './candidates.ts'

/** Titles looked through for one suggestion. */
const TITLES_MAX = 5000
/** A title that begins with what was typed comes before one that has it elsewhere. */
const ELSEWHERE = 0.6
/** Fewer letters are no beginning of a title. */
const TYPED_MIN = 3

/**
 * Titles that have all words typed, the last one as a beginning.
 * @param words for each word before the last the ranges of forms it may be
 * @param last the range of forms that begin with the last
 * @param terms terms of some of these, one of which each title has
 */
export function completeTitle(
  index: ArticleIndex,
  words: readonly Range[],
  last: Range,
  terms: Iterable<string>,
  typed: number,
): Candidate[] {
  if (typed < TYPED_MIN) return []
  const { postings, documents, forward, fields, formOrder } = index
  const column = fields.column('title')
  if (column === undefined) return []
  const titles = new Map<number, { count: number; isBeginning: boolean }>()
  const seen = new Set<number>()
  const wanted = [...words, last]
  for (const term of terms) {
    // whoever has a word in the title has it more than once
    for (const ordinals of postings.slots(term, WHOLE).slice(TITLE_WEIGHT - 1)) {
      for (const ordinal of ordinals ?? []) {
        if (seen.size >= TITLES_MAX) break
        if (documents.dead[ordinal] === 1 || seen.has(ordinal)) continue
        seen.add(ordinal)
        const tokens = forward.tokensOf(ordinal)
        const { title } = forward.counts(ordinal)
        const isIn = (range: Range, from: number, to: number): boolean => {
          for (let at = from; at < to; at++)
            if (formOrder.isWithin((tokens[at] as number) & FORM_MASK, range)) return true
          return false
        }
        if (!wanted.every((range) => isIn(range, 0, title))) continue
        const [code] = column.codesOf(ordinal)
        if (code === undefined) continue
        const known = titles.get(code)
        const isBeginning = wanted.every((range, at) => isIn(range, at, Math.min(at + 1, title)))
        titles.set(code, { count: (known?.count ?? 0) + 1, isBeginning })
      }
    }
  }
  return Array.from(titles, ([code, { count, isBeginning }]) => {
    const text = String(column.values[code])
    const worth = worthOf(count, typed, text.length) * (isBeginning ? 1 : ELSEWHERE)
    return { kind: 'title' as const, count: () => count, worth, text: () => text.replace(/\s+/g, ' ').trim() }
  })
}
