import { Buffer } from 'node:buffer'
import type { ByteSource, ByteStream } from './byte-source.ts'
import { wholePieces } from './pieces.ts'

export type Utf16 = 'UTF-16LE' | 'UTF-16BE'

/** Two bytes, before the text. */
const MARK_BYTES = 2

/**
 * The text of a file in UTF-16, in pieces that part no pair.
 * @returns whether a byte is left over that is no half of anything
 */
export function* utf16Pieces(source: ByteSource, order: Utf16, bytes: number): Generator<string, boolean> {
  const high = order === 'UTF-16LE' ? 1 : 0
  const wholeUnits = (piece: Buffer): number => {
    const even = piece.length - (piece.length % 2)
    const last = piece[even - 2 + high] ?? 0
    return last >= 0xd8 && last <= 0xdb ? even - 2 : even
  }
  let isOdd = false
  let toSkip = MARK_BYTES
  for (const piece of wholePieces(source.stream(), bytes, wholeUnits)) {
    isOdd = piece.length % 2 === 1
    const units = piece.subarray(toSkip, piece.length - (isOdd ? 1 : 0))
    toSkip = 0
    yield (order === 'UTF-16LE' ? units : Buffer.from(units).swap16()).toString('utf16le')
  }
  return isOdd
}

/** The same text in UTF-8, where a line end is one byte and nothing else has that byte. */
export function utf16AsUtf8(source: ByteSource, order: Utf16, bytes: number): ByteStream {
  const pieces = utf16Pieces(source, order, bytes)
  let waiting = Buffer.alloc(0)
  return (target) => {
    while (waiting.length === 0) {
      const { done, value } = pieces.next()
      if (done === true) return 0
      waiting = Buffer.from(value)
    }
    const copied = waiting.copy(target)
    waiting = waiting.subarray(copied)
    return copied
  }
}
