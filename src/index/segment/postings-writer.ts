import { ByteColumn, Uint32Column } from '../arrays/growable.ts'
import { resultOf } from '../arrays/result-of.ts'
import type { PostingBuffer } from './posting-buffer.ts'
import { OCCURRENCE_KINDS, type PackedPostings } from './posting-list.ts'

/** Writes posting lists in the order of their terms and kinds; see `PackedPostings`. */
export class PostingsWriter {
  readonly #ends = new Uint32Column()
  readonly #bytes = new ByteColumn()
  readonly #list = new ByteColumn()
  /** Kinds of the term that is being written, those before it empty. */
  #kinds = 0

  /** The next list that is not empty of the term after those that have ended. */
  add(kind: number, { docIds, frequencies, length }: PostingBuffer): void {
    if (length === 0) return
    for (; this.#kinds < kind; this.#kinds++) this.#bytes.pushVarint(0)
    this.#kinds = kind + 1
    const list = this.#list
    list.clear()
    let before = -1
    for (let at = 0; at < length; at++) {
      const docId = docIds[at] as number
      const frequency = frequencies[at] as number
      const gap = docId - before - 1
      before = docId
      list.pushVarint(gap * 2 + (frequency === 1 ? 1 : 0))
      if (frequency !== 1) list.pushByte(frequency)
    }
    this.#bytes.pushVarint(list.length)
    this.#bytes.pushAll(list.view())
  }

  endTerm(): void {
    this.#kinds = 0
    this.#ends.push(this.#bytes.length)
  }

  packed(): PackedPostings {
    return { ends: this.#ends.view().slice(), bytes: this.#bytes.view().slice() }
  }
}

/** Calls `write` with each kind of occurrence of each term, and a buffer that is empty then. */
export function writePostings(
  terms: number,
  write: (term: number, kind: number, into: PostingBuffer) => void,
  buffer: PostingBuffer,
): PackedPostings {
  return resultOf(writingPostings(terms, write, buffer))
}

/** Terms in a piece of work. */
const TERMS_IN_PIECE = 2048

/** As `writePostings`, in pieces. */
export function* writingPostings(
  terms: number,
  write: (term: number, kind: number, into: PostingBuffer) => void,
  buffer: PostingBuffer,
): Generator<void, PackedPostings> {
  const writer = new PostingsWriter()
  for (let term = 0; term < terms; term++) {
    if (term % TERMS_IN_PIECE === 0) yield
    for (let kind = 0; kind < OCCURRENCE_KINDS; kind++) {
      buffer.length = 0
      write(term, kind, buffer)
      writer.add(kind, buffer)
    }
    writer.endTerm()
  }
  return writer.packed()
}
