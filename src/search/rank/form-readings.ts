import { COST, SHARE, type WorkBudget } from '../../work-budget.ts'
import { FormSet } from '../engine/form-set.ts'
import type { FormTable, GramTable } from '../engine/forms.ts'
import type { TokenStreams } from '../engine/token-stream.ts'
import type { FormMatch, FormMatcher } from '../match/form-matcher.ts'
import type { ResolvedQuery } from '../rewrite/rewrite.ts'

/** What one form means to a query. */
export class FormReading {
  /** The words of the query that it matches, the best match first, and how well. */
  readonly words: readonly number[]
  readonly strengths: readonly number[]
  /** For each of them how closely it is spelt like it. */
  readonly closeness: readonly number[]
  /** Where its term stands first in the query's sequence of terms, or -1. */
  readonly position: number
  /** Words of the query that were typed apart and have it as one of theirs. */
  readonly members: readonly ApartMember[]
  /** Which of the query's grams it has. */
  readonly grams: readonly number[]
  /** How often the candidate that is read has it, and in which ways: for whoever reads, who leaves both at 0. */
  count = 0
  ways = 0

  constructor(
    words: readonly number[],
    strengths: readonly number[],
    closeness: readonly number[],
    position: number,
    members: readonly ApartMember[],
    grams: readonly number[],
  ) {
    this.words = words
    this.strengths = strengths
    this.closeness = closeness
    this.position = position
    this.members = members
    this.grams = grams
  }
}

/** One of several words that a word of the query was typed as. */
export interface ApartMember {
  /** Which of the query's words. */
  readonly word: number
  /** Which of those that it was typed as. */
  readonly member: number
  /** Whether it is spelt as it was typed. */
  readonly isSame: boolean
}

/** Readings that are found again without a look-up in a map: of many tokens few forms stand often. */
const RECENT = 1024
/** Tables of those, of queries that are over: filling one takes less than making one. */
const spareForms: Int32Array[] = []
const SPARE_MAX = 2
/** Bits that tell most grams apart from those of a query. */
const GRAM_FILTER = 2048
const NO_GRAMS: readonly number[] = []
const NO_MEMBERS: readonly ApartMember[] = []

/** What forms mean to one query: worked out once, when the first candidate has the form. */
export class FormReadings {
  /** The forms that may mean something: those that match a word, or are one of the sequence. */
  readonly meaning: FormSet
  readonly #grams: GramTable
  readonly #matches: FormMatcher
  readonly #budget: WorkBudget
  readonly #formTerms: Uint32Array
  /** By form; null where it means nothing after all. */
  readonly #readings = new Map<number, FormReading | null>()
  /** The form read last of those with the same number modulo RECENT, and its reading. */
  readonly #recentForms: Int32Array
  readonly #recent: (FormReading | null)[] = new Array<FormReading | null>(RECENT)
  /** By gram its position among those of the query. */
  readonly #gramPositions = new Map<number, number>()
  readonly #gramFilter = new Uint32Array(GRAM_FILTER / 32)
  /** By term where it stands first in the sequence. */
  readonly #positions = new Map<number, number>()
  /** By term of which words that were typed apart it is one, and how that is spelt. */
  readonly #apart = new Map<number, (Omit<ApartMember, 'isSame'> & { readonly key: string })[]>()
  readonly #forms: FormTable
  /** By term which of the query's grams it has: forms share their terms. */
  readonly #sharedOf = new Map<number, readonly number[]>()
  /** The grams of a term as they are found. */
  readonly #shared: number[] = []
  #sharedCount = 0

  /** @param matches which words of the query the forms match */
  constructor(
    { words, sequence, grams }: Pick<ResolvedQuery, 'words' | 'sequence' | 'grams'>,
    { forms, grams: gramTable }: Pick<TokenStreams, 'forms' | 'grams'>,
    matches: FormMatcher,
    budget: WorkBudget,
  ) {
    this.#recentForms = (spareForms.pop() ?? new Int32Array(RECENT)).fill(-1)
    this.#grams = gramTable
    this.#matches = matches
    this.#budget = budget
    this.#forms = forms
    this.#formTerms = forms.termsOfForms()
    this.meaning = new FormSet(forms.forms.length)
    this.meaning.addAll(matches.matching)
    budget.spend(COST.value * matches.visits)
    for (const [position, { gram }] of grams.entries()) {
      const number = gramTable.number(gram)
      // a gram that no term has is in no article
      if (number !== undefined) this.#enterGram(number, position)
    }
    this.#enterSequence(sequence, forms)
    for (const [word, { apart }] of words.entries())
      for (const [member, { term, key }] of (apart ?? []).entries()) this.#enterMember(term, { word, member, key })
  }

  /** Gives its room to that of the next query: nothing is asked of it any more. */
  release(): void {
    this.meaning.release()
    if (spareForms.length < SPARE_MAX) spareForms.push(this.#recentForms)
  }

  #enterMember(term: string, one: Omit<ApartMember, 'isSame'> & { readonly key: string }): void {
    const number = this.#forms.termNumber(term)
    if (number === undefined) return
    const members = this.#apart.get(number)
    if (members === undefined) this.#apart.set(number, [one])
    // what comes later in the word is looked at first: one token is never two of its words
    else members.unshift(one)
  }

  #enterGram(gram: number, position: number): void {
    const at = (gram % GRAM_FILTER) >>> 5
    this.#gramFilter[at] = (this.#gramFilter[at] as number) | (1 << (gram & 31))
    this.#gramPositions.set(gram, position)
  }

  #enterSequence(sequence: ResolvedQuery['sequence'], forms: FormTable): void {
    for (const [at, { term }] of sequence.entries()) {
      const number = forms.termNumber(term)
      if (number === undefined || this.#positions.has(number)) continue
      this.#positions.set(number, at)
      forms.forEachForm(number, false, (form) => {
        this.#budget.spend(COST.value)
        this.meaning.add(form)
      })
    }
  }

  /** Null where a form means nothing, or is met for the first time when the budget is used up: a long article has thousands of forms. */
  of(form: number): FormReading | null {
    const recent = form % RECENT
    if (this.#recentForms[recent] === form) return this.#recent[recent] as FormReading | null
    let reading = this.#readings.get(form)
    if (reading === undefined) {
      if (this.#budget.isSpent(SHARE.page)) {
        this.#budget.cut('ranking')
        return null
      }
      this.#budget.spend(COST.rankedForm)
      reading = this.#read(form)
      this.#readings.set(form, reading)
    }
    this.#recentForms[recent] = form
    this.#recent[recent] = reading
    return reading
  }

  #read(form: number): FormReading | null {
    const term = this.#formTerms[form] as number
    const matches = this.#matches.of(form)
    const position = this.#positions.get(term) ?? -1
    if (matches.length === 0 && position < 0) return null
    const { length } = matches
    const words = new Array<number>(length)
    const strengths = new Array<number>(length)
    const closeness = new Array<number>(length)
    for (let i = 0; i < length; i++) {
      const match = matches[i] as FormMatch
      words[i] = match.word
      strengths[i] = match.strength
      closeness[i] = this.#matches.closeness(form, match)
    }
    const apart = this.#apart.size === 0 ? undefined : this.#apart.get(term)
    const members = apart === undefined ? NO_MEMBERS : this.#members(apart, form)
    return new FormReading(words, strengths, closeness, position, members, this.#sharedGrams(term))
  }

  #members(apart: readonly (Omit<ApartMember, 'isSame'> & { readonly key: string })[], form: number): ApartMember[] {
    const spelt = this.#matches.keyOf(form)
    return apart.map(({ word, member, key }) => ({ word, member, isSame: key === spelt }))
  }

  #sharedGrams(term: number): readonly number[] {
    if (this.#gramPositions.size === 0) return NO_GRAMS
    const known = this.#sharedOf.get(term)
    if (known !== undefined) return known
    this.#sharedCount = 0
    this.#grams.forEachGram(term, this.#enterShared)
    const shared = this.#sharedCount === 0 ? NO_GRAMS : this.#shared.slice(0, this.#sharedCount)
    this.#sharedOf.set(term, shared)
    return shared
  }

  readonly #enterShared = (gram: number): void => {
    if ((((this.#gramFilter[(gram % GRAM_FILTER) >>> 5] as number) >>> (gram & 31)) & 1) === 0) return
    const position = this.#gramPositions.get(gram)
    if (position !== undefined) this.#shared[this.#sharedCount++] = position
  }
}
