/** Escaped bytes in a row, at least one of them beyond ASCII. */
const ESCAPES = /(?:%[0-7][0-9a-f])*%[89a-f][0-9a-f](?:%[0-9a-f]{2})*/gi
const utf8 = new TextDecoder('utf-8', { fatal: true })

/**
 * The query of an address with escapes of UTF-8 alone: bytes that are none are read as ISO-8859-1, which old forms send (`Geb%FChren`).
 * Escapes that are UTF-8 stay as they are. Linear in the length of the query.
 */
export const inUtf8 = (query: string): string => query.replace(ESCAPES, inUtf8Run)

function inUtf8Run(escapes: string): string {
  const bytes = Uint8Array.from(escapes.slice(1).split('%'), (byte) => Number.parseInt(byte, 16))
  let run = ''
  for (let at = 0; at < bytes.length; ) {
    const width = widthAt(bytes, at)
    const next = at + Math.max(1, width)
    // an escape is three characters long
    run += width > 0 ? escapes.slice(3 * at, 3 * next) : encodeURIComponent(String.fromCharCode(bytes[at] as number))
    at = next
  }
  return run
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
