import { PackedFileReader } from '../arrays/packed-file-reader.ts'
import { ForwardIndex, type PackedForward, ROW } from '../segment/forward-index.ts'
import { FIXED as LONG_FIXED } from '../segment/long-articles.ts'
import type { PackedNumberLists } from '../segment/number-lists.ts'

/** Packed numbers that begin at a whole word: so many from one such place to the next. */
const PACKED_BLOCK = 32

/** Columns of a stretch of articles, behind an article of the number 0 that is none of them. */
export interface ForwardSlice {
  readonly forward: ForwardIndex
  /** The number in it of the first article is 1. */
  readonly articles: number
}

/** How many numbers what is kept of some articles takes. */
export interface ForwardSizes {
  articles: number
  shortTokens: number
  longArticles: number
  longEntries: number
  longTokens: number
  longWords: number
  offsets: number
  checkpoints: number
  texts: number
  textNumbers: number
  headings: number
  headingNumbers: number
}

/**
 * A forward index on the disk of which stretches of articles are read. In memory are its rows, the heads of long articles, and which articles have lists.
 */
export class ForwardFile {
  readonly #file: PackedFileReader
  readonly #rows: Uint32Array
  readonly #long: Uint32Array
  /** Numbers of a long article. */
  readonly #longSize: number
  readonly #width: number
  readonly #texts: Lists
  readonly #headings: Lists

  constructor(path: string) {
    this.#file = new PackedFileReader(path)
    this.#rows = this.#file.u32('rows')
    this.#long = this.#file.u32('long.articles')
    this.#longSize = LONG_FIXED + (this.#long[0] as number)
    this.#width = this.#file.u32('tokens.shape')[0] as number
    this.#texts = new Lists(this.#file, 'texts')
    this.#headings = new Lists(this.#file, 'headings')
  }

  close(): void {
    this.#file.close()
  }

  get articles(): number {
    return this.#rows.length / ROW
  }

  /** How many tokens an article has. */
  countOf(docId: number): number {
    return this.#rowNumber(docId, 0) - this.#rowNumber(docId - 1, 0)
  }

  counts(docId: number): { title: number; text: number; extras: number } {
    const [title, text] = [this.#rows[docId * ROW + 1] as number, this.#rows[docId * ROW + 2] as number]
    return { title, text, extras: this.countOf(docId) - title - text }
  }

  /** The tokens of an article, see `ForwardIndex.tokensOf`. */
  tokensOf(docId: number): Uint32Array {
    return this.slice(docId, docId + 1, false).forward.tokensOf(1)
  }

  /** Adds what an article takes. */
  addSizes(docId: number, sizes: ForwardSizes): void {
    const tokens = this.countOf(docId)
    const long = this.#findLong(docId)
    sizes.articles += 1
    if (this.#isLong(long, docId)) {
      sizes.longArticles += 1
      sizes.longEntries += this.#entriesEnd(long) - this.#entriesEnd(long - 1)
      sizes.longTokens += tokens
      sizes.longWords += this.#longNumber(long, 2) - this.#longNumber(long - 1, 2)
    } else sizes.shortTokens += tokens
    sizes.offsets += this.#rowNumber(docId, 3) - this.#rowNumber(docId - 1, 3)
    sizes.checkpoints += this.#rowNumber(docId, 4) - this.#rowNumber(docId - 1, 4)
    const [texts, headings] = [this.#texts.countOf(docId), this.#headings.countOf(docId)]
    if (texts > 0) sizes.texts += 1
    sizes.textNumbers += texts
    if (headings > 0) sizes.headings += 1
    sizes.headingNumbers += headings
  }

  /** Whether an article is kept as a long one. */
  isLong(docId: number): boolean {
    return this.#isLong(this.#findLong(docId), docId)
  }

  /**
   * The articles from one up to another.
   * @param whole else tokens alone are read
   */
  slice(from: number, to: number, whole = true): ForwardSlice {
    const [firstLong, endLong] = [this.#findLong(from), this.#findLong(to)]
    const tokens = this.#rowNumber(from - 1, 0)
    const short = tokens - this.#longNumber(firstLong - 1, 1)
    const shortEnd = this.#rowNumber(to - 1, 0) - this.#longNumber(endLong - 1, 1)
    /** Tokens in the same packed block before the first one: those of the article in front. */
    const before = short % PACKED_BLOCK
    const words = ((short - before) / PACKED_BLOCK) * this.#width
    const wordsEnd = Math.ceil((shortEnd * this.#width) / PACKED_BLOCK)
    const [offsets, checkpoints] = [this.#rowNumber(from - 1, 3), this.#rowNumber(from - 1, 4)]
    const rows = this.#rows.slice((from - 1) * ROW + (from === 0 ? ROW : 0), to * ROW)
    const all = new Uint32Array((to - from + 1) * ROW)
    all.set(rows, from === 0 ? ROW : 0)
    for (let at = ROW; at < all.length; at += ROW) {
      all[at] = (all[at] as number) - tokens + before
      all[at + 3] = (all[at + 3] as number) - offsets
      all[at + 4] = (all[at + 4] as number) - checkpoints
    }
    all.set([before, 0, 0, 0, 0])
    const packed: PackedForward = {
      tokens: {
        shape: Uint32Array.of(this.#width, shortEnd - short + before),
        words: this.#file.u32('tokens.words', words, Math.max(words, wordsEnd)),
      },
      long: this.#longSlice(firstLong, endLong, from),
      offsets: whole ? this.#file.u8('offsets', offsets, this.#rowNumber(to - 1, 3)) : new Uint8Array(0),
      checkpoints: whole ? this.#checkpoints(checkpoints, this.#rowNumber(to - 1, 4), offsets) : new Uint32Array(0),
      rows: all,
      texts: this.#texts.slice(from, whole ? to : from),
      headings: this.#headings.slice(from, whole ? to : from),
    }
    return { forward: new ForwardIndex(packed), articles: to - from }
  }

  #checkpoints(from: number, to: number, offsets: number): Uint32Array {
    const checkpoints = this.#file.u32('checkpoints', from, to)
    for (let at = 0; at < checkpoints.length; at += 2) checkpoints[at] = (checkpoints[at] as number) - offsets
    return checkpoints
  }

  #longSlice(first: number, end: number, from: number): PackedForward['long'] {
    const [places, bits, entries] = [
      this.#longNumber(first - 1, 1),
      this.#longNumber(first - 1, 2),
      this.#entriesEnd(first - 1),
    ]
    const size = this.#longSize
    const articles = new Uint32Array(1 + (end - first) * size)
    articles[0] = size - LONG_FIXED
    articles.set(this.#long.subarray(1 + first * size, 1 + end * size), 1)
    for (let at = 1; at < articles.length; at += size) {
      articles[at] = (articles[at] as number) - from + 1
      articles[at + 1] = (articles[at + 1] as number) - places
      articles[at + 2] = (articles[at + 2] as number) - bits
      for (let group = LONG_FIXED; group < size; group++)
        articles[at + group] = (articles[at + group] as number) - entries
    }
    return {
      articles,
      forms: this.#file.u16('long.forms', entries, this.#entriesEnd(end - 1)),
      counts: this.#file.u8('long.counts', entries, this.#entriesEnd(end - 1)),
      places: this.#file.u16('long.places', places, this.#longNumber(end - 1, 1)),
      bits: this.#file.u32('long.bits', bits, this.#longNumber(end - 1, 2)),
    }
  }

  /** A number of an article's row that tells where something ends; 0 before the first. */
  #rowNumber(docId: number, at: number): number {
    return docId < 0 ? 0 : (this.#rows[docId * ROW + at] as number)
  }

  #longNumber(article: number, at: number): number {
    return article < 0 ? 0 : (this.#long[1 + article * this.#longSize + at] as number)
  }

  #entriesEnd(article: number): number {
    return this.#longSize === LONG_FIXED ? 0 : this.#longNumber(article, this.#longSize - 1)
  }

  /** How many long articles come before one. */
  #findLong(docId: number): number {
    let [low, high] = [0, (this.#long.length - 1) / this.#longSize]
    while (low < high) {
      const middle = (low + high) >> 1
      if (this.#longNumber(middle, 0) < docId) low = middle + 1
      else high = middle
    }
    return low
  }

  #isLong(long: number, docId: number): boolean {
    return 1 + long * this.#longSize < this.#long.length && this.#longNumber(long, 0) === docId
  }
}

/** Lists of numbers on the disk, see `NumberLists`. */
class Lists {
  readonly #file: PackedFileReader
  readonly #name: string
  readonly #docs: Uint32Array
  readonly #ends: Uint32Array

  constructor(file: PackedFileReader, name: string) {
    this.#file = file
    this.#name = name
    this.#docs = file.u32(`${name}.docs`)
    this.#ends = file.u32(`${name}.ends`)
  }

  countOf(docId: number): number {
    const at = this.#find(docId)
    return this.#docs[at] === docId ? this.#end(at) - this.#end(at - 1) : 0
  }

  /** Of the articles from one up to another, which are numbered from 1 on. */
  slice(from: number, to: number): PackedNumberLists {
    const [first, end] = [this.#find(from), this.#find(to)]
    const start = this.#end(first - 1)
    return {
      docs: this.#docs.slice(first, end).map((docId) => docId - from + 1),
      ends: this.#ends.slice(first, end).map((one) => one - start),
      numbers: this.#file.u32(`${this.#name}.numbers`, start, Math.max(start, this.#end(end - 1))),
    }
  }

  #end(at: number): number {
    return at < 0 ? 0 : (this.#ends[at] as number)
  }

  #find(docId: number): number {
    let [low, high] = [0, this.#docs.length]
    while (low < high) {
      const middle = (low + high) >> 1
      if ((this.#docs[middle] as number) < docId) low = middle + 1
      else high = middle
    }
    return low
  }
}
