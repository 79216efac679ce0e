import { orderKey } from '../../analysis/german/order-key.ts'
import { keyOfForm } from '../../analysis/word/word.ts'
import { OTHER_DOTS, SLIP, scoreOf } from '../../search/ranking/completion-score.ts'
import { COST, type WorkBudget } from '../../work-budget.ts'
import type { ArticleIndex } from '../segment/segment.ts'
import type { Range } from '../segment/sorted-forms.ts'
import type { Candidate } from './candidates.ts'
import type { SurfaceForms } from './surface-forms.ts'

/** A word that what was typed may be the beginning of. */
export interface WordCompletion {
  /** The most frequent of its forms that begin so. */
  readonly form: number
  readonly count: number
  readonly score: number
}

/** So many of the most frequent forms in a range are looked at. */
const FORMS_MAX = 200
/** Shorter beginnings are not taken for mistyped. */
const SLIP_MIN = 4

/**
 * The words that begin with what was typed, or nearly so where few do; the best first.
 * @param typed in lower case
 */
export function completeWord(index: ArticleIndex, typed: string, most: number, budget: WorkBudget): WordCompletion[] {
  const prefix = orderKey(typed)
  if (prefix === '') return []
  const found = completionsIn(index, [index.formOrder.range(prefix)], typed, 1, budget)
  if (found.length < most && prefix.length >= SLIP_MIN) {
    const known = new Set(found.map(({ form }) => index.vocabulary.termOfForm(form)))
    const near = completionsIn(index, index.formOrder.rangesNear(prefix), typed, SLIP, budget)
    found.push(...near.filter(({ form }) => !known.has(index.vocabulary.termOfForm(form))))
  }
  return found.sort((a, b) => b.score - a.score || a.form - b.form)
}

function completionsIn(
  index: ArticleIndex,
  ranges: readonly Range[],
  typed: string,
  factor: number,
  budget: WorkBudget,
): WordCompletion[] {
  const { vocabulary, formOrder } = index
  const frequent: { form: number; count: number }[] = []
  let least = 1
  for (const [first, end] of ranges) {
    budget.spend(COST.likeness * (1 + end - first))
    for (let place = first; place < end; place++) {
      const form = formOrder.form(place)
      const count = vocabulary.formFrequencies.at(form)
      if (count < least || vocabulary.isStop(form)) continue
      frequent.push({ form, count })
      if (frequent.length < FORMS_MAX * 4) continue
      frequent.sort((a, b) => b.count - a.count)
      frequent.length = FORMS_MAX
      least = frequent[FORMS_MAX - 1]?.count ?? 1
    }
  }
  const keyOf = (form: number): string => keyOfForm(vocabulary.forms.at(form) as string)
  frequent.sort((a, b) => b.count - a.count || keyOf(a.form).length - keyOf(b.form).length || a.form - b.form)
  const byTerm = new Map<number, WordCompletion>()
  for (const { form, count } of frequent.slice(0, FORMS_MAX)) {
    const term = vocabulary.termOfForm(form)
    if (byTerm.has(term)) continue
    const dots = factor === 1 && !keyOf(form).startsWith(typed) ? OTHER_DOTS : 1
    byTerm.set(term, { form, count, score: factor * dots * scoreOf(count, typed.length, keyOf(form).length) })
  }
  return [...byTerm.values()]
}

export const wordCandidate = ({ form, count, score }: WordCompletion, spellings: SurfaceForms): Candidate => ({
  kind: 'word',
  count: () => count,
  score,
  text: () => spellings.of(form),
})
