import { gramsOf } from '../analysis/spelling/ngrams.ts'
import type { AdditionalTerm, FormTable, GramTable, Role } from '../search/engine/forms.ts'

/** What there is to know of a form: its term, and those that it has by its parts, then by its aliases. */
export interface FormMeaning {
  readonly term: string
  readonly isStop: boolean
  readonly additional: readonly (Omit<AdditionalTerm, 'term'> & { readonly term: string })[]
}

/** Forms and terms, numbered as articles come that have them. Numbers stay what they are; the table only grows. */
export class NumberedForms implements FormTable {
  readonly terms: string[] = []
  readonly forms: string[] = []
  readonly #isStop: boolean[] = []
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

  numberOf(form: string): number | undefined {
    return this.#formNumbers.get(form)
  }

  /** The number of a form that has none yet. */
  add(name: string, { term: own, isStop, additional }: FormMeaning): number {
    const form = this.forms.push(name) - 1
    const number = this.#numberOfTerm(own)
    if (this.#termsOfForms.length <= form) {
      const grown = new Uint32Array(form * 2)
      grown.set(this.#termsOfForms)
      this.#termsOfForms = grown
    }
    this.#termsOfForms[form] = number
    ;(this.#formsOf[number] as number[]).push(form)
    this.#isStop.push(isStop)
    this.#additional.push(
      additional.map(({ term, ...rest }) => {
        const further = this.#numberOfTerm(term)
        ;(this.#formsWith[further] as number[]).push(form)
        return { term: further, ...rest }
      }),
    )
    this.#formNumbers.set(name, form)
    return form
  }

  termNumber(term: string): number | undefined {
    return this.#termNumbers.get(term)
  }

  termOfForm(form: number): number {
    return this.#termsOfForms[form] as number
  }

  isStop(form: number): boolean {
    return this.#isStop[form] as boolean
  }

  termsOfForms(): Uint32Array {
    return this.#termsOfForms.subarray(0, this.forms.length)
  }

  additionalTerms(form: number): AdditionalTerm[] {
    return [...this.additionalTermsOf(form)]
  }

  /** The same; never change it. */
  additionalTermsOf(form: number): readonly AdditionalTerm[] {
    return this.#additional[form] as readonly AdditionalTerm[]
  }

  forEachAdditionalTerm(form: number, visit: (term: number, role: Role) => void): void {
    for (const { term, role } of this.additionalTermsOf(form)) visit(term, role)
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
