import type { AliasKind } from '../../analysis/word/word.ts'

/** How an additional term belongs to a form: as a part of it, or as one of its aliases. */
export type Role = 'part' | AliasKind

/** An additional term of a form. */
export interface AdditionalTerm {
  readonly term: number
  readonly role: Role
  /** Of an occurrence that is counted at another token: marked, never counted. */
  readonly isUncounted: boolean
}

/** Strings by number. An array is one, too. */
export interface StringList extends Iterable<string> {
  readonly length: number
  at(number: number): string | undefined
}

/**
 * The forms that token streams consist of, and their terms, by number. A form is one spelling of a word with what its neighbours made
 * of it; it has one term, and additional ones by its parts and aliases. Numbers are valid as long as the reader they come from.
 */
export interface FormTable {
  readonly terms: StringList
  readonly forms: StringList
  termNumber(term: string): number | undefined
  termOfForm(form: number): number
  /** Whether a form is a stop word. */
  isStop(form: number): boolean
  /** `termOfForm` of every form, for hot loops. */
  termsOfForms(): Uint32Array
  /** The terms of its parts and aliases, in this order. */
  additionalTerms(form: number): AdditionalTerm[]
  /** The same without making anything. */
  forEachAdditionalTerm(form: number, visit: (term: number, role: Role) => void): void
  /**
   * Calls `visit` with every form of a term.
   * @param includesAdditional whether also with those that have it as an additional term; one may come several times then
   */
  forEachForm(term: number, includesAdditional: boolean, visit: (form: number) => void): void
}

/** The n-grams of the terms of such a table, by number. */
export interface GramTable {
  /** Undefined where no term has it. */
  number(gram: string): number | undefined
  /** Calls `visit` with each n-gram of a term. */
  forEachGram(term: number, visit: (gram: number) => void): void
}

/** An additional term is packed into one number: the term, its role and whether it is counted. */
export const TERM_BITS = 28
const TERM_MASK = 2 ** TERM_BITS - 1

/** The term alone of a packed one. */
export const additionalTermOf = (packed: number): number => packed & TERM_MASK
