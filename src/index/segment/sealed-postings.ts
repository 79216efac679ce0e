import type { PackedPostings, PostingList } from './posting-list.ts'

/** Posting lists that never change, read where they lie. */
export class SealedPostings {
  readonly #packed: PackedPostings

  constructor(packed: PackedPostings) {
    this.#packed = packed
  }

  /** Null where it is empty. Takes constant time. */
  list(slot: number): PostingList | null {
    const { ends, docIds, frequencies } = this.#packed
    if (slot >= ends.length) return null
    const start = slot === 0 ? 0 : (ends[slot - 1] as number)
    const end = ends[slot] as number
    return start === end ? null : { docIds, frequencies, start, end }
  }

  /**
   * The lists of several one after the other, in time in proportion to all.
   * @param parts in the order of their docIds
   * @param slots how many there are
   */
  static merged(parts: readonly SealedPostings[], slots: number): PackedPostings {
    const [first] = parts
    if (parts.length === 1 && first !== undefined && first.#packed.ends.length === slots) return first.#packed
    const count = parts.reduce((sum, part) => sum + part.#packed.docIds.length, 0)
    const ends = new Uint32Array(slots)
    const docIds = new Uint32Array(count)
    const frequencies = new Uint8Array(count)
    let end = 0
    for (let slot = 0; slot < slots; slot++) {
      for (const part of parts) {
        const list = part.list(slot)
        if (list === null) continue
        for (let at = list.start; at < list.end; at++) {
          docIds[end] = list.docIds[at] as number
          frequencies[end] = list.frequencies[at] as number
          end += 1
        }
      }
      ends[slot] = end
    }
    return { ends, docIds, frequencies }
  }
}
