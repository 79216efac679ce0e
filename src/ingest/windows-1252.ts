import type { Buffer } from 'node:buffer'

/** What Windows-1252 has at 0x80 to 0x9F; a space stands for a byte it leaves undefined. */
const HIGH = '€ ‚ƒ„…†‡ˆ‰Š‹Œ Ž  ‘’“”•–—˜™š›œ žŸ'

// biome-ignore lint/suspicious/noControlCharactersInRegex: bytes that no text has
const NOT_TEXT = /[\0-\x08\x0b\x0e-\x1f\x7f\x81\x8d\x8f\x90\x9d]/

/** Offset of the first byte that no text in Windows-1252 has; -1 where there is none. */
export function notWindows1252(buffer: Buffer): number {
  return buffer.toString('latin1').search(NOT_TEXT)
}

/** Not TextDecoder: some versions of Node take its `windows-1252` for plain ISO-8859-1. */
export function windows1252(buffer: Buffer): string {
  return buffer.toString('latin1').replace(/[\x80-\x9f]/g, (char) => HIGH[char.charCodeAt(0) - 0x80] ?? char)
}
