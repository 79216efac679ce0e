/** What one word gives to articles. */
export interface WordScores {
  readonly docIds: Uint32Array
  readonly scores: Float64Array
  /** What share of the word each has; null where all have it whole. */
  readonly shares: Float64Array | null
}

const NONE: ReadonlySet<number> = new Set()

/** In `state`: the document has matched something; it is a hit. */
const MATCHED = 1
export const HIT = 2

/** Sums by docId, and which docIds have any. Kept from one search to the next, so that none allocates by the number of articles. */
export class ScoreAccumulator {
  /** Of the scores of all words. */
  totals = new Float64Array(0)
  /** Of the weights of the words that match. */
  matchedWeights = new Float64Array(0)
  /** See above; 0 for all others. */
  state = new Uint8Array(0)
  #touched = new Uint32Array(0)
  #count = 0
  #allowed: Uint8Array | null = null

  /** @param allowed by docId 1 for those that may match; null for all */
  reset(size: number, allowed: Uint8Array | null): void {
    this.#allowed = allowed
    for (let i = 0; i < this.#count; i++) {
      const docId = this.#touched[i] as number
      this.totals[docId] = this.matchedWeights[docId] = this.state[docId] = 0
    }
    this.#count = 0
    if (this.totals.length >= size) return
    const capacity = Math.ceil(size * 1.25)
    this.totals = new Float64Array(capacity)
    this.matchedWeights = new Float64Array(capacity)
    this.state = new Uint8Array(capacity)
    this.#touched = new Uint32Array(capacity)
  }

  /** How many documents have matched something. */
  get count(): number {
    return this.#count
  }

  /** Makes the tables what they are between uses, after an exception somewhere among these. */
  restore(): void {
    for (const table of [this.totals, this.matchedWeights, this.state]) table.fill(0)
    this.#count = 0
  }

  /**
   * @param count how often the query has the word
   * @param weight what matching it carries
   * @param isClosed whether only documents count that have matched something already
   */
  add({ docIds, scores, shares }: WordScores, count: number, weight: number, isClosed: boolean): void {
    const { totals, matchedWeights, state } = this
    const touched = this.#touched
    const allowed = this.#allowed
    for (let i = 0; i < docIds.length; i++) {
      const docId = docIds[i] as number
      if (state[docId] === 0) {
        if (isClosed || (allowed !== null && allowed[docId] === 0)) continue
        state[docId] = MATCHED
        touched[this.#count++] = docId
      }
      totals[docId] = (totals[docId] as number) + count * (scores[i] as number)
      matchedWeights[docId] =
        (matchedWeights[docId] as number) + (shares === null ? weight : weight * (shares[i] as number))
    }
  }

  /** From now on these documents have matched something, as far as they are allowed: what follows is added to them, too. */
  open(docIds: readonly number[]): void {
    for (const docId of docIds) {
      if (this.state[docId] !== 0 || this.#allowed?.[docId] === 0) continue
      this.state[docId] = MATCHED
      this.#touched[this.#count++] = docId
    }
  }

  /**
   * Makes hits of the documents whose matched words carry so much, and gives their docIds.
   * @param others of those that have matched something, hits whatever their words carry
   */
  markHits(threshold: number, others: ReadonlySet<number> = NONE): Uint32Array {
    const { matchedWeights, state } = this
    const touched = this.#touched
    const hits = new Uint32Array(this.#count)
    let count = 0
    for (let i = 0; i < this.#count; i++) {
      const docId = touched[i] as number
      if (!((matchedWeights[docId] as number) >= threshold) && !others.has(docId)) continue
      state[docId] = HIT
      hits[count++] = docId
    }
    return hits.subarray(0, count)
  }

  /** Makes a hit of every document that is allowed, and gives their docIds. */
  markAllowed(size: number): Uint32Array {
    const { state } = this
    for (let docId = 0; docId < size; docId++) {
      if (state[docId] !== 0 || this.#allowed?.[docId] === 0) continue
      state[docId] = MATCHED
      this.#touched[this.#count++] = docId
    }
    return this.markHits(0)
  }

  /** The weight that the n-th document carries of those that carry most; 0 where there are fewer. One look at each document. */
  nthWeight(n: number): number {
    const { matchedWeights } = this
    const most: number[] = []
    let least = 0
    for (let i = 0; i < this.#count; i++) {
      const weight = matchedWeights[this.#touched[i] as number] as number
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
