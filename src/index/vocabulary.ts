import type { Word } from '../analysis/word.ts'
import { Uint32Column } from './columns.ts'

/**
 * The terms and forms of an index, numbered in the order they came. A form is one spelling of a word (in lower case); it
 * says under which term, and which terms of parts, the word is indexed. `documentFrequency` counts living articles that
 * have a term at any place.
 */
export class Vocabulary {
  readonly terms: string[] = []
  readonly keys: string[] = []
  readonly documentFrequencies: Uint32Column
  readonly #termNumbers = new Map<string, number>()
  /** Needed only to add articles, so an index from a snapshot makes it when the first one comes. */
  #formNumbers: Map<string, number> | undefined
  readonly #formTerms: Uint32Column
  /** 1 for stop words, which do not count into an article's length. */
  readonly #formStops: Uint32Column
  /** Parts of form f: `#partTerms` from `#partEnds[f - 1]` to `#partEnds[f]`. */
  readonly #partEnds: Uint32Column
  readonly #partTerms: Uint32Column

  constructor(packed?: PackedVocabulary) {
    this.documentFrequencies = new Uint32Column(packed?.documentFrequencies)
    this.#formTerms = new Uint32Column(packed?.formTerms)
    this.#formStops = new Uint32Column(packed?.formStops)
    this.#partEnds = new Uint32Column(packed?.partEnds)
    this.#partTerms = new Uint32Column(packed?.partTerms)
    if (packed === undefined) return
    this.terms = packed.terms
    this.keys = packed.keys
    for (const [number, term] of packed.terms.entries()) this.#termNumbers.set(term, number)
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
    const known = this.#numbersOfForms().get(word.key)
    if (known !== undefined) return known
    const parts = word.parts.map((part) => this.#addTerm(part.term))
    return this.#addForm(word.key, this.#addTerm(word.term), word.stop, parts)
  }

  /** Takes a form of another vocabulary over. */
  adopt(other: Vocabulary, form: number): number {
    const key = other.keys[form] as string
    const known = this.#numbersOfForms().get(key)
    if (known !== undefined) return known
    const term = this.#addTerm(other.terms[other.termOfForm(form)] as string)
    const parts = other.partsOfForm(form).map((part) => this.#addTerm(other.terms[part] as string))
    return this.#addForm(key, term, other.isStop(form), parts)
  }

  termOfForm(form: number): number {
    return this.#formTerms.at(form)
  }

  isStop(form: number): boolean {
    return this.#formStops.at(form) === 1
  }

  partsOfForm(form: number): number[] {
    const end = this.#partEnds.at(form)
    const parts: number[] = []
    for (let at = form === 0 ? 0 : this.#partEnds.at(form - 1); at < end; at++) parts.push(this.#partTerms.at(at))
    return parts
  }

  pack(): PackedVocabulary {
    return {
      terms: this.terms,
      keys: this.keys,
      documentFrequencies: this.documentFrequencies.view(),
      formTerms: this.#formTerms.view(),
      formStops: this.#formStops.view(),
      partEnds: this.#partEnds.view(),
      partTerms: this.#partTerms.view(),
    }
  }

  #numbersOfForms(): Map<string, number> {
    this.#formNumbers ??= new Map(this.keys.map((key, number) => [key, number]))
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

  #addForm(key: string, term: number, stop: boolean, parts: readonly number[]): number {
    const number = this.keys.length
    this.keys.push(key)
    this.#numbersOfForms().set(key, number)
    this.#formTerms.push(term)
    this.#formStops.push(stop ? 1 : 0)
    for (const part of parts) this.#partTerms.push(part)
    this.#partEnds.push(this.#partTerms.length)
    return number
  }
}

export interface PackedVocabulary {
  readonly terms: string[]
  readonly keys: string[]
  readonly documentFrequencies: Uint32Array
  readonly formTerms: Uint32Array
  readonly formStops: Uint32Array
  readonly partEnds: Uint32Array
  readonly partTerms: Uint32Array
}
