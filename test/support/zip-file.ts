import { Buffer } from 'node:buffer'
import { crc32, deflateRawSync } from 'node:zlib'

/** What may be wrong with an archive. */
export interface ZipOptions {
  /** What headers say of the size when unpacked; absent: the truth. */
  readonly saidBytes?: number
  readonly checksum?: number
  readonly flags?: number
  readonly method?: number
  /** Stands before the archive. */
  readonly before?: Uint8Array
  readonly comment?: string
}

/** A ZIP archive of these files, in their order; each is deflated, but for `mimetype`, which comes as it is. */
export function zipFile(files: Readonly<Record<string, string | Uint8Array>>, options: ZipOptions = {}): Buffer {
  const { before = new Uint8Array(), comment = '', flags = 0 } = options
  const parts: Uint8Array[] = [before]
  const directory: Uint8Array[] = []
  let offset = 0
  for (const [name, content] of Object.entries(files)) {
    const plain = Buffer.from(content)
    const isStored = name === 'mimetype'
    const packed = isStored ? plain : deflateRawSync(plain)
    const nameBytes = Buffer.from(name)
    const header = Buffer.alloc(26)
    header.writeUInt16LE(20, 0)
    header.writeUInt16LE(flags, 2)
    header.writeUInt16LE(options.method ?? (isStored ? 0 : 8), 4)
    header.writeUInt32LE(options.checksum ?? crc32(plain), 10)
    header.writeUInt32LE(packed.length, 14)
    header.writeUInt32LE(options.saidBytes ?? plain.length, 18)
    header.writeUInt16LE(nameBytes.length, 22)
    const rest = Buffer.alloc(14)
    rest.writeUInt32LE(offset, 10)
    parts.push(Buffer.from('PK\x03\x04'), header, nameBytes, packed)
    directory.push(Buffer.from('PK\x01\x02'), Buffer.from([20, 0]), header, rest, nameBytes)
    offset += 4 + header.length + nameBytes.length + packed.length
  }
  const end = Buffer.alloc(22)
  end.write('PK\x05\x06', 'latin1')
  const count = Object.keys(files).length
  end.writeUInt16LE(count, 8)
  end.writeUInt16LE(count, 10)
  end.writeUInt32LE(Buffer.concat(directory).length, 12)
  end.writeUInt32LE(offset, 16)
  end.writeUInt16LE(comment.length, 20)
  return Buffer.concat([...parts, ...directory, end, Buffer.from(comment)])
}

const NAMESPACES = 'xmlns:w="http://schemas.openxmlformats.org/wordprocessingml/2006/main"'

/** A Word document of this body, with further files beside it. */
export const docxFile = (body: string, more: Readonly<Record<string, string>> = {}, options?: ZipOptions): Buffer =>
  zipFile(
    {
      '[Content_Types].xml': '<Types/>',
      'word/document.xml': `<?xml version="1.0" encoding="UTF-8"?><w:document ${NAMESPACES}><w:body>${body}</w:body></w:document>`,
      ...more,
    },
    options,
  )

/** A paragraph of Word; a style by its id. */
export const wordParagraph = (text: string, style?: string): string =>
  `<w:p>${style === undefined ? '' : `<w:pPr><w:pStyle w:val="${style}"/></w:pPr>`}<w:r><w:t>${text}</w:t></w:r></w:p>`

/** An OpenDocument text of this body, with further files beside it. */
export const odtFile = (body: string, more: Readonly<Record<string, string>> = {}): Buffer =>
  zipFile({
    mimetype: 'application/vnd.oasis.opendocument.text',
    'content.xml': `<?xml version="1.0"?><office:document-content><office:automatic-styles><style:style style:name="P1" style:parent-style-name="Title"/></office:automatic-styles><office:body><office:text>${body}</office:text></office:body></office:document-content>`,
    ...more,
  })

/** A book of these chapters, by their file names: the body of each. */
export const epubFile = (
  chapters: Readonly<Record<string, string>>,
  more: Readonly<Record<string, string>> = {},
): Buffer =>
  zipFile({
    mimetype: 'application/epub+zip',
    'META-INF/container.xml':
      '<?xml version="1.0"?><container><rootfiles><rootfile full-path="OEBPS/content.opf"/></rootfiles></container>',
    'OEBPS/content.opf': `<?xml version="1.0"?><package><metadata xmlns:dc="http://purl.org/dc/elements/1.1/"><dc:title>Das Buch</dc:title><dc:creator>Erna Muster</dc:creator><dc:language>de</dc:language><dc:date>2021-05-04</dc:date></metadata><manifest>${Object.keys(
      chapters,
    )
      .map((name, at) => `<item id="i${at}" href="${encodeURI(name)}" media-type="application/xhtml+xml"/>`)
      .join('')}</manifest><spine>${Object.keys(chapters)
      .map((_, at) => `<itemref idref="i${at}"/>`)
      .join('')}</spine></package>`,
    ...Object.fromEntries(
      Object.entries(chapters).map(([name, body]) => [
        `OEBPS/${name}`,
        `<?xml version="1.0" encoding="utf-8"?><html xmlns="http://www.w3.org/1999/xhtml"><head><title>Das Buch</title></head><body>${body}</body></html>`,
      ]),
    ),
    ...more,
  })
