/** How many misread bytes one sound UTF-8 sequence outweighs: below that a file counts as Windows-1252. */
const BAD_BYTES_PER_SEQUENCE = 10

/** What a look at bytes that are not sound UTF-8 found. */
export interface Utf8Scan {
  /** Offset of the first byte that UTF-8 cannot have there; -1 where there is none. */
  readonly firstBad: number
  readonly badBytes: number
  /** Sound sequences of several bytes that Windows-1252 text would hardly hold. */
  readonly sequences: number
}

/** Whether such bytes are meant as UTF-8; else they are of another encoding. */
export function isBrokenUtf8({ sequences, badBytes }: Pick<Utf8Scan, 'sequences' | 'badBytes'>): boolean {
  return sequences > 0 && sequences * BAD_BYTES_PER_SEQUENCE >= badBytes
}

/** Counts what speaks for and against broken UTF-8. Only called for bytes that `isUtf8` refused. */
export function scanUtf8(bytes: Uint8Array): Utf8Scan {
  let firstBad = -1
  let badBytes = 0
  let sequences = 0
  for (let at = 0; at < bytes.length; ) {
    const lead = bytes[at] ?? 0
    if (lead < 0x80) {
      at++
      continue
    }
    const length = sequenceLength(bytes, at, lead)
    if (length === 0) {
      if (firstBad < 0) firstBad = at
      badBytes++
      at++
      continue
    }
    if (!couldBeWindows1252(lead, bytes[at + 1] ?? 0)) sequences++
    at += length
  }
  return { firstBad, badBytes, sequences }
}

/** How many of these bytes no sequence of bytes that follow them can change: a last one that may go on is left out. */
export function wholeSequences(bytes: Uint8Array): number {
  for (let back = 1; back <= 3 && back <= bytes.length; back++) {
    const byte = bytes[bytes.length - back] ?? 0
    if (isTail(byte)) continue
    const length = byte >= 0xf0 ? 4 : byte >= 0xe0 ? 3 : byte >= 0xc0 ? 2 : 1
    return length > back ? bytes.length - back : bytes.length
  }
  return bytes.length
}

/** The length of the sound sequence that begins here, or 0. Bounds: Unicode, table 3-7. */
export function sequenceLength(bytes: Uint8Array, at: number, lead: number): number {
  const second = bytes[at + 1] ?? 0
  if (lead >= 0xc2 && lead <= 0xdf) return isTail(second) ? 2 : 0
  if (lead >= 0xe0 && lead <= 0xef) {
    const low = lead === 0xe0 ? 0xa0 : 0x80
    const high = lead === 0xed ? 0x9f : 0xbf
    return second >= low && second <= high && isTail(bytes[at + 2]) ? 3 : 0
  }
  if (lead >= 0xf0 && lead <= 0xf4) {
    const low = lead === 0xf0 ? 0x90 : 0x80
    const high = lead === 0xf4 ? 0x8f : 0xbf
    return second >= low && second <= high && isTail(bytes[at + 2]) && isTail(bytes[at + 3]) ? 4 : 0
  }
  return 0
}

function isTail(byte: number | undefined): boolean {
  return byte !== undefined && byte >= 0x80 && byte <= 0xbf
}

/** Ä, Ö, Ü or ß before a quotation mark, dash or space of Windows-1252, as in `Spaß“`, looks like a sequence too. */
function couldBeWindows1252(lead: number, second: number): boolean {
  const umlaut = lead === 0xc4 || lead === 0xd6 || lead === 0xdc || lead === 0xdf
  return umlaut && (second <= 0xa0 || second === 0xab || second === 0xbb)
}
