import type { Role } from '../../search/engine/forms.ts'
import { TITLE_WEIGHT } from '../../search/ranking/index-weights.ts'
import { Distinct } from '../arrays/distinct.ts'
import { ALIAS, EXTRA, OCCURRENCE_KINDS, type Occurrences, PART, WHOLE } from './posting-list.ts'
import type { Vocabulary } from './vocabulary.ts'

/** Counts how often an article has each term in each kind of occurrence. Its tables are kept from one article to the next. */
export class OccurrenceCounter {
  readonly #vocabulary: Vocabulary
  readonly #counted = new Counter()
  readonly #distinct = new Distinct()

  constructor(vocabulary: Vocabulary) {
    this.#vocabulary = vocabulary
  }

  /**
   * An occurrence in the title counts several times.
   * @param forms of an article: title, text, extras
   */
  count(forms: Uint32Array, titleEnd: number, textEnd: number): Occurrences {
    const vocabulary = this.#vocabulary
    this.#counted.begin(vocabulary.terms.length * OCCURRENCE_KINDS)
    for (let i = 0; i < forms.length; i++) {
      const form = forms[i] as number
      const extra = i >= textEnd
      const by = i < titleEnd ? TITLE_WEIGHT : 1
      this.#counted.add(vocabulary.termOfForm(form) * OCCURRENCE_KINDS + (extra ? EXTRA : WHOLE), by)
      const end = vocabulary.additionalEnd(form)
      for (let at = vocabulary.additionalStart(form); at < end; at++) {
        const { term, role, isUncounted } = vocabulary.additionalAt(at)
        if (!isUncounted) this.#counted.add(term * OCCURRENCE_KINDS + (extra ? EXTRA : kindOfRole(role)), by)
      }
    }
    const slots: number[] = []
    const frequencies: number[] = []
    const terms: number[] = []
    this.#distinct.begin(vocabulary.terms.length)
    this.#counted.take((slot, frequency) => {
      slots.push(slot)
      frequencies.push(frequency)
      const term = Math.floor(slot / OCCURRENCE_KINDS)
      if (this.#distinct.isFirst(term)) terms.push(term)
    })
    return { slots, frequencies, terms }
  }
}

/** Counts numbers from 0 on; kept from one use to the next. */
class Counter {
  /** By number, all zero between uses. */
  #counts = new Uint32Array(0)
  readonly #met: number[] = []

  /** @param size all numbers will be below */
  begin(size: number): void {
    if (this.#counts.length < size) this.#counts = new Uint32Array(size * 2)
  }

  add(number: number, by: number): void {
    const before = this.#counts[number] as number
    if (before === 0) this.#met.push(number)
    this.#counts[number] = before + by
  }

  /** Gives every number that was counted, in the order they came, and forgets them. */
  take(visit: (number: number, count: number) => void): void {
    for (const number of this.#met) {
      visit(number, this.#counts[number] as number)
      this.#counts[number] = 0
    }
    this.#met.length = 0
  }
}

/** A verb that a word may be a form of counts like a part. */
const kindOfRole = (role: Role): number => (role === 'part' || role === 'verbLemma' ? PART : ALIAS)
