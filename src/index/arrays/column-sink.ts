import type { Numbers } from './packed-file.ts'

/** Where the columns of a packed file go that are too long for memory. */
export interface ColumnSink {
  /**
   * Begins the next column. It may be written to beside those before it where their lengths are known; else they must have ended.
   * @param length how many numbers are going to come, where that is known
   */
  column(name: string, type: ColumnType, length?: number): ColumnWriter
}

/** One of its columns, written from its beginning to its end. */
export interface ColumnWriter {
  /** Takes the next numbers, of the column's own type; they may be overwritten afterwards. */
  write(numbers: Numbers): void
  /** Nothing more comes. */
  end(): void
}

export type ColumnType = 'u8' | 'u16' | 'u32' | 'f64'

/** Writes a column that is in memory. */
export function writeColumn(sink: ColumnSink, name: string, numbers: Numbers): void {
  const column = sink.column(name, typeOf(numbers), numbers.length)
  column.write(numbers)
  column.end()
}

/** Writes columns that are in memory, and records of such, as `packColumns` has them. */
export function writeColumns(sink: ColumnSink, columns: object, group = ''): void {
  for (const [name, column] of Object.entries(columns)) {
    if (ArrayBuffer.isView(column)) writeColumn(sink, group + name, column as Numbers)
    else if (typeof column === 'object' && column !== null) writeColumns(sink, column, `${group}${name}.`)
    else throw new TypeError(`column ${group}${name} is no typed array`)
  }
}

/** @throws TypeError for anything else than numbers a packed file can hold */
export function typeOf(numbers: unknown): ColumnType {
  if (numbers instanceof Uint8Array) return 'u8'
  if (numbers instanceof Uint16Array) return 'u16'
  if (numbers instanceof Uint32Array) return 'u32'
  if (numbers instanceof Float64Array) return 'f64'
  throw new TypeError('no numbers that a packed file can hold')
}
