import { COST, WorkBudget } from '../../work-budget.ts'
import { docsByFrequency } from '../segment/docs-by-frequency.ts'
import { WHOLE } from '../segment/posting-list.ts'
import type { ArticleIndex } from '../segment/segment.ts'

/** Tables by form and by article that are used again with every suggestion, all zero between uses. */
export class ScratchTables {
  readonly #index: ArticleIndex
  #forms = new Uint8Array(0)
  #articles = new Uint8Array(0)
  #budget = new WorkBudget()

  constructor(index: ArticleIndex) {
    this.#index = index
  }

  reset(budget: WorkBudget): void {
    this.#budget = budget
  }

  /** Makes the tables what they are between uses, after an exception somewhere among these. */
  restore(): void {
    this.#forms.fill(0)
    this.#articles.fill(0)
  }

  /** A table with 1 for these forms, until they are cleared. */
  forms(forms: readonly number[]): Uint8Array {
    const size = this.#index.vocabulary.forms.length
    if (this.#forms.length < size) this.#forms = new Uint8Array(Math.ceil(size * 1.25))
    for (const form of forms) this.#forms[form] = 1
    return this.#forms
  }

  clearForms(forms: readonly number[]): void {
    for (const form of forms) this.#forms[form] = 0
  }

  termOf(form: number): string {
    const { vocabulary } = this.#index
    return vocabulary.terms.at(vocabulary.termOfForm(form)) as string
  }

  /** Living articles that have the terms of some forms, each once. */
  articlesWith(forms: readonly number[]): number[] {
    const { deletedDocs } = this.#index.documents
    const table = this.#table()
    const found: number[] = []
    for (const docIds of this.#lists(forms)) {
      for (let i = 0; i < docIds.length; i++) {
        const docId = docIds[i] as number
        if (table[docId] === 1 || deletedDocs[docId] === 1) continue
        table[docId] = 1
        found.push(docId)
      }
    }
    for (const docId of found) table[docId] = 0
    return found
  }

  /** A new table with 1 for the articles that have a term of each of these lists of forms, deleted ones included. */
  articlesWithAll(lists: readonly (readonly number[])[]): Uint8Array {
    const table = new Uint8Array(this.#index.documents.size)
    for (const [at, forms] of lists.entries()) {
      for (const docIds of this.#lists(forms)) {
        for (let i = 0; i < docIds.length; i++) {
          const docId = docIds[i] as number
          if (table[docId] === at) table[docId] = at + 1
        }
      }
    }
    if (lists.length > 1)
      for (let docId = 0; docId < table.length; docId++) table[docId] = table[docId] === lists.length ? 1 : 0
    return table
  }

  /** How many living articles with the term of a form are in a table. */
  countAmong(form: number, table: Uint8Array): number {
    const { deletedDocs } = this.#index.documents
    let count = 0
    for (const docIds of this.#lists([form])) {
      for (let i = 0; i < docIds.length; i++) {
        const docId = docIds[i] as number
        if (table[docId] === 1 && deletedDocs[docId] === 0) count += 1
      }
    }
    return count
  }

  /** For each term of some forms the articles that have it, by its frequency in them. */
  #lists(forms: readonly number[]): Uint32Array[] {
    const { postings, vocabulary } = this.#index
    const terms = new Set(forms.map((form) => vocabulary.termOfForm(form)))
    const lists = Array.from(terms, (term) => docsByFrequency(postings.lists(term, WHOLE)))
    for (const { length } of lists) this.#budget.spend(COST.posting * length)
    return lists
  }

  #table(): Uint8Array {
    const { size } = this.#index.documents
    if (this.#articles.length < size) this.#articles = new Uint8Array(Math.ceil(size * 1.25))
    return this.#articles
  }
}
