import { Index } from 'flexsearch'
import { Uint8Column, Uint32Column } from '../arrays/growable.ts'
import { PostingBuffer } from './posting-buffer.ts'
import { FREQUENCY_MAX, OCCURRENCE_KINDS, type Occurrences, type PostingList, slotOf } from './posting-list.ts'
import { writePostings } from './postings-writer.ts'
import { SealedPostings } from './sealed-postings.ts'

/** Lists remembered, each until an article comes that is in it. */
const LISTS_MAX = 2 ** 14
/** More articles than any index of FlexSearch's holds here. */
const ALL = 2 ** 31

/** What FlexSearch knows terms by: the same string each time, whose hash is worked out once. */
export class TermNames {
  readonly #names: (string | undefined)[] = []

  of(term: number): string {
    let name = this.#names[term]
    if (name === undefined) {
      name = term.toString(36)
      this.#names[term] = name
    }
    return name
  }
}

/**
 * The posting lists of the newest articles. FlexSearch finds the articles that have a term; where and how often an article has it is looked up in
 * the article's own row, since FlexSearch does not tell.
 */
export class WritablePostings {
  readonly #index = new Index({
    // what is added and asked for is a ready list of names already
    encode: (names: unknown) => (Array.isArray(names) ? names : [names]) as string[],
    tokenize: 'strict',
    resolution: 1,
  } as object)
  readonly #docIds: number[] = []
  #firstDocId = 0
  readonly #names: TermNames
  /** Of each article its slots, and in the same places how often it has each. */
  readonly #slots = new Uint32Column()
  readonly #frequencies = new Uint8Column()
  /** Where the row of each article ends, by its docId less the first. */
  readonly #ends = new Uint32Column()
  /** One more than the greatest slot. */
  #slotsEnd = 0
  /** Lists that were asked for. */
  readonly #lists = new Map<number, PostingList | null>()

  constructor(names: TermNames) {
    this.#names = names
  }

  /** Postings added so far. */
  get count(): number {
    return this.#slots.length
  }

  add(docId: number, { slots, frequencies, terms }: Occurrences): void {
    if (this.#docIds.length === 0) this.#firstDocId = docId
    this.#docIds.push(docId)
    while (this.#ends.length < docId - this.#firstDocId) this.#ends.push(this.#slots.length)
    const isAsked = this.#lists.size > 0
    for (let at = 0; at < slots.length; at++) {
      const slot = slots[at] as number
      this.#slots.push(slot)
      this.#frequencies.push(Math.min(frequencies[at] as number, FREQUENCY_MAX))
      if (slot >= this.#slotsEnd) this.#slotsEnd = slot + 1
      if (isAsked) this.#lists.delete(slot)
    }
    this.#ends.push(this.#slots.length)
    this.#index.add(docId, terms.map((term) => this.#names.of(term)) as unknown as string)
  }

  /** Null where it is empty. */
  list(slot: number): PostingList | null {
    let list = this.#lists.get(slot)
    if (list === undefined) {
      list = this.#found(slot)
      if (this.#lists.size >= LISTS_MAX) this.#lists.clear()
      this.#lists.set(slot, list)
    }
    return list
  }

  #found(slot: number): PostingList | null {
    const term = Math.floor(slot / OCCURRENCE_KINDS)
    const articles = this.#index.search(term.toString(36), { limit: ALL }) as number[]
    const docIds: number[] = []
    const frequencies: number[] = []
    for (const docId of articles) {
      const frequency = this.#frequencyIn(docId, slot)
      if (frequency === 0) continue
      docIds.push(docId)
      frequencies.push(frequency)
    }
    if (docIds.length === 0) return null
    return { docIds: Uint32Array.from(docIds), frequencies: Uint8Array.from(frequencies), start: 0, end: docIds.length }
  }

  /** 0 where the article has the term in other kinds of occurrence alone. Takes a look at each slot of its row. */
  #frequencyIn(docId: number, slot: number): number {
    const row = docId - this.#firstDocId
    const end = this.#ends.at(row)
    const slots = this.#slots.data
    for (let at = row === 0 ? 0 : this.#ends.at(row - 1); at < end; at++)
      if (slots[at] === slot) return this.#frequencies.data[at] as number
    return 0
  }

  /** All of it in bytes, by a counting sort: linear time. */
  sealed(): SealedPostings {
    const { count } = this
    const slots = this.#slots.data
    const ends = new Uint32Array(this.#slotsEnd)
    for (let at = 0; at < count; at++) ends[slots[at] as number] = (ends[slots[at] as number] as number) + 1
    let end = 0
    // for now where each list begins
    for (let slot = 0; slot < ends.length; slot++) {
      const length = ends[slot] as number
      ends[slot] = end
      end += length
    }
    const docIds = new Uint32Array(count)
    const frequencies = new Uint8Array(count)
    let at = 0
    for (const docId of this.#docIds) {
      const rowEnd = this.#ends.at(docId - this.#firstDocId)
      for (; at < rowEnd; at++) {
        const slot = slots[at] as number
        const place = ends[slot] as number
        docIds[place] = docId
        frequencies[place] = this.#frequencies.data[at] as number
        ends[slot] = place + 1
      }
    }
    const terms = Math.ceil(ends.length / OCCURRENCE_KINDS)
    const write = (term: number, kind: number, into: PostingBuffer): void => {
      const slot = slotOf(term, kind)
      if (slot >= ends.length) return
      for (let place = slot === 0 ? 0 : (ends[slot - 1] as number); place < (ends[slot] as number); place++)
        into.push(docIds[place] as number, frequencies[place] as number)
    }
    return new SealedPostings(writePostings(terms, write, new PostingBuffer()))
  }
}
