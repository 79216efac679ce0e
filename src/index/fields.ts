import type { Article } from '../article.ts'
import { type FieldValue, fieldsOf } from '../search/fields.ts'
import { Uint32Column } from './columns.ts'

/** Stands in place of a value's code where a list is there but empty. */
export const EMPTY_LIST = 0xffff_ffff

/**
 * One field of all articles as a column: every distinct value once, and for each article the codes of its values. Eight bytes a
 * value; filters test every distinct value once and then look through the codes.
 */
export class FieldColumn {
  /** By code. */
  readonly values: FieldValue[] = []
  readonly #codes = new Map<FieldValue, number>()
  /** Ascending; an article with several values stands there as often. */
  readonly #ordinals: Uint32Column
  readonly #entries: Uint32Column
  readonly #lowered: string[] = []

  constructor(packed?: { values: FieldValue[]; ordinals: Uint32Array; entries: Uint32Array }) {
    this.values = packed?.values ?? []
    for (const [code, value] of this.values.entries()) this.#codes.set(value, code)
    this.#ordinals = new Uint32Column(packed?.ordinals)
    this.#entries = new Uint32Column(packed?.entries)
  }

  get length(): number {
    return this.#entries.length
  }

  /** By entry its article, ascending; what follows after `length` means nothing. */
  get ordinals(): Uint32Array {
    return this.#ordinals.data
  }

  /** By entry the code of a value, or EMPTY_LIST. */
  get entries(): Uint32Array {
    return this.#entries.data
  }

  /** @param ordinal above all before */
  add(ordinal: number, values: readonly FieldValue[]): void {
    for (const value of new Set(values)) this.#push(ordinal, this.#codeOf(value))
    if (values.length === 0) this.#push(ordinal, EMPTY_LIST)
  }

  /** A value as texts are compared: without regard to case. */
  lowered(code: number): string {
    while (this.#lowered.length <= code) this.#lowered.push(lowered(this.values[this.#lowered.length] as FieldValue))
    return this.#lowered[code] as string
  }

  /** The codes of one article, empty lists left out. Takes time in proportion to the logarithm of the column's length. */
  codesOf(ordinal: number): number[] {
    const { ordinals, entries, length } = this
    const codes: number[] = []
    let [low, high] = [0, length]
    while (low < high) {
      const middle = (low + high) >> 1
      if ((ordinals[middle] as number) < ordinal) low = middle + 1
      else high = middle
    }
    for (; low < length && ordinals[low] === ordinal; low++)
      if (entries[low] !== EMPTY_LIST) codes.push(entries[low] as number)
    return codes
  }

  #codeOf(value: FieldValue): number {
    const known = this.#codes.get(value)
    if (known !== undefined) return known
    const code = this.values.push(value) - 1
    this.#codes.set(value, code)
    return code
  }

  #push(ordinal: number, code: number): void {
    this.#ordinals.push(ordinal)
    this.#entries.push(code)
  }
}

/** As texts are compared in filters. */
export const lowered = (value: FieldValue): string => String(value).normalize('NFC').toLowerCase()

/** The columns of all fields that articles have, by their canonical names. */
export class Fields {
  readonly #columns = new Map<string, FieldColumn>()

  constructor(packed?: PackedFields) {
    if (packed === undefined) return
    let [value, entry] = [0, 0]
    for (const [field, name] of packed.names.entries()) {
      const valuesEnd = value + (packed.valueCounts[field] as number)
      const end = entry + (packed.entryCounts[field] as number)
      const values = packed.values
        .slice(value, valuesEnd)
        .map((text, i) => (packed.numeric[value + i] === 1 ? Number(text) : text))
      this.#columns.set(
        name,
        new FieldColumn({
          values,
          ordinals: packed.ordinals.slice(entry, end),
          entries: packed.entries.slice(entry, end),
        }),
      )
      value = valuesEnd
      entry = end
    }
  }

  get names(): string[] {
    return [...this.#columns.keys()]
  }

  /** Undefined where no article ever had the field. */
  column(field: string): FieldColumn | undefined {
    return this.#columns.get(field)
  }

  add(ordinal: number, article: Article): void {
    for (const [name, values] of fieldsOf(article)) this.#columnOf(name).add(ordinal, values)
  }

  /**
   * The same for the articles that stay.
   * @param ordinals by ordinal the new one, ascending; -1 for who goes
   */
  compacted(ordinals: Int32Array): Fields {
    const compact = new Fields()
    for (const [name, column] of this.#columns) {
      for (let entry = 0; entry < column.length; ) {
        const ordinal = column.ordinals[entry] as number
        const values: FieldValue[] = []
        for (; entry < column.length && column.ordinals[entry] === ordinal; entry++) {
          const code = column.entries[entry] as number
          if (code !== EMPTY_LIST) values.push(column.values[code] as FieldValue)
        }
        const moved = ordinals[ordinal] as number
        if (moved >= 0) compact.#columnOf(name).add(moved, values)
      }
    }
    return compact
  }

  pack(): PackedFields {
    const columns = [...this.#columns.values()]
    const values = columns.flatMap((column) => column.values)
    const entryCounts = Uint32Array.from(columns, ({ length }) => length)
    const total = entryCounts.reduce((sum, count) => sum + count, 0)
    const [ordinals, entries] = [new Uint32Array(total), new Uint32Array(total)]
    let at = 0
    for (const column of columns) {
      ordinals.set(column.ordinals.subarray(0, column.length), at)
      entries.set(column.entries.subarray(0, column.length), at)
      at += column.length
    }
    return {
      names: this.names,
      valueCounts: Uint32Array.from(columns, (column) => column.values.length),
      entryCounts,
      values: values.map(String),
      numeric: Uint8Array.from(values, (value) => (typeof value === 'number' ? 1 : 0)),
      ordinals,
      entries,
    }
  }

  #columnOf(name: string): FieldColumn {
    let column = this.#columns.get(name)
    if (column === undefined) {
      column = new FieldColumn()
      this.#columns.set(name, column)
    }
    return column
  }
}

export interface PackedFields {
  readonly names: string[]
  /** Distinct values, and entries, of each field. */
  readonly valueCounts: Uint32Array
  readonly entryCounts: Uint32Array
  /** Of all fields one after the other; numbers as JavaScript writes them. */
  readonly values: string[]
  readonly numeric: Uint8Array
  readonly ordinals: Uint32Array
  readonly entries: Uint32Array
}
