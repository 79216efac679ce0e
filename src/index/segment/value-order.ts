import type { FieldValue } from '../../article/article-fields.ts'
import { timeOf } from '../../time.ts'
import { orderInRuns } from '../arrays/order-in-runs.ts'

/** Values by number; more may come. */
export interface ValueList {
  readonly length: number
  at(number: number): FieldValue | undefined
}

/** The order of values as it lies in a file. */
export interface PackedValueOrder {
  /** Numbers of values, in order. */
  readonly order: Uint32Array
  /** By number the rank of a value; equal ones have the same. */
  readonly ranks: Uint32Array
}

/** Its own for each: one that is given to another thread takes its buffers along. */
export const noOrder = (): PackedValueOrder => ({ order: new Uint32Array(0), ranks: new Uint32Array(0) })

/**
 * The order of a list of values that only grows: dates by their moment, else numbers before texts, texts as in a German dictionary
 * (DIN 5007-1: ä like a, ß like ss, case last). New values are sorted among themselves and merged in: m log n comparisons for m new ones
 * in a list of n.
 */
export class ValueOrder {
  readonly #values: ValueList
  readonly #isDate: boolean
  #order: Uint32Array
  #ranks: Uint32Array

  constructor(values: ValueList, isDate: boolean, packed?: PackedValueOrder) {
    this.#values = values
    this.#isDate = isDate
    this.#order = packed?.order ?? new Uint32Array(0)
    this.#ranks = packed?.ranks ?? new Uint32Array(0)
  }

  /** By number the rank of a value; equal ones have the same. */
  ranks(): Uint32Array {
    this.#follow()
    return this.#ranks
  }

  pack(): PackedValueOrder {
    this.#follow()
    return { order: this.#order, ranks: this.#ranks }
  }

  #follow(): void {
    const known = this.#order.length
    const { length } = this.#values
    if (length === known) return
    const added = Array.from({ length: length - known }, (_, i) => this.#keyed(known + i)).sort(compare)
    const order = new Uint32Array(length)
    const ranks = new Uint32Array(length)
    let [copied, end, rank] = [0, 0, 0]
    let before: Keyed | null = null
    const copyTo = (place: number): void => {
      for (; copied < place; copied++) {
        const number = this.#order[copied] as number
        const isFirst = copied === 0 || this.#ranks[this.#order[copied - 1] as number] !== this.#ranks[number]
        // one that was added just before may be equal to the first of those that follow
        const isOther = before === null ? isFirst : compare(before, this.#keyed(number)) !== 0
        if (isOther) rank = end
        before = null
        order[end++] = number
        ranks[number] = rank
      }
    }
    for (const one of added) {
      const place = this.#placeOf(one, copied)
      copyTo(place)
      const last = before ?? (end === 0 ? null : this.#keyed(order[end - 1] as number))
      if (last === null || compare(last, one) !== 0) rank = end
      before = one
      order[end++] = one.number
      ranks[one.number] = rank
    }
    copyTo(known)
    this.#order = order
    this.#ranks = ranks
  }

  /** The first place in the order before this, from one on, whose value comes after one. */
  #placeOf(one: Keyed, from: number): number {
    let [low, high] = [from, this.#order.length]
    while (low < high) {
      const middle = (low + high) >> 1
      if (compare(this.#keyed(this.#order[middle] as number), one) <= 0) low = middle + 1
      else high = middle
    }
    return low
  }

  #keyed(number: number): Keyed {
    return keyed(this.#values, this.#isDate, number)
  }
}

/** So many values are sorted at once. */
const VALUES_IN_RUN = 2 ** 17

/**
 * The order of a list of values that is not going to grow, as `ValueOrder` packs it; of many of them it has few in memory.
 * @param isDate see `ValueOrder`
 */
export function packedValueOrder(values: ValueList, isDate: boolean, runLength = VALUES_IN_RUN): PackedValueOrder {
  const order = new Uint32Array(values.length)
  const ranks = new Uint32Array(values.length)
  const sorted = orderInRuns<Keyed>(values.length, runLength, {
    keyOf: (number) => keyed(values, isDate, number),
    compare,
    orderOf: (keys) => keys.map((_, at) => at).sort((a, b) => compare(keys[a] as Keyed, keys[b] as Keyed)),
  })
  let [end, rank] = [0, 0]
  let before: Keyed | null = null
  for (const [number, key] of sorted) {
    if (before === null || compare(before, key) !== 0) rank = end
    before = key
    order[end++] = number
    ranks[number] = rank
  }
  return { order, ranks }
}

function keyed(values: ValueList, isDate: boolean, number: number): Keyed {
  const value = values.at(number) as FieldValue
  if (isDate) return { number, key: timeOf(String(value)), text: '' }
  return typeof value === 'number'
    ? { number, key: value, text: '' }
    : { number, key: dictionaryKey(value), text: value }
}

/** A value with what it is compared by; the text tells equal keys apart. */
interface Keyed {
  readonly number: number
  readonly key: FieldValue
  readonly text: string
}

function compare(a: Keyed, b: Keyed): number {
  if (typeof a.key !== typeof b.key) return typeof a.key === 'number' ? -1 : 1
  if (a.key !== b.key) return a.key < b.key ? -1 : 1
  return a.text === b.text ? 0 : a.text < b.text ? -1 : 1
}

const dictionaryKey = (text: string): string =>
  text.normalize('NFKD').replace(/\p{M}/gu, '').toLowerCase().replaceAll('ß', 'ss')
