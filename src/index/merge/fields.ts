import { ByteTable } from '../arrays/byte-table.ts'
import { type ColumnSink, writeColumns } from '../arrays/column-sink.ts'
import { Uint32Column } from '../arrays/growable.ts'
import type { PackedFileReader } from '../arrays/packed-file-reader.ts'
import { StringColumn } from '../arrays/string-table.ts'
import { foldedSlotsOf } from '../segment/case-folded-table.ts'
import { DATE } from '../segment/doc-values.ts'
import type { PackedColumn } from '../segment/doc-values-column.ts'
import { packedValueOrder } from '../segment/value-order.ts'
import { ValueTable } from '../segment/value-table.ts'
import type { Source } from './source.ts'

const FIELDS = 'fields.bin'

/** At most so many columns the file of the fields of some segments has. */
export function fieldColumnsMax(sources: readonly Source[]): number {
  return 2 + COLUMNS_EACH * new Set(sources.flatMap(namesOf)).size
}

/** Columns of each field. */
const COLUMNS_EACH = 9

/** Joins the values of fields, one field after the other. */
export function* mergeFields(sources: readonly Source[], sink: ColumnSink): Generator<void> {
  const numbers = sources.map((source) => new Map(namesOf(source).map((name, number) => [name, number])))
  /** In the order they are first used. */
  const names = new Set<string>()
  for (const [at, source] of sources.entries())
    for (const [name, number] of numbers[at] ?? []) if (!names.has(name) && isUsed(source, number)) names.add(name)
  const packed = new StringColumn()
  for (const name of names) packed.push(name)
  writeColumns(sink, packed.pack(), 'names.')
  for (const [field, name] of [...names].entries()) {
    yield
    const joiner = new FieldJoiner(sources, (at) => numbers[at]?.get(name))
    for (const [at, source] of sources.entries()) joiner.add(source, numbers[at]?.get(name))
    writeColumns(sink, joiner.pack(name === DATE), `columns.${field}.`)
  }
}

const namesOf = (source: Source): string[] =>
  source.read(FIELDS, (file) => [...new StringColumn({ bytes: file.u8('names.bytes'), ends: file.u32('names.ends') })])

/** Whether an article that stays has the field. */
function isUsed(source: Source, number: number): boolean {
  const stays = (docId: number): boolean => (source.docIds[docId] as number) >= 0
  return source.read(
    FIELDS,
    (file) =>
      file.u32(`columns.${number}.docIds`).some(stays) || file.u32(`columns.${number}.docsWithEmptyList`).some(stays),
  )
}

class FieldJoiner {
  readonly #values: ByteTable
  readonly #docIds = new Uint32Column()
  readonly #entries = new Uint32Column()
  readonly #docsWithEmptyList = new Uint32Column()

  constructor(sources: readonly Source[], numberIn: (source: number) => number | undefined) {
    let [values, bytes] = [0, 0]
    for (const [at, source] of sources.entries()) {
      const number = numberIn(at)
      if (number === undefined) continue
      source.read(FIELDS, (file) => {
        values += file.lengthOf(`columns.${number}.values.ends`)
        bytes += file.lengthOf(`columns.${number}.values.bytes`)
      })
    }
    this.#values = new ByteTable(values, bytes)
  }

  add(source: Source, number: number | undefined): void {
    if (number !== undefined) source.read(FIELDS, (file) => this.#add(source.docIds, file, `columns.${number}.`))
  }

  #add(moved: Int32Array, file: PackedFileReader, column: string): void {
    const values = { bytes: file.u8(`${column}values.bytes`), ends: file.u32(`${column}values.ends`) }
    const [docIds, entries] = [file.u32(`${column}docIds`), file.u32(`${column}entries`)]
    for (const [entry, docId] of docIds.entries()) {
      const here = moved[docId] as number
      if (here < 0) continue
      this.#docIds.push(here)
      this.#entries.push(this.#values.numberOf(values, entries[entry] as number))
    }
    for (const docId of file.u32(`${column}docsWithEmptyList`))
      if ((moved[docId] as number) >= 0) this.#docsWithEmptyList.push(moved[docId] as number)
  }

  pack(isDate: boolean): PackedColumn {
    const packed = this.#values.pack()
    const values = new ValueTable(packed)
    return {
      values: packed,
      order: packedValueOrder(values, isDate),
      foldedSlots: foldedSlotsOf(values),
      docIds: this.#docIds.view(),
      entries: this.#entries.view(),
      docsWithEmptyList: this.#docsWithEmptyList.view(),
    }
  }
}
