import { orderKey } from '../../analysis/german/order-key.ts'
import { keyOfForm } from '../../analysis/word/word.ts'
import { orderInRuns } from '../arrays/order-in-runs.ts'
import { orderOf } from '../arrays/string-order.ts'
import type { Vocabulary } from './vocabulary.ts'

/** So many forms are sorted at once. */
const FORMS_IN_RUN = 2 ** 19

/** Places in the order, valid until the next form comes; the end does not belong to it. */
export type Range = readonly [first: number, end: number]

/** The forms of a vocabulary in the order of their folded spelling, for completing what is being typed. */
export class SortedForms {
  readonly #vocabulary: Vocabulary
  /** Form numbers in order, and room for more; part of a file until one comes. */
  #order: Uint32Array
  #length: number
  /** By form its place; made when asked for. */
  #places = new Uint32Array(0)

  constructor(vocabulary: Vocabulary, packed?: PackedFormOrder) {
    this.#vocabulary = vocabulary
    this.#order = packed?.order ?? new Uint32Array(0)
    this.#length = this.#order.length
  }

  form(place: number): number {
    return this.#order[place] as number
  }

  /** What the form at a place is sorted by. Made when it is asked for: kept, all of them would take as much room as the forms do. */
  keyAt(place: number): string {
    return this.#keyOf(this.#order[place] as number)
  }

  #keyOf(form: number): string {
    return orderKey(keyOfForm(this.#vocabulary.forms.at(form) as string))
  }

  /** The places of the forms in order whose keys begin so. */
  range(prefix: string): Range {
    this.#follow()
    return this.#rangeIn(prefix, [0, this.#length])
  }

  /** The places of the forms in order whose key is this one. */
  rangeOf(key: string): Range {
    const [first, end] = this.range(key)
    return [first, this.#search((other) => other !== key, first, end)]
  }

  #rangeIn(prefix: string, [from, to]: Range): Range {
    const first = this.#search((key) => key >= prefix, from, to)
    return [first, this.#search((key) => key >= prefix && !key.startsWith(prefix), first, to)]
  }

  /** Where a form stands; only for forms that were there when a range was asked for. */
  place(form: number): number {
    if (this.#places.length !== this.#length) {
      this.#places = new Uint32Array(this.#length)
      for (let place = 0; place < this.#length; place++) this.#places[this.#order[place] as number] = place
    }
    return this.#places[form] as number
  }

  /**
   * The ranges of forms that begin with what is one slip away from a prefix: a letter too many, too few, another, or two that changed
   * places. Its first letter is taken as right.
   */
  rangesNear(prefix: string): Range[] {
    this.#follow()
    const ranges: Range[] = []
    for (let at = 1; at < prefix.length; at++) {
      const [begin, rest] = [prefix.slice(0, at), prefix.slice(at)]
      const within = this.range(begin)
      if (within[0] === within[1]) break
      const others = new Set([rest.slice(1), (rest[1] ?? '') + (rest[0] ?? '') + rest.slice(2)])
      for (const letter of this.#lettersAfter(begin, within)) {
        others.add(letter + rest.slice(1))
        others.add(letter + rest)
      }
      others.delete(rest)
      for (const other of others) {
        const range = this.#rangeIn(begin + other, within)
        if (range[0] < range[1]) ranges.push(range)
      }
    }
    return ranges
  }

  *#lettersAfter(begin: string, [first, end]: Range): Generator<string> {
    for (let place = first; place < end; ) {
      const letter = this.keyAt(place)[begin.length]
      if (letter === undefined) place += 1
      else {
        yield letter
        place = this.#search((key) => key >= begin + letter && !key.startsWith(begin + letter), place, end)
      }
    }
  }

  pack(): PackedFormOrder {
    this.#follow()
    return { order: this.#order.subarray(0, this.#length) }
  }

  /** The first of these places where a test that stays true once it is is true. */
  #search(isBeyond: (key: string) => boolean, from: number, to: number): number {
    let [low, high] = [from, to]
    while (low < high) {
      const middle = (low + high) >> 1
      if (isBeyond(this.keyAt(middle))) high = middle
      else low = middle + 1
    }
    return low
  }

  /** Takes in the forms that came since: those that stand behind are moved, each once. */
  #follow(): void {
    const { forms } = this.#vocabulary
    const known = this.#length
    if (forms.length === known) return
    if (known === 0) {
      this.#order = this.#orderOfAll()
      this.#length = forms.length
      return
    }
    const keys = Array.from({ length: forms.length - known }, (_, at) => this.#keyOf(known + at))
    const added = orderOf(keys)
    let from = 0
    const places = Array.from(added, (number) => {
      const key = keys[number] as string
      from = this.#search((other) => other > key, from, known)
      return from
    })
    this.#makeRoom(forms.length)
    let end = known
    for (let at = added.length - 1; at >= 0; at--) {
      const place = places[at] as number
      this.#order.copyWithin(place + at + 1, place, end)
      this.#order[place + at] = known + (added[at] as number)
      end = place
    }
    this.#length = forms.length
  }

  /** So many keys are in memory as are sorted at once. */
  #orderOfAll(): Uint32Array {
    const order = new Uint32Array(this.#vocabulary.forms.length)
    const sorted = orderInRuns<string>(order.length, FORMS_IN_RUN, {
      keyOf: (form) => this.#keyOf(form),
      compare: (one, other) => (one < other ? -1 : one > other ? 1 : 0),
      orderOf,
    })
    let end = 0
    for (const [form] of sorted) order[end++] = form
    return order
  }

  #makeRoom(length: number): void {
    if (this.#order.length >= length) return
    const larger = new Uint32Array(Math.ceil(length * 1.1))
    larger.set(this.#order)
    this.#order = larger
  }
}

export interface PackedFormOrder {
  readonly order: Uint32Array
}
