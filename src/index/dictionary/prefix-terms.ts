// The room `index/dictionary`: looking terms up by their letters: by their beginning, by how they sound, by n-grams; and the terms
// that tell most about an article. It reads `segment`; what a find is worth to a query is decided in `search/rewrite`.

import { orderKey } from '../../analysis/german/order-key.ts'
import { keyOfForm } from '../../analysis/word/word.ts'
import type { PrefixQuery } from '../../search/engine/dictionary.ts'
import { COST, WorkBudget } from '../../work-budget.ts'
import type { SortedForms } from '../segment/sorted-forms.ts'
import type { Vocabulary } from '../segment/vocabulary.ts'

/** Of prefixes of more forms it is not told whether what they find has changed. */
const WATCHED_MAX = 200
const NO_COUNTS = new Uint32Array(0)

/** Terms of an index whose forms begin as was typed. */
export class PrefixTerms {
  readonly #vocabulary: Vocabulary
  readonly #order: SortedForms
  #budget = new WorkBudget()

  constructor(vocabulary: Vocabulary, order: SortedForms) {
    this.#vocabulary = vocabulary
    this.#order = order
  }

  reset(budget: WorkBudget): void {
    this.#budget = budget
  }

  /** Term numbers, those of most articles first, then by name. */
  of({ prefix, except, isLiteral, termLengthMin, most }: PrefixQuery): number[] {
    const { documentFrequencies, forms, terms } = this.#vocabulary
    const found = new Set<number>()
    for (const form of this.forms(prefix)) {
      const term = this.#vocabulary.termOfForm(form)
      if ((terms.at(term) as string).length < termLengthMin) continue
      if (isLiteral && !keyOfForm(forms.at(form) as string).startsWith(prefix)) continue
      found.add(term)
    }
    return Array.from(found, (term) => ({
      term,
      name: terms.at(term) as string,
      documents: documentFrequencies.at(term),
    }))
      .filter(({ name }) => !except.includes(name))
      .sort((a, b) => b.documents - a.documents || (a.name < b.name ? -1 : 1))
      .slice(0, most)
      .map(({ term }) => term)
  }

  /** Tells from then on whether what `of` finds for a prefix is still what it finds now. */
  watch(prefix: string): () => boolean {
    const before = this.#countsOf(prefix)
    return () => {
      if (before === null) return false
      const counts = this.#countsOf(prefix)
      return counts?.length === before.length && counts.every((count, at) => count === before[at])
    }
  }

  /** By form that begins so how many articles have its term, 0 where none has the form; null where there are too many. A form that comes makes it longer. */
  #countsOf(typed: string): Uint32Array | null {
    const prefix = orderKey(typed)
    if (prefix === '') return NO_COUNTS
    const { documentFrequencies, formFrequencies } = this.#vocabulary
    const [first, end] = this.#order.range(prefix)
    if (end - first > WATCHED_MAX) return null
    const counts = new Uint32Array(end - first)
    for (let place = first; place < end; place++) {
      const form = this.#order.form(place)
      if (formFrequencies.at(form) > 0)
        counts[place - first] = documentFrequencies.at(this.#vocabulary.termOfForm(form))
    }
    return counts
  }

  /** Every form of living articles that begins so, but for stop words. */
  *forms(typed: string): Generator<number> {
    const prefix = orderKey(typed)
    if (prefix === '') return
    const [first, end] = this.#order.range(prefix)
    this.#budget.spend(COST.completion * (end - first))
    for (let place = first; place < end; place++) {
      const form = this.#order.form(place)
      if (this.#vocabulary.formFrequencies.at(form) > 0 && !this.#vocabulary.isStop(form)) yield form
    }
  }
}
