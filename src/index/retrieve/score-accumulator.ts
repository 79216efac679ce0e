/** What one word gives to articles. */
export interface WordScores {
  readonly ordinals: Uint32Array
  readonly scores: Float64Array
  /** What share of the word each has; null where all have it whole. */
  readonly shares: Float64Array | null
}

/** Sums by ordinal, and which ordinals have any. Kept from one search to the next, so that none allocates by the number of articles. */
export class Tally {
  /** Of the scores of all words. */
  totals = new Float64Array(0)
  /** Of the weights of the words an article has. */
  carried = new Float64Array(0)
  /** 1 for whoever has anything, 2 for hits. */
  has = new Uint8Array(0)
  #touched = new Uint32Array(0)
  #count = 0
  #allowed: Uint8Array | null = null

  /** @param allowed by ordinal 1 for who may get anything; null for all */
  begin(size: number, allowed: Uint8Array | null): void {
    this.#allowed = allowed
    for (let i = 0; i < this.#count; i++) {
      const ordinal = this.#touched[i] as number
      this.totals[ordinal] = this.carried[ordinal] = this.has[ordinal] = 0
    }
    this.#count = 0
    if (this.totals.length >= size) return
    const capacity = Math.ceil(size * 1.25)
    this.totals = new Float64Array(capacity)
    this.carried = new Float64Array(capacity)
    this.has = new Uint8Array(capacity)
    this.#touched = new Uint32Array(capacity)
  }

  /** How many have anything. */
  get count(): number {
    return this.#count
  }

  /** Makes the tables what they are between uses, after an exception somewhere among these. */
  restore(): void {
    for (const table of [this.totals, this.carried, this.has]) table.fill(0)
    this.#count = 0
  }

  /**
   * @param weight what having the word carries
   * @param isClosed whether only those count that have something already
   */
  add({ ordinals, scores, shares }: WordScores, count: number, weight: number, isClosed: boolean): void {
    const { totals, carried, has } = this
    const touched = this.#touched
    const allowed = this.#allowed
    for (let i = 0; i < ordinals.length; i++) {
      const ordinal = ordinals[i] as number
      if (has[ordinal] === 0) {
        if (isClosed || (allowed !== null && allowed[ordinal] === 0)) continue
        has[ordinal] = 1
        touched[this.#count++] = ordinal
      }
      totals[ordinal] = (totals[ordinal] as number) + count * (scores[i] as number)
      carried[ordinal] = (carried[ordinal] as number) + (shares === null ? weight : weight * (shares[i] as number))
    }
  }

  /** Marks everyone that carries so much, and gives their ordinals. */
  markHits(threshold: number): Uint32Array {
    const { carried, has } = this
    const touched = this.#touched
    const hits = new Uint32Array(this.#count)
    let count = 0
    for (let i = 0; i < this.#count; i++) {
      const ordinal = touched[i] as number
      if (!((carried[ordinal] as number) >= threshold)) continue
      has[ordinal] = 2
      hits[count++] = ordinal
    }
    return hits.subarray(0, count)
  }

  /** Makes a hit of everyone that is allowed to be, and gives their ordinals. */
  markAllowed(size: number): Uint32Array {
    const { has } = this
    for (let ordinal = 0; ordinal < size; ordinal++) {
      if (has[ordinal] !== 0 || this.#allowed?.[ordinal] === 0) continue
      has[ordinal] = 1
      this.#touched[this.#count++] = ordinal
    }
    return this.markHits(0)
  }

  /** What the n-th of those carries that carry most; 0 where there are fewer. Takes one look at each but for the first n. */
  carriedByNth(n: number): number {
    const { carried } = this
    const most: number[] = []
    let least = 0
    for (let i = 0; i < this.#count; i++) {
      const weight = carried[this.#touched[i] as number] as number
      if (weight <= least) continue
      let at = most.length
      while (at > 0 && (most[at - 1] as number) < weight) at--
      most.splice(at, 0, weight)
      if (most.length > n) most.pop()
      if (most.length === n) least = most[n - 1] as number
    }
    return least
  }
}
