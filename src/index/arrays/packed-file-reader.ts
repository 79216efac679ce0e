import { closeSync, fstatSync, openSync, readSync } from 'node:fs'
import type { ColumnType } from './column-sink.ts'
import { BYTES_EACH, type ColumnHeader, headersIn, NEWLINE } from './packed-file.ts'

/** Bytes of the first line that are read at once. */
const HEADER_STEP = 1 << 14

/**
 * A packed file of which stretches of columns are read: none of it is kept. Its checksums must have been verified before.
 * Whatever is not as the file says is a RangeError.
 */
export class PackedFileReader {
  readonly #descriptor: number
  readonly #columns = new Map<string, ColumnHeader>()
  /** Where the first column begins. */
  readonly #start: number

  constructor(path: string) {
    this.#descriptor = openSync(path, 'r')
    try {
      const line = this.#firstLine()
      this.#start = line.length + 1
      const { size } = fstatSync(this.#descriptor)
      for (const header of headersIn(line)) {
        if (this.#start + header.offset + header.bytes > size) throw new RangeError(`column ${header.name} is cut off`)
        this.#columns.set(header.name, header)
      }
    } catch (error) {
      this.close()
      throw error
    }
  }

  close(): void {
    closeSync(this.#descriptor)
  }

  has(name: string): boolean {
    return this.#columns.has(name)
  }

  /** Numbers of a column. */
  lengthOf(name: string): number {
    const { bytes, type } = this.#column(name)
    return bytes / (BYTES_EACH.get(type) as number)
  }

  u8(name: string, start = 0, end = this.lengthOf(name)): Uint8Array {
    return new Uint8Array(this.#read(name, 'u8', start, end))
  }

  u16(name: string, start = 0, end = this.lengthOf(name)): Uint16Array {
    return new Uint16Array(this.#read(name, 'u16', start, end))
  }

  u32(name: string, start = 0, end = this.lengthOf(name)): Uint32Array {
    return new Uint32Array(this.#read(name, 'u32', start, end))
  }

  f64(name: string, start = 0, end = this.lengthOf(name)): Float64Array {
    return new Float64Array(this.#read(name, 'f64', start, end))
  }

  #column(name: string): ColumnHeader {
    const column = this.#columns.get(name)
    if (column === undefined) throw new RangeError(`column ${name} is missing`)
    return column
  }

  #read(name: string, type: ColumnType, start: number, end: number): ArrayBuffer {
    const column = this.#column(name)
    const each = BYTES_EACH.get(type) as number
    if (column.type !== type || start < 0 || end < start || end * each > column.bytes)
      throw new RangeError(`column ${name} has no numbers ${start} to ${end} of type ${type}`)
    const bytes = new Uint8Array((end - start) * each)
    const from = this.#start + column.offset + start * each
    for (let at = 0; at < bytes.length; ) {
      const read = readSync(this.#descriptor, bytes, at, bytes.length - at, from + at)
      if (read === 0) throw new RangeError(`column ${name} is cut off`)
      at += read
    }
    return bytes.buffer
  }

  #firstLine(): Uint8Array {
    let line = Buffer.alloc(0)
    for (;;) {
      const more = Buffer.alloc(HEADER_STEP)
      const read = readSync(this.#descriptor, more, 0, HEADER_STEP, line.length)
      if (read === 0) throw new RangeError('no header')
      const end = more.subarray(0, read).indexOf(NEWLINE)
      line = Buffer.concat([line, more.subarray(0, end < 0 ? read : end)])
      if (end >= 0) return line
    }
  }
}
