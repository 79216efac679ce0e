import { keyOfForm } from '../../analysis/word/word.ts'
import type { Expansion } from '../../search/engine/engine.ts'
import type { QueryWord } from '../../search/query/words.ts'
import { WEIGHTS } from '../../search/ranking/weights.ts'
import { COST, WorkBudget } from '../../work-budget.ts'
import { orderKey, type SortedForms } from '../segment/sorted-forms.ts'
import type { Vocabulary } from '../segment/vocabulary.ts'

/** Of a word that is being typed the completions that most articles have are looked up; of one that was asked for all there usually are. */
const TYPED_MAX = 50
const ASKED_MAX = 5000
/** Letters that a word marked as a beginning (`Verfass*`) needs; one more in large vocabularies, where two begin thousands of words. */
const ASKED_LENGTH_MIN = 2
const LARGE_VOCABULARY_FORMS = 50_000
/** A stem is as much shorter than its word. */
const ENDING_MAX = 1

/** Terms of an index whose forms begin with what was typed. */
export class PrefixTerms {
  readonly #vocabulary: Vocabulary
  readonly #order: SortedForms
  #budget = new WorkBudget()

  constructor(vocabulary: Vocabulary, order: SortedForms) {
    this.#vocabulary = vocabulary
    this.#order = order
  }

  begin(budget: WorkBudget): void {
    this.#budget = budget
  }

  /** Whether a word that is marked as a beginning has letters enough to be one; a shorter one stands for itself alone. */
  isLongEnough(typed: string): boolean {
    const isLarge = this.#vocabulary.livingForms > LARGE_VOCABULARY_FORMS
    return orderKey(typed).length >= ASKED_LENGTH_MIN + (isLarge ? 1 : 0)
  }

  /** The most frequent first; the word's own term is not among them. */
  of({ word, alternatives, prefix, isKnownWord }: QueryWord): Expansion[] {
    if (prefix === 'asked' && !this.isLongEnough(word.key)) return []
    const { documentFrequencies, forms, terms } = this.#vocabulary
    const found = new Set<number>()
    // who types a word that there is, such as Kuchen, means no Küchen
    const isAsTyped = isKnownWord && prefix !== 'asked'
    for (const form of this.forms(word.key)) {
      const term = this.#vocabulary.termOfForm(form)
      // nor words of a shorter stem, as bürgerlich has, which is that of Burg
      const isOther = (terms[term] as string).length < word.key.length - ENDING_MAX
      if (isAsTyped && (isOther || !keyOfForm(forms[form] as string).startsWith(word.key))) continue
      found.add(term)
    }
    return [...found]
      .map((term) => ({ term: terms[term] as string, documents: documentFrequencies.at(term) }))
      .filter(({ term }) => term !== word.term && !alternatives.includes(term))
      .sort((a, b) => b.documents - a.documents || (a.term < b.term ? -1 : 1))
      .slice(0, prefix === 'asked' ? ASKED_MAX : TYPED_MAX)
      .map(({ term, documents }) => ({ term, documents, weight: WEIGHTS.prefix, kind: 'prefix' }))
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
