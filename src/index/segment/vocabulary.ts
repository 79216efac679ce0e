import type { Word } from '../../analysis/word/word.ts'
import {
  type AdditionalTerm,
  additionalTermOf,
  type FormTable,
  type Role,
  TERM_BITS,
} from '../../search/engine/forms.ts'
import { AppendedColumn } from '../arrays/appended-column.ts'
import { Uint8Column, Uint32Column } from '../arrays/growable.ts'
import { NewestFirstLists, noLists, type PackedLists } from '../arrays/newest-first-lists.ts'
import { type PackedStringTable, StringTable } from '../arrays/string-table.ts'
import { ALIAS, PART } from './posting-list.ts'

const ROLES: readonly Role[] = ['part', 'joined', 'completed', 'verb', 'number', 'verbLemma']
const ROLE_MASK = 7
/** By role; a verb that a word may be a form of counts like a part. */
const KINDS = ROLES.map((role) => (role === 'part' || role === 'verbLemma' ? PART : ALIAS))
/** Words remembered, which the analyser mostly remembers, too. */
const RECENT_MAX = 2 ** 16
/** So many are taken over from another vocabulary in a piece of work. */
const FORMS_IN_PIECE = 256
const UNCOUNTED_BIT = 0x8000_0000

/** The kind of occurrence that a further term is, as `packedAdditionalAt` gives it; -1 where it is not counted. */
export const kindOfAdditional = (packed: number): number =>
  packed >= UNCOUNTED_BIT ? -1 : (KINDS[(packed >>> TERM_BITS) & ROLE_MASK] as number)

/**
 * The terms and forms of an index, numbered in the order they came. A form is one spelling of a word (in lower case), with
 * what its neighbours made of it; it says under which term, and which further ones, the word is indexed. `documentFrequency` counts living articles that
 * have a term at any place.
 */
export class Vocabulary implements FormTable {
  readonly terms: StringTable
  readonly forms: StringTable
  readonly documentFrequencies: Uint32Column
  /** How many living articles have a form. */
  readonly formFrequencies: Uint32Column
  readonly #formTerms: Uint32Column
  /** 1 for stop words, which do not count into an article's length. */
  readonly #formStops: Uint8Column
  /** Further terms of form f: `#additionalTerms` from `#additionalEnds[f - 1]` to `#additionalEnds[f]`. */
  readonly #additionalEnds: AppendedColumn
  readonly #additionalTerms: AppendedColumn
  readonly #formsOfTerms: NewestFirstLists
  readonly #formsOfAdditionalTerms: NewestFirstLists
  #livingForms = 0
  /** The forms of words met lately: most tokens are one of few words, and the analyser gives the same object for them. */
  readonly #recent = new Map<Word, number>()

  constructor(packed?: PackedVocabulary) {
    this.terms = new StringTable(packed?.terms)
    this.forms = new StringTable(packed?.forms)
    this.documentFrequencies = new Uint32Column(packed?.documentFrequencies)
    this.formFrequencies = new Uint32Column(packed?.formFrequencies)
    this.#formTerms = new Uint32Column(packed?.formTerms)
    this.#formStops = new Uint8Column(packed?.formStops)
    this.#additionalEnds = new AppendedColumn(packed?.additionalEnds)
    this.#additionalTerms = new AppendedColumn(packed?.additionalTerms)
    this.#formsOfTerms = new NewestFirstLists(packed?.formsOfTerms)
    this.#formsOfAdditionalTerms = new NewestFirstLists(packed?.formsOfAdditionalTerms)
    const frequencies = this.formFrequencies.data
    for (let form = 0; form < frequencies.length; form++) if ((frequencies[form] as number) > 0) this.#livingForms += 1
  }

  /** How many forms some living article has. */
  get livingForms(): number {
    return this.#livingForms
  }

  /** So many more living articles have a form, or fewer where it is negative. */
  countForm(form: number, by: number): void {
    const before = this.formFrequencies.at(form)
    this.formFrequencies.set(form, before + by)
    if (before === 0) this.#livingForms += 1
    if (before + by === 0) this.#livingForms -= 1
  }

  termNumber(term: string): number | undefined {
    return this.terms.numberOf(term)
  }

  /** How many living articles have the term. */
  documentFrequency(term: string): number {
    const number = this.terms.numberOf(term)
    return number === undefined ? 0 : this.documentFrequencies.at(number)
  }

  /** The number of a word's form; a form never seen before gets the next one. */
  formOf(word: Word): number {
    const recent = this.#recent.get(word)
    if (recent !== undefined) return recent
    const form = this.forms.numberOf(word.form) ?? this.#enter(word)
    if (isOfToken(word)) return form
    if (this.#recent.size >= RECENT_MAX) this.#recent.clear()
    this.#recent.set(word, form)
    return form
  }

  #enter(word: Word): number {
    const further = [
      ...[...word.parts, ...word.subCompounds].map(({ term }) => this.#pack(this.#addTerm(term), 'part', false)),
      ...word.aliases.map(({ term, kind, isUncounted }) => this.#pack(this.#addTerm(term), kind, isUncounted === true)),
    ]
    return this.#addForm(word.form, this.#addTerm(word.term), word.stop, further)
  }

  /**
   * Takes over the forms that living articles of another vocabulary have, and their terms; but not how many articles have them.
   * @returns by number there the number here; -1 where it was left out
   */
  *adoptingLiving(other: Vocabulary): Generator<void, { readonly terms: Int32Array; readonly forms: Int32Array }> {
    const terms = new Int32Array(other.terms.length).fill(-1)
    const forms = new Int32Array(other.forms.length).fill(-1)
    const numberOf = (term: number): number => {
      if ((terms[term] as number) < 0) terms[term] = this.#addTerm(other.terms.at(term) as string)
      return terms[term] as number
    }
    for (let form = 0; form < forms.length; form++) {
      if (form % FORMS_IN_PIECE === 0) yield
      if (other.formFrequencies.at(form) === 0) continue
      const term = numberOf(other.termOfForm(form))
      const further = other
        .additionalTerms(form)
        .map((one) => this.#pack(numberOf(one.term), one.role, one.isUncounted))
      const name = other.forms.at(form) as string
      forms[form] = this.forms.numberOf(name) ?? this.#addForm(name, term, other.isStop(form), further)
    }
    return { terms, forms }
  }

  /** Whether some living article has a word of this form and this term. */
  hasForm(name: string, term: number): boolean {
    const form = this.forms.numberOf(name)
    return form !== undefined && this.#formTerms.at(form) === term && this.formFrequencies.at(form) > 0
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
    return this.#formStops.data[form] === 1
  }

  /** The terms of its parts and aliases, in this order. */
  additionalTerms(form: number): AdditionalTerm[] {
    const further: AdditionalTerm[] = []
    const end = this.additionalEnd(form)
    for (let at = this.additionalStart(form); at < end; at++) further.push(this.additionalAt(at))
    return further
  }

  forEachAdditionalTerm(form: number, visit: (term: number, role: Role) => void): void {
    const end = this.additionalEnd(form)
    for (let at = this.additionalStart(form); at < end; at++) {
      const packed = this.#additionalTerms.at(at)
      visit(additionalTermOf(packed), ROLES[(packed >>> TERM_BITS) & ROLE_MASK] as Role)
    }
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
    const role = ROLES[(packed >>> TERM_BITS) & ROLE_MASK] as Role
    return { term: additionalTermOf(packed), role, isUncounted: packed >= UNCOUNTED_BIT }
  }

  /** The same for hot loops: see `additionalTermOf` and `kindOfAdditional`. */
  packedAdditionalAt(place: number): number {
    return this.#additionalTerms.at(place)
  }

  pack(): PackedVocabulary {
    return {
      terms: this.terms.pack(),
      forms: this.forms.pack(),
      ...this.#rows(),
      formsOfTerms: this.#formsOfTerms.pack(this.terms.length),
      formsOfAdditionalTerms: this.#formsOfAdditionalTerms.pack(this.terms.length),
    }
  }

  /** As `pack`, without what is worked out from the rows: for a vocabulary that takes them over. */
  packRows(): PackedVocabulary {
    return {
      terms: this.terms.packRows(),
      forms: this.forms.packRows(),
      ...this.#rows(),
      formsOfTerms: noLists(),
      formsOfAdditionalTerms: noLists(),
    }
  }

  #rows() {
    return {
      documentFrequencies: this.documentFrequencies.view(),
      formFrequencies: this.formFrequencies.view(),
      formTerms: this.#formTerms.view(),
      formStops: this.#formStops.view(),
      additionalEnds: this.#additionalEnds.pack(),
      additionalTerms: this.#additionalTerms.pack(),
    }
  }

  #addTerm(term: string): number {
    const known = this.terms.numberOf(term)
    if (known !== undefined) return known
    this.documentFrequencies.push(0)
    return this.terms.add(term)
  }

  #pack(term: number, role: Role, isUncounted: boolean): number {
    return ((ROLES.indexOf(role) << TERM_BITS) | term | (isUncounted ? UNCOUNTED_BIT : 0)) >>> 0
  }

  #addForm(name: string, term: number, stop: boolean, further: readonly number[]): number {
    const number = this.forms.add(name)
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

/** Whether it has an alias from its neighbours: such an object serves one token alone. */
const isOfToken = ({ aliases }: Word): boolean =>
  aliases.length > 1 || (aliases.length === 1 && aliases[0]?.kind !== 'verbLemma')

export interface PackedVocabulary {
  readonly terms: PackedStringTable
  readonly forms: PackedStringTable
  readonly documentFrequencies: Uint32Array
  readonly formFrequencies: Uint32Array
  readonly formTerms: Uint32Array
  readonly formStops: Uint8Array
  readonly additionalEnds: Uint32Array
  readonly additionalTerms: Uint32Array
  /** By term. */
  readonly formsOfTerms: PackedLists
  readonly formsOfAdditionalTerms: PackedLists
}
