import { PostingBuffer } from './posting-buffer.ts'
import type { PackedPostings } from './posting-list.ts'
import { writingPostings } from './postings-writer.ts'

/** Posting lists that never change, read where they lie. */
export class SealedPostings {
  readonly #packed: PackedPostings

  constructor(packed: PackedPostings) {
    this.#packed = packed
  }

  /** All terms that have lists are below. */
  get terms(): number {
    return this.#packed.ends.length
  }

  /** How many bytes the lists of a term have together. */
  bytesOf(term: number): number {
    const { ends } = this.#packed
    if (term >= ends.length) return 0
    return (ends[term] as number) - (term === 0 ? 0 : (ends[term - 1] as number))
  }

  /** Bytes of all lists. */
  get size(): number {
    return this.#packed.bytes.length
  }

  /** Appends the postings of a term in a kind of occurrence. Takes time in proportion to them. */
  read(term: number, kind: number, into: PostingBuffer): void {
    const { ends, bytes } = this.#packed
    if (term >= ends.length) return
    SealedPostings.readList(bytes, term === 0 ? 0 : (ends[term - 1] as number), ends[term] as number, kind, into)
  }

  /** Appends the postings of a kind of occurrence of the term whose lists stand in `bytes` from `start` to `end`. */
  static readList(bytes: Uint8Array, start: number, end: number, kind: number, into: PostingBuffer): void {
    let at = start
    for (let before = 0; at < end; before++) {
      // of how many bytes the list is, as a varint: read here, for each term of a search that many times as there are kinds
      let size = bytes[at++] as number
      if (size > 0x7f) {
        size &= 0x7f
        for (let shift = 7; ; shift += 7) {
          const byte = bytes[at++] as number
          size |= (byte & 0x7f) << shift
          if (byte < 0x80) break
        }
      }
      if (before === kind) {
        decode(bytes, at, at + size, into)
        return
      }
      at += size
    }
  }

  /**
   * The lists of several one after the other, in time in proportion to all; in pieces.
   * @param parts in the order of their docIds
   * @param terms how many there are
   */
  static *merging(parts: readonly SealedPostings[], terms: number): Generator<void, PackedPostings> {
    const [first] = parts
    if (parts.length === 1 && first !== undefined && first.terms === terms) return first.#packed
    return yield* writingPostings(
      terms,
      (term, kind, into) => {
        for (const part of parts) part.read(term, kind, into)
      },
      new PostingBuffer(),
    )
  }

  /** See `Postings.adoptingAll`. Takes linear time. */
  static *renumbering(packed: PackedPostings, terms: Int32Array, docIds: Int32Array): Generator<void, SealedPostings> {
    const other = new SealedPostings(packed)
    let count = 0
    for (let term = 0; term < other.terms; term++) count = Math.max(count, (terms[term] as number) + 1)
    /** By term here the one there. */
    const termsThere = new Int32Array(count).fill(-1)
    for (let term = 0; term < other.terms; term++)
      if ((terms[term] as number) >= 0) termsThere[terms[term] as number] = term
    const buffer = new PostingBuffer()
    const renumber = (term: number, kind: number, into: PostingBuffer): void => {
      const there = termsThere[term] as number
      if (there < 0) return
      other.read(there, kind, into)
      let kept = 0
      for (let at = 0; at < into.length; at++) {
        const docId = docIds[into.docIds[at] as number] as number
        if (docId < 0) continue
        into.docIds[kept] = docId
        into.frequencies[kept] = into.frequencies[at] as number
        kept += 1
      }
      into.length = kept
    }
    return new SealedPostings(yield* writingPostings(count, renumber, buffer))
  }
}

/** See `PackedPostings`. The varints are read here, not by a `VarintReader`: this is the innermost loop of a search. */
function decode(bytes: Uint8Array, start: number, end: number, into: PostingBuffer): void {
  // each posting has a byte at least
  into.reserve(end - start)
  const { docIds, frequencies } = into
  let count = into.length
  let docId = -1
  for (let at = start; at < end; ) {
    let value = bytes[at++] as number
    if (value > 0x7f) {
      value &= 0x7f
      for (let shift = 7; ; shift += 7) {
        const byte = bytes[at++] as number
        value |= (byte & 0x7f) << shift
        if (byte < 0x80) break
      }
    }
    docId += (value >>> 1) + 1
    docIds[count] = docId
    frequencies[count] = (value & 1) === 1 ? 1 : (bytes[at++] as number)
    count += 1
  }
  into.length = count
}
