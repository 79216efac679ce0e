import { closeSync, fsyncSync, openSync, writeSync } from 'node:fs'
import { type ColumnSink, type ColumnType, type ColumnWriter, typeOf } from '../arrays/column-sink.ts'
import { ALIGNMENT, BYTES_EACH, type ColumnHeader, NEWLINE, type Numbers, SPACE } from '../arrays/packed-file.ts'
import { BLOCK_BYTES, BlockHash, type FileDigest } from './block-hash.ts'

/** What the first line has of a column at most: its name has a number in it at most. */
const HEADER_BYTES_EACH = 128

/** A block of the file that is not written yet. */
interface Block {
  readonly bytes: Uint8Array
  /** How many of its bytes came: each comes once. */
  filled: number
}

/**
 * Writes a packed file whose columns come in stretches, several of them side by side. Blocks are kept until all of their bytes came, then hashed and
 * written: a block or two for each column that is open, whatever their lengths. Room for the first line is left at the beginning.
 */
export class PackedFileWriter implements ColumnSink {
  readonly #descriptor: number
  readonly #blockBytes: number
  readonly #blocks = new Map<number, Block>()
  readonly #sha256: string[] = []
  readonly #headers: { name: string; type: ColumnType; offset: number; bytes: number }[] = []
  readonly #headerBytes: number
  /** Blocks to be used again. */
  readonly #spare: Uint8Array[] = []
  /** Where the next column begins; null while it is not known how long the one before is. */
  #end: number | null
  #open = 0
  #isClosed = false

  /** @param columns how many there are at most */
  constructor(path: string, columns: number, blockBytes = BLOCK_BYTES) {
    this.#descriptor = openSync(path, 'w')
    this.#blockBytes = blockBytes
    this.#headerBytes = HEADER_BYTES_EACH * Math.max(1, columns)
    this.#end = this.#headerBytes
  }

  column(name: string, type: ColumnType, length?: number): ColumnWriter {
    const start = this.#end
    if (start === null) throw new Error(`column ${name} begins before the one before has ended`)
    const header = { name, type, offset: start - this.#headerBytes, bytes: 0 }
    this.#headers.push(header)
    this.#open += 1
    const each = BYTES_EACH.get(type) as number
    this.#end = length === undefined ? null : aligned(start + length * each)
    return {
      write: (numbers) => {
        if (typeOf(numbers) !== type) throw new TypeError(`column ${name} has type ${type}, got ${typeOf(numbers)}`)
        if (length !== undefined && header.bytes + numbers.byteLength > length * each)
          throw new RangeError(`column ${name} has more than ${length} numbers`)
        this.#write(start + header.bytes, bytesOf(numbers))
        header.bytes += numbers.byteLength
      },
      end: () => {
        if (length !== undefined && header.bytes !== length * each)
          throw new RangeError(`column ${name} has ${header.bytes / each} numbers instead of ${length}`)
        const end = start + header.bytes
        this.#write(end, new Uint8Array(aligned(end) - end))
        if (length === undefined) this.#end = aligned(end)
        this.#open -= 1
      },
    }
  }

  /** Ends the file; it is on the disk when this returns. */
  finish(): FileDigest {
    try {
      const size = this.#end
      if (size === null || this.#open > 0) throw new Error('a column has not ended')
      this.#write(0, this.#header())
      for (const [number, block] of this.#blocks) {
        const bytes = Math.min(this.#blockBytes, size - number * this.#blockBytes)
        if (block.filled !== bytes) throw new Error(`block ${number} has ${block.filled} bytes of ${bytes}`)
        this.#put(number, block.bytes.subarray(0, bytes))
      }
      fsyncSync(this.#descriptor)
      return { bytes: size, sha256: this.#sha256 }
    } finally {
      this.close()
    }
  }

  /** Gives it up, where it has not ended. */
  close(): void {
    if (this.#isClosed) return
    this.#isClosed = true
    closeSync(this.#descriptor)
  }

  #header(): Uint8Array {
    const line = new TextEncoder().encode(JSON.stringify(this.#headers satisfies ColumnHeader[]))
    if (line.length >= this.#headerBytes) throw new RangeError(`${this.#headers.length} columns need a longer header`)
    const padded = new Uint8Array(this.#headerBytes).fill(SPACE)
    padded.set(line)
    padded[padded.length - 1] = NEWLINE
    return padded
  }

  #write(start: number, bytes: Uint8Array): void {
    const size = this.#blockBytes
    for (let at = 0; at < bytes.length; ) {
      const number = Math.floor((start + at) / size)
      const from = (start + at) % size
      const taken = bytes.subarray(at, at + size - from)
      let block = this.#blocks.get(number)
      if (block === undefined) {
        block = { bytes: this.#spare.pop() ?? new Uint8Array(size), filled: 0 }
        this.#blocks.set(number, block)
      }
      block.bytes.set(taken, from)
      block.filled += taken.length
      at += taken.length
      if (block.filled < size) continue
      this.#put(number, block.bytes)
      this.#blocks.delete(number)
      this.#spare.push(block.bytes)
    }
  }

  #put(number: number, bytes: Uint8Array): void {
    const hash = new BlockHash(this.#blockBytes)
    hash.update(bytes)
    this.#sha256[number] = hash.digest().sha256[0] as string
    const start = number * this.#blockBytes
    for (let at = 0; at < bytes.length; ) at += writeSync(this.#descriptor, bytes, at, bytes.length - at, start + at)
  }
}

const aligned = (at: number): number => Math.ceil(at / ALIGNMENT) * ALIGNMENT

const bytesOf = ({ buffer, byteOffset, byteLength }: Numbers): Uint8Array =>
  new Uint8Array(buffer, byteOffset, byteLength)
