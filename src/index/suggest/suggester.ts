// The room `index/suggest`: completing what is being typed. It reads `segment`; it shares no code with searching but formulas and the
// seam's types.

import { orderKey } from '../../analysis/german/order-key.ts'
import type { Suggestion } from '../../search/engine/engine.ts'
import { APART } from '../../search/ranking/completion-score.ts'
import { COST, WorkBudget } from '../../work-budget.ts'
import type { ArticleIndex } from '../segment/segment.ts'
import type { Range } from '../segment/sorted-forms.ts'
import type { Candidate } from './candidates.ts'
import { completePair } from './phrases.ts'
import { ScratchTables } from './scratch-tables.ts'
import type { SurfaceForms } from './surface-forms.ts'
import { completeTitle } from './titles.ts'
import { completeWord, wordCandidate } from './words.ts'

/** So many completed words are also looked for as part of phrases, and as words of titles. */
const PHRASED_WORDS = 3
const TITLE_WORDS = 20
const TOGETHER_WORDS = 20
/** Of a long text only its end is completed. */
const TYPED_WORDS_MAX = 6
/** Each source gives so many times what is asked for: some say the same as another. */
const SPARE = 2
const WORD = /[\p{L}\p{M}\p{N}]+(?:[-'’.][\p{L}\p{M}\p{N}]+)*/gu

/** Completes what is being typed by the words, pairs of words and titles of an index. */
export class Suggester {
  readonly #index: ArticleIndex
  readonly #spellings: SurfaceForms
  readonly #marks: ScratchTables
  #budget = new WorkBudget()

  constructor(index: ArticleIndex, spellings: SurfaceForms) {
    this.#index = index
    this.#spellings = spellings
    this.#marks = new ScratchTables(index)
  }

  /** The best first, each text once; those found so far where the budget is used up. */
  suggest(typed: string, most: number, budget: WorkBudget): Suggestion[] {
    this.#budget = budget
    this.#marks.reset(budget)
    this.#spellings.reset(budget)
    const words = [...typed.matchAll(WORD)].filter(([word]) => orderKey(word.toLowerCase()) !== '')
    const end = words.at(-1)
    if (end === undefined || most === 0) return []
    // behind a space the word is finished and the next one has no letter yet
    const isFinished = /[^\p{L}\p{M}\p{N}]$/u.test(typed)
    const keys = words.map(([word]) => word.normalize('NFC').toLowerCase())
    const before = (isFinished ? keys : keys.slice(0, -1)).slice(-TYPED_WORDS_MAX)
    const last = isFinished ? '' : (keys.at(-1) as string)
    const candidates =
      before.length === 0 ? this.#oneWord(last, most) : this.#moreWords(before, last, typed.slice(0, end.index), most)
    return this.#best(candidates, most)
  }

  /** Makes the tables what they are between uses, after an exception somewhere among these. */
  restore(): void {
    this.#marks.restore()
  }

  #oneWord(typed: string, most: number): Candidate[] {
    const words = completeWord(this.#index, typed, most, this.#budget)
    const pairs = words.slice(0, PHRASED_WORDS).flatMap(({ form }) =>
      completePair(
        this.#budget,
        this.#index,
        this.#spellings,
        this.#marks,
        {
          first: [form],
          second: null,
          isEitherPlace: true,
          typed: typed.length,
          among: null,
        },
        SPARE * most,
      ),
    )
    const terms = words.slice(0, TITLE_WORDS).map(({ form }) => this.#marks.termOf(form))
    const range = this.#index.formOrder.range(orderKey(typed))
    const titles = completeTitle(this.#budget, this.#index, [], range, terms, typed.length, SPARE * most)
    return [...words.map((word) => wordCandidate(word, this.#spellings)), ...pairs, ...titles]
  }

  /** @param begin what was typed before the last word */
  #moreWords(before: readonly string[], last: string, begin: string, most: number): Candidate[] {
    const { formOrder } = this.#index
    const keys = before.map(orderKey)
    const prefix = orderKey(last)
    const typed = before.reduce((sum, { length }) => sum + length, last.length)
    const ranges = keys.map((key) => this.#rangesOf(key))
    const lists = ranges.map((list) => list.flatMap((range) => this.#formsIn(range)))
    const first = lists.at(-1) ?? []
    const among = lists.length < 2 ? null : this.#marks.articlesWithAll(lists.slice(0, -1))
    const second = last === '' ? null : formOrder.range(prefix)
    const pairs = completePair(
      this.#budget,
      this.#index,
      this.#spellings,
      this.#marks,
      {
        first,
        second,
        isEitherPlace: false,
        typed,
        among,
      },
      SPARE * most,
    )
    const exact = keys.map((key) => formOrder.rangeOf(key))
    const anyLast = formOrder.range(prefix)
    const titles = completeTitle(
      this.#budget,
      this.#index,
      exact,
      anyLast,
      new Set(first.map((form) => this.#marks.termOf(form))),
      typed,
      SPARE * most,
    )
    const together = last === '' ? [] : this.#together(lists, last, begin, most)
    return [...pairs, ...titles, ...together]
  }

  /** The last word completed by words that stand in the same articles as the others, wherever. */
  #together(before: readonly (readonly number[])[], last: string, begin: string, most: number): Candidate[] {
    const docs = this.#marks.articlesWithAll(before)
    return completeWord(this.#index, last, most, this.#budget)
      .slice(0, TOGETHER_WORDS)
      .flatMap(({ form, score }) => {
        const count = this.#marks.countAmong(form, docs)
        const text = (): string => (begin + this.#spellings.of(form)).replace(/\s+/g, ' ').trim()
        const share = (APART * count) / (1 + count)
        return count === 0 ? [] : [{ kind: 'phrase' as const, count: () => count, score: score * share, text }]
      })
  }

  /** The forms a finished word may be: those spelt so, or else those one slip away. */
  #rangesOf(key: string): Range[] {
    const { formOrder } = this.#index
    const exact = formOrder.rangeOf(key)
    if (exact[0] < exact[1]) return [exact]
    return formOrder
      .rangesNear(key)
      .filter(([place]) => Math.abs(formOrder.keyAt(place).length - key.length) <= 1)
      .map(([place]) => formOrder.rangeOf(formOrder.keyAt(place)))
  }

  #formsIn([first, end]: Range): number[] {
    const forms: number[] = []
    this.#budget.spend(COST.completion * (end - first))
    for (let place = first; place < end; place++) {
      const form = this.#index.formOrder.form(place)
      if (this.#index.vocabulary.formFrequencies.at(form) > 0) forms.push(form)
    }
    return forms
  }

  #best(candidates: Candidate[], most: number): Suggestion[] {
    const suggestions = new Map<string, Suggestion>()
    for (const { kind, count, text } of candidates.sort((a, b) => b.score - a.score)) {
      if (suggestions.size >= most) break
      if (this.#budget.isSpent()) {
        this.#budget.cut('suggestions')
        break
      }
      const written = text()
      const name = written.toLowerCase()
      if (written !== '' && !suggestions.has(name)) suggestions.set(name, { text: written, kind, count: count() })
    }
    return [...suggestions.values()]
  }
}
