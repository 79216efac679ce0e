const NONE = -1
/** Slots an entry: with open addressing more of them make runs short, fewer save memory. */
const SLOTS_AN_ENTRY = 2

/**
 * DocIds by equal keys: a hash table with open addressing, filled in ascending order, in constant time each. Sorting the keys instead
 * takes n log n, and packing a key and a docId into one number limits both.
 */
export class EqualKeys {
  readonly #mask: number
  /** By slot a key, and the least docId that has it. */
  readonly #keys: Float64Array
  readonly #heads: Int32Array
  /** By docId: of a head the last that was entered under its key, of all the one before it. */
  readonly #lasts: Int32Array
  readonly #befores: Int32Array

  /**
   * @param docIds all docIds are below; at most 2^31
   * @param entries at most so many are entered
   */
  constructor(docIds: number, entries: number) {
    const slots = 2 ** Math.ceil(Math.log2(Math.max(2, entries * SLOTS_AN_ENTRY)))
    this.#mask = slots - 1
    this.#keys = new Float64Array(slots)
    this.#heads = new Int32Array(slots).fill(NONE)
    this.#lasts = new Int32Array(docIds)
    this.#befores = new Int32Array(docIds)
  }

  /**
   * Enters a docId, which is above all before.
   * @param key a whole number from 0 to 2^53
   * @returns the least docId with this key: itself where it is the first
   */
  add(docId: number, key: number): number {
    let slot = hashOf(key) & this.#mask
    for (;;) {
      const head = this.#heads[slot] as number
      if (head === NONE) {
        this.#keys[slot] = key
        this.#heads[slot] = docId
        this.#lasts[docId] = docId
        this.#befores[docId] = NONE
        return docId
      }
      if (this.#keys[slot] === key) {
        this.#befores[docId] = this.#lasts[head] as number
        this.#lasts[head] = docId
        return head
      }
      slot = (slot + 1) & this.#mask
    }
  }

  /** The docId entered before one that was entered, with the same key, or -1. */
  before(docId: number): number {
    return this.#befores[docId] as number
  }

  /** Forgets all of them. */
  clear(): void {
    this.#heads.fill(NONE)
  }
}

/** Every bit depends on every bit of the key (the last step of MurmurHash3 over both halves). */
function hashOf(key: number): number {
  let hash = key ^ Math.imul(key / 2 ** 32, 0x9e3779b1)
  hash = Math.imul(hash ^ (hash >>> 16), 0x85ebca6b)
  hash = Math.imul(hash ^ (hash >>> 13), 0xc2b2ae35)
  return hash ^ (hash >>> 16)
}
