/**
 * The same string with characters of its own. V8 makes a slice of 13 characters or more a window on its whole text: who keeps
 * the slice keeps the text in memory.
 */
export function ownCopy(slice: string): string {
  return slice.length < 13 ? slice : Buffer.from(slice, 'utf16le').toString('utf16le')
}
