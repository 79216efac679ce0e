import { WEIGHTS } from '../../search/ranking/weights.ts'
import { COST, WorkBudget } from '../../work-budget.ts'
import { Arena } from '../arrays/arena.ts'
import { ALIAS, EXTRA, PART, type PostingList, WHOLE } from '../segment/posting-list.ts'
import type { ArticleIndex } from '../segment/segment.ts'

/** Living articles that have a term, and its weighted frequency in each. Valid until the next query. */
export interface Frequencies {
  readonly docIds: Uint32Array
  readonly values: Float64Array
}

const NONE: Frequencies = { docIds: new Uint32Array(0), values: new Float64Array(0) }

/**
 * Looks terms up in the posting lists of one index; within a query each is read once, however many words it is part of. Takes
 * time in proportion to the posting lists, memory to what is found in them.
 */
export class TermFrequencyReader {
  /** What is found is kept here; others may keep there what they make of it. */
  readonly arena = new Arena()
  readonly #index: ArticleIndex
  #budget = new WorkBudget()
  #terms = new Map<string, Frequencies>()
  /** Where only some articles matter, these have a 1. */
  #among: Uint8Array | null = null
  // one number an article, all zero between uses: an array for each term would be most of a search's time
  #sums = new Float64Array(0)
  #touched = new Uint32Array(0)

  constructor(index: ArticleIndex) {
    this.#index = index
  }

  /** Forgets the query before: the index may have changed since. */
  reset(budget: WorkBudget): void {
    this.#budget = budget
    this.#terms = new Map()
    this.#among = null
    this.arena.reset()
    const { size } = this.#index.documents
    if (this.#sums.length >= size) return
    const capacity = Math.ceil(size * 1.25)
    this.#sums = new Float64Array(capacity)
    this.#touched = new Uint32Array(capacity)
  }

  /** Makes the table what it is between uses, after an exception somewhere among these. */
  restore(): void {
    this.#sums.fill(0)
  }

  /** From now on until the query's end only articles with a 1 are found. */
  restrictTo(among: Uint8Array): void {
    this.#terms = new Map()
    this.#among = among
  }

  /** A term at every place. */
  frequencies(term: string): Frequencies {
    const known = this.#terms.get(term)
    if (known !== undefined) return known
    this.#budget.spend(COST.term)
    const { deletedDocs } = this.#index.documents
    const frequencies = this.#among === null ? this.read(term, deletedDocs, 0) : this.read(term, this.#among, 1)
    this.#terms.set(term, frequencies)
    return frequencies
  }

  /** The frequencies of a term, and those of others that stand for it at the weight of a part. */
  withAlternatives(term: string, others: readonly string[]): Frequencies {
    let one = this.frequencies(term)
    for (const other of others) one = this.#sum(one, this.frequencies(other))
    return one
  }

  /**
   * A term at every place, in some articles alone; nothing is remembered.
   * @param table where it is `wanted`, an article counts
   */
  read(term: string, table: Uint8Array, wanted: number): Frequencies {
    const { postings, vocabulary } = this.#index
    const number = vocabulary.termNumber(term)
    if (number === undefined || vocabulary.documentFrequencies.at(number) === 0) return NONE
    let count = 0
    count = this.#addLists(postings.lists(number, WHOLE), 1, table, wanted, count)
    count = this.#addLists(postings.lists(number, PART), WEIGHTS.part, table, wanted, count)
    count = this.#addLists(postings.lists(number, EXTRA), WEIGHTS.extra, table, wanted, count)
    count = this.#addLists(postings.lists(number, ALIAS), 1, table, wanted, count)
    return this.#drain(count)
  }

  #sum(one: Frequencies, other: Frequencies): Frequencies {
    const sums = this.#sums
    const touched = this.#touched
    let count = one.docIds.length
    touched.set(one.docIds)
    for (let i = 0; i < count; i++) sums[one.docIds[i] as number] = one.values[i] as number
    for (let i = 0; i < other.docIds.length; i++) {
      const docId = other.docIds[i] as number
      if (sums[docId] === 0) touched[count++] = docId
      sums[docId] = (sums[docId] as number) + WEIGHTS.part * (other.values[i] as number)
    }
    return this.#drain(count)
  }

  /** The first so many of the touched docIds and their sums, which are zero again then. */
  #drain(count: number): Frequencies {
    const sums = this.#sums
    const touched = this.#touched
    const docIds = this.arena.integers(count)
    const values = this.arena.numbers(count)
    for (let i = 0; i < count; i++) {
      const docId = touched[i] as number
      docIds[i] = docId
      values[i] = sums[docId] as number
      sums[docId] = 0
    }
    return { docIds, values }
  }

  #addLists(lists: readonly PostingList[], weight: number, table: Uint8Array, wanted: number, from: number): number {
    const sums = this.#sums
    const touched = this.#touched
    let count = from
    for (const { docIds, frequencies, start, end } of lists) {
      this.#budget.spend(COST.posting * (end - start))
      for (let i = start; i < end; i++) {
        const docId = docIds[i] as number
        if (table[docId] !== wanted) continue
        const before = sums[docId] as number
        if (before === 0) touched[count++] = docId
        sums[docId] = before + (frequencies[i] as number) * weight
      }
    }
    return count
  }
}
