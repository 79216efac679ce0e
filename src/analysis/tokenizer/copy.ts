/** Of slices shorter than 13 characters V8 makes strings of their own. */
const COPIED = 12

/**
 * The same string with characters of its own. V8 makes a longer slice a window on its whole text: who keeps the slice keeps the text
 * in memory. Put together of short slices it holds nothing but these (60 ns; through a Buffer 300).
 */
export function ownCopy(slice: string): string {
  if (slice.length <= COPIED) return slice
  let copy = slice.slice(0, COPIED)
  for (let start = COPIED; start < slice.length; start += COPIED) copy += slice.slice(start, start + COPIED)
  return copy
}
