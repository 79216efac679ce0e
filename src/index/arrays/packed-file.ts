/** Typed arrays a packed file can hold. */
export type Numbers = Uint8Array | Uint16Array | Uint32Array | Float64Array

export interface ColumnHeader {
  readonly name: string
  readonly type: 'u8' | 'u16' | 'u32' | 'f64'
  /** Bytes from the end of the header, a multiple of 8. */
  readonly offset: number
  readonly bytes: number
}

export const ALIGNMENT = 8
export const NEWLINE = 0x0a
export const SPACE = 0x20

/**
 * Packs typed arrays into one file: a line of JSON that says where each stands, padded to eight bytes, then the arrays as
 * they lie in memory (little-endian), each at a multiple of eight.
 * @param columns typed arrays by name, and records of such; what is in a record is named after both, with a dot between
 * @returns the pieces, to be written one after another
 */
export function packColumns(columns: object): Uint8Array[] {
  const headers: ColumnHeader[] = []
  const pieces: Uint8Array[] = []
  let offset = 0
  const append = (name: string, type: ColumnHeader['type'], { buffer, byteOffset, byteLength }: Numbers): void => {
    headers.push({ name, type, offset, bytes: byteLength })
    const padding = (ALIGNMENT - (byteLength % ALIGNMENT)) % ALIGNMENT
    pieces.push(new Uint8Array(buffer, byteOffset, byteLength), new Uint8Array(padding))
    offset += byteLength + padding
  }
  const appendAll = (group: string, within: object): void => {
    for (const [name, column] of Object.entries(within)) {
      if (column instanceof Uint8Array) append(group + name, 'u8', column)
      else if (column instanceof Uint16Array) append(group + name, 'u16', column)
      else if (column instanceof Uint32Array) append(group + name, 'u32', column)
      else if (column instanceof Float64Array) append(group + name, 'f64', column)
      else if (typeof column === 'object' && column !== null) appendAll(`${group}${name}.`, column)
      else throw new TypeError(`column ${group}${name} is no typed array`)
    }
  }
  appendAll('', columns)
  const header = new TextEncoder().encode(JSON.stringify(headers))
  const padded = new Uint8Array(Math.ceil((header.length + 1) / ALIGNMENT) * ALIGNMENT).fill(SPACE)
  padded.set(header)
  padded[padded.length - 1] = NEWLINE
  return [padded, ...pieces]
}

interface NestedColumns {
  [name: string]: Numbers | NestedColumns
}

/**
 * The typed arrays of a packed file, as views into it, in records as they were packed.
 * @param file its checksum must have been verified before; it begins at a multiple of eight bytes of its buffer
 * @typeParam T what was packed: a file of the same format holds just that
 * @throws SyntaxError or RangeError where the file is not a packed file
 */
export function unpackColumns<T>(file: Uint8Array): T {
  const end = file.indexOf(NEWLINE)
  if (end < 0) throw new RangeError('no header')
  const columns = record()
  for (const { name, type, offset, bytes } of headersIn(file.subarray(0, end))) {
    const from = end + 1 + offset
    if (from + bytes > file.length) throw new RangeError(`column ${name} is cut off`)
    const path = name.split('.')
    const last = path.pop() as string
    let within = columns
    for (const step of path) {
      within[step] ??= record()
      within = within[step] as NestedColumns
      if (ArrayBuffer.isView(within)) throw new RangeError(`column ${name} lies in another`)
    }
    within[last] = viewOf(file.subarray(from, from + bytes), type)
  }
  return columns as T
}

/**
 * The columns that the first line of a packed file tells of.
 * @throws SyntaxError or RangeError where it tells of none
 */
export function headersIn(line: Uint8Array): ColumnHeader[] {
  const headers = JSON.parse(Buffer.from(line).toString('utf8')) as unknown
  if (!Array.isArray(headers)) throw new RangeError('the header is no list')
  if (!headers.every(isHeader)) throw new RangeError('a line of the header is none')
  return headers
}

/** Without any names of its own. */
const record = (): NestedColumns => Object.create(null) as NestedColumns

export const BYTES_EACH: ReadonlyMap<unknown, number> = new Map([
  ['u8', 1],
  ['u16', 2],
  ['u32', 4],
  ['f64', 8],
])

function isHeader(header: unknown): header is ColumnHeader {
  const { name, type, offset, bytes } = (header ?? {}) as Readonly<Record<keyof ColumnHeader, unknown>>
  return (
    typeof name === 'string' && isMultiple(offset, ALIGNMENT) && isMultiple(bytes, BYTES_EACH.get(type) ?? Number.NaN)
  )
}

const isMultiple = (number: unknown, of: number): boolean =>
  typeof number === 'number' && number >= 0 && number % of === 0

function viewOf(bytes: Uint8Array, type: ColumnHeader['type']): Numbers {
  const { buffer, byteOffset, byteLength } = bytes
  if (type === 'u16') return new Uint16Array(buffer, byteOffset, byteLength / 2)
  if (type === 'u32') return new Uint32Array(buffer, byteOffset, byteLength / 4)
  return type === 'f64' ? new Float64Array(buffer, byteOffset, byteLength / 8) : bytes
}
