/**
 * Finds texts that are nearly the same (Broder 1997): of a set of hashes the least under several orders is the signature; two sets
 * agree in such a least hash as often as their share of common ones. Signatures find pairs, the sets themselves decide.
 */

/** So large a share of all shingles of two articles must be in both. */
export const SHARE_MIN = 0.7
/** Bands of two hashes each: two articles that have seven tenths in common miss each other in one of 200 pairs. */
export const BANDS = 8
const ROWS = 2
/** Numbers of one signature. */
export const HASHES = BANDS * ROWS
const SAME_MIN = 6

/** Multiply-add hashing: sixteen orders of the same numbers. */
const ORDERS = Array.from({ length: HASHES }, (_, i) => ({
  factor: (0x9e3779b1 + i * 0x3c6ef372) | 1,
  addend: Math.imul(i, 0x7f4a7c15),
}))

/**
 * Writes a signature; its first number is never 0, which stands for none.
 * @param hashes the first `count` of them are those of the set; several of the same count once
 */
export function computeSignature(signatures: Uint16Array, docId: number, hashes: Uint32Array, count: number): void {
  const start = docId * HASHES
  for (let i = 0; i < HASHES; i++) {
    const { factor, addend } = ORDERS[i] as (typeof ORDERS)[number]
    let least = 0xffff_ffff
    for (let at = 0; at < count; at++) {
      const value = (Math.imul(hashes[at] as number, factor) + addend) >>> 0
      if (value < least) least = value
    }
    // the least are small: their upper bits tell little. What half of the bits take for the same, the sets tell apart
    signatures[start + i] = least & 0xffff
  }
  if (signatures[start] === 0) signatures[start] = 1
}

/** Signatures by docId: an array that has that of an article, and where it begins there. */
export interface SignatureRows {
  rowsWith(docId: number): Uint16Array
  startOf(docId: number): number
}

export const isSigned = (signatures: SignatureRows, docId: number): boolean =>
  signatures.rowsWith(docId)[signatures.startOf(docId)] !== 0

/** One number for the two hashes of a band, from 0 to 2^32 - 1. */
export function bandKey(signatures: SignatureRows, docId: number, band: number): number {
  const rows = signatures.rowsWith(docId)
  const at = signatures.startOf(docId) + band * ROWS
  return (((rows[at] as number) << 16) | (rows[at + 1] as number)) >>> 0
}

/** Whether so many hashes are the same as those of near ones nearly always are (of a hundred pairs at the least share 99). */
export function mayBeNear(signatures: SignatureRows, a: number, b: number): boolean {
  const ofA = signatures.rowsWith(a)
  const ofB = signatures.rowsWith(b)
  const startA = signatures.startOf(a)
  const startB = signatures.startOf(b)
  let same = 0
  for (let i = 0; i < HASHES; i++) if (ofA[startA + i] === ofB[startB + i]) same += 1
  return same >= SAME_MIN
}

/** Whether two sets have the least share in common or more. Both ascending; what is there several times counts as often. */
export function isNear(one: Uint32Array, other: Uint32Array): boolean {
  // both / (one + other - both) is at least the share
  const needed = (SHARE_MIN / (1 + SHARE_MIN)) * (one.length + other.length)
  let both = 0
  let [i, j] = [0, 0]
  while (i < one.length && j < other.length) {
    const [left, right] = [one[i] as number, other[j] as number]
    if (left === right) both += 1
    else if (both + Math.min(one.length - i, other.length - j) < needed) return false
    if (left <= right) i += 1
    if (right <= left) j += 1
  }
  return both >= needed
}
