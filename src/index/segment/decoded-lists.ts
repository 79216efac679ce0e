import type { PostingList } from './posting-list.ts'

/** So many postings are kept, five bytes each. */
const POSTINGS_MAX = 2 ** 19
/** A list that takes a greater share of the room is not kept: it would take the place of too many others. */
const SHARE_MAX = 1 / 8

/**
 * Long posting lists as they were decoded: the words that many articles have are asked for again and again, and decoding their lists takes longer
 * than all else that is done with them. They lie one behind the other in a ring: the oldest make room for the next one, and nothing is left to be
 * collected.
 */
export class DecodedLists {
  /** By slot, see `slotOf`; in the order in which they lie in the ring. */
  readonly #lists = new Map<number, PostingList>()
  #docIds = new Uint32Array(0)
  #frequencies = new Uint8Array(0)
  /** Where the last one ends. */
  #end = 0
  readonly #room: number

  /** @param room for so many postings */
  constructor(room = POSTINGS_MAX) {
    this.#room = room
  }

  get(slot: number): PostingList | undefined {
    return this.#lists.get(slot)
  }

  /** Keeps a copy of a list that is not kept yet, unless it is too long. Gives the one to be read: until the next is kept. */
  keep(slot: number, { docIds, frequencies, start, end }: PostingList): PostingList {
    const length = end - start
    if (length > this.#room * SHARE_MAX) return { docIds, frequencies, start, end }
    const place = this.#roomFor(length)
    this.#docIds.set(docIds.subarray(start, end), place)
    this.#frequencies.set(frequencies.subarray(start, end), place)
    const kept = { docIds: this.#docIds, frequencies: this.#frequencies, start: place, end: place + length }
    this.#lists.set(slot, kept)
    return kept
  }

  clear(): void {
    this.#lists.clear()
    this.#end = 0
  }

  #roomFor(length: number): number {
    // the system gives memory where it is written to
    if (this.#docIds.length === 0) {
      this.#docIds = new Uint32Array(this.#room)
      this.#frequencies = new Uint8Array(this.#room)
    }
    if (this.#end + length > this.#room) {
      this.#forget((list) => list.start >= this.#end)
      this.#end = 0
    }
    const place = this.#end
    this.#end += length
    this.#forget((list) => list.start >= place && list.start < this.#end)
    return place
  }

  /** Forgets the oldest ones as long as they are such. */
  #forget(isInTheWay: (list: PostingList) => boolean): void {
    for (const [slot, list] of this.#lists) {
      if (!isInTheWay(list)) return
      this.#lists.delete(slot)
    }
  }
}
