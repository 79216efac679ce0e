import { fold } from '../../analysis/german/fold.ts'
import { keyOfForm } from '../../analysis/word/word.ts'
import type { Expansion } from '../../search/engine/engine.ts'
import type { QueryWord } from '../../search/query/words.ts'
import { WEIGHTS } from '../../search/ranking/weights.ts'
import type { WorkBudget } from '../../work-budget.ts'
import type { Vocabulary } from '../segment/vocabulary.ts'
import { PhoneticIndex, SOUND_WORD_MAX, SOUND_WORD_MIN } from './phonetic-index.ts'

/** Only letters are mistyped: numbers and codes are meant as they stand. */
const LETTERS = /^\p{L}+$/u
/** So many readings of a word are looked up, as far as they are hardly further than the nearest. */
const READINGS_MAX = 6
const FURTHER_DISTANCE_MAX = 1
/** What a correction loses with each slip. */
const LOSS_PER_EDIT = 0.25
/** Stems that look alike tell less than whole words. */
const STEM_DISTANCE = 0.3
/** Slips that are thought of even where the word may be meant as it is, and what they count then. */
const KNOWN_WORD_DISTANCE_MAX = 1
const KNOWN_WORD_FACTOR = 0.6

/** What unknown words were meant to be, by a vocabulary that may grow: what came since is entered when the next word is asked for. */
export class SpellingCorrector {
  readonly #vocabulary: Vocabulary
  readonly #sounds: PhoneticIndex
  /** Forms and terms entered so far. */
  #forms = 0
  #terms = 0

  constructor(vocabulary: Vocabulary) {
    this.#vocabulary = vocabulary
    this.#sounds = new PhoneticIndex((item) => this.#wordOf(item))
  }

  begin(budget: WorkBudget): void {
    this.#sounds.begin(budget)
  }

  restore(): void {
    this.#sounds.restore()
  }

  /**
   * What a word was probably meant to be, nearest first; only terms that some living article has. Where some article has the
   * word's own term, but no form is spelt like it, and where the lexicon knows the word, it was probably meant as it is: only the
   * slightest slips are thought of then.
   * @param isKnown whether some living article has its term
   * @param isAlone whether the query has no other word: only then may it have been meant to be one of the small words
   */
  of({ word, isKnownWord }: QueryWord, isKnown: boolean, isAlone: boolean): Expansion[] {
    const { terms, documentFrequencies, formFrequencies } = this.#vocabulary
    const own = this.#vocabulary.termNumber(word.term) ?? -1
    const folded = fold(word.key)
    if (isKnown && (this.#vocabulary.hasForm(word.key, own) || this.#vocabulary.hasForm(word.form, own))) return []
    this.enter(Number.POSITIVE_INFINITY)
    const isMeant = isKnown || isKnownWord
    const max = isMeant ? KNOWN_WORD_DISTANCE_MAX : Number.POSITIVE_INFINITY
    const nearest = new Map<number, number>()
    for (const typed of isMeant ? [folded] : new Set([folded, word.term])) {
      if (!LETTERS.test(typed)) continue
      const further = typed === folded ? 0 : STEM_DISTANCE
      for (const { item, distance: plain } of this.#sounds.near(typed, max - further)) {
        const distance = plain + further
        // a word that is meant as it is may be a form spelt otherwise, but is no stem
        if (isMeant && item % 2 === 1) continue
        if (!isAlone && this.#isSmall(item)) continue
        const term = item % 2 === 0 ? this.#vocabulary.termOfForm(item / 2) : (item - 1) / 2
        const articles = item % 2 === 0 ? formFrequencies.at(item / 2) : documentFrequencies.at(term)
        if (term === own || articles === 0) continue
        if (distance < (nearest.get(term) ?? Number.POSITIVE_INFINITY)) nearest.set(term, distance)
      }
    }
    const least = Math.min(...nearest.values())
    return [...nearest]
      .filter(([, distance]) => distance <= least + FURTHER_DISTANCE_MAX)
      .map(([term, distance]) => ({ name: terms[term] as string, distance, articles: documentFrequencies.at(term) }))
      .sort((a, b) => a.distance - b.distance || b.articles - a.articles || (a.name < b.name ? -1 : 1))
      .slice(0, READINGS_MAX)
      .map(({ name, distance, articles }) => ({
        term: name,
        documents: articles,
        weight: (isMeant ? KNOWN_WORD_FACTOR : 1) * (WEIGHTS.correction - LOSS_PER_EDIT * distance),
        kind: 'typo',
      }))
  }

  /** Enters what came since, at most so many words at once; whether all of them are entered. */
  enter(count: number): boolean {
    const { forms, terms } = this.#vocabulary
    const formsEnd = Math.min(forms.length, this.#forms + count)
    for (; this.#forms < formsEnd; this.#forms++) this.#enter(this.#forms * 2)
    const termsEnd = Math.min(terms.length, this.#terms + count)
    for (; this.#terms < termsEnd; this.#terms++) this.#enter(this.#terms * 2 + 1)
    return formsEnd === forms.length && termsEnd === terms.length
  }

  #enter(item: number): void {
    const word = this.#wordOf(item)
    if (isWord(word)) this.#sounds.add(word, item)
  }

  /** Whether it is a stop word, or a term that living articles have as nothing else: parts of longer words are not small. */
  #isSmall(item: number): boolean {
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
    return item % 2 === 0 ? fold(keyOfForm(forms[item / 2] as string)) : (terms[(item - 1) / 2] as string)
  }
}

const isWord = (word: string): boolean =>
  word.length >= SOUND_WORD_MIN && word.length <= SOUND_WORD_MAX && LETTERS.test(word)
