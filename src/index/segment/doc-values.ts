import type { Article } from '../../article/article.ts'
import { type FieldValue, fieldsOf } from '../../article/article-fields.ts'
import { DocValuesColumn } from './doc-values-column.ts'

/** The columns of all fields that articles have, by their canonical names. */
export class DocValues {
  readonly #columns = new Map<string, DocValuesColumn>()

  constructor(packed?: PackedFields) {
    if (packed === undefined) return
    let [value, entry, empty] = [0, 0, 0]
    for (const [field, name] of packed.names.entries()) {
      const valuesEnd = value + (packed.valueCounts[field] as number)
      const end = entry + (packed.entryCounts[field] as number)
      const emptyEnd = empty + (packed.emptyListCounts[field] as number)
      const values = packed.values
        .slice(value, valuesEnd)
        .map((text, i) => (packed.numeric[value + i] === 1 ? Number(text) : text))
      this.#columns.set(
        name,
        new DocValuesColumn({
          values,
          docIds: packed.docIds.slice(entry, end),
          entries: packed.entries.slice(entry, end),
          docsWithEmptyList: packed.docsWithEmptyList.slice(empty, emptyEnd),
        }),
      )
      value = valuesEnd
      entry = end
      empty = emptyEnd
    }
  }

  get names(): string[] {
    return [...this.#columns.keys()]
  }

  /** Undefined where no article ever had the field. */
  column(field: string): DocValuesColumn | undefined {
    return this.#columns.get(field)
  }

  add(docId: number, article: Article): void {
    for (const [name, values] of fieldsOf(article)) this.#columnOf(name).add(docId, values)
  }

  /**
   * The same for the articles that stay.
   * @param docIds by docId the new one, ascending; -1 for who goes
   */
  compacted(docIds: Int32Array): DocValues {
    const compact = new DocValues()
    for (const [name, column] of this.#columns) {
      for (let entry = 0; entry < column.length; ) {
        const docId = column.docIds[entry] as number
        const values: FieldValue[] = []
        for (; entry < column.length && column.docIds[entry] === docId; entry++) {
          values.push(column.values[column.entries[entry] as number] as FieldValue)
        }
        const moved = docIds[docId] as number
        if (moved >= 0) compact.#columnOf(name).add(moved, values)
      }
      for (const docId of column.docsWithEmptyList) {
        const moved = docIds[docId] as number
        if (moved >= 0) compact.#columnOf(name).add(moved, [])
      }
    }
    return compact
  }

  pack(): PackedFields {
    const columns = [...this.#columns.values()]
    const values = columns.flatMap((column) => column.values)
    return {
      names: this.names,
      valueCounts: Uint32Array.from(columns, (column) => column.values.length),
      entryCounts: Uint32Array.from(columns, ({ length }) => length),
      emptyListCounts: Uint32Array.from(columns, ({ docsWithEmptyList }) => docsWithEmptyList.length),
      values: values.map(String),
      numeric: Uint8Array.from(values, (value) => (typeof value === 'number' ? 1 : 0)),
      docIds: concatenated(columns.map(({ docIds, length }) => docIds.subarray(0, length))),
      entries: concatenated(columns.map(({ entries, length }) => entries.subarray(0, length))),
      docsWithEmptyList: concatenated(columns.map(({ docsWithEmptyList }) => docsWithEmptyList)),
    }
  }

  #columnOf(name: string): DocValuesColumn {
    let column = this.#columns.get(name)
    if (column === undefined) {
      column = new DocValuesColumn()
      this.#columns.set(name, column)
    }
    return column
  }
}

function concatenated(arrays: readonly Uint32Array[]): Uint32Array {
  const all = new Uint32Array(arrays.reduce((sum, { length }) => sum + length, 0))
  let at = 0
  for (const array of arrays) {
    all.set(array, at)
    at += array.length
  }
  return all
}

export interface PackedFields {
  readonly names: string[]
  /** Distinct values, entries and empty lists of each field. */
  readonly valueCounts: Uint32Array
  readonly entryCounts: Uint32Array
  readonly emptyListCounts: Uint32Array
  /** Of all fields one after the other; numbers as JavaScript writes them. */
  readonly values: string[]
  readonly numeric: Uint8Array
  readonly docIds: Uint32Array
  readonly entries: Uint32Array
  readonly docsWithEmptyList: Uint32Array
}
