import { isUtf8 } from 'node:buffer'
import { FundstelleError } from '../errors.ts'
import type { ByteSource } from './byte-source.ts'
import { loneSurrogate } from './lone-surrogate.ts'
import { Pieces, wholePieces } from './pieces.ts'
import { isBrokenUtf8, scanUtf8, wholeSequences } from './utf8-scan.ts'
import { type Utf16, utf16Pieces } from './utf16-pieces.ts'
import { notWindows1252 } from './windows-1252.ts'

export type Encoding = 'UTF-8' | 'UTF-8 with a mark' | Utf16 | 'Windows-1252'

/**
 * The encoding of a file that is read in pieces: what `decode` decides for one that declares none, and the same refusals, from one look at all
 * its bytes, or two where they are not UTF-8. Only a look at all of them tells, and it takes a second for 1 GB.
 * @param pieceBytes how much is looked at between two steps
 * @throws FundstelleError as `decode` does, and what the source throws
 */
export function* encodingOf(source: ByteSource, pieceBytes: number): Generator<null, Encoding> {
  const [first, second, third] = headOf(source)
  if (first === 0xff && second === 0xfe) return yield* checkUtf16(source, 'UTF-16LE', pieceBytes)
  if (first === 0xfe && second === 0xff) return yield* checkUtf16(source, 'UTF-16BE', pieceBytes)
  const hasMark = first === 0xef && second === 0xbb && third === 0xbf
  if (yield* isSoundUtf8(source, pieceBytes)) return hasMark ? 'UTF-8 with a mark' : 'UTF-8'
  return yield* checkWindows1252(source, pieceBytes, hasMark)
}

/** The first three bytes, or all where there are fewer. */
function headOf(source: ByteSource): Uint8Array {
  const pieces = new Pieces(source.stream(), 3)
  let head = pieces.next()
  while (!pieces.isAtEnd && head.length < 3) head = pieces.next(head.length)
  return head
}

function* isSoundUtf8(source: ByteSource, pieceBytes: number): Generator<null, boolean> {
  let isSound = true
  let offset = 0
  for (const piece of wholePieces(source.stream(), pieceBytes, wholeSequences)) {
    const zero = piece.indexOf(0)
    if (zero >= 0) throw new FundstelleError('file_binary', { offset: offset + zero })
    isSound &&= isUtf8(piece)
    offset += piece.length
    yield null
  }
  return isSound
}

function* checkWindows1252(source: ByteSource, pieceBytes: number, hasMark: boolean): Generator<null, 'Windows-1252'> {
  const found = { sequences: 0, badBytes: 0 }
  let notUtf8: number | null = null
  let notText: number | null = null
  const lines = new LineCounter()
  for (const piece of wholePieces(source.stream(), pieceBytes, wholeSequences)) {
    const { firstBad, badBytes, sequences } = scanUtf8(piece)
    found.sequences += sequences
    found.badBytes += badBytes
    const text = piece.toString('latin1')
    if (firstBad >= 0) notUtf8 ??= lines.lineAt(text, firstBad)
    const bad = notWindows1252(piece)
    if (bad >= 0) notText ??= lines.lineAt(text, bad)
    lines.pass(text)
    yield null
  }
  if (hasMark || isBrokenUtf8(found)) throw broken('UTF-8', notUtf8 ?? 1)
  if (notText !== null) throw broken('Windows-1252', notText)
  return 'Windows-1252'
}

function* checkUtf16(source: ByteSource, order: Utf16, pieceBytes: number): Generator<null, Utf16> {
  const pieces = utf16Pieces(source, order, pieceBytes)
  const lines = new LineCounter()
  let loneAt: number | null = null
  let units = 1
  for (;;) {
    const { done, value } = pieces.next()
    if (done === true) {
      if (loneAt !== null) throw broken(order, loneAt)
      if (value) throw broken(order, lines.line)
      return order
    }
    const zero = value.indexOf('\0')
    if (zero >= 0) throw new FundstelleError('file_binary', { offset: 2 * (units + zero) })
    const lone = loneSurrogate(value)
    if (lone >= 0) loneAt ??= lines.lineAt(value, lone)
    units += value.length
    lines.pass(value)
    yield null
  }
}

/** On which line a text that comes in pieces is. */
class LineCounter {
  /** Of what comes next, from 1. */
  line = 1
  #isAfterReturn = false

  /** The line of a place in the piece that comes next. */
  lineAt(piece: string, at: number): number {
    const before = piece.slice(0, at)
    const ends = before.match(/\r\n?|\n/g)?.length ?? 0
    // the second half of a line end that was counted
    return this.line + ends - (this.#isAfterReturn && before.startsWith('\n') ? 1 : 0)
  }

  pass(piece: string): void {
    this.line = this.lineAt(piece, piece.length)
    if (piece !== '') this.#isAfterReturn = piece.endsWith('\r')
  }
}

function broken(encoding: string, line: number): FundstelleError {
  return new FundstelleError('encoding_broken', { encoding, line })
}
