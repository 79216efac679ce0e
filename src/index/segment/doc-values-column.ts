import type { FieldValue } from '../../article/article-fields.ts'
import { Uint32Column } from '../arrays/growable.ts'
import type { PackedStringTable } from '../arrays/string-table.ts'
import { CaseFoldedTable, lowered } from './case-folded-table.ts'
import { noOrder, type PackedValueOrder, ValueOrder } from './value-order.ts'
import { ValueTable } from './value-table.ts'

/** Entries that came later are looked through; of more all are sorted by their codes again. */
const TAIL_MAX = 256

/**
 * One field of all articles as a column: every distinct value once, and for each article the codes of its values. Eight bytes a
 * value; filters test every distinct value once and then look through the codes.
 */
export class DocValuesColumn {
  /** By code. */
  readonly values: ValueTable
  /** The order of the values. */
  readonly order: ValueOrder
  /** Ascending; an article with several values stands there as often. */
  readonly #docIds: Uint32Column
  readonly #entries: Uint32Column
  /** Articles whose list is there but empty, ascending: in none of the entries. */
  readonly #docsWithEmptyList: Uint32Column
  readonly #codesByText: CaseFoldedTable
  readonly #lowered: string[] = []
  /** The articles of each code one after the other, and where those of each end; of so many entries, those that came later are looked through. */
  #byCode = { docIds: new Uint32Array(0), ends: new Uint32Array(0), entries: 0 }

  /** @param isDate whether its values are dates of articles, which are ordered by their moment */
  constructor(isDate: boolean, packed?: PackedColumn) {
    this.values = new ValueTable(packed?.values)
    this.order = new ValueOrder(this.values, isDate, packed?.order)
    this.#codesByText = new CaseFoldedTable(this.values, packed?.foldedSlots)
    this.#docIds = new Uint32Column(packed?.docIds)
    this.#entries = new Uint32Column(packed?.entries)
    this.#docsWithEmptyList = new Uint32Column(packed?.docsWithEmptyList)
  }

  get length(): number {
    return this.#entries.length
  }

  /** By entry its article, ascending; what follows after `length` means nothing. */
  get docIds(): Uint32Array {
    return this.#docIds.data
  }

  /** By entry the code of a value. */
  get entries(): Uint32Array {
    return this.#entries.data
  }

  /** Articles that have an empty list in place of values, ascending. */
  get docsWithEmptyList(): Uint32Array {
    return this.#docsWithEmptyList.view()
  }

  /** @param docId above all before */
  add(docId: number, values: readonly FieldValue[]): void {
    for (const value of new Set(values)) {
      this.#docIds.push(docId)
      this.#entries.push(this.values.add(value))
    }
    if (values.length === 0) this.#docsWithEmptyList.push(docId)
  }

  /** A value as texts are compared: without regard to case. */
  lowered(code: number): string {
    while (this.#lowered.length <= code) this.#lowered.push(lowered(this.values.at(this.#lowered.length) as FieldValue))
    return this.#lowered[code] as string
  }

  /** The codes of one article. Takes time in proportion to the logarithm of the column's length. */
  codesOf(docId: number): number[] {
    const { docIds, entries, length } = this
    const codes: number[] = []
    let [low, high] = [0, length]
    while (low < high) {
      const middle = (low + high) >> 1
      if ((docIds[middle] as number) < docId) low = middle + 1
      else high = middle
    }
    for (; low < length && docIds[low] === docId; low++) codes.push(entries[low] as number)
    return codes
  }

  /** The code of just this value. */
  codeOf(value: FieldValue): number | undefined {
    return this.values.codeOf(value)
  }

  /** The codes of values that are this text without regard to case. */
  codesWith(text: string): readonly number[] {
    return this.#codesByText.numbersOf(text)
  }

  /** Who has the value of a code, ascending, tombstones among them. */
  docIdsOfCode(code: number): Uint32Array {
    if (this.length - this.#byCode.entries > TAIL_MAX) this.#invert()
    const { docIds, ends, entries } = this.#byCode
    const inverted = docIds.subarray(code === 0 ? 0 : ends[code - 1], ends[code] ?? 0)
    const later: number[] = []
    for (let entry = entries; entry < this.length; entry++)
      if (this.entries[entry] === code) later.push(this.docIds[entry] as number)
    if (later.length === 0) return inverted
    const all = new Uint32Array(inverted.length + later.length)
    all.set(inverted)
    all.set(later, inverted.length)
    return all
  }

  /** Does what `docIdsOfCode` would wait for the first time, or soon: one pass over the column. */
  prepareDocIdsOfCodes(): void {
    const { entries } = this.#byCode
    if (entries === 0 || this.length - entries > TAIL_MAX / 2) this.#invert()
  }

  /** Who has a value, ascending, tombstones among them. */
  docIdsWith(value: FieldValue): Uint32Array {
    const code = this.values.codeOf(value)
    return code === undefined ? NOBODY : this.docIdsOfCode(code)
  }

  #invert(): void {
    const { docIds, entries, length } = this
    const ends = new Uint32Array(this.values.length)
    for (let entry = 0; entry < length; entry++) {
      const code = entries[entry] as number
      ends[code] = (ends[code] as number) + 1
    }
    let end = 0
    // for now where those of each code begin
    for (let code = 0; code < ends.length; code++) {
      const count = ends[code] as number
      ends[code] = end
      end += count
    }
    const sorted = new Uint32Array(length)
    for (let entry = 0; entry < length; entry++) {
      const code = entries[entry] as number
      const place = ends[code] as number
      sorted[place] = docIds[entry] as number
      ends[code] = place + 1
    }
    this.#byCode = { docIds: sorted, ends, entries: length }
  }

  pack(): PackedColumn {
    return {
      values: this.values.pack(),
      order: this.order.pack(),
      foldedSlots: this.#codesByText.pack(),
      ...this.#rows(),
    }
  }

  /** As `pack`, without what is worked out from the rows: for an index that takes them over. */
  packRows(): PackedColumn {
    return {
      values: this.values.packRows(),
      order: noOrder(),
      foldedSlots: new Uint32Array(0),
      ...this.#rows(),
    }
  }

  #rows() {
    return {
      docIds: this.#docIds.view(),
      entries: this.#entries.view(),
      docsWithEmptyList: this.docsWithEmptyList,
    }
  }
}

const NOBODY = new Uint32Array(0)

export interface PackedColumn {
  readonly values: PackedStringTable
  readonly order: PackedValueOrder
  /** See `CaseFoldedTable`. */
  readonly foldedSlots: Uint32Array
  readonly docIds: Uint32Array
  readonly entries: Uint32Array
  readonly docsWithEmptyList: Uint32Array
}
