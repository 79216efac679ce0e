import { Buffer, isUtf8 } from 'node:buffer'
import { TextDecoder } from 'node:util'
import { FundstelleError } from '../errors.ts'
import { loneSurrogate } from './lone-surrogate.ts'
import { isBrokenUtf8, scanUtf8 } from './utf8-scan.ts'
import { notWindows1252, windows1252 } from './windows-1252.ts'

/** Declarations stand at the beginning of a file; HTML says within 1024 bytes, real pages need more. */
const DECLARATION_BYTES_MAX = 4096

/**
 * The text of a file: no byte-order mark, line ends as `\n`.
 *
 * Tried in this order: byte-order marks of UTF-16 and UTF-8, UTF-8, the encoding the file declares, Windows-1252
 * (which holds all of ISO-8859-1).
 * @param markup whether the format can declare its encoding (XML declaration, `<meta charset>`)
 * @throws FundstelleError `file_binary`, or `encoding_broken` with the parameter `line` (from 1) of the first bad byte
 */
export function decode(bytes: Uint8Array, markup = false): string {
  const buffer = Buffer.from(bytes.buffer, bytes.byteOffset, bytes.byteLength)
  if (buffer[0] === 0xff && buffer[1] === 0xfe) return utf16(buffer.subarray(2), 'UTF-16LE')
  if (buffer[0] === 0xfe && buffer[1] === 0xff) return utf16(swapped(buffer.subarray(2)), 'UTF-16BE')

  const zero = buffer.indexOf(0)
  if (zero >= 0) throw new FundstelleError('file_binary', { offset: zero })
  const hasMark = buffer[0] === 0xef && buffer[1] === 0xbb && buffer[2] === 0xbf
  if (isUtf8(buffer)) return lineEnds(buffer.toString('utf8', hasMark ? 3 : 0))
  if (hasMark) throw broken('UTF-8', buffer, scanUtf8(buffer).firstBad)

  const declared = markup ? declaredEncoding(buffer) : null
  if (declared !== null) return declaredText(buffer, declared)
  const scan = scanUtf8(buffer)
  if (isBrokenUtf8(scan)) throw broken('UTF-8', buffer, scan.firstBad)
  return textOfWindows1252(buffer)
}

function utf16(buffer: Buffer, encoding: string): string {
  const text = buffer.toString('utf16le')
  const zero = text.indexOf('\0')
  if (zero >= 0) throw new FundstelleError('file_binary', { offset: 2 + 2 * zero })
  const lone = loneSurrogate(text)
  if (lone >= 0) throw brokenAt(encoding, text, lone)
  if (buffer.length % 2 === 1) throw brokenAt(encoding, text, text.length)
  return lineEnds(text)
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

function declaredText(buffer: Buffer, encoding: string): string {
  if (/^utf-?8$/.test(encoding)) {
    // Says UTF-8 and has none at all: saved with an editor that never asked
    const scan = scanUtf8(buffer)
    if (scan.sequences === 0) return textOfWindows1252(buffer)
    throw broken('UTF-8', buffer, scan.firstBad)
  }
  if (/^(windows-1252|cp1252|(iso-?8859-?1|latin-?1|l1|us-ascii|ascii)$)/.test(encoding))
    return textOfWindows1252(buffer)
  let decoder: TextDecoder
  try {
    decoder = new TextDecoder(encoding, { fatal: true })
  } catch {
    return textOfWindows1252(buffer)
  }
  try {
    return lineEnds(decoder.decode(buffer))
  } catch {
    throw new FundstelleError('encoding_broken', { encoding, line: firstBrokenLine(buffer, decoder) })
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

function textOfWindows1252(buffer: Buffer): string {
  const bad = notWindows1252(buffer)
  if (bad >= 0) throw broken('Windows-1252', buffer, bad)
  return lineEnds(windows1252(buffer))
}

function broken(encoding: string, buffer: Buffer, offset: number): FundstelleError {
  return brokenAt(encoding, buffer.toString('latin1', 0, offset), offset)
}

function brokenAt(encoding: string, text: string, offset: number): FundstelleError {
  const line = lineEnds(text.slice(0, offset)).split('\n').length
  return new FundstelleError('encoding_broken', { encoding, line })
}

function lineEnds(text: string): string {
  return text.includes('\r') ? text.replace(/\r\n?/g, '\n') : text
}
