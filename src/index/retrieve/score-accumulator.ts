/** What one word gives to articles. */
export interface WordScores {
  readonly docIds: Uint32Array
  readonly scores: Float64Array
  /** What share of the word each has; null where all have it whole. */
  readonly shares: Float64Array | null
}

/** Sums by docId, and which docIds have any. Kept from one search to the next, so that none allocates by the number of articles. */
export class ScoreAccumulator {
  /** Of the scores of all words. */
  totals = new Float64Array(0)
  /** Of the weights of the words an article has. */
  carried = new Float64Array(0)
  /** 1 for whoever has anything, 2 for hits. */
  has = new Uint8Array(0)
  #touched = new Uint32Array(0)
  #count = 0
  #allowed: Uint8Array | null = null

  /** @param allowed by docId 1 for who may get anything; null for all */
  begin(size: number, allowed: Uint8Array | null): void {
    this.#allowed = allowed
    for (let i = 0; i < this.#count; i++) {
      const docId = this.#touched[i] as number
      this.totals[docId] = this.carried[docId] = this.has[docId] = 0
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
  add({ docIds, scores, shares }: WordScores, count: number, weight: number, isClosed: boolean): void {
    const { totals, carried, has } = this
    const touched = this.#touched
    const allowed = this.#allowed
    for (let i = 0; i < docIds.length; i++) {
      const docId = docIds[i] as number
      if (has[docId] === 0) {
        if (isClosed || (allowed !== null && allowed[docId] === 0)) continue
        has[docId] = 1
        touched[this.#count++] = docId
      }
      totals[docId] = (totals[docId] as number) + count * (scores[i] as number)
      carried[docId] = (carried[docId] as number) + (shares === null ? weight : weight * (shares[i] as number))
    }
  }

  /** Marks everyone that carries so much, and gives their docIds. */
  markHits(threshold: number): Uint32Array {
    const { carried, has } = this
    const touched = this.#touched
    const hits = new Uint32Array(this.#count)
    let count = 0
    for (let i = 0; i < this.#count; i++) {
      const docId = touched[i] as number
      if (!((carried[docId] as number) >= threshold)) continue
      has[docId] = 2
      hits[count++] = docId
    }
    return hits.subarray(0, count)
  }

  /** Makes a hit of everyone that is allowed to be, and gives their docIds. */
  markAllowed(size: number): Uint32Array {
    const { has } = this
    for (let docId = 0; docId < size; docId++) {
      if (has[docId] !== 0 || this.#allowed?.[docId] === 0) continue
      has[docId] = 1
      this.#touched[this.#count++] = docId
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
