import { constants } from 'node:buffer'
import type { ByteSource, ByteStream } from './byte-source.ts'
import { type Encoding, encodingOf } from './encoding.ts'
import { Pieces } from './pieces.ts'
import { mendedUtf8, mendedWindows1252, type Strays } from './strays.ts'
import { utf16AsUtf8 } from './utf16-pieces.ts'

/** A line of a file, numbered from 1, without its end; or how many bytes one has that is too long. Before the first line: what the encoding lacks. */
export type Line =
  | { readonly line: number; readonly text: string }
  | { readonly line: number; readonly text: null; readonly bytes: number }
  | { readonly line: number; readonly text: null; readonly strays: Strays }

export interface LineLimits {
  /** A longer line is passed over, and never held as a whole. */
  readonly lineBytesMax: number
  /** How much of a file is read at once; more only for a line that is longer. */
  readonly pieceBytes?: number
}

const PIECE_BYTES = 1 << 20

const LINE_FEED = 0x0a
const RETURN = 0x0d

/**
 * The lines of a file, as `decode` would give them, in the memory of a piece or of the longest line. Between lines it gives null: some of the file
 * was looked at, and whoever has something else to do may do it.
 * @throws FundstelleError as `decode` does, before the first line; what the source throws at any time
 */
export function* linesOf(source: ByteSource, limits: LineLimits): Generator<Line | null, void> {
  const pieceBytes = Math.min(limits.pieceBytes ?? PIECE_BYTES, source.size + 1)
  const encoding = yield* encodingOf(source, pieceBytes)
  const isUtf16 = encoding.name.startsWith('UTF-16')
  if (encoding.strays !== null) yield { line: encoding.strays.line, text: null, strays: encoding.strays }
  // in UTF-8 text from UTF-16 has half as many bytes more at most
  const lineBytesMax = Math.min(limits.lineBytesMax * (isUtf16 ? 1.5 : 1), constants.MAX_STRING_LENGTH)
  const pieces = new Pieces(bytesOf(source, encoding, pieceBytes), pieceBytes)
  const decode = decoderOf(encoding)
  let line = 1
  /** Bytes of a line too long that are gone already. */
  let gone = 0
  let kept = 0
  let isAfterReturn = false
  let piece = pieces.next()
  for (; !pieces.isAtEnd; piece = pieces.next(kept)) {
    let start = isAfterReturn && piece[0] === LINE_FEED ? 1 : 0
    isAfterReturn = false
    let feed = indexOr(piece, LINE_FEED, Math.max(start, kept))
    let back = indexOr(piece, RETURN, Math.max(start, kept))
    for (let end = Math.min(feed, back); end < piece.length; end = Math.min(feed, back)) {
      const bytes = gone + end - start
      if (bytes > lineBytesMax) yield { line, text: null, bytes }
      else yield { line, text: decode(piece.subarray(start, end)) }
      line += 1
      gone = 0
      start = end + 1
      if (end === back && start === piece.length) isAfterReturn = true
      if (end === back && piece[start] === LINE_FEED) start += 1
      if (feed < start) feed = indexOr(piece, LINE_FEED, start)
      if (back < start) back = indexOr(piece, RETURN, start)
    }
    kept = piece.length - start
    if (gone + kept > lineBytesMax) {
      gone += kept
      kept = 0
    }
    yield null
  }
  if (gone > 0) yield { line, text: null, bytes: gone }
  else if (kept > 0) yield { line, text: decode(piece.subarray(0, kept)) }
}

/** The bytes of the text: UTF-16 as UTF-8, and no mark. */
export function bytesOf(source: ByteSource, encoding: Encoding, pieceBytes: number): ByteStream {
  const { name, hasMark } = encoding
  if (name === 'UTF-16LE' || name === 'UTF-16BE') return utf16AsUtf8(source, name, pieceBytes)
  const stream = source.stream()
  if (hasMark) pass(stream, 3)
  return stream
}

function pass(stream: ByteStream, bytes: number): void {
  for (let left = bytes; left > 0; ) {
    const read = stream(new Uint8Array(left))
    if (read === 0) return
    left -= read
  }
}

/** Where a byte comes next; the length where it does not. */
function indexOr(piece: Buffer, byte: number, from: number): number {
  const at = piece.indexOf(byte, from)
  return at < 0 ? piece.length : at
}

/** What makes text of bytes that part no character. */
export function decoderOf({ name, strays }: Encoding): (line: Buffer) => string {
  if (name === 'Windows-1252') return mendedWindows1252
  // what comes from UTF-16 is sound by then
  return strays === null || name !== 'UTF-8' ? (line) => line.toString('utf8') : mendedUtf8
}
