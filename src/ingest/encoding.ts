import { isUtf8 } from 'node:buffer'
import { FundstelleError } from '../errors.ts'
import type { ByteSource } from './byte-source.ts'
import { loneSurrogates } from './lone-surrogates.ts'
import { Pieces, wholePieces } from './pieces.ts'
import { areFew, areFewZeros, type Strays } from './strays.ts'
import { isBrokenUtf8, scanUtf8, wholeSequences } from './utf8-scan.ts'
import { type Utf16, utf16Pieces } from './utf16-pieces.ts'
import { notWindows1252 } from './windows-1252.ts'

/** What a file is written in. */
export interface Encoding {
  readonly name: 'UTF-8' | Utf16 | 'Windows-1252'
  /** UTF-8 with a byte-order mark. */
  readonly hasMark: boolean
  readonly strays: Strays | null
}

/** UTF-16 has two bytes a character, and so has its mark. */
const UNIT_BYTES = 2

/**
 * The encoding of a file that is read in pieces: what `decode` decides for one that declares none, and the same refusals, from one look at all
 * its bytes, or two where they are not sound UTF-8. Only a look at all of them tells, and it takes a second for 1 GB.
 * @param pieceBytes how much is looked at between two steps
 * @throws FundstelleError as `decode` does, and what the source throws
 */
export function* encodingOf(source: ByteSource, pieceBytes: number): Generator<null, Encoding> {
  const [first, second, third] = headOf(source)
  if (first === 0xff && second === 0xfe) return yield* checkUtf16(source, 'UTF-16LE', pieceBytes)
  if (first === 0xfe && second === 0xff) return yield* checkUtf16(source, 'UTF-16BE', pieceBytes)
  const hasMark = first === 0xef && second === 0xbb && third === 0xbf
  const look = yield* lookAtUtf8(source, pieceBytes)
  if (look.isSound && look.zeros === 0) return { name: 'UTF-8', hasMark, strays: null }
  return yield* checkBroken(source, pieceBytes, { hasMark, ...look })
}

/** The first three bytes, or all where there are fewer. */
function headOf(source: ByteSource): Uint8Array {
  const pieces = new Pieces(source.stream(), 3)
  let head = pieces.next()
  while (!pieces.isAtEnd && head.length < 3) head = pieces.next(head.length)
  return head
}

interface Look {
  readonly isSound: boolean
  /** Zero bytes: how many. */
  readonly zeros: number
}

function* lookAtUtf8(source: ByteSource, pieceBytes: number): Generator<null, Look> {
  let isSound = true
  let offset = 0
  let zeros = 0
  let firstZero = -1
  for (const piece of wholePieces(source.stream(), pieceBytes, wholeSequences)) {
    for (let at = piece.indexOf(0); at >= 0; at = piece.indexOf(0, at + 1)) {
      if (firstZero < 0) firstZero = offset + at
      zeros += 1
    }
    if (!areFewZeros(zeros, source.size)) throw new FundstelleError('file_binary', { offset: firstZero })
    isSound &&= isUtf8(piece)
    offset += piece.length
    yield null
  }
  return { isSound, zeros }
}

function* checkBroken(
  source: ByteSource,
  pieceBytes: number,
  { hasMark, isSound, zeros }: Look & { readonly hasMark: boolean },
): Generator<null, Encoding> {
  const found = { sequences: 0, badBytes: 0 }
  let unknown = 0
  let zeroLine: number | null = null
  let notUtf8: number | null = null
  let notText: number | null = null
  const lines = new LineCounter()
  for (const piece of wholePieces(source.stream(), pieceBytes, wholeSequences)) {
    const { firstBad, badBytes, sequences } = scanUtf8(piece)
    found.sequences += sequences
    found.badBytes += badBytes
    const text = piece.toString('latin1')
    if (firstBad >= 0) notUtf8 ??= lines.lineAt(text, firstBad)
    const zero = piece.indexOf(0)
    if (zero >= 0) zeroLine ??= lines.lineAt(text, zero)
    const { count, first } = notWindows1252(piece)
    unknown += count
    if (count > 0) notText ??= lines.lineAt(text, first)
    lines.pass(text)
    yield null
  }
  const firstOf = (line: number | null): number => Math.min(line ?? Infinity, zeroLine ?? Infinity)
  const isMeant = isBrokenUtf8(found) || (hasMark && areFew(found.badBytes, source.size))
  if (isSound || isMeant) {
    const strays = { encoding: 'UTF-8', count: found.badBytes + zeros, line: firstOf(notUtf8) }
    return { name: 'UTF-8', hasMark, strays }
  }
  if (hasMark) throw broken('UTF-8', notUtf8 ?? 1)
  const count = unknown + zeros
  const strays = count === 0 ? null : { encoding: 'Windows-1252', count, line: firstOf(notText) }
  if (strays !== null && !areFew(count, source.size)) throw broken('Windows-1252', strays.line)
  return { name: 'Windows-1252', hasMark: false, strays }
}

function* checkUtf16(source: ByteSource, order: Utf16, pieceBytes: number): Generator<null, Encoding> {
  const pieces = utf16Pieces(source, order, pieceBytes)
  const lines = new LineCounter()
  let loneAt: number | null = null
  let count = 0
  let units = 1
  for (;;) {
    const { done, value } = pieces.next()
    if (done === true) {
      if (value) count += 1
      if (count === 0) return { name: order, hasMark: false, strays: null }
      const line = loneAt ?? lines.line
      if (!areFew(count, Math.floor(source.size / UNIT_BYTES) - 1)) throw broken(order, line)
      return { name: order, hasMark: false, strays: { encoding: order, count, line } }
    }
    const zero = value.indexOf('\0')
    if (zero >= 0) throw new FundstelleError('file_binary', { offset: UNIT_BYTES * (units + zero) })
    const lone = loneSurrogates(value)
    count += lone.count
    if (lone.count > 0) loneAt ??= lines.lineAt(value, lone.first)
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
