import { Buffer } from 'node:buffer'
import { deflateSync } from 'node:zlib'

/** A line of a page: where its baseline begins, in points from the lower left corner, and how large it is. */
export interface PdfLine {
  readonly text: string
  readonly x?: number
  readonly y: number
  readonly size?: number
}

export interface PdfOptions {
  /** The dictionary /Info as it stands in the file, such as `/Title (Bericht)`. */
  readonly info?: string
  /** Further keys of the trailer, such as `/Encrypt << … >>`. */
  readonly trailer?: string
  /** How many pages the file says it has; absent: the truth. */
  readonly saidPages?: number
}

/** A PDF of these pages in Helvetica and WinAnsiEncoding, which is Windows-1252. */
export function pdfFile(pages: readonly (readonly PdfLine[])[], options: PdfOptions = {}): Buffer {
  const streams = pages.map((lines) => Buffer.from(lines.map(drawn).join('\n'), 'latin1'))
  return pdfOfStreams(
    streams.map((stream) => ({ bytes: deflateSync(stream), filter: '/FlateDecode' })),
    options,
  )
}

const drawn = ({ text, x = 72, y, size = 11 }: PdfLine): string =>
  `BT /F1 ${size} Tf 1 0 0 1 ${x} ${y} Tm (${text.replace(/[\\()]/g, '\\$&')}) Tj ET`

/** A text in lines from the top of a page down. */
export const pdfPage = (lines: readonly string[], { size = 11, leading = 14, x = 72, top = 770 } = {}): PdfLine[] =>
  lines.flatMap((text, at) => (text === '' ? [] : [{ text, x, y: top - at * leading, size }]))

/** The same with contents of pages as they stand in the file. */
export function pdfOfStreams(
  streams: readonly { readonly bytes: Uint8Array; readonly filter: string }[],
  { info = '', trailer = '', saidPages = streams.length }: PdfOptions = {},
): Buffer {
  const objects: Uint8Array[] = []
  const add = (object: string, stream?: Uint8Array): number => {
    const body = stream === undefined ? [] : [Buffer.from('\nstream\n'), stream, Buffer.from('\nendstream')]
    objects.push(Buffer.concat([Buffer.from(object, 'latin1'), ...body]))
    return objects.length
  }
  add('<< /Type /Catalog /Pages 2 0 R >>')
  const first = 5
  const kids = streams.map((_, at) => `${first + 2 * at} 0 R`).join(' ')
  add(`<< /Type /Pages /Count ${saidPages} /Kids [${kids}] >>`)
  add('<< /Type /Font /Subtype /Type1 /BaseFont /Helvetica /Encoding /WinAnsiEncoding >>')
  add(`<< ${info} >>`)
  for (const { bytes, filter } of streams) {
    const content = objects.length + 2
    add(
      `<< /Type /Page /Parent 2 0 R /MediaBox [0 0 595 842] /Resources << /Font << /F1 3 0 R >> >> /Contents ${content} 0 R >>`,
    )
    add(`<< /Length ${bytes.length} /Filter [${filter}] >>`, bytes)
  }
  const parts: Uint8Array[] = [Buffer.from('%PDF-1.4\n')]
  const places: number[] = []
  let length = 9
  for (const [at, object] of objects.entries()) {
    const part = Buffer.concat([Buffer.from(`${at + 1} 0 obj\n`), object, Buffer.from('\nendobj\n')])
    places.push(length)
    length += part.length
    parts.push(part)
  }
  const table = places.map((place) => `${String(place).padStart(10, '0')} 00000 n \n`).join('')
  const count = objects.length + 1
  parts.push(
    Buffer.from(
      `xref\n0 ${count}\n0000000000 65535 f \n${table}trailer\n<< /Size ${count} /Root 1 0 R /Info 4 0 R ${trailer} >>\nstartxref\n${length}\n%%EOF\n`,
    ),
  )
  return Buffer.concat(parts)
}
