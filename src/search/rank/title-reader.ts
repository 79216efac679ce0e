import { keyOfForm } from '../../analysis/word/word.ts'
import { COST, type WorkBudget } from '../../work-budget.ts'
import type { FormSet } from '../engine/form-set.ts'
import type { FormTable } from '../engine/forms.ts'
import { kindOfSpelling } from '../match/match-kind.ts'
import type { TitleTerm, TitleWord } from '../query/resolved-query.ts'
import { wholeTitle } from '../ranking/signals.ts'

/** What a word of a title counts by how it is spelt. */
const SPELLING_SHARES = { exact: 1, joined: 1, folded: 0.7, inflected: 0.3 } as const
/** Longer titles are kept with this length: none is wanted as a whole. */
const TITLE_LENGTH_MAX = 255

/** A word of the query that a form stands for in a title. */
interface TitleMatch {
  readonly word: number
  readonly strength: number
  /** `strength`, less where it is spelt another way. */
  readonly spelt: number
}

const NONE: readonly TitleMatch[] = []

/** Finds out of candidates whether the query has every word of their titles, and what these are worth then. */
export class TitleReader {
  readonly #forms: FormTable
  readonly #words: readonly TitleWord[]
  readonly #total: number
  /** By term which words it stands for, and how well. */
  readonly #byTerm = new Map<number, (TitleTerm & { readonly word: number })[]>()
  readonly #byForm = new Map<number, readonly TitleMatch[]>()
  // of one title
  readonly #best: Float64Array
  readonly #spelt: Float64Array
  #wanted = 0
  /** Those among them that are no stop words. */
  #wantedContent = 0

  /** @param meaning gets the forms that stand for a word in a title */
  constructor(words: readonly TitleWord[], forms: FormTable, meaning: FormSet, budget: WorkBudget) {
    this.#forms = forms
    this.#words = words
    this.#total = words.reduce((sum, { weight }) => sum + weight, 0)
    this.#best = new Float64Array(words.length)
    this.#spelt = new Float64Array(words.length)
    for (const [word, { terms }] of words.entries()) {
      for (const one of terms) {
        const number = forms.termNumber(one.term)
        if (number === undefined) continue
        const stands = this.#byTerm.get(number)
        if (stands === undefined) this.#byTerm.set(number, [{ ...one, word }])
        else stands.push({ ...one, word })
      }
    }
    for (const term of this.#byTerm.keys()) {
      forms.forEachForm(term, true, (form) => {
        budget.spend(COST.value)
        meaning.add(form)
      })
    }
  }

  /** Begins the next title. */
  begin(): void {
    this.#best.fill(0)
    this.#spelt.fill(0)
    this.#wanted = 0
    this.#wantedContent = 0
  }

  /** Takes a token of the title. */
  enter(form: number): void {
    let matches = this.#byForm.get(form)
    if (matches === undefined) {
      matches = this.#read(form)
      this.#byForm.set(form, matches)
    }
    if (matches.length === 0) return
    this.#wanted += 1
    if (!this.#forms.isStop(form)) this.#wantedContent += 1
    for (const { word, strength, spelt } of matches) {
      this.#best[word] = Math.max(strength, this.#best[word] as number)
      this.#spelt[word] = Math.max(spelt, this.#spelt[word] as number)
    }
  }

  /**
   * What the title is worth; 0 where some word of it is not wanted.
   * @param length words of the title that are no stop words, see `TokenStream.titleLength`
   * @param all words of the title
   */
  worth(length: number, all: number): number {
    const isWhole = this.#wantedContent >= length || this.#wanted >= all
    if (!isWhole || length === 0 || length === TITLE_LENGTH_MAX) return 0
    let [found, share] = [0, 0]
    for (const [word, { weight }] of this.#words.entries()) {
      found += weight * (this.#spelt[word] as number)
      share += weight * (this.#best[word] as number)
    }
    return wholeTitle(found, share / this.#total)
  }

  #read(form: number): readonly TitleMatch[] {
    if (this.#byTerm.size === 0) return NONE
    const found = new Map<number, TitleMatch>()
    const spelling = keyOfForm(this.#forms.forms.at(form) as string)
    const enter = (term: number, isAlias: boolean): void => {
      for (const { word, strength, key } of this.#byTerm.get(term) ?? []) {
        const spelt = strength * (isAlias || key === null ? 1 : SPELLING_SHARES[kindOfSpelling(spelling, key)])
        const known = found.get(word)
        if (known === undefined || known.spelt < spelt)
          found.set(word, { word, strength: Math.max(strength, known?.strength ?? 0), spelt })
      }
    }
    enter(this.#forms.termOfForm(form), false)
    this.#forms.forEachAdditionalTerm(form, (term, role) => {
      if (role !== 'part' && role !== 'verbLemma') enter(term, true)
    })
    return found.size === 0 ? NONE : [...found.values()]
  }
}
