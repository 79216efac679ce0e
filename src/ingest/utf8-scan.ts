/** What a look at bytes that are not sound UTF-8 found. */
export interface Utf8Scan {
  /** Offset of the first byte that UTF-8 cannot have there; the length where a sequence is cut off at the end. */
  readonly firstBad: number
  readonly badBytes: number
  /** Sound sequences of several bytes that Windows-1252 text would hardly hold. */
  readonly sequences: number
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

/** The length of the sound sequence that begins here, or 0. Bounds: Unicode, table 3-7. */
function sequenceLength(bytes: Uint8Array, at: number, lead: number): number {
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
