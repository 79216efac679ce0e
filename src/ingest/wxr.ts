import { Buffer } from 'node:buffer'
import { closeSync, openSync, readSync } from 'node:fs'
import { Parser } from 'htmlparser2'
import { FundstelleError } from '../errors.ts'
import { type ByteSource, bytesSource } from './byte-source.ts'
import { cleanLine } from './clean.ts'
import { isoDate } from './dates.ts'
import { type Encoding, encodingOf } from './encoding.ts'
import { feedFields } from './feed-fields.ts'
import { htmlField, plainField } from './field-markup.ts'
import { fieldsFrom } from './fields.ts'
import { bytesOf, decoderOf, type LineLimits } from './lines.ts'
import { readingOf } from './make.ts'
import { Pieces } from './pieces.ts'
import type { Reader, ReadResult } from './reader.ts'
import { strayNote } from './strays.ts'
import { tooLarge } from './too-large.ts'
import { postPublication } from './wordpress.ts'
import { wordpressText } from './wordpress-text.ts'

const PIECE_BYTES = 1 << 20
/** In which the root element stands. */
const ROOT_BYTES_MAX = 16_384
/** What stands before the first item: authors, categories, tags. */
const HEAD_BYTES_MAX = 64 << 20
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
    else if (frame !== null) yield itemReading(decode(part.bytes), part.line, path, frame)
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

function itemReading(item: string, line: number, path: string, frame: Frame): ReadResult {
  // not by the library for feeds: it takes longer to begin than an item to be read
  const [said] = feedFields(`${frame.before}${item}</channel></rss>`)
  if (said === undefined)
    return { kind: 'refusal', error: new FundstelleError('feed_broken', { reason: BROKEN }), line }
  const entries = new Map([...said.entries].reverse())
  const texts = itemTexts(item)
  const [text = '', summary = ''] = ['content:encoded', 'excerpt:encoded', 'description']
    .map((name) => wordpressText(htmlField(texts.get(name) ?? '')))
    .filter((one) => one !== '')
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
  return readingOf(fields, `${path}#${entries.get('wp:post_id') || `L${line}`}`, line, postPublication(said))
}

const BROKEN = { de: 'ein Eintrag, der keiner ist', en: 'an item that is none' }

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

type Part =
  | { readonly kind: 'head'; readonly bytes: Buffer }
  | { readonly kind: 'item'; readonly bytes: Buffer; readonly line: number }
  | { readonly kind: 'large'; readonly size: number; readonly line: number }

const CHANNEL = Buffer.from('<channel')
const ITEM = Buffer.from('<item')
const ITEM_END = Buffer.from('</item>')
const CDATA = Buffer.from('<![CDATA[')
const CDATA_END = Buffer.from(']]>')
const LINE_FEED = 0x0a

/** What stands before the first item, then item by item; null between pieces. Tags in CDATA are text. */
function* partsOf(pieces: Pieces, itemBytesMax: number): Generator<Part | null> {
  let line = 1
  let isHead = true
  /** Bytes of an item too large that are gone already. */
  let gone = 0
  let kept = 0
  let scanned = 0
  for (let piece = pieces.next(); ; piece = pieces.next(kept)) {
    let start = 0
    for (;;) {
      const found = isHead ? headEnd(piece, scanned) : itemEnd(piece, Math.max(start, scanned))
      if (found.end < 0) {
        scanned = Math.max(start, found.scanned)
        break
      }
      scanned = 0
      const bytes = piece.subarray(start, found.end)
      if (isHead) yield { kind: 'head', bytes }
      else if (gone + bytes.length > itemBytesMax) yield { kind: 'large', size: gone + bytes.length, line }
      else {
        const from = tagAt(bytes, 0).end
        const at = line + linesIn(bytes.subarray(0, Math.max(0, from)))
        if (from >= 0 && gone === 0) yield { kind: 'item', bytes: bytes.subarray(from), line: at }
      }
      line += linesIn(bytes)
      gone = 0
      isHead = false
      start = found.end
    }
    if (pieces.isAtEnd) return
    kept = piece.length - start
    scanned -= start
    const max = isHead ? HEAD_BYTES_MAX : itemBytesMax
    if (gone + kept > max) {
      const rest = piece.subarray(start)
      // what may be half of an end is kept
      const keep = Math.min(kept, CDATA.length)
      line += linesIn(rest.subarray(0, kept - keep))
      gone += kept - keep
      kept = keep
      scanned = 0
    }
    yield null
  }
}

interface Found {
  /** -1 where it is not in this piece. */
  readonly end: number
  /** Up to here it need not be looked for again. */
  readonly scanned: number
}

/** Where the first item begins: what stands before the channel may speak of items. */
function headEnd(piece: Buffer, from: number): Found {
  const channel = piece.indexOf(CHANNEL)
  return channel < 0 ? { end: -1, scanned: 0 } : tagAt(piece, Math.max(channel, from))
}

/** Where an item begins. */
function tagAt(piece: Buffer, from: number): Found {
  for (let at = piece.indexOf(ITEM, from); at >= 0; at = piece.indexOf(ITEM, at + 1)) {
    const next = piece[at + ITEM.length]
    if (next === undefined) return { end: -1, scanned: at }
    if (next === 0x3e || next <= 0x20) return { end: at, scanned: at }
  }
  return { end: -1, scanned: Math.max(from, piece.length - ITEM.length) }
}

/** Where one ends: behind its end tag, or before the next one's start where it has none. */
function itemEnd(piece: Buffer, from: number): Found {
  let at = from
  for (;;) {
    const end = piece.indexOf(ITEM_END, at)
    const data = piece.indexOf(CDATA, at)
    if (data < 0 || (end >= 0 && end < data)) {
      if (end >= 0) return { end: end + ITEM_END.length, scanned: at }
      return { end: -1, scanned: at }
    }
    const close = piece.indexOf(CDATA_END, data)
    if (close < 0) return { end: -1, scanned: data }
    at = close + CDATA_END.length
  }
}

function linesIn(bytes: Buffer): number {
  let lines = 0
  for (let at = bytes.indexOf(LINE_FEED); at >= 0; at = bytes.indexOf(LINE_FEED, at + 1)) lines++
  return lines
}
