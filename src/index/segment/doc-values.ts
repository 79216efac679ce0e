import type { Article } from '../../article/article.ts'
import { type FieldValue, fieldsOf } from '../../article/article-fields.ts'
import { type PackedStrings, StringColumn } from '../arrays/string-table.ts'
import { DocValuesColumn, type PackedColumn } from './doc-values-column.ts'

/** The field whose values are dates of articles. */
export const DATE = 'date'

/** So many articles' values are taken over from another index in a piece of work. */
const ARTICLES_IN_PIECE = 256

/** The columns of all fields that articles have, by their canonical names. */
export class DocValues {
  readonly #columns = new Map<string, DocValuesColumn>()

  constructor(packed?: PackedFields) {
    if (packed === undefined) return
    for (const [at, name] of [...new StringColumn(packed.names)].entries())
      this.#columns.set(name, new DocValuesColumn(name === DATE, packed.columns?.[at]))
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
   * Takes over the values of another index, in pieces.
   * @param docIds by docId there the docId here, ascending and above all before; -1 for an article that is left out
   */
  *adoptingAll(other: DocValues, docIds: Int32Array): Generator<void> {
    for (const [name, column] of other.#columns) {
      for (let entry = 0, articles = 0; entry < column.length; articles++) {
        if (articles % ARTICLES_IN_PIECE === 0) yield
        const docId = column.docIds[entry] as number
        const values: FieldValue[] = []
        for (; entry < column.length && column.docIds[entry] === docId; entry++) {
          values.push(column.values.at(column.entries[entry] as number) as FieldValue)
        }
        const moved = docIds[docId] as number
        if (moved >= 0) this.#columnOf(name).add(moved, values)
      }
      for (const docId of column.docsWithEmptyList) {
        const moved = docIds[docId] as number
        if (moved >= 0) this.#columnOf(name).add(moved, [])
      }
    }
  }

  pack(): PackedFields {
    return this.#packed((column) => column.pack())
  }

  /** As `pack`, without what is worked out from the rows: for an index that takes them over. */
  packRows(): PackedFields {
    return this.#packed((column) => column.packRows())
  }

  #packed(packedOf: (column: DocValuesColumn) => PackedColumn): PackedFields {
    const names = new StringColumn()
    const columns: Record<number, PackedColumn> = {}
    for (const [name, column] of this.#columns) columns[names.push(name)] = packedOf(column)
    return { names: names.pack(), columns }
  }

  #columnOf(name: string): DocValuesColumn {
    let column = this.#columns.get(name)
    if (column === undefined) {
      column = new DocValuesColumn(name === DATE)
      this.#columns.set(name, column)
    }
    return column
  }
}

export interface PackedFields {
  readonly names: PackedStrings
  /** By the number of the name; absent where there is none. */
  readonly columns?: Readonly<Record<number, PackedColumn>>
}
