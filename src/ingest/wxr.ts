import { Buffer } from 'node:buffer'
import { closeSync, openSync, readSync } from 'node:fs'
import { Parser } from 'htmlparser2'
import { FundstelleError } from '../errors.ts'
import { type ByteSource, bytesSource } from './byte-source.ts'
import { cleanLine } from './clean.ts'
import { isoDate } from './dates.ts'
import { type Encoding, encodingOf } from './encoding.ts'
import { feedFields } from './feed-fields.ts'
import { htmlField, plainField, structuredField } from './field-markup.ts'
import { fieldsFrom } from './fields.ts'
import { bytesOf, decoderOf, type LineLimits } from './lines.ts'
import { readingOf } from './make.ts'
import { Pieces } from './pieces.ts'
import type { Reader, ReadResult } from './reader.ts'
import { refusalOf } from './refusal.ts'
import { strayNote } from './strays.ts'
import { tooLarge } from './too-large.ts'
import { postPublication } from './wordpress.ts'
import { wordpressText } from './wordpress-text.ts'
import { partsOf } from './wxr-parts.ts'

const PIECE_BYTES = 1 << 20
/** In which the root element stands. */
const ROOT_BYTES_MAX = 16_384
/** In which title and language of the site stand. */
const CHANNEL_LENGTH_MAX = 20_000
const AUTHOR_LENGTH_MAX = 5000
const TERM_LENGTH_MAX = 2000
const EXTENSIONS = ['.xml', '.wxr']

/** Text that was decoded already. */
const DECODED: Encoding = { name: 'UTF-8', hasMark: false, strays: null }

/** Exports of WordPress, read item by item: they are larger than other files. One article a post or page. */
export const wxrReader: Reader = {
  name: 'wxr',
  extensions: EXTENSIONS,
  markup: true,
  recognises: (text) => rootOf(text.slice(0, ROOT_BYTES_MAX)) !== '',
  *read({ path, text }) {
    const items = exportItems(bytesSource(Buffer.from(text)), path, { lineBytesMax: Number.POSITIVE_INFINITY }, DECODED)
    for (const reading of items) if (reading !== null) yield reading
  },
}

/** Whether a file is an export of WordPress: its beginning tells. False where it cannot be opened. */
export function isExportFile(path: string, absolutePath: string): boolean {
  if (!EXTENSIONS.some((ending) => path.toLowerCase().endsWith(ending))) return false
  try {
    const file = openSync(absolutePath, 'r')
    try {
      const head = Buffer.alloc(ROOT_BYTES_MAX)
      return rootOf(head.toString('latin1', 0, readSync(file, head))) !== ''
    } finally {
      closeSync(file)
    }
  } catch {
    return false
  }
}

/**
 * The articles of an export in the memory of its largest item, and null wherever some of the file was looked at.
 * @param limits an item larger than a line may be is refused with its line, the others are read
 * @param known the encoding, where it need not be looked for
 * @throws FundstelleError as `decode` does, before the first item; what the source throws at any time
 */
export function* exportItems(
  source: ByteSource,
  path: string,
  { lineBytesMax: itemBytesMax, pieceBytes: given = PIECE_BYTES }: LineLimits,
  known?: Encoding,
): Generator<ReadResult | null, void> {
  const pieceBytes = Math.min(given, source.size + 1)
  const encoding = known ?? (yield* encodingOf(source, pieceBytes))
  if (encoding.strays !== null) yield { kind: 'warning', error: strayNote(encoding.strays), line: encoding.strays.line }
  const decode = decoderOf(encoding)
  let frame: Frame | null = null
  for (const part of partsOf(new Pieces(bytesOf(source, encoding, pieceBytes), pieceBytes), itemBytesMax)) {
    if (part === null) yield null
    else if (part.kind === 'head') frame = frameOf(decode(part.bytes))
    else if (part.kind === 'large')
      yield { kind: 'refusal', error: tooLarge('line_too_large', part.size, itemBytesMax), line: part.line }
    else if (part.kind === 'broken') yield { kind: 'refusal', error: broken(part.reason), line: part.line }
    else if (frame !== null) yield soundReading(decode(part.bytes), part.line, path, frame)
  }
}

/** What each item is put into, and who its authors are. */
interface Frame {
  readonly before: string
  readonly title: string
  readonly language: string
  readonly authors: ReadonlyMap<string, string>
}

function frameOf(head: string): Frame {
  const root = rootOf(head)
  const channel = head.slice(0, CHANNEL_LENGTH_MAX)
  const authors = new Map<string, string>()
  for (const part of head.split('<wp:author>').slice(1)) {
    const author = part.slice(0, AUTHOR_LENGTH_MAX)
    authors.set(textOf(author, 'wp:author_login'), textOf(author, 'wp:author_display_name'))
  }
  return { before: `${root}<channel>`, title: textOf(channel, 'title'), language: textOf(channel, 'language'), authors }
}

/** The tag of the root element; empty where it is not that of an export. */
function rootOf(head: string): string {
  const start = head.search(/<rss\s/i)
  const tag = start < 0 ? '' : head.slice(start, head.indexOf('>', start) + 1)
  return /wordpress\.org\/export\//i.test(tag) ? tag : ''
}

function elementOf(xml: string, name: string): string {
  const start = xml.indexOf(`<${name}>`)
  const end = xml.indexOf(`</${name}>`, start)
  return start < 0 || end < 0 ? '' : xml.slice(start, end + name.length + 3)
}

function textOf(xml: string, name: string): string {
  return plainTerm(elementOf(xml, name).slice(name.length + 2, -(name.length + 3)))
}

/** The text of an element, in CDATA or not. */
function plainTerm(xml: string): string {
  const text = xml.trim()
  const isData = text.startsWith('<![CDATA[') && text.endsWith(']]>')
  return plainField(isData ? text.slice(9, -3) : text).trim()
}

/** The terms of an item that are its tags; others are formats, menus, languages, authors. Null where it tells no kinds. */
function termsOf(item: string): string[] | null {
  const terms = new Set<string>()
  let hasKinds = false
  for (let at = item.indexOf('<category '); at >= 0; at = item.indexOf('<category ', at + 1)) {
    const [tag = ''] = /^<category [^<>]*>/.exec(item.slice(at, at + 1020)) ?? []
    const kind = /\sdomain=["']([^"']{0,60})/.exec(tag)?.[1]
    if (kind === undefined) continue
    hasKinds = true
    const end = item.slice(at, at + TERM_LENGTH_MAX).indexOf('</category>')
    if (end >= 0 && /^(?:category|post_tag|tag)$/.test(kind))
      terms.add(plainTerm(item.slice(at + tag.length, at + end)))
  }
  terms.delete('')
  return hasKinds ? [...terms] : null
}

/** An item at the limits of a library is refused, the next is read. */
function soundReading(item: string, line: number, path: string, frame: Frame): ReadResult {
  try {
    return itemReading(item, line, path, frame)
  } catch (error) {
    return { ...refusalOf(error), line }
  }
}

function itemReading(item: string, line: number, path: string, frame: Frame): ReadResult {
  // not by the library for feeds: it takes longer to begin than an item to be read
  const [said] = feedFields(`${frame.before}${item}</channel></rss>`)
  if (holdsOther(item)) return { kind: 'refusal', error: broken('unclosed'), line }
  if (said === undefined) return { kind: 'refusal', error: broken('none'), line }
  const entries = new Map([...said.entries].reverse())
  const texts = itemTexts(item)
  const structured = structuredField(texts.get('content:encoded') ?? '')
  const content = structured?.text ?? wordpressText(htmlField(texts.get('content:encoded') ?? ''))
  const others = ['excerpt:encoded', 'description'].map((name) => wordpressText(htmlField(texts.get(name) ?? '')))
  const [text = '', summary = ''] = [content, ...others].filter((one) => one !== '')
  const creator = texts.get('dc:creator')?.trim() ?? ''
  const url = texts.get('link')?.trim()
  const fields = fieldsFrom(
    [
      ['url', url],
      ['date', dateOf(entries) ?? texts.get('pubdate')],
      ['language', frame.language],
      ['author', frame.authors.get(creator) || creator],
      ['tags', termsOf(item)],
      ['feed', frame.title],
      ['description', summary === text ? '' : summary],
    ].filter(([, value]) => value !== undefined && value !== '') as [string, unknown][],
  )
  const id = texts.get('guid')?.trim() || url
  if (id) fields.id = id
  fields.title = cleanLine(plainField(texts.get('title') ?? ''))
  fields.text = text
  const fallbackId = `${path}#${entries.get('wp:post_id') || `L${line}`}`
  return readingOf(fields, fallbackId, line, postPublication(said), text === content ? structured : null)
}

const BROKEN = {
  none: { de: 'ein Eintrag, der keiner ist', en: 'an item that is none' },
  unclosed: { de: 'ein Eintrag, der kein Ende hat', en: 'an item that has no end' },
  brokenOff: { de: 'die Datei bricht mittendrin ab', en: 'the file breaks off' },
}

const broken = (reason: keyof typeof BROKEN): FundstelleError =>
  new FundstelleError('feed_broken', { reason: BROKEN[reason] })

/** Whether a section of CDATA goes on into another item, whose state would be taken for that of the first. */
function holdsOther(item: string): boolean {
  for (let at = item.indexOf('<![CDATA['); at >= 0; ) {
    const end = item.indexOf(']]>', at)
    const section = item.slice(at, end < 0 ? undefined : end)
    const other = section.indexOf('<item>')
    if (other >= 0 && section.lastIndexOf('</item>', other) >= 0 && section.includes(':status>')) return true
    at = end < 0 ? -1 : item.indexOf('<![CDATA[', end)
  }
  return false
}

/** What stands in the elements of an item, by their names in lower case; of several of one name the first. */
function itemTexts(item: string): ReadonlyMap<string, string> {
  const texts = new Map<string, string>()
  let depth = 0
  let words: string[] = []
  const parser = new Parser(
    {
      onopentag() {
        depth += 1
        if (depth === 2) words = []
      },
      ontext(data) {
        if (depth === 2) words.push(data)
      },
      onclosetag(name) {
        if (depth === 2 && !texts.has(name)) texts.set(name, words.join(''))
        depth -= 1
      },
    },
    { xmlMode: true, lowerCaseTags: true },
  )
  parser.end(item)
  return texts
}

/** The moment of publication: `pubDate` means nothing for drafts. An unset one is written as zeros. */
function dateOf(entries: ReadonlyMap<string, string>): string | null {
  const utc = entries.get('wp:post_date_gmt') ?? ''
  const date = isoDate(utc)
  if (date !== null && !date.startsWith('0000')) return date.length > 10 ? `${date}Z` : date
  const local = isoDate(entries.get('wp:post_date') ?? '')
  return local === null || local.startsWith('0000') ? null : local
}
