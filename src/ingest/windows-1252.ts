import type { Buffer } from 'node:buffer'

/** What Windows-1252 has at 0x80 to 0x9F; U+FFFD stands for a byte it leaves undefined. */
const HIGH = '€\ufffd‚ƒ„…†‡ˆ‰Š‹Œ\ufffdŽ\ufffd\ufffd‘’“”•–—˜™š›œ\ufffdžŸ'

// biome-ignore lint/suspicious/noControlCharactersInRegex: bytes that no text has
const NOT_TEXT = /[\x01-\x08\x0b\x0e-\x1f\x7f\x81\x8d\x8f\x90\x9d]/

// biome-ignore lint/suspicious/noControlCharactersInRegex: as above
const NOT_TEXTS = /[\x01-\x08\x0b\x0e-\x1f\x7f\x81\x8d\x8f\x90\x9d]/g

/** Bytes that no text in Windows-1252 has, but for zeros: how many, and the offset of the first (-1 where there is none). */
export function notWindows1252(buffer: Buffer): { readonly count: number; readonly first: number } {
  const text = buffer.toString('latin1')
  const first = text.search(NOT_TEXT)
  return { first, count: first < 0 ? 0 : (text.slice(first).match(NOT_TEXTS)?.length ?? 0) }
}

/** Not TextDecoder: some versions of Node take its `windows-1252` for plain ISO-8859-1. */
export function windows1252(buffer: Buffer): string {
  return buffer.toString('latin1').replace(/[\x80-\x9f]/g, (char) => HIGH[char.charCodeAt(0) - 0x80] ?? char)
}
