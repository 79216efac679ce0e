import { additionalTermOf } from '../../search/engine/forms.ts'
import { EXTRA_WEIGHT, TITLE_WEIGHT } from '../../search/ranking/index-weights.ts'
import { Distinct } from '../arrays/distinct.ts'
import { EXTRA, OCCURRENCE_KINDS, type Occurrences, PART, slotOf, TITLE, WHOLE } from './posting-list.ts'
import { kindOfAdditional, type Vocabulary } from './vocabulary.ts'

/** What an article adds to an index. */
export interface Counted extends Occurrences {
  /** Its forms, each once. */
  readonly forms: readonly number[]
  /** BM25's length: every word of the text but stop words, and those of the extras by their weight. */
  readonly length: number
  /** Words of the title but stop words; all of them where it has no others. */
  readonly titleLength: number
}

/**
 * Counts how often an article has each term in each kind of occurrence: first its forms, of which long articles have a third as many as
 * tokens, then the terms of each form once. Its tables are kept from one article to the next.
 */
export class OccurrenceCounter {
  readonly #vocabulary: Vocabulary
  readonly #inTitle = new Counter()
  readonly #inText = new Counter()
  readonly #inExtras = new Counter()
  readonly #occurrences = new Counter()
  readonly #distinct = new Distinct()

  constructor(vocabulary: Vocabulary) {
    this.#vocabulary = vocabulary
  }

  /**
   * An occurrence in the title counts several times, and once more by itself.
   * @param forms of an article: title, text, extras
   */
  count(forms: Uint32Array, titleEnd: number, textEnd: number): Counted {
    const vocabulary = this.#vocabulary
    for (const counter of [this.#inTitle, this.#inText, this.#inExtras]) counter.begin(vocabulary.forms.length)
    for (let i = 0; i < titleEnd; i++) this.#inTitle.add(forms[i] as number, 1)
    for (let i = titleEnd; i < textEnd; i++) this.#inText.add(forms[i] as number, 1)
    for (let i = textEnd; i < forms.length; i++) this.#inExtras.add(forms[i] as number, 1)

    this.#occurrences.begin(slotOf(vocabulary.terms.length, WHOLE))
    this.#distinct.begin(vocabulary.forms.length)
    const counted: number[] = []
    let length = 0
    let titleLength = 0
    const enter = (form: number): void => {
      if (this.#distinct.isFirst(form)) counted.push(form)
    }
    this.#inTitle.take((form, count) => {
      enter(form)
      this.#addForm(form, count * TITLE_WEIGHT, WHOLE)
      this.#addTitleForm(form, count)
      if (!vocabulary.isStop(form)) titleLength += count
    })
    this.#inText.take((form, count) => {
      enter(form)
      this.#addForm(form, count, WHOLE)
      if (!vocabulary.isStop(form)) length += count
    })
    this.#inExtras.take((form, count) => {
      enter(form)
      this.#addForm(form, count, EXTRA)
      if (!vocabulary.isStop(form)) length += count * EXTRA_WEIGHT
    })

    const slots: number[] = []
    const frequencies: number[] = []
    const terms: number[] = []
    this.#distinct.begin(vocabulary.terms.length)
    this.#occurrences.take((slot, frequency) => {
      slots.push(slot)
      frequencies.push(frequency)
      const term = Math.floor(slot / OCCURRENCE_KINDS)
      if (this.#distinct.isFirst(term)) terms.push(term)
    })
    return { forms: counted, length, titleLength: titleLength || titleEnd, slots, frequencies, terms }
  }

  /** @param place EXTRA for all that stands there, WHOLE elsewhere */
  #addForm(form: number, count: number, place: typeof WHOLE | typeof EXTRA): void {
    const vocabulary = this.#vocabulary
    this.#occurrences.add(slotOf(vocabulary.termOfForm(form), place), count)
    const end = vocabulary.additionalEnd(form)
    for (let at = vocabulary.additionalStart(form); at < end; at++) {
      const packed = vocabulary.packedAdditionalAt(at)
      const kind = kindOfAdditional(packed)
      if (kind >= 0) this.#occurrences.add(slotOf(additionalTermOf(packed), place === EXTRA ? EXTRA : kind), count)
    }
  }

  #addTitleForm(form: number, count: number): void {
    const vocabulary = this.#vocabulary
    this.#occurrences.add(slotOf(vocabulary.termOfForm(form), TITLE), count)
    const end = vocabulary.additionalEnd(form)
    for (let at = vocabulary.additionalStart(form); at < end; at++) {
      const packed = vocabulary.packedAdditionalAt(at)
      const kind = kindOfAdditional(packed)
      if (kind >= 0 && kind !== PART) this.#occurrences.add(slotOf(additionalTermOf(packed), TITLE), count)
    }
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
