import type { FieldValue } from '../../article/article-fields.ts'
import { periodOf } from '../../search/filter/dates.ts'

/**
 * The order of a list of values that only grows. New values are sorted among themselves and merged in: n comparisons for a list of n,
 * and m log m for m new ones.
 */
export class ValueOrder {
  readonly #isDate: boolean
  /** By place in the list what a value is compared by: numbers before texts. */
  readonly #keys: FieldValue[] = []
  /** Places in the list, in order. */
  #order = new Uint32Array(0)
  #ranks = new Float64Array(0)

  /** @param isDate whether the values are dates of articles, which compare by their moment */
  constructor(isDate: boolean) {
    this.#isDate = isDate
  }

  /**
   * By place in the list the rank of a value; equal ones have the same.
   * @param values the list of the call before, or one that begins with it
   */
  ranksOf(values: readonly FieldValue[]): Float64Array {
    const known = this.#order.length
    if (values.length === known) return this.#ranks
    for (let place = known; place < values.length; place++) this.#keys.push(this.#keyOf(values[place] as FieldValue))
    const compare = (a: number, b: number): number => this.#compare(values, a, b)
    const added = Array.from({ length: values.length - known }, (_, i) => known + i).sort(compare)
    this.#order = merged(this.#order, added, compare)
    this.#ranks = new Float64Array(values.length)
    let rank = 0
    for (let at = 0; at < this.#order.length; at++) {
      const place = this.#order[at] as number
      if (at > 0 && compare(this.#order[at - 1] as number, place) !== 0) rank = at
      this.#ranks[place] = rank
    }
    return this.#ranks
  }

  #keyOf(value: FieldValue): FieldValue {
    if (this.#isDate) return periodOf(String(value), false).start
    return typeof value === 'number' ? value : dictionaryKey(value)
  }

  #compare(values: readonly FieldValue[], a: number, b: number): number {
    const [keyA, keyB] = [this.#keys[a] as FieldValue, this.#keys[b] as FieldValue]
    if (typeof keyA !== typeof keyB) return typeof keyA === 'number' ? -1 : 1
    if (keyA !== keyB) return keyA < keyB ? -1 : 1
    const [textA, textB] = [String(values[a]), String(values[b])]
    return this.#isDate || textA === textB ? 0 : textA < textB ? -1 : 1
  }
}

function merged(
  order: Uint32Array,
  added: readonly number[],
  compare: (a: number, b: number) => number,
): Uint32Array<ArrayBuffer> {
  const all = new Uint32Array(order.length + added.length)
  let [left, right] = [0, 0]
  for (let at = 0; at < all.length; at++) {
    const isLeft =
      right === added.length || (left < order.length && compare(order[left] as number, added[right] as number) <= 0)
    all[at] = isLeft ? (order[left++] as number) : (added[right++] as number)
  }
  return all
}

/** DIN 5007-1: ä like a, ß like ss, capitals like small letters. */
const dictionaryKey = (text: string): string =>
  text.normalize('NFKD').replace(/\p{M}/gu, '').toLowerCase().replaceAll('ß', 'ss')
