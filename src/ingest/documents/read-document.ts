// The room `ingest/documents`: PDF, Word, OpenDocument and EPUB to articles, in a thread of its own that can be ended. It imports `ingest`, and
// alone knows the PDF library.

import { FundstelleError, type Localized } from '../../errors.ts'
import type { DocumentFormat } from '../document-format.ts'
import type { ReadResult } from '../reader.ts'
import { isDocx, readDocx } from './docx.ts'
import { readEpub } from './epub.ts'
import { readOdt } from './odt.ts'
import { readPdf } from './pdf.ts'
import { ZipArchive } from './zip.ts'

/** So many characters of the file `mimetype` tell what an archive is. */
const MIME_TYPE_MAX = 100
const EPUB = 'application/epub+zip'
const ODT = /^application\/vnd\.oasis\.opendocument\.text(?:-template)?$/

/** Other formats in archives, by a file of theirs. */
const FOREIGN: readonly { readonly has: RegExp; readonly got: Localized; readonly remedy: Localized }[] = [
  {
    has: /^xl\/|^mimetype-spreadsheet$/,
    got: { de: 'eine Tabelle (Excel oder OpenDocument)', en: 'a spreadsheet (Excel or OpenDocument)' },
    remedy: { de: 'als .csv speichern', en: 'save it as .csv' },
  },
  {
    has: /^ppt\/|^mimetype-presentation$/,
    got: { de: 'eine Präsentation (PowerPoint oder OpenDocument)', en: 'a presentation (PowerPoint or OpenDocument)' },
    remedy: { de: 'als PDF speichern', en: 'save it as PDF' },
  },
]
const ARCHIVE = {
  got: { de: 'ein ZIP-Archiv', en: 'a ZIP archive' },
  remedy: { de: 'auspacken und den Inhalt einlesen', en: 'unpack it and index what is in it' },
}

/**
 * Makes articles of a document.
 * @param progress is told of each page that was read
 * @throws FundstelleError what is wrong with all of it
 */
export async function readDocument(
  bytes: Uint8Array,
  path: string,
  format: DocumentFormat,
  progress: () => void = () => {},
): Promise<readonly ReadResult[]> {
  if (format === 'pdf') return readPdf(bytes, path, progress)
  const archive = new ZipArchive(bytes)
  const type = archive.has('mimetype') ? archive.read('mimetype').toString('latin1', 0, MIME_TYPE_MAX).trim() : ''
  if (type === EPUB || archive.has('META-INF/container.xml')) return [...readEpub(archive, path)]
  if (ODT.test(type)) return [readOdt(archive, path)]
  if (isDocx(archive)) return [readDocx(archive, path)]
  const names = [...archive.names, `mimetype-${/\.(spreadsheet|presentation)/.exec(type)?.[1] ?? ''}`]
  const { got, remedy } = FOREIGN.find(({ has }) => names.some((name) => has.test(name))) ?? ARCHIVE
  throw new FundstelleError('document_foreign', { got, remedy })
}
