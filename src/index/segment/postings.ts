import type { Occurrences, PackedPostings, PostingList } from './posting-list.ts'
import { SealedPostings } from './sealed-postings.ts'
import { WritablePostings } from './writable-postings.ts'

export { FREQUENCY_MAX, type Occurrences, type PackedPostings, type PostingList } from './posting-list.ts'

/** Where in an article a term stands; each has a posting list of its own, so that a query can weigh them apart. */
export const WHOLE = 0
/** The term is a part of a longer word. */
export const PART = 1
/** The term stands in tags, author or meta. */
export const EXTRA = 2
/** The term is what several words are together, or what a shortened one stands for. */
export const ALIAS = 3
export const OCCURRENCE_KINDS = 4

/** The number of the posting list of a term in a kind of occurrence. */
export const slotOf = (term: number, kind: number): number => term * OCCURRENCE_KINDS + kind

/** So many postings are added before they are sealed: some 20 MB. */
const WRITABLE_MAX = 2 ** 20

const NO_LISTS: readonly PostingList[] = []

/**
 * The posting lists of an index: sealed ones in columns, and those of the newest articles, which FlexSearch keeps. DocIds ascend from one to
 * the next. Nothing is ever removed: the index keeps tombstones and is compacted.
 */
export class Postings {
  #sealed: SealedPostings[]
  #writable: WritablePostings

  constructor(packed?: PackedPostings) {
    this.#sealed = packed === undefined ? [] : [new SealedPostings(packed)]
    this.#writable = new WritablePostings()
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

  /** @param terms how many terms there are */
  pack(terms: number): PackedPostings {
    if (this.#writable.count > 0) this.#seal()
    return SealedPostings.merged(this.#sealed, terms * OCCURRENCE_KINDS)
  }

  #seal(): void {
    this.#sealed.push(this.#writable.sealed())
    this.#writable = new WritablePostings()
  }
}
