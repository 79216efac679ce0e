import type { ColumnSink } from '../arrays/column-sink.ts'
import { PostingBuffer } from '../segment/posting-buffer.ts'
import { OCCURRENCE_KINDS } from '../segment/posting-list.ts'
import { PostingsWriter } from '../segment/postings-writer.ts'
import { SealedPostings } from '../segment/sealed-postings.ts'
import type { Source } from './source.ts'

const POSTINGS = 'postings.bin'
/** Lists of so many bytes, of a term more at most, are in memory at once. */
const BYTES_AT_ONCE = 2 ** 25

/**
 * Joins posting lists: those of some terms at a time, for which each source is read once.
 * @param terms of each source by term there the term here
 * @param count how many terms there are here
 */
export function* mergePostings(
  sources: readonly Source[],
  terms: readonly Int32Array[],
  count: number,
  sink: ColumnSink,
  bytesAtOnce = BYTES_AT_ONCE,
): Generator<void> {
  const ends = sink.column('ends', 'u32', count)
  const bytes = sink.column('bytes', 'u8')
  const sizes = sizesOf(sources, terms, count)
  const buffer = new PostingBuffer()
  let written = 0
  for (let from = 0; from < count; ) {
    let to = from
    for (let size = 0; to < count && size < bytesAtOnce; to++) size += sizes.bytes[to] as number
    const lists = new TermLists(from, to, sizes)
    for (const [at, source] of sources.entries()) {
      lists.gather(source, at, terms[at] as Int32Array)
      yield
    }
    const writer = new PostingsWriter()
    for (let term = from; term < to; term++) {
      for (let kind = 0; kind < OCCURRENCE_KINDS; kind++) {
        buffer.length = 0
        lists.read(term, kind, sources, buffer)
        writer.add(kind, buffer)
      }
      writer.endTerm()
    }
    const packed = writer.packed()
    ends.write(packed.ends.map((end) => end + written))
    bytes.write(packed.bytes)
    written += packed.bytes.length
    from = to
    yield
  }
  ends.end()
  bytes.end()
}

/** By term here how many sources have lists of it, and the bytes of these. */
interface Sizes {
  readonly bytes: Uint32Array
  readonly pieces: Uint32Array
}

function sizesOf(sources: readonly Source[], terms: readonly Int32Array[], count: number): Sizes {
  const [bytes, pieces] = [new Uint32Array(count), new Uint32Array(count)]
  for (const [at, source] of sources.entries()) {
    const ends = source.read(POSTINGS, (file) => file.u32('ends'))
    const numbers = terms[at] as Int32Array
    for (let there = 0, start = 0; there < ends.length; there++) {
      const end = ends[there] as number
      const here = numbers[there] as number
      if (here >= 0 && end > start) {
        bytes[here] = (bytes[here] as number) + end - start
        pieces[here] = (pieces[here] as number) + 1
      }
      start = end
    }
  }
  return { bytes, pieces }
}

/** The lists of the terms from one up to another as they lie in the sources: pieces, those of one term side by side in the order of their sources. */
class TermLists {
  readonly #from: number
  readonly #bytes: Uint8Array
  /** By term, and behind the last one, where its bytes begin, and its pieces. */
  readonly #starts: Uint32Array
  readonly #firsts: Uint32Array
  /** By term how many of its pieces came. */
  readonly #came: Uint32Array
  /** By piece where it ends, and whose it is. */
  readonly #ends: Uint32Array
  readonly #sources: Uint32Array

  constructor(from: number, to: number, { bytes, pieces }: Sizes) {
    const terms = to - from
    this.#from = from
    this.#starts = new Uint32Array(terms + 1)
    this.#firsts = new Uint32Array(terms + 1)
    for (let term = 0; term < terms; term++) {
      this.#starts[term + 1] = (this.#starts[term] as number) + (bytes[from + term] as number)
      this.#firsts[term + 1] = (this.#firsts[term] as number) + (pieces[from + term] as number)
    }
    this.#came = new Uint32Array(terms)
    this.#bytes = new Uint8Array(this.#starts[terms] as number)
    this.#ends = new Uint32Array(this.#firsts[terms] as number)
    this.#sources = new Uint32Array(this.#firsts[terms] as number)
  }

  /** @param number of the source, above those before */
  gather(source: Source, number: number, numbers: Int32Array): void {
    const { ends, bytes } = source.read(POSTINGS, (file) => ({ ends: file.u32('ends'), bytes: file.u8('bytes') }))
    const terms = this.#came.length
    for (let there = 0, start = 0; there < ends.length; there++) {
      const end = ends[there] as number
      const term = (numbers[there] as number) - this.#from
      if (end > start && term >= 0 && term < terms) {
        const piece = (this.#firsts[term] as number) + (this.#came[term] as number)
        const place = this.#start(term, piece)
        this.#bytes.set(bytes.subarray(start, end), place)
        this.#ends[piece] = place + end - start
        this.#sources[piece] = number
        this.#came[term] = (this.#came[term] as number) + 1
      }
      start = end
    }
  }

  /** Appends the postings of a term in a kind of occurrence, of articles that stay. */
  read(number: number, kind: number, sources: readonly Source[], into: PostingBuffer): void {
    const term = number - this.#from
    for (let piece = this.#firsts[term] as number; piece < (this.#firsts[term + 1] as number); piece++) {
      const before = into.length
      SealedPostings.readList(this.#bytes, this.#start(term, piece), this.#ends[piece] as number, kind, into)
      const { docIds } = sources[this.#sources[piece] as number] as Source
      let kept = before
      for (let at = before; at < into.length; at++) {
        const docId = docIds[into.docIds[at] as number] as number
        if (docId < 0) continue
        into.docIds[kept] = docId
        into.frequencies[kept] = into.frequencies[at] as number
        kept += 1
      }
      into.length = kept
    }
  }

  #start(term: number, piece: number): number {
    return piece === this.#firsts[term] ? (this.#starts[term] as number) : (this.#ends[piece - 1] as number)
  }
}
