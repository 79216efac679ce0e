/** Columns in memory that threads can share. What is not written to takes none of it, so they may be made longer than needed. */
export const sharedUint32 = (length: number): Uint32Array =>
  new Uint32Array(new SharedArrayBuffer(length * Uint32Array.BYTES_PER_ELEMENT))

export const sharedUint8 = (length: number): Uint8Array => new Uint8Array(new SharedArrayBuffer(length))

/** The same numbers in memory that threads can share. */
export function sharedCopy(numbers: Uint32Array): Uint32Array {
  if (numbers.buffer instanceof SharedArrayBuffer) return numbers
  const copy = sharedUint32(numbers.length)
  copy.set(numbers)
  return copy
}
