import { getDocumentProxy } from 'unpdf'
import { FundstelleError, reasonOf } from '../../errors.ts'
import { cleanLine } from '../clean.ts'
import { nameOfFile } from '../file-name.ts'
import { readingOf } from '../make.ts'
import { PUBLIC } from '../publication.ts'
import type { ReadResult } from '../reader.ts'
import { type DocumentHead, headFields, soundTitle, wordsOfList } from './document-content.ts'
import { inColumns } from './pdf-columns.ts'
import { type Line, linesOf, type TextItem } from './pdf-lines.ts'
import { withoutMargins } from './pdf-margins.ts'
import { textOfPages } from './pdf-paragraphs.ts'

const FORMAT = 'PDF'
/** A page with fewer characters has no text: numbers are often drawn on scanned ones. */
const PAGE_CHARACTERS_MIN = 20
/** The library goes through a file's list of pages for each: a small file may name one page any number of times. */
const PAGES_MAX = 5000
/** Characters of a document, and of one page. */
const TEXT_LENGTH_MAX = 20_000_000
const TITLE_LENGTH = { min: 3, max: 200 }
/** A title is set so much larger than most of the text. */
const TITLE_SCALE = 1.15

/**
 * PDF: one article, with the places where its pages begin.
 * @param progress is told of each page that could be read
 * @throws FundstelleError `document_encrypted`, `document_broken`, `document_without_text`, `document_swollen`
 */
export async function readPdf(bytes: Uint8Array, path: string, progress: () => void): Promise<ReadResult[]> {
  const pdf = await opened(bytes)
  try {
    const head = await headOf(pdf)
    const pages: (readonly Line[])[] = []
    let length = 0
    for (let number = 1; number <= Math.min(pdf.numPages, PAGES_MAX); number++) {
      const lines = await linesOfPage(pdf, number)
      pages.push(lines ?? [])
      if (lines === null) continue
      length += lines.reduce((sum, { text }) => sum + text.length, 0)
      if (length > TEXT_LENGTH_MAX) {
        const maxMb = TEXT_LENGTH_MAX / 1_000_000
        throw new FundstelleError('document_swollen', { format: FORMAT, part: 'Text', maxMb })
      }
      progress()
    }
    return readingsOf(pages, pdf.numPages, head, path)
  } finally {
    await pdf.destroy()
  }
}

type Pdf = Awaited<ReturnType<typeof getDocumentProxy>>

async function opened(bytes: Uint8Array): Promise<Pdf> {
  try {
    // a copy: the library wants all of a buffer, and keeps it
    return await getDocumentProxy(new Uint8Array(bytes), {
      verbosity: 0,
      isEvalSupported: false,
      useSystemFonts: false,
      enableXfa: false,
    })
  } catch (error) {
    if (error instanceof Error && error.name === 'PasswordException')
      throw new FundstelleError('document_encrypted', { format: FORMAT }, { cause: error })
    throw broken(error)
  }
}

/** Null for a page that cannot be read: as long as others can, it is one without text. */
async function linesOfPage(pdf: Pdf, number: number): Promise<readonly Line[] | null> {
  try {
    const page = await pdf.getPage(number)
    const { items } = await page.getTextContent()
    page.cleanup()
    return inColumns(linesOf(items.flatMap((item): TextItem[] => ('str' in item ? [item] : []))))
  } catch {
    return null
  }
}

function readingsOf(
  pages: readonly (readonly Line[])[],
  pageCount: number,
  head: DocumentHead,
  path: string,
): ReadResult[] {
  if (pages.length === 0) throw broken(new Error('no pages'))
  const textless = pages.filter((lines) => lines.reduce((sum, { text }) => sum + text.length, 0) < PAGE_CHARACTERS_MIN)
  const { text, starts } = textOfPages(withoutMargins(pages))
  if (text === '' || textless.length === pages.length)
    throw new FundstelleError('document_without_text', { format: FORMAT })
  const fields = headFields(head, path)
  fields.title = soundTitle(head.title) ?? largestLine(pages[0] ?? [], pages) ?? nameOfFile(path)
  fields.text = text
  const structure = starts.map((start, at) => ({ kind: 'page', start, number: at + 1 }) as const)
  const readings: ReadResult[] = [readingOf(fields, path, 1, PUBLIC, { text, structure })]
  const missing = textless.length + pageCount - pages.length
  if (missing > 0) {
    const params = { count: missing, pages: pageCount }
    readings.push({ kind: 'warning', error: new FundstelleError('document_pages_without_text', params), line: 1 })
  }
  return readings
}

/** What is set largest on the first page, where it is larger than most of the text. */
function largestLine(first: readonly Line[], pages: readonly (readonly Line[])[]): string | null {
  const words = first.filter(({ text }) => /\p{L}{2}/u.test(text))
  const size = words.reduce((most, line) => Math.max(most, line.size), 0)
  if (size < TITLE_SCALE * usualSize(pages)) return null
  const from = words.findIndex((line) => line.size > 0.95 * size)
  const after = words.findIndex((line, at) => at > from && line.size <= 0.95 * size)
  const title = cleanLine(
    words
      .slice(from, after < 0 ? undefined : after)
      .map(({ text }) => text)
      .join(' '),
  )
  return title.length >= TITLE_LENGTH.min && title.length <= TITLE_LENGTH.max ? title : null
}

function usualSize(pages: readonly (readonly Line[])[]): number {
  const lengths = new Map<number, number>()
  for (const lines of pages)
    for (const { size, text } of lines) {
      const rounded = Math.round(size * 2) / 2
      lengths.set(rounded, (lengths.get(rounded) ?? 0) + text.length)
    }
  let usual: readonly [size: number, length: number] = [0, 0]
  for (const entry of lengths) if (entry[1] > usual[1]) usual = entry
  return usual[0]
}

async function headOf(pdf: Pdf): Promise<DocumentHead> {
  let info: Readonly<Record<string, unknown>>
  try {
    info = (await pdf.getMetadata()).info as Readonly<Record<string, unknown>>
  } catch {
    return {}
  }
  const word = (name: string): string => (typeof info[name] === 'string' ? info[name].trim() : '')
  const [title, author, keywords, subject] = ['Title', 'Author', 'Keywords', 'Subject'].map(word)
  const date = dateOf(word('CreationDate'))
  const language = word('Language')
  return {
    ...(title && { title }),
    ...(author && { authors: [author] }),
    ...(keywords && { tags: wordsOfList(keywords) }),
    ...(subject && { description: subject }),
    ...(language && { language }),
    ...(date && { date }),
  }
}

/** `D:20240503101500+02'00'`: the day, as it was where the file was made. */
function dateOf(written: string): string | null {
  const [, year, month, day] = /^(?:D:)?(\d{4})(\d{2})(\d{2})/.exec(written) ?? []
  return day === undefined ? null : `${year}-${month}-${day}`
}

function broken(error: unknown): FundstelleError {
  const reason = { de: 'ihr Aufbau ist nicht lesbar', en: reasonOf(error) }
  return new FundstelleError('document_broken', { format: FORMAT, reason }, { cause: error })
}
