import { Buffer } from 'node:buffer'
import type { Pieces } from './pieces.ts'

/** What an export of WordPress is cut into. */
export type Part =
  | { readonly kind: 'head'; readonly bytes: Buffer }
  | { readonly kind: 'item'; readonly bytes: Buffer; readonly line: number }
  | { readonly kind: 'large'; readonly size: number; readonly line: number }
  /** An item that the next one, or the end of the channel, ends; the file without such an end: then it has no line. */
  | { readonly kind: 'broken'; readonly reason: 'unclosed'; readonly line: number }
  | { readonly kind: 'broken'; readonly reason: 'brokenOff'; readonly line: null }

/** What stands before the first item: authors, categories, tags. */
const HEAD_BYTES_MAX = 64 << 20
/** White space in an end tag is looked through so far. */
const TAG_SPACE_MAX = 100
const LESS = 0x3c
const GREATER = 0x3e
const SPACE = 0x20
const LINE_FEED = 0x0a

/** What is text or nothing whatever stands in it. */
interface Section {
  readonly start: Buffer
  readonly end: Buffer
}
const SECTIONS: readonly Section[] = [
  { start: Buffer.from('<![CDATA['), end: Buffer.from(']]>') },
  { start: Buffer.from('<!--'), end: Buffer.from('-->') },
]
/** The tags that tell where a part begins or ends. */
const TAGS = {
  channel: Buffer.from('<channel'),
  channelEnd: Buffer.from('</channel'),
  item: Buffer.from('<item'),
  itemEnd: Buffer.from('</item'),
}
type TagName = keyof typeof TAGS
const TAG_NAMES = Object.keys(TAGS) as readonly TagName[]
/** So much of a piece may be the beginning of one of them. */
const MARK_BYTES_MAX = 9

/** Before the channel, in it before an item, in an item, between items, behind the channel. */
type Place = 'prolog' | 'head' | 'item' | 'between' | 'behind'

/** What stands before the first item, then item by item; null between pieces. Tags in CDATA are text, in comments they are nothing. */
export function* partsOf(pieces: Pieces, itemBytesMax: number): Generator<Part | null> {
  const scanner = new Scanner()
  let place: Place = 'prolog'
  /** The line on which what is kept begins, and that of the item. */
  let line = 1
  let itemLine = 1
  /** Bytes of an item too large that are gone already. */
  let gone = 0
  let kept = 0
  for (let piece = pieces.next(); ; piece = pieces.next(kept)) {
    let start = 0
    for (let tag = scanner.next(piece); tag !== null; tag = scanner.next(piece)) {
      const isStart = tag.name === 'item'
      if (place === 'prolog') {
        // what stands before the channel may speak of items
        if (tag.name === 'channel') place = 'head'
        continue
      }
      if (place === 'head') {
        if (!isStart && tag.name !== 'channelEnd') continue
        yield { kind: 'head', bytes: piece.subarray(start, tag.start) }
      } else if (place === 'item') {
        if (tag.name === 'channel') continue
        const isClosed = tag.name === 'itemEnd'
        const bytes = piece.subarray(start, isClosed ? tag.end : tag.start)
        if (gone + bytes.length > itemBytesMax) yield { kind: 'large', size: gone + bytes.length, line: itemLine }
        else if (isClosed) yield { kind: 'item', bytes, line: itemLine }
        else yield { kind: 'broken', reason: 'unclosed', line: itemLine }
      }
      const next = isStart ? tag.start : tag.end
      line += linesIn(piece.subarray(start, next))
      start = next
      gone = 0
      place = placeAfter(tag.name, place)
      if (isStart) itemLine = line
    }
    if (pieces.isAtEnd) {
      if (place !== 'behind' || scanner.isInSection) yield { kind: 'broken', reason: 'brokenOff', line: null }
      return
    }
    const isWanted = place === 'prolog' || place === 'head' || place === 'item'
    const max = !isWanted ? 0 : place === 'item' ? itemBytesMax : HEAD_BYTES_MAX
    kept = piece.length - start
    if (gone + kept > max) {
      // what may be half of a mark is kept
      const keep = Math.min(kept, piece.length - scanner.at)
      line += linesIn(piece.subarray(start, piece.length - keep))
      gone = isWanted ? gone + kept - keep : 0
      kept = keep
    }
    scanner.shift(piece.length - kept)
    yield null
  }
}

function placeAfter(tag: TagName, before: Place): Place {
  if (tag === 'item') return 'item'
  if (tag === 'channelEnd') return 'behind'
  // a second export may stand behind the first
  return before === 'behind' && tag === 'itemEnd' ? 'behind' : 'between'
}

interface Tag {
  readonly name: TagName
  readonly start: number
  readonly end: number
}

/** Finds tags in pieces of a stream, one after the other. Linear: no byte is looked at again but those of a mark that a cut parts. */
class Scanner {
  #at = 0
  #section: Section | null = null

  /** Up to here the piece was looked through. */
  get at(): number {
    return this.#at
  }

  /** Whether CDATA or a comment is open. */
  get isInSection(): boolean {
    return this.#section !== null
  }

  /** So many bytes of the piece's beginning are not part of the next one. */
  shift(bytes: number): void {
    this.#at -= bytes
  }

  /** The next tag; null where the rest of the piece has none, or a part of one. */
  next(piece: Buffer): Tag | null {
    for (;;) {
      if (this.#section !== null) {
        const { end } = this.#section
        const close = piece.indexOf(end, this.#at)
        this.#at = close < 0 ? Math.max(this.#at, piece.length - end.length + 1) : close + end.length
        if (close < 0) return null
        this.#section = null
      }
      const start = piece.indexOf(LESS, this.#at)
      this.#at = start < 0 ? piece.length : start
      if (start < 0) return null
      const section = SECTIONS.find((one) => isAt(piece, start, one.start))
      if (section !== undefined) {
        this.#section = section
        this.#at = start + section.start.length
        continue
      }
      const tag = tagAt(piece, start)
      if (tag === 'cut' || (tag === null && piece.length - start < MARK_BYTES_MAX)) return null
      this.#at = tag === null ? start + 1 : tag.end
      if (tag !== null) return tag
    }
  }
}

/** The tag that begins here, as far as its name, an end tag as far as its end; `cut` where that is not in this piece. */
function tagAt(piece: Buffer, start: number): Tag | 'cut' | null {
  const name = TAG_NAMES.find((one) => isAt(piece, start, TAGS[one]))
  if (name === undefined) return null
  const nameEnd = start + TAGS[name].length
  let end = nameEnd
  const isEnd = name.endsWith('End')
  while (isEnd && end - nameEnd < TAG_SPACE_MAX && isSpace(piece[end])) end++
  const next = piece[end]
  if (next === undefined) return 'cut'
  if (next === GREATER) return { name, start, end: isEnd ? end + 1 : nameEnd }
  return !isEnd && isSpace(next) ? { name, start, end: nameEnd } : null
}

const isSpace = (byte: number | undefined): boolean => byte !== undefined && byte <= SPACE

function isAt(piece: Buffer, start: number, mark: Buffer): boolean {
  return piece.length - start >= mark.length && piece.compare(mark, 0, mark.length, start, start + mark.length) === 0
}

function linesIn(bytes: Buffer): number {
  let lines = 0
  for (let at = bytes.indexOf(LINE_FEED); at >= 0; at = bytes.indexOf(LINE_FEED, at + 1)) lines++
  return lines
}
