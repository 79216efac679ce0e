/** Escaped bytes in a row: each is looked at once, whatever follows. */
const ESCAPES = /(?:%[0-9a-f]{2})+/gi
const BEYOND_ASCII = /%[89a-f]/i
const utf8 = new TextDecoder('utf-8', { fatal: true })
/** What windows-1252 has for 80 to 9F, where ISO-8859-1 has controls; blanks where it has nothing. Node 20 decodes it as ISO-8859-1. */
const WINDOWS = '€ ‚ƒ„…†‡ˆ‰Š‹Œ Ž  ‘’“”•–—˜™š›œ žŸ'

/**
 * The query of an address with escapes of UTF-8 alone: bytes that are none are read as windows-1252, which old forms send (`Geb%FChren`,
 * `5%80`). Escapes that are UTF-8 stay as they are. Linear in the length of the query.
 */
export const inUtf8 = (query: string): string =>
  query.replace(ESCAPES, (escapes) => (BEYOND_ASCII.test(escapes) ? inUtf8Run(escapes) : escapes))

function inUtf8Run(escapes: string): string {
  const bytes = Uint8Array.from(escapes.slice(1).split('%'), (byte) => Number.parseInt(byte, 16))
  let run = ''
  for (let at = 0; at < bytes.length; ) {
    const width = widthAt(bytes, at)
    const next = at + Math.max(1, width)
    // an escape is three characters long
    run += width > 0 ? escapes.slice(3 * at, 3 * next) : encodeURIComponent(inWindows(bytes[at] as number))
    at = next
  }
  return run
}

/** The character of a byte beyond ASCII; the control of the same number where windows-1252 has none. */
function inWindows(byte: number): string {
  const character = WINDOWS[byte - 0x80] ?? ' '
  return character === ' ' ? String.fromCharCode(byte) : character
}

/** How many bytes the character at a place takes in UTF-8; 0 where there is none. */
function widthAt(bytes: Uint8Array, at: number): number {
  const first = bytes[at] as number
  const width = first < 0x80 ? 1 : first < 0xc2 ? 0 : first < 0xe0 ? 2 : first < 0xf0 ? 3 : first < 0xf5 ? 4 : 0
  if (width < 2) return width
  try {
    utf8.decode(bytes.subarray(at, at + width))
    return width
  } catch {
    return 0
  }
}
