import type { ArticleIndex } from '../article-index.ts'
import { WHOLE } from '../postings.ts'

/** Tables by form and by article that are used again with every suggestion, all zero between uses. */
export class Marks {
  readonly #index: ArticleIndex
  #forms = new Uint8Array(0)
  #articles = new Uint8Array(0)

  constructor(index: ArticleIndex) {
    this.#index = index
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
    return vocabulary.terms[vocabulary.termOfForm(form)] as string
  }

  /** Living articles that have the terms of some forms, each once. */
  articlesWith(forms: readonly number[]): number[] {
    const terms = new Set(forms.map((form) => this.termOf(form)))
    const table = this.#table()
    const found: number[] = []
    for (const term of terms) {
      this.#forEach(term, (ordinal) => {
        if (table[ordinal] === 1) return
        table[ordinal] = 1
        found.push(ordinal)
      })
    }
    for (const ordinal of found) table[ordinal] = 0
    return found
  }

  /** Living articles that have the terms of two forms. */
  articlesWithBoth(one: number, other: number): number[] {
    const [first, second] = [this.articlesWith([one]), this.articlesWith([other])]
    const table = this.#table()
    for (const ordinal of first) table[ordinal] = 1
    const both = second.filter((ordinal) => table[ordinal] === 1)
    for (const ordinal of first) table[ordinal] = 0
    return both
  }

  /** A new table with 1 for the living articles that have one of each of these lists of forms. */
  articlesWithAll(lists: readonly (readonly number[])[]): Uint8Array {
    const table = new Uint8Array(this.#index.documents.size)
    for (const [at, forms] of lists.entries())
      for (const ordinal of this.articlesWith(forms)) if (table[ordinal] === at) table[ordinal] = at + 1
    for (let ordinal = 0; ordinal < table.length; ordinal++) table[ordinal] = table[ordinal] === lists.length ? 1 : 0
    return table
  }

  /** How many living articles with a term are in a table. */
  countAmong(term: string, table: Uint8Array): number {
    let count = 0
    this.#forEach(term, (ordinal) => {
      if (table[ordinal] === 1) count += 1
    })
    return count
  }

  #forEach(term: string, tell: (ordinal: number) => void): void {
    const { postings, documents } = this.#index
    const slots = postings.slots(term, WHOLE)
    for (let slot = 0; slot < slots.length; slot++) {
      const ordinals = slots[slot]
      if (ordinals === undefined) continue
      for (let i = 0; i < ordinals.length; i++) {
        const ordinal = ordinals[i] as number
        if (documents.dead[ordinal] === 0) tell(ordinal)
      }
    }
  }

  #table(): Uint8Array {
    const { size } = this.#index.documents
    if (this.#articles.length < size) this.#articles = new Uint8Array(Math.ceil(size * 1.25))
    return this.#articles
  }
}
