import { gramsOf } from '../analysis/spelling/ngrams.ts'
import type { Word } from '../analysis/word/word.ts'
import type { AdditionalTerm, FormTable, GramTable, Role } from '../search/engine/forms.ts'

/** Forms and terms, numbered as articles come that have them. Numbers stay what they are; the table only grows. */
export class NumberedForms implements FormTable {
  readonly terms: string[] = []
  readonly forms: string[] = []
  readonly #words: Word[] = []
  readonly #additional: (readonly AdditionalTerm[])[] = []
  readonly #formNumbers = new Map<string, number>()
  readonly #termNumbers = new Map<string, number>()
  #termsOfForms = new Uint32Array(1024)
  // by term
  readonly #formsOf: number[][] = []
  readonly #formsWith: number[][] = []
  #view: FormTable | undefined
  #viewed = 0

  /** The table for those who work something out by its forms: another one once there are more of them. */
  view(): FormTable {
    if (this.#view === undefined || this.#viewed !== this.forms.length) {
      this.#view = new FormTableView(this)
      this.#viewed = this.forms.length
    }
    return this.#view
  }

  /** The number of a word's form; it gets one where it has none. */
  numberOf(word: Word): number {
    const known = this.#formNumbers.get(word.form)
    if (known !== undefined) return known
    const form = this.forms.length
    const own = this.#numberOfTerm(word.term)
    const additional: AdditionalTerm[] = []
    const add = (name: string, role: Role, isUncounted: boolean): void => {
      const term = this.#numberOfTerm(name)
      additional.push({ term, role, isUncounted })
      ;(this.#formsWith[term] as number[]).push(form)
    }
    for (const { term } of word.parts) add(term, 'part', false)
    for (const { term } of word.subCompounds) add(term, 'part', false)
    for (const { term, kind, isUncounted } of word.aliases) add(term, kind, isUncounted === true)
    if (this.#termsOfForms.length <= form) {
      const grown = new Uint32Array(form * 2)
      grown.set(this.#termsOfForms)
      this.#termsOfForms = grown
    }
    this.#termsOfForms[form] = own
    ;(this.#formsOf[own] as number[]).push(form)
    this.forms.push(word.form)
    this.#words.push(word)
    this.#additional.push(additional)
    this.#formNumbers.set(word.form, form)
    return form
  }

  termNumber(term: string): number | undefined {
    return this.#termNumbers.get(term)
  }

  termOfForm(form: number): number {
    return this.#termsOfForms[form] as number
  }

  isStop(form: number): boolean {
    return (this.#words[form] as Word).stop
  }

  termsOfForms(): Uint32Array {
    return this.#termsOfForms.subarray(0, this.forms.length)
  }

  additionalTerms(form: number): AdditionalTerm[] {
    return [...(this.#additional[form] as readonly AdditionalTerm[])]
  }

  forEachAdditionalTerm(form: number, visit: (term: number, role: Role) => void): void {
    for (const { term, role } of this.#additional[form] as readonly AdditionalTerm[]) visit(term, role)
  }

  forEachForm(term: number, includesAdditional: boolean, visit: (form: number) => void): void {
    for (const form of this.#formsOf[term] ?? []) visit(form)
    if (includesAdditional) for (const form of this.#formsWith[term] ?? []) visit(form)
  }

  #numberOfTerm(term: string): number {
    const known = this.#termNumbers.get(term)
    if (known !== undefined) return known
    const number = this.terms.push(term) - 1
    this.#termNumbers.set(term, number)
    this.#formsOf.push([])
    this.#formsWith.push([])
    return number
  }
}

/** Such a table as it is at one time: what was worked out for it by form holds as long as no articles come. */
class FormTableView implements FormTable {
  readonly terms: readonly string[]
  readonly forms: readonly string[]
  readonly #table: NumberedForms

  constructor(table: NumberedForms) {
    this.terms = table.terms
    this.forms = table.forms
    this.#table = table
  }

  termNumber(term: string): number | undefined {
    return this.#table.termNumber(term)
  }

  termOfForm(form: number): number {
    return this.#table.termOfForm(form)
  }

  isStop(form: number): boolean {
    return this.#table.isStop(form)
  }

  termsOfForms(): Uint32Array {
    return this.#table.termsOfForms()
  }

  additionalTerms(form: number): AdditionalTerm[] {
    return this.#table.additionalTerms(form)
  }

  forEachAdditionalTerm(form: number, visit: (term: number, role: Role) => void): void {
    this.#table.forEachAdditionalTerm(form, visit)
  }

  forEachForm(term: number, includesAdditional: boolean, visit: (form: number) => void): void {
    this.#table.forEachForm(term, includesAdditional, visit)
  }
}

/** The n-grams of the terms of such a table, numbered as they are asked for. */
export class NumberedGrams implements GramTable {
  readonly #forms: NumberedForms
  readonly #numbers = new Map<string, number>()
  readonly #ofTerms = new Map<number, readonly number[]>()

  constructor(forms: NumberedForms) {
    this.#forms = forms
  }

  /** A gram that no term has been seen with gets a number, too: no term leads to it. */
  number(gram: string): number {
    const known = this.#numbers.get(gram)
    if (known !== undefined) return known
    const number = this.#numbers.size
    this.#numbers.set(gram, number)
    return number
  }

  forEachGram(term: number, visit: (gram: number) => void): void {
    let grams = this.#ofTerms.get(term)
    if (grams === undefined) {
      grams = gramsOf(this.#forms.terms[term] as string).map((gram) => this.number(gram))
      this.#ofTerms.set(term, grams)
    }
    for (const gram of grams) visit(gram)
  }
}
