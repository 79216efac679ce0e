import type { Buffer } from 'node:buffer'
import { FundstelleError } from '../errors.ts'
import { sequenceLength } from './utf8-scan.ts'
import { windows1252 } from './windows-1252.ts'

/** Bytes of a file that its encoding does not have. They cost a character each, not the file. */
export interface Strays {
  readonly encoding: string
  readonly count: number
  /** On which the first one is, from 1. */
  readonly line: number
}

/** One in so many bytes may be a zero, or none that the encoding has: with more of them a file is no text. */
const SHARE_MAX = 100

/** Whether so many strays are slips in a text of this length. */
export const areFew = (count: number, bytes: number): boolean => count <= 1 || count * SHARE_MAX <= bytes

/** Whether so many zero bytes are. Short files of two bytes a character have one already. */
export const areFewZeros = (count: number, bytes: number): boolean => count * SHARE_MAX <= bytes

/** The note for whoever keeps the file. */
export function strayNote({ encoding, count, line }: Strays): FundstelleError {
  return new FundstelleError('encoding_mended', { encoding, count, line })
}

/**
 * Bytes as UTF-8, and those that it cannot have there as Windows-1252, in which they most often were written: two encodings meet
 * where texts are copied together.
 */
export function mendedUtf8(buffer: Buffer): string {
  const parts: string[] = []
  let sound = 0
  for (let at = 0; at < buffer.length; ) {
    const lead = buffer[at] ?? 0
    const length = lead === 0 ? 0 : lead < 0x80 ? 1 : sequenceLength(buffer, at, lead)
    if (length === 0) {
      parts.push(buffer.toString('utf8', sound, at), lead === 0 ? '\ufffd' : windows1252(buffer.subarray(at, at + 1)))
      sound = at + 1
    }
    at += Math.max(1, length)
  }
  parts.push(buffer.toString('utf8', sound))
  return parts.join('')
}

/** Windows-1252 with a sign in the place of zeros. */
export function mendedWindows1252(buffer: Buffer): string {
  return windows1252(buffer).replaceAll('\0', '\ufffd')
}
