/** Typed arrays a packed file can hold. */
type Numbers = Uint8Array | Uint32Array | Float64Array
/** A list of strings travels as one UTF-8 text and the lengths of its pieces. */
export type Columns = Readonly<Record<string, Numbers | readonly string[]>>

interface ColumnHeader {
  readonly name: string
  readonly type: 'u8' | 'u32' | 'f64' | 'text'
  /** Bytes from the end of the header, a multiple of 8. */
  readonly offset: number
  readonly bytes: number
}

const ALIGNMENT = 8
const LENGTHS_SUFFIX = ':lengths'

/**
 * Packs named columns into one file: a line of JSON that says where each stands, padded to eight bytes, then the columns as
 * they lie in memory (little-endian), each at a multiple of eight. Returns the pieces, to be written one after another.
 */
export function packColumns(columns: Columns): Uint8Array[] {
  const headers: ColumnHeader[] = []
  const pieces: Uint8Array[] = []
  let offset = 0
  const append = (name: string, type: ColumnHeader['type'], bytes: Uint8Array): void => {
    headers.push({ name, type, offset, bytes: bytes.byteLength })
    const padding = (ALIGNMENT - (bytes.byteLength % ALIGNMENT)) % ALIGNMENT
    pieces.push(bytes, new Uint8Array(padding))
    offset += bytes.byteLength + padding
  }
  for (const [name, column] of Object.entries(columns)) {
    if (column instanceof Uint8Array) append(name, 'u8', column)
    else if (column instanceof Uint32Array) append(name, 'u32', bytesOf(column))
    else if (column instanceof Float64Array) append(name, 'f64', bytesOf(column))
    else {
      append(name, 'text', new TextEncoder().encode(column.join('')))
      append(name + LENGTHS_SUFFIX, 'u32', bytesOf(Uint32Array.from(column, (text) => text.length)))
    }
  }
  const header = new TextEncoder().encode(JSON.stringify(headers))
  const padded = new Uint8Array(Math.ceil((header.length + 1) / ALIGNMENT) * ALIGNMENT).fill(0x20)
  padded.set(header)
  padded[padded.length - 1] = 0x0a
  return [padded, ...pieces]
}

const bytesOf = (column: Uint32Array | Float64Array): Uint8Array =>
  new Uint8Array(column.buffer, column.byteOffset, column.byteLength)

/** The columns of a packed file. Views into `file` where alignment allows; do not change it afterwards. */
export class PackedFile {
  readonly #file: Uint8Array
  readonly #start: number
  readonly #headers: Map<string, ColumnHeader>

  /** @throws SyntaxError or RangeError where the file is not a packed file; its checksum must have been verified before. */
  constructor(file: Uint8Array) {
    this.#file = file
    const end = file.indexOf(0x0a)
    if (end < 0) throw new RangeError('no header')
    const headers = JSON.parse(new TextDecoder().decode(file.subarray(0, end))) as ColumnHeader[]
    this.#headers = new Map(headers.map((header) => [header.name, header]))
    this.#start = end + 1
  }

  bytes(name: string): Uint8Array {
    const header = this.#headers.get(name)
    if (header === undefined) throw new RangeError(`no column ${name}`)
    const from = this.#start + header.offset
    if (from + header.bytes > this.#file.length) throw new RangeError(`column ${name} is cut off`)
    return this.#file.subarray(from, from + header.bytes)
  }

  u32(name: string): Uint32Array {
    const bytes = this.bytes(name)
    return new Uint32Array(bytes.buffer, bytes.byteOffset, bytes.byteLength / 4)
  }

  f64(name: string): Float64Array {
    const bytes = this.bytes(name)
    return new Float64Array(bytes.buffer, bytes.byteOffset, bytes.byteLength / 8)
  }

  strings(name: string): string[] {
    // a byte-order mark that the first string begins with is part of it
    const text = new TextDecoder('utf-8', { ignoreBOM: true }).decode(this.bytes(name))
    const lengths = this.u32(name + LENGTHS_SUFFIX)
    const strings = new Array<string>(lengths.length)
    let at = 0
    for (let i = 0; i < lengths.length; i++) {
      const end = at + (lengths[i] as number)
      strings[i] = text.slice(at, end)
      at = end
    }
    return strings
  }
}
