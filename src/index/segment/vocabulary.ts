import type { Word } from '../../analysis/word/word.ts'
import {
  type AdditionalTerm,
  additionalTermOf,
  type FormTable,
  type Role,
  TERM_BITS,
} from '../../search/engine/forms.ts'
import { Uint32Column } from '../arrays/growable.ts'

const ROLES: readonly Role[] = ['part', 'joined', 'completed', 'verb', 'number', 'verbLemma']
const UNCOUNTED_BIT = 0x8000_0000

/**
 * The terms and forms of an index, numbered in the order they came. A form is one spelling of a word (in lower case), with
 * what its neighbours made of it; it says under which term, and which further ones, the word is indexed. `documentFrequency` counts living articles that
 * have a term at any place.
 */
export class Vocabulary implements FormTable {
  readonly terms: string[] = []
  readonly forms: string[] = []
  readonly documentFrequencies: Uint32Column
  /** How many living articles have a form. */
  readonly formFrequencies: Uint32Column
  readonly #termNumbers = new Map<string, number>()
  /** Needed only to add articles, so an index from a snapshot makes it when the first one comes. */
  #formNumbers: Map<string, number> | undefined
  readonly #formTerms: Uint32Column
  /** 1 for stop words, which do not count into an article's length. */
  readonly #formStops: Uint32Column
  /** Further terms of form f: `#additionalTerms` from `#additionalEnds[f - 1]` to `#additionalEnds[f]`. */
  readonly #additionalEnds: Uint32Column
  readonly #additionalTerms: Uint32Column
  readonly #formsOfTerms = new Chains()
  readonly #formsOfAdditionalTerms = new Chains()
  #livingForms = 0

  constructor(packed?: PackedVocabulary) {
    this.documentFrequencies = new Uint32Column(packed?.documentFrequencies)
    this.formFrequencies = new Uint32Column(packed?.formFrequencies)
    this.#formTerms = new Uint32Column(packed?.formTerms)
    this.#formStops = new Uint32Column(packed?.formStops)
    this.#additionalEnds = new Uint32Column(packed?.additionalEnds)
    this.#additionalTerms = new Uint32Column(packed?.additionalTerms)
    if (packed === undefined) return
    this.terms = packed.terms
    this.forms = packed.forms
    for (const [number, term] of packed.terms.entries()) this.#termNumbers.set(term, number)
    for (let form = 0; form < packed.forms.length; form++) {
      this.#chain(form)
      if (this.formFrequencies.at(form) > 0) this.#livingForms += 1
    }
  }

  /** How many forms some living article has. */
  get livingForms(): number {
    return this.#livingForms
  }

  /** One more living article has a form, or one fewer. */
  countForm(form: number, by: 1 | -1): void {
    const frequency = this.formFrequencies.at(form) + by
    this.formFrequencies.set(form, frequency)
    if (frequency === (by > 0 ? 1 : 0)) this.#livingForms += by
  }

  termNumber(term: string): number | undefined {
    return this.#termNumbers.get(term)
  }

  /** How many living articles have the term. */
  documentFrequency(term: string): number {
    const number = this.#termNumbers.get(term)
    return number === undefined ? 0 : this.documentFrequencies.at(number)
  }

  /** The number of a word's form; a form never seen before gets the next one. */
  formOf(word: Word): number {
    const known = this.#numbersOfForms().get(word.form)
    if (known !== undefined) return known
    const further = [
      ...[...word.parts, ...word.subCompounds].map(({ term }) => this.#pack(this.#addTerm(term), 'part', false)),
      ...word.aliases.map(({ term, kind, isUncounted }) => this.#pack(this.#addTerm(term), kind, isUncounted === true)),
    ]
    return this.#addForm(word.form, this.#addTerm(word.term), word.stop, further)
  }

  /** Takes a form of another vocabulary over. */
  adopt(other: Vocabulary, form: number): number {
    const name = other.forms[form] as string
    const known = this.#numbersOfForms().get(name)
    if (known !== undefined) return known
    const term = this.#addTerm(other.terms[other.termOfForm(form)] as string)
    const further = other
      .additionalTerms(form)
      .map(({ term, role, isUncounted }) => this.#pack(this.#addTerm(other.terms[term] as string), role, isUncounted))
    return this.#addForm(name, term, other.isStop(form), further)
  }

  /** Whether some living article has a word of this form. Takes time in proportion to the forms of its term. */
  hasForm(name: string, term: number): boolean {
    let isLiving = false
    this.#formsOfTerms.forEach(term, (form) => {
      if (this.forms[form] === name && this.formFrequencies.at(form) > 0) isLiving = true
    })
    return isLiving
  }

  termOfForm(form: number): number {
    return this.#formTerms.at(form)
  }

  /**
   * Calls `visit` with every form of a term.
   * @param further whether also with those that have it as a part or alias; one may come several times then
   */
  forEachForm(term: number, further: boolean, visit: (form: number) => void): void {
    this.#formsOfTerms.forEach(term, visit)
    if (further) this.#formsOfAdditionalTerms.forEach(term, visit)
  }

  /** `termOfForm` of every form, for hot loops. Valid until the next form comes. */
  termsOfForms(): Uint32Array {
    return this.#formTerms.data
  }

  isStop(form: number): boolean {
    return this.#formStops.at(form) === 1
  }

  /** The terms of its parts and aliases, in this order. */
  additionalTerms(form: number): AdditionalTerm[] {
    const further: AdditionalTerm[] = []
    const end = this.additionalEnd(form)
    for (let at = this.additionalStart(form); at < end; at++) further.push(this.additionalAt(at))
    return further
  }

  /** Where the further terms of a form begin in the row of all, and where they end. */
  additionalStart(form: number): number {
    return form === 0 ? 0 : this.#additionalEnds.at(form - 1)
  }

  additionalEnd(form: number): number {
    return this.#additionalEnds.at(form)
  }

  additionalAt(place: number): AdditionalTerm {
    const packed = this.#additionalTerms.at(place)
    const role = ROLES[(packed >>> TERM_BITS) & 7] as Role
    return { term: additionalTermOf(packed), role, isUncounted: packed >= UNCOUNTED_BIT }
  }

  /** The further terms of all forms as one row, see `additionalTermOf`, and where those of each form end in it. For hot loops, as above. */
  additionalRow(): { readonly row: Uint32Array; readonly ends: Uint32Array } {
    return { row: this.#additionalTerms.data, ends: this.#additionalEnds.data }
  }

  pack(): PackedVocabulary {
    return {
      terms: this.terms,
      forms: this.forms,
      documentFrequencies: this.documentFrequencies.view(),
      formFrequencies: this.formFrequencies.view(),
      formTerms: this.#formTerms.view(),
      formStops: this.#formStops.view(),
      additionalEnds: this.#additionalEnds.view(),
      additionalTerms: this.#additionalTerms.view(),
    }
  }

  #numbersOfForms(): Map<string, number> {
    this.#formNumbers ??= new Map(this.forms.map((form, number) => [form, number]))
    return this.#formNumbers
  }

  #addTerm(term: string): number {
    const known = this.#termNumbers.get(term)
    if (known !== undefined) return known
    const number = this.terms.length
    this.terms.push(term)
    this.documentFrequencies.push(0)
    this.#termNumbers.set(term, number)
    return number
  }

  #pack(term: number, role: Role, isUncounted: boolean): number {
    return ((ROLES.indexOf(role) << TERM_BITS) | term | (isUncounted ? UNCOUNTED_BIT : 0)) >>> 0
  }

  #addForm(name: string, term: number, stop: boolean, further: readonly number[]): number {
    const number = this.forms.length
    this.forms.push(name)
    this.#numbersOfForms().set(name, number)
    this.#formTerms.push(term)
    this.#formStops.push(stop ? 1 : 0)
    this.formFrequencies.push(0)
    for (const packed of further) this.#additionalTerms.push(packed)
    this.#additionalEnds.push(this.#additionalTerms.length)
    this.#chain(number)
    return number
  }

  #chain(form: number): void {
    this.#formsOfTerms.add(this.#formTerms.at(form), form)
    const end = this.additionalEnd(form)
    for (let at = this.additionalStart(form); at < end; at++)
      this.#formsOfAdditionalTerms.add(additionalTermOf(this.#additionalTerms.at(at)), form)
  }
}

/** Lists of numbers, one a key, that grow: each entry points to the one before it. */
class Chains {
  /** By key the place after its last entry; 0 where it has none. */
  readonly #lasts = new Uint32Column()
  /** Two numbers an entry: its value, and the place after the entry before it. */
  readonly #entries = new Uint32Column()

  add(key: number, value: number): void {
    while (this.#lasts.length <= key) this.#lasts.push(0)
    this.#entries.push(value)
    this.#entries.push(this.#lasts.at(key))
    this.#lasts.set(key, this.#entries.length)
  }

  forEach(key: number, visit: (value: number) => void): void {
    const entries = this.#entries.data
    for (let place = this.#lasts.at(key); place > 0; place = entries[place - 1] as number)
      visit(entries[place - 2] as number)
  }
}

export interface PackedVocabulary {
  readonly terms: string[]
  readonly forms: string[]
  readonly documentFrequencies: Uint32Array
  readonly formFrequencies: Uint32Array
  readonly formTerms: Uint32Array
  readonly formStops: Uint32Array
  readonly additionalEnds: Uint32Array
  readonly additionalTerms: Uint32Array
}
