import { Buffer, isUtf8 } from 'node:buffer'
import { TextDecoder } from 'node:util'
import { FundstelleError } from '../errors.ts'
import { loneSurrogates } from './lone-surrogates.ts'
import { areFew, areFewZeros, mendedUtf8, mendedWindows1252, type Strays } from './strays.ts'
import { isBrokenUtf8, scanUtf8 } from './utf8-scan.ts'
import { notWindows1252 } from './windows-1252.ts'

/** Declarations stand at the beginning of a file; HTML says within 1024 bytes, real pages need more. */
const DECLARATION_BYTES_MAX = 4096

/** The text of a file, and what of it its encoding does not have; null where it is sound. */
export interface Decoded {
  readonly text: string
  readonly strays: Strays | null
}

/**
 * The text of a file: no byte-order mark, line ends as `\n`. A few bytes that the encoding does not have cost a character each.
 *
 * Tried in this order: byte-order marks of UTF-16 and UTF-8, UTF-8, the encoding the file declares, Windows-1252
 * (which holds all of ISO-8859-1).
 * @param markup whether the format can declare its encoding (XML declaration, `<meta charset>`)
 * @throws FundstelleError `file_binary`, or `encoding_broken` with the parameter `line` (from 1) of the first bad byte
 */
export function decode(bytes: Uint8Array, markup = false): Decoded {
  const buffer = Buffer.from(bytes.buffer, bytes.byteOffset, bytes.byteLength)
  if (buffer[0] === 0xff && buffer[1] === 0xfe) return utf16(buffer.subarray(2), 'UTF-16LE')
  if (buffer[0] === 0xfe && buffer[1] === 0xff) return utf16(swapped(buffer.subarray(2)), 'UTF-16BE')

  const zeros = zerosOf(buffer)
  if (!areFewZeros(zeros.count, buffer.length)) throw new FundstelleError('file_binary', { offset: zeros.first })
  const hasMark = buffer[0] === 0xef && buffer[1] === 0xbb && buffer[2] === 0xbf
  const content = hasMark ? buffer.subarray(3) : buffer
  if (isUtf8(buffer)) {
    const text = content.toString('utf8')
    if (zeros.count === 0) return { text: lineEnds(text), strays: null }
    return mended('UTF-8', buffer, zeros.first, zeros.count, text.replaceAll('\0', '\ufffd'))
  }
  const declared = markup && !hasMark ? declaredEncoding(buffer) : null
  if (declared !== null && !isUtf8Name(declared)) return declaredText(buffer, declared, zeros)

  const scan = scanUtf8(buffer)
  if (hasMark ? areFew(scan.badBytes, buffer.length) || isBrokenUtf8(scan) : isBrokenUtf8(scan)) {
    const first = zeros.first < 0 ? scan.firstBad : Math.min(scan.firstBad, zeros.first)
    return mended('UTF-8', buffer, first, scan.badBytes + zeros.count, mendedUtf8(content))
  }
  if (hasMark) throw broken('UTF-8', buffer, scan.firstBad)
  return textOfWindows1252(buffer, zeros)
}

/** Zero bytes: no text has them. */
interface Zeros {
  readonly count: number
  /** Offset; -1 where there is none. */
  readonly first: number
}

function zerosOf(buffer: Buffer): Zeros {
  const first = buffer.indexOf(0)
  let count = 0
  for (let at = first; at >= 0; at = buffer.indexOf(0, at + 1)) count++
  return { count, first }
}

function mended(encoding: string, buffer: Buffer, first: number, count: number, text: string): Decoded {
  const line = lineOf(buffer.toString('latin1', 0, first))
  return { text: lineEnds(text), strays: { encoding, count, line } }
}

function utf16(buffer: Buffer, encoding: string): Decoded {
  const text = buffer.toString('utf16le')
  const zero = text.indexOf('\0')
  if (zero >= 0) throw new FundstelleError('file_binary', { offset: 2 + 2 * zero })
  const isOdd = buffer.length % 2 === 1
  const lone = loneSurrogates(text)
  const count = lone.count + (isOdd ? 1 : 0)
  const line = lineOf(lone.count > 0 ? text.slice(0, lone.first) : text)
  if (count === 0) return { text: lineEnds(text), strays: null }
  if (!areFew(count, text.length)) throw new FundstelleError('encoding_broken', { encoding, line })
  return { text: lineEnds(text.toWellFormed()), strays: { encoding, count, line } }
}

function swapped(buffer: Buffer): Buffer {
  const even = Buffer.from(buffer.subarray(0, buffer.length - (buffer.length % 2))).swap16()
  // A last odd byte is kept, so that it is noticed
  return buffer.length % 2 === 0 ? even : Buffer.concat([even, buffer.subarray(-1)])
}

function declaredEncoding(buffer: Buffer): string | null {
  const head = buffer.toString('latin1', 0, DECLARATION_BYTES_MAX)
  const match =
    /^\s*<\?xml\s[^>]*?encoding\s*=\s*["']([\w.:-]+)["']/.exec(head) ??
    /<meta\s[^>]*?charset\s*=\s*(?:["']\s*)?([\w.:-]+)/i.exec(head)
  return match?.[1]?.toLowerCase() ?? null
}

/** A file may say UTF-8 and have none at all, saved with an editor that never asked: its bytes tell. */
const isUtf8Name = (encoding: string): boolean => /^utf-?8$/.test(encoding)

function declaredText(buffer: Buffer, encoding: string, zeros: Zeros): Decoded {
  if (/^(windows-1252|cp1252|(iso-?8859-?1|latin-?1|l1|us-ascii|ascii)$)/.test(encoding)) {
    const scan = scanUtf8(buffer)
    // undefined there, but sound as the second half of a letter in UTF-8
    if (notWindows1252(buffer).count === 0 || !isBrokenUtf8(scan)) return textOfWindows1252(buffer, zeros)
    return mended('Windows-1252', buffer, scan.firstBad, scan.badBytes + zeros.count, mendedUtf8(buffer))
  }
  let decoder: TextDecoder
  try {
    decoder = new TextDecoder(encoding, { fatal: true })
  } catch {
    return textOfWindows1252(buffer, zeros)
  }
  try {
    return { text: lineEnds(decoder.decode(buffer)), strays: null }
  } catch {
    const text = new TextDecoder(encoding).decode(buffer)
    const count = text.split('\ufffd').length - 1
    const line = firstBrokenLine(buffer, decoder)
    if (!areFew(count, buffer.length)) throw new FundstelleError('encoding_broken', { encoding, line })
    return { text: lineEnds(text), strays: { encoding, count, line } }
  }
}

/** Every encoding a declaration can name here has line feeds where ASCII has them, so each line stands alone. */
function firstBrokenLine(buffer: Buffer, decoder: TextDecoder): number {
  let line = 1
  for (let start = 0; start < buffer.length; line++) {
    const end = buffer.indexOf(0x0a, start)
    const next = end < 0 ? buffer.length : end + 1
    try {
      decoder.decode(buffer.subarray(start, next))
    } catch {
      return line
    }
    start = next
  }
  return line
}

function textOfWindows1252(buffer: Buffer, zeros: Zeros): Decoded {
  const { count: unknown, first: firstUnknown } = notWindows1252(buffer)
  const count = unknown + zeros.count
  const text = mendedWindows1252(buffer)
  if (count === 0) return { text: lineEnds(text), strays: null }
  const first = Math.min(...[firstUnknown, zeros.first].filter((offset) => offset >= 0))
  if (!areFew(count, buffer.length)) throw broken('Windows-1252', buffer, first)
  return mended('Windows-1252', buffer, first, count, text)
}

function broken(encoding: string, buffer: Buffer, offset: number): FundstelleError {
  return new FundstelleError('encoding_broken', { encoding, line: lineOf(buffer.toString('latin1', 0, offset)) })
}

/** The line that follows a text. */
function lineOf(before: string): number {
  return lineEnds(before).split('\n').length
}

function lineEnds(text: string): string {
  return text.includes('\r') ? text.replace(/\r\n?/g, '\n') : text
}
