import { FORM_MASK } from '../../search/engine/token-stream.ts'
import type { ColumnSink, ColumnType, ColumnWriter } from '../arrays/column-sink.ts'
import type { Numbers } from '../arrays/packed-file.ts'
import { PackedInts, PackedIntsWriter, widthOf, wordsOf } from '../arrays/packed-ints.ts'
import { ForwardIndex, type PackedForward, ROW } from '../segment/forward-index.ts'
import { FIXED as LONG_FIXED } from '../segment/long-articles.ts'
import { packedToken } from '../segment/packed-tokens.ts'
import type { ForwardFile, ForwardSizes } from './forward-file.ts'
import type { Source } from './source.ts'

/** So many tokens, of an article more at most, are renumbered at once: some 20 MB. */
export const TOKENS_AT_ONCE = 2 ** 20

/**
 * Joins forward indexes, article by article: of what lies on the disk a stretch is in memory, and one source is open.
 * @param forms of each source by form there the form here
 * @param count how many forms there are here
 * @returns how many tokens there are
 */
export function* mergeForward(
  sources: readonly Source[],
  forms: readonly Int32Array[],
  count: number,
  sink: ColumnSink,
  tokensAtOnce = TOKENS_AT_ONCE,
): Generator<void, number> {
  const sizes = sizesOf(sources)
  const width = yield* shortWidth(sources, forms, count, tokensAtOnce)
  const joiner = new ForwardJoiner(sizes, width, Math.ceil(count / GROUP), sink)
  for (const [at, source] of sources.entries()) {
    const numbers = forms[at] as Int32Array
    const forward = source.openForward()
    try {
      for (const [from, to] of stretches(forward, tokensAtOnce)) {
        yield
        const { forward: there } = forward.slice(from, to)
        const here = new ForwardIndex()
        for (let docId = from; docId < to; docId++)
          if ((source.docIds[docId] as number) >= 0)
            here.adopt(there, docId - from + 1, (form) => numbers[form] as number)
        joiner.add(here.pack(count))
      }
    } finally {
      forward.close()
    }
  }
  joiner.end()
  return sizes.shortTokens + sizes.longTokens
}

/** Forms of a group, see `PackedLongArticles`. */
const GROUP = 2 ** 16

function sizesOf(sources: readonly Source[]): ForwardSizes {
  const sizes: ForwardSizes = {
    articles: 0,
    shortTokens: 0,
    longArticles: 0,
    longEntries: 0,
    longTokens: 0,
    longWords: 0,
    offsets: 0,
    checkpoints: 0,
    texts: 0,
    textNumbers: 0,
    headings: 0,
    headingNumbers: 0,
  }
  for (const source of sources) {
    const forward = source.openForward()
    try {
      for (const [docId, here] of source.docIds.entries()) if (here >= 0) forward.addSizes(docId, sizes)
    } finally {
      forward.close()
    }
  }
  return sizes
}

/** Bits that the greatest token of short articles needs: it is looked for from the end, where the greatest forms are. */
function* shortWidth(
  sources: readonly Source[],
  forms: readonly Int32Array[],
  count: number,
  tokensAtOnce: number,
): Generator<void, number> {
  const most = widthOf(packedToken(Math.max(0, count - 1)))
  let greatest = 0
  for (const [at, source] of [...sources.entries()].reverse()) {
    const forward = source.openForward()
    try {
      for (const [from, to] of [...stretches(forward, tokensAtOnce)].reverse()) {
        yield
        const found = greatestShort(source, forward, forms[at] as Int32Array, from, to)
        if (found > greatest) greatest = found
        if (widthOf(greatest) === most) return most
      }
    } finally {
      forward.close()
    }
  }
  return widthOf(greatest)
}

/** The greatest token of the short articles from one up to another, as it is packed here. */
function greatestShort(source: Source, forward: ForwardFile, forms: Int32Array, from: number, to: number): number {
  const { forward: there } = forward.slice(from, to, false)
  let greatest = 0
  for (let docId = from; docId < to; docId++) {
    if ((source.docIds[docId] as number) < 0 || forward.isLong(docId)) continue
    for (const token of there.tokensOf(docId - from + 1)) {
      const here = packedToken(((token & ~FORM_MASK) | (forms[token & FORM_MASK] as number)) >>> 0)
      if (here > greatest) greatest = here
    }
  }
  return greatest
}

/** Articles that are read at once. */
function* stretches(forward: ForwardFile, tokensAtOnce: number): Generator<readonly [from: number, to: number]> {
  for (let from = 0; from < forward.articles; ) {
    let to = from
    for (let tokens = 0; to < forward.articles && tokens < tokensAtOnce; to++) tokens += 1 + forward.countOf(to)
    yield [from, to]
    from = to
  }
}

/** Writes packed stretches of articles one after the other, as one. */
class ForwardJoiner {
  readonly #columns = new Map<string, ColumnWriter>()
  readonly #tokens: PackedIntsWriter
  readonly #groups: number
  /** What came so far. */
  #articles = 0
  #tokensEnd = 0
  #entries = 0
  #places = 0
  #bits = 0
  #offsets = 0
  #checkpoints = 0
  #textNumbers = 0
  #headingNumbers = 0

  constructor(sizes: ForwardSizes, width: number, groups: number, sink: ColumnSink) {
    this.#groups = groups
    const columns: readonly (readonly [string, ColumnType, number])[] = [
      ['tokens.shape', 'u32', 2],
      ['tokens.words', 'u32', wordsOf(sizes.shortTokens, width)],
      ['long.articles', 'u32', 1 + (LONG_FIXED + groups) * sizes.longArticles],
      ['long.forms', 'u16', sizes.longEntries],
      ['long.counts', 'u8', sizes.longEntries],
      ['long.places', 'u16', sizes.longTokens],
      ['long.bits', 'u32', sizes.longWords],
      ['offsets', 'u8', sizes.offsets],
      ['checkpoints', 'u32', sizes.checkpoints],
      ['rows', 'u32', ROW * sizes.articles],
      ['texts.docs', 'u32', sizes.texts],
      ['texts.ends', 'u32', sizes.texts],
      ['texts.numbers', 'u32', sizes.textNumbers],
      ['headings.docs', 'u32', sizes.headings],
      ['headings.ends', 'u32', sizes.headings],
      ['headings.numbers', 'u32', sizes.headingNumbers],
    ]
    for (const [name, type, length] of columns) this.#columns.set(name, sink.column(name, type, length))
    this.#write('tokens.shape', Uint32Array.of(width, sizes.shortTokens))
    this.#write('long.articles', Uint32Array.of(groups))
    this.#tokens = new PackedIntsWriter(width, (words) => this.#write('tokens.words', words))
  }

  add({ tokens, long, offsets, checkpoints, rows, texts, headings }: PackedForward): void {
    const short = new PackedInts(tokens)
    const values = new Uint32Array(short.length)
    short.read(0, short.length, values)
    this.#tokens.push(values)
    this.#addLong(long)
    this.#write('offsets', offsets)
    const moved = checkpoints.slice()
    for (let at = 0; at < moved.length; at += 2) moved[at] = (moved[at] as number) + this.#offsets
    this.#write('checkpoints', moved)
    this.#write('texts.docs', shifted(texts.docs, this.#articles))
    this.#write('texts.ends', shifted(texts.ends, this.#textNumbers))
    this.#write('texts.numbers', texts.numbers)
    this.#write('headings.docs', shifted(headings.docs, this.#articles))
    this.#write('headings.ends', shifted(headings.ends, this.#headingNumbers))
    this.#write('headings.numbers', headings.numbers)
    this.#addRows(rows)
    this.#offsets += offsets.length
    this.#checkpoints += checkpoints.length
    this.#textNumbers += texts.numbers.length
    this.#headingNumbers += headings.numbers.length
  }

  end(): void {
    this.#tokens.end()
    for (const column of this.#columns.values()) column.end()
  }

  #addLong({ articles, forms, counts, places, bits }: PackedForward['long']): void {
    const size = LONG_FIXED + this.#groups
    const moved = articles.slice(1)
    for (let at = 0; at < moved.length; at += size) {
      moved[at] = (moved[at] as number) + this.#articles
      moved[at + 1] = (moved[at + 1] as number) + this.#places
      moved[at + 2] = (moved[at + 2] as number) + this.#bits
      for (let group = LONG_FIXED; group < size; group++)
        moved[at + group] = (moved[at + group] as number) + this.#entries
    }
    this.#write('long.articles', moved)
    this.#write('long.forms', forms)
    this.#write('long.counts', counts)
    this.#write('long.places', places)
    this.#write('long.bits', bits)
    this.#entries += forms.length
    this.#places += places.length
    this.#bits += bits.length
  }

  #addRows(rows: Uint32Array): void {
    const moved = rows.slice()
    for (let at = 0; at < moved.length; at += ROW) {
      moved[at] = (moved[at] as number) + this.#tokensEnd
      moved[at + 3] = (moved[at + 3] as number) + this.#offsets
      moved[at + 4] = (moved[at + 4] as number) + this.#checkpoints
    }
    this.#write('rows', moved)
    this.#articles += moved.length / ROW
    if (moved.length > 0) this.#tokensEnd = moved[moved.length - ROW] as number
  }

  #write(name: string, numbers: Numbers): void {
    this.#columns.get(name)?.write(numbers)
  }
}

const shifted = (numbers: Uint32Array, by: number): Uint32Array => numbers.map((number) => number + by)
