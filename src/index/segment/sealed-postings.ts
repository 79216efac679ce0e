import { OCCURRENCE_KINDS, type PackedPostings, type PostingList, slotOf } from './posting-list.ts'

/** Posting lists that never change, read where they lie. */
export class SealedPostings {
  readonly #packed: PackedPostings

  constructor(packed: PackedPostings) {
    this.#packed = packed
  }

  /** All lists that are not empty have a number below. */
  get slots(): number {
    return this.#packed.ends.length
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

  /** See `Postings.adoptAll`. Takes linear time. */
  static renumbered(
    { ends, docIds, frequencies }: PackedPostings,
    terms: Int32Array,
    moved: Int32Array,
  ): SealedPostings {
    const newSlots = new Int32Array(ends.length).fill(-1)
    let slots = 0
    for (let slot = 0; slot < ends.length; slot++) {
      const term = terms[Math.floor(slot / OCCURRENCE_KINDS)] as number
      if (term < 0) continue
      newSlots[slot] = slotOf(term, slot % OCCURRENCE_KINDS)
      slots = Math.max(slots, (newSlots[slot] as number) + 1)
    }
    const isKept = (at: number): boolean => (moved[docIds[at] as number] as number) >= 0
    /** By slot where its list begins. */
    const places = new Uint32Array(slots + 1)
    for (let slot = 0, at = 0; slot < ends.length; slot++) {
      let count = 0
      for (; at < (ends[slot] as number); at++) if (isKept(at)) count += 1
      const newSlot = newSlots[slot] as number
      if (newSlot >= 0) places[newSlot + 1] = count
    }
    for (let slot = 1; slot <= slots; slot++) places[slot] = (places[slot] as number) + (places[slot - 1] as number)
    const kept = {
      docIds: new Uint32Array(places[slots] as number),
      frequencies: new Uint8Array(places[slots] as number),
    }
    for (let slot = 0, at = 0; slot < ends.length; slot++) {
      let place = places[newSlots[slot] as number] as number
      for (; at < (ends[slot] as number); at++) {
        if (!isKept(at)) continue
        kept.docIds[place] = moved[docIds[at] as number] as number
        kept.frequencies[place] = frequencies[at] as number
        place += 1
      }
    }
    return new SealedPostings({ ends: places.slice(1), ...kept })
  }
}
