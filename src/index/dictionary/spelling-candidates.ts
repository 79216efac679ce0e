import { fold } from '../../analysis/german/fold.ts'
import { keyOfForm } from '../../analysis/word/word.ts'
import type { WorkBudget } from '../../work-budget.ts'
import { COST } from '../../work-costs.ts'
import type { PackedSpellings } from '../segment/prepared.ts'
import type { Vocabulary } from '../segment/vocabulary.ts'
import { SoundsWriter } from './packed-sounds.ts'
import { mayBeMistyped, type NearWord, PhoneticIndex, SOUND_WORD_MAX, SOUND_WORD_MIN } from './phonetic-index.ts'

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
  readonly #packed: PackedSpellings | undefined
  /** The words of a file, read where they lie, and those that came later: the small one grows, the large one is never copied. */
  readonly #sounds: readonly [packed: PhoneticIndex, later: PhoneticIndex]
  /** Forms and terms entered so far. */
  #forms: number
  #terms: number
  #budget: WorkBudget | undefined

  constructor(vocabulary: Vocabulary, packed?: PackedSpellings) {
    const wordOf = (item: number): string => this.#wordOf(item)
    this.#vocabulary = vocabulary
    this.#packed = packed
    this.#sounds = [new PhoneticIndex(wordOf, packed?.sounds), new PhoneticIndex(wordOf)]
    const [forms = 0, terms = 0] = packed?.entered ?? []
    this.#forms = forms
    this.#terms = terms
  }

  reset(budget: WorkBudget): void {
    this.#budget = budget
    for (const sounds of this.#sounds) sounds.reset(budget)
  }

  /** Makes the tables what they are between uses, after an exception somewhere among these. */
  restore(): void {
    for (const sounds of this.#sounds) sounds.restore()
  }

  /** How many words came later than those of the file. */
  countLater(): number {
    this.add(Number.POSITIVE_INFINITY)
    return this.#sounds[1].size
  }

  /** The words near a spelling among those of the file: always the same ones. */
  nearStored(spelling: string, distanceMax: number): NearWord[] {
    const [stored] = this.#sounds
    if (mayBeMistyped(spelling)) this.#budget?.spend(COST.corrections)
    return stored.size === 0 ? [] : stored.near(spelling, distanceMax)
  }

  /** The words near a spelling among those that came later: the same ones until more of them come. */
  nearLater(spelling: string, distanceMax: number): NearWord[] {
    const [, later] = this.#sounds
    return this.countLater() === 0 ? [] : later.near(spelling, distanceMax)
  }

  /** What these words are to living articles; without those that only tombstones have. */
  candidates(words: readonly NearWord[]): Candidate[] {
    const { documentFrequencies, formFrequencies } = this.#vocabulary
    const candidates: Candidate[] = []
    for (const { item, distance } of words) {
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
    const [, later] = this.#sounds
    const formsEnd = Math.min(forms.length, this.#forms + count)
    for (; this.#forms < formsEnd; this.#forms++) this.#addTo(later, this.#forms * 2)
    const termsEnd = Math.min(terms.length, this.#terms + count)
    for (; this.#terms < termsEnd; this.#terms++) this.#addTo(later, this.#terms * 2 + 1)
    return formsEnd === forms.length && termsEnd === terms.length
  }

  #addTo(sounds: Pick<PhoneticIndex, 'add'>, item: number): void {
    const word = this.#wordOf(item)
    if (isWord(word)) sounds.add(word, item)
  }

  /** All of it in one piece, what was not entered yet among it. */
  pack(): PackedSpellings {
    const { forms, terms } = this.#vocabulary
    const [entered, enteredTerms] = this.#packed?.entered ?? [0, 0]
    if (this.#packed !== undefined && entered === forms.length && enteredTerms === terms.length) return this.#packed
    // many at once take less where nothing is there yet
    const all =
      this.#packed === undefined
        ? new SoundsWriter(forms.length + terms.length)
        : new PhoneticIndex((item) => this.#wordOf(item), this.#packed.sounds)
    for (let form = entered as number; form < forms.length; form++) this.#addTo(all, form * 2)
    for (let term = enteredTerms as number; term < terms.length; term++) this.#addTo(all, term * 2 + 1)
    return { entered: Uint32Array.of(forms.length, terms.length), sounds: all.pack() }
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
