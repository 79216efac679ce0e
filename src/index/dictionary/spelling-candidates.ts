import { fold } from '../../analysis/german/fold.ts'
import { keyOfForm } from '../../analysis/word/word.ts'
import type { WorkBudget } from '../../work-budget.ts'
import type { Vocabulary } from '../segment/vocabulary.ts'
import { PhoneticIndex, SOUND_WORD_MAX, SOUND_WORD_MIN } from './phonetic-index.ts'

/** Only letters are mistyped. */
const LETTERS = /^\p{L}+$/u

/** A term of living articles, and how far what was compared is from a spelling. */
export interface Candidate {
  readonly term: number
  readonly distance: number
  /** Whether the term itself was compared, not a form of it. */
  readonly isTerm: boolean
  readonly isStop: boolean
}

/** The words of a vocabulary by their sound: its forms, folded, and its terms. What came since is entered when the next one is asked for. */
export class SpellingCandidates {
  readonly #vocabulary: Vocabulary
  readonly #sounds: PhoneticIndex
  /** Forms and terms entered so far. */
  #forms = 0
  #terms = 0

  constructor(vocabulary: Vocabulary) {
    this.#vocabulary = vocabulary
    this.#sounds = new PhoneticIndex((item) => this.#wordOf(item))
  }

  reset(budget: WorkBudget): void {
    this.#sounds.reset(budget)
  }

  /** Makes the tables what they are between uses, after an exception somewhere among these. */
  restore(): void {
    this.#sounds.restore()
  }

  near(spelling: string, distanceMax: number): Candidate[] {
    const { documentFrequencies, formFrequencies } = this.#vocabulary
    this.add(Number.POSITIVE_INFINITY)
    const candidates: Candidate[] = []
    for (const { item, distance } of this.#sounds.near(spelling, distanceMax)) {
      const isTerm = item % 2 === 1
      const term = isTerm ? (item - 1) / 2 : this.#vocabulary.termOfForm(item / 2)
      const documents = isTerm ? documentFrequencies.at(term) : formFrequencies.at(item / 2)
      if (documents > 0) candidates.push({ term, distance, isTerm, isStop: this.#isStop(item) })
    }
    return candidates
  }

  /** Enters what came since, at most so many words at once; whether all of them are entered. */
  add(count: number): boolean {
    const { forms, terms } = this.#vocabulary
    const formsEnd = Math.min(forms.length, this.#forms + count)
    for (; this.#forms < formsEnd; this.#forms++) this.#add(this.#forms * 2)
    const termsEnd = Math.min(terms.length, this.#terms + count)
    for (; this.#terms < termsEnd; this.#terms++) this.#add(this.#terms * 2 + 1)
    return formsEnd === forms.length && termsEnd === terms.length
  }

  #add(item: number): void {
    const word = this.#wordOf(item)
    if (isWord(word)) this.#sounds.add(word, item)
  }

  /** Whether it is a stop word, or a term that living articles have as nothing else: parts of longer words are none. */
  #isStop(item: number): boolean {
    const { formFrequencies } = this.#vocabulary
    if (item % 2 === 0) return this.#vocabulary.isStop(item / 2)
    const liveForms: number[] = []
    this.#vocabulary.forEachForm((item - 1) / 2, false, (form) => {
      if (formFrequencies.at(form) > 0) liveForms.push(form)
    })
    return liveForms.length > 0 && liveForms.every((form) => this.#vocabulary.isStop(form))
  }

  /** An item is a form, folded, or a term where the number is odd. */
  #wordOf(item: number): string {
    const { forms, terms } = this.#vocabulary
    return item % 2 === 0 ? fold(keyOfForm(forms.at(item / 2) as string)) : (terms.at((item - 1) / 2) as string)
  }
}

const isWord = (word: string): boolean =>
  word.length >= SOUND_WORD_MIN && word.length <= SOUND_WORD_MAX && LETTERS.test(word)
