import { OCCURRENCE_KINDS, type Occurrences, type PackedPostings, type PostingList, slotOf } from './posting-list.ts'
import { SealedPostings } from './sealed-postings.ts'
import { TermNames, WritablePostings } from './writable-postings.ts'

/** So many postings are added before they are sealed: some 20 MB. */
const WRITABLE_MAX = 2 ** 20

/** Where there are more sealed parts, they are joined: each is looked at for every list, and takes 16 bytes a term. */
const SEALED_MAX = 8

const NO_LISTS: readonly PostingList[] = []

/**
 * The posting lists of an index: sealed ones in columns, and those of the newest articles, which FlexSearch keeps. DocIds ascend from one to
 * the next. Nothing is ever removed: the index keeps tombstones and is compacted.
 */
export class Postings {
  readonly #names = new TermNames()
  #sealed: SealedPostings[]
  #writable: WritablePostings

  constructor(packed?: PackedPostings) {
    this.#sealed = packed === undefined ? [] : [new SealedPostings(packed)]
    this.#writable = new WritablePostings(this.#names)
  }

  /** @param docId above all before */
  add(docId: number, occurrences: Occurrences): void {
    this.#writable.add(docId, occurrences)
    if (this.#writable.count >= WRITABLE_MAX) this.#seal()
  }

  /**
   * The posting lists of a term in a kind of occurrence, in the order of their docIds; none of them is empty.
   * @param term undefined where no article has it
   */
  lists(term: number | undefined, kind: number): readonly PostingList[] {
    if (term === undefined) return NO_LISTS
    const slot = slotOf(term, kind)
    const newest = this.#writable.count === 0 ? null : this.#writable.list(slot)
    if (this.#sealed.length === 1) {
      const list = (this.#sealed[0] as SealedPostings).list(slot)
      if (newest === null) return list === null ? NO_LISTS : [list]
      return list === null ? [newest] : [list, newest]
    }
    const lists: PostingList[] = []
    for (const sealed of this.#sealed) {
      const list = sealed.list(slot)
      if (list !== null) lists.push(list)
    }
    if (newest !== null) lists.push(newest)
    return lists
  }

  /**
   * Takes over the posting lists of another index.
   * @param terms by term there the term here; -1 for one that no article has that is taken over
   * @param docIds by docId there the docId here, ascending and above all before; -1 for an article that is left out
   */
  adoptAll(other: PackedPostings, terms: Int32Array, docIds: Int32Array): void {
    if (this.#writable.count > 0) this.#seal()
    this.#sealed.push(SealedPostings.renumbered(other, terms, docIds))
  }

  /** @param terms how many terms there are */
  pack(terms: number): PackedPostings {
    if (this.#writable.count > 0) this.#seal()
    const packed = SealedPostings.merged(this.#sealed, terms * OCCURRENCE_KINDS)
    this.#sealed = [new SealedPostings(packed)]
    return packed
  }

  #seal(): void {
    this.#sealed.push(this.#writable.sealed())
    this.#writable = new WritablePostings(this.#names)
    if (this.#sealed.length <= SEALED_MAX) return
    const slots = Math.max(...this.#sealed.map((sealed) => sealed.slots))
    this.#sealed = [new SealedPostings(SealedPostings.merged(this.#sealed, slots))]
  }
}
