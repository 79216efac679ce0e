import { resultOf } from '../arrays/result-of.ts'
import { DecodedLists } from './decoded-lists.ts'
import { PostingBuffer } from './posting-buffer.ts'
import { type Occurrences, type PackedPostings, type PostingList, slotOf } from './posting-list.ts'
import { SealedPostings } from './sealed-postings.ts'
import { TermNames, WritablePostings } from './writable-postings.ts'

/** So many postings are added before they are sealed: some 12 MB, as FlexSearch takes 95 bytes for each and sealed ones take two. */
const WRITABLE_MAX = 2 ** 17

/** Where there are more sealed parts, the last ones are joined: each is looked at for every list, and takes four bytes a term. */
const SEALED_MAX = 8
/** A part is joined with those after it unless it has so many times their bytes. */
const GROWTH = 2

/** Lists of terms with so many bytes of them are kept as they were decoded. */
const LONG_BYTES = 512

const NO_LISTS: readonly PostingList[] = []

/**
 * The posting lists of an index: sealed ones in columns, and those of the newest articles, which FlexSearch keeps. DocIds ascend from one to
 * the next. Nothing is ever removed: the index keeps tombstones and is compacted.
 */
export class Postings {
  readonly #names = new TermNames()
  #sealed: SealedPostings[]
  #writable: WritablePostings
  readonly #buffer = new PostingBuffer()
  readonly #decoded = new DecodedLists()
  readonly #writableMax: number

  /** @param writableMax postings after which the newest are sealed; tests have few */
  constructor(packed?: PackedPostings, writableMax = WRITABLE_MAX) {
    this.#writableMax = writableMax
    this.#sealed = packed === undefined ? [] : [new SealedPostings(packed)]
    this.#writable = new WritablePostings(this.#names)
  }

  /** @param docId above all before */
  add(docId: number, occurrences: Occurrences): void {
    this.#writable.add(docId, occurrences)
    if (this.#writable.count >= this.#writableMax) this.#seal()
  }

  /**
   * The posting lists of a term in a kind of occurrence, in the order of their docIds; none of them is empty. They are valid until the next are
   * asked for. Takes time in proportion to them.
   * @param term undefined where no article has it
   */
  lists(term: number | undefined, kind: number): readonly PostingList[] {
    if (term === undefined) return NO_LISTS
    const older = this.#isLong(term) ? this.#long(term, kind) : this.#read(term, kind, this.#buffer)
    const newest = this.#writable.count === 0 ? null : this.#writable.list(slotOf(term, kind))
    if (older.end === older.start) return newest === null ? NO_LISTS : [newest]
    return newest === null ? [older] : [older, newest]
  }

  #isLong(term: number): boolean {
    for (const sealed of this.#sealed) if (sealed.bytesOf(term) >= LONG_BYTES) return true
    return false
  }

  #long(term: number, kind: number): PostingList {
    const slot = slotOf(term, kind)
    const kept = this.#decoded.get(slot)
    if (kept !== undefined) return kept
    return this.#decoded.keep(slot, this.#read(term, kind, this.#buffer))
  }

  #read(term: number, kind: number, buffer: PostingBuffer): PostingList {
    buffer.length = 0
    for (const sealed of this.#sealed) sealed.read(term, kind, buffer)
    return buffer.list()
  }

  /** What is decoded of the sealed ones is that of others then. */
  #seals(sealed: SealedPostings[]): void {
    this.#sealed = sealed
    this.#decoded.clear()
  }

  /**
   * Takes over the posting lists of another index, in pieces.
   * @param terms by term there the term here; -1 for one that no article has that is taken over
   * @param docIds by docId there the docId here, ascending and above all before; -1 for an article that is left out
   */
  *adoptingAll(other: PackedPostings, terms: Int32Array, docIds: Int32Array): Generator<void> {
    if (this.#writable.count > 0) this.#seal()
    this.#seals([...this.#sealed, yield* SealedPostings.renumbering(other, terms, docIds)])
  }

  /** @param terms how many terms there are */
  pack(terms: number): PackedPostings {
    return resultOf(this.packing(terms))
  }

  /** As `pack`, in pieces; in between nothing may be added. What FlexSearch keeps is sealed in one of them. */
  *packing(terms: number): Generator<void, PackedPostings> {
    if (this.#writable.count > 0) this.#seal()
    const packed = yield* SealedPostings.merging(this.#sealed, terms)
    this.#seals([new SealedPostings(packed)])
    return packed
  }

  #seal(): void {
    const sealed = [...this.#sealed, this.#writable.sealed()]
    this.#writable = new WritablePostings(this.#names)
    this.#seals(sealed.length > SEALED_MAX ? withLastJoined(sealed) : sealed)
  }
}

/** What is large stays as it is: of n postings each is written about log n times. */
function withLastJoined(sealed: readonly SealedPostings[]): SealedPostings[] {
  let first = sealed.length - 1
  for (let size = 0; first > 0; first--) {
    size += (sealed[first] as SealedPostings).size
    if ((sealed[first - 1] as SealedPostings).size >= GROWTH * size) break
  }
  const last = sealed.slice(first)
  const terms = Math.max(...last.map((one) => one.terms))
  return [...sealed.slice(0, first), new SealedPostings(resultOf(SealedPostings.merging(last, terms)))]
}
