import { type Block, structuredText } from '../blocks.ts'
import { cleanLine } from '../clean.ts'
import { dateInPath, isoDate } from '../dates.ts'
import { addMeta, type Fields } from '../fields.ts'
import { nameOfFile } from '../file-name.ts'
import { readingOf } from '../make.ts'
import { publicationOf } from '../publication.ts'
import type { ReadResult } from '../reader.ts'

/** One paragraph, list item or row of a table. */
export interface DocumentBlock {
  readonly text: string
  /** Of a heading, from 1; 0 for the title of the document. */
  readonly level?: number
  /** Of a row; its text is that of the cells, parted by a blank. */
  readonly cells?: readonly string[]
}

/** What a document says about itself, as it stands there. */
export interface DocumentHead {
  readonly title?: string
  readonly authors?: readonly string[]
  readonly tags?: readonly string[]
  readonly description?: string
  readonly language?: string
  readonly date?: string
  /** Its state, in a word. */
  readonly status?: string
}

/** Longer titles are paragraphs, shorter ones were typed by mistake. */
const TITLE_LENGTH_MIN = 2
const TITLE_LENGTH_MAX = 200
/** What programs put in the place of a title, a number behind it or not: words of theirs, their own names, names of files. */
const NO_TITLES = new Set(
  'untitled unbenannt unbekannt unknown titel title document dokument präsentation presentation'.split(' '),
)
const PROGRAM = /^microsoft (?:word|powerpoint|excel)(?!\p{L})/iu
const FILE_ENDINGS = new Set(
  'doc docx dot dotx odt indd qxd rtf pdf ppt pptx xls xlsx pub cdr tmp htm html p65'.split(' '),
)
/** What programs put in the place of an author. */
const NO_AUTHOR = /^(?:unknown(?: author)?|unbekannt(?:er autor)?|anonymous|anonym|user|benutzer|admin(?:istrator)?)$/i

/** The title of a document's head; null where it has none, or one that its program made up. */
export function soundTitle(title: string | undefined): string | null {
  const line = cleanLine(title ?? '')
  const isMadeUp =
    PROGRAM.test(line) ||
    NO_TITLES.has(line.toLowerCase().replace(/ ?\d{1,4}$/, '')) ||
    (line.includes('.') && FILE_ENDINGS.has(line.slice(line.lastIndexOf('.') + 1).toLowerCase()))
  return line.length < TITLE_LENGTH_MIN || line.length > TITLE_LENGTH_MAX || isMadeUp ? null : line
}

/** The fields that a document's head tells; a date in the path tells more than that of the file's making. */
export function headFields(head: DocumentHead, path: string): Fields {
  const fields: Fields = { tags: (head.tags ?? []).map(cleanLine).filter((tag) => tag !== ''), meta: {} }
  const authors = (head.authors ?? []).map(cleanLine).filter((author) => author !== '' && !NO_AUTHOR.test(author))
  if (authors.length > 0) fields.author = authors.join(', ')
  if (head.description !== undefined && head.description.trim() !== '')
    addMeta(fields.meta, 'description', cleanLine(head.description))
  if (head.language !== undefined && /^[a-z]{2,3}(?:-[A-Za-z\d]{2,8})?$/.test(head.language))
    fields.language = head.language
  const date = dateInPath(path) ?? isoDate(head.date ?? '')
  if (date !== null) fields.date = date
  return fields
}

/** The words of a list in one string, as programs keep tags. */
export const wordsOfList = (list: string): string[] => list.split(/[,;]/)

/**
 * One article of the blocks of a document. Its title is that of the text where the text has one, and is not repeated there where it
 * stands at the beginning; else that of the head; else the first paragraph where that is short; else the name of the file.
 */
export function articleOfBlocks(blocks: readonly DocumentBlock[], head: DocumentHead, path: string): ReadResult {
  const fields = headFields(head, path)
  const filled = blocks.filter(({ text }) => text.trim() !== '')
  const own = filled.find(({ level }) => level === 0) ?? filled.find(({ level }) => level !== undefined)
  const named = soundTitle(head.title)
  const first = filled[0]
  if (own !== undefined && own.text.length <= TITLE_LENGTH_MAX) {
    fields.title = own.text
    if (own === first) filled.shift()
  } else {
    const isShort = first !== undefined && first.text.length <= TITLE_LENGTH_MAX / 2 && !/[.,;]$/.test(first.text)
    fields.title = named ?? (isShort ? first.text : nameOfFile(path))
    if (named === null && isShort) filled.shift()
  }
  // a document of one line is found as text too, not by its title alone
  if (filled.length === 0 && first !== undefined) filled.push(first)
  const body = structuredText(filled.map(asBlock))
  fields.text = body.text
  const publication = publicationOf([['status', head.status ?? '']], { place: 'head' })
  return readingOf(fields, path, 1, publication, body)
}

function asBlock({ text, level, cells }: DocumentBlock): Block {
  if (level !== undefined) return { kind: 'heading', text, level: Math.max(1, level) }
  return cells === undefined ? { kind: 'paragraph', text } : { kind: 'row', text, cells }
}
