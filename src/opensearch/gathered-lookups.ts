/** What is remembered of one state: a number each, or a short list. */
export const FREQUENCIES_REMEMBERED = 50_000
export const GRAMS_REMEMBERED = 200_000
export const LISTS_REMEMBERED = 5_000

/** Look-ups of one kind that are remembered, those used last. */
export class RememberedAnswers<V> {
  readonly #most: number
  readonly #found = new Map<string, Promise<V>>()

  constructor(most: number) {
    this.#most = most
  }

  of(key: string, lookUp: () => Promise<V>): Promise<V> {
    const known = this.#found.get(key)
    if (known !== undefined) {
      this.#found.delete(key)
      this.#found.set(key, known)
      return known
    }
    const found = lookUp()
    this.#found.set(key, found)
    // what failed is asked for again
    found.catch(() => {
      if (this.#found.get(key) === found) this.#found.delete(key)
    })
    for (const oldest of this.#found.keys()) {
      if (this.#found.size <= this.#most) break
      this.#found.delete(oldest)
    }
    return found
  }
}

/** Look-ups of one kind that are done together: all that are asked for before the next request are one search, and each is remembered. */
export class GatheredLookups<V> {
  readonly #remembered: RememberedAnswers<V>
  readonly #lookUp: (keys: readonly string[]) => Promise<ReadonlyMap<string, V>>
  readonly #beforeNext: (gather: () => void) => void
  readonly #none: V
  #gathered: { readonly keys: string[]; readonly found: Promise<ReadonlyMap<string, V>> } | undefined

  /**
   * @param lookUp asks for some keys; its request is made before it first waits
   * @param none of a key that is not among what was found
   */
  constructor(
    lookUp: (keys: readonly string[]) => Promise<ReadonlyMap<string, V>>,
    beforeNext: (gather: () => void) => void,
    none: V,
    most: number,
  ) {
    this.#remembered = new RememberedAnswers(most)
    this.#lookUp = lookUp
    this.#beforeNext = beforeNext
    this.#none = none
  }

  of(keys: readonly string[]): Promise<V[]> {
    return Promise.all(keys.map((key) => this.#remembered.of(key, () => this.#gather(key))))
  }

  async #gather(key: string): Promise<V> {
    this.#gathered ??= this.#begin()
    const { keys, found } = this.#gathered
    keys.push(key)
    return (await found).get(key) ?? this.#none
  }

  #begin() {
    const keys: string[] = []
    const found = new Promise<ReadonlyMap<string, V>>((resolve, reject) => {
      this.#beforeNext(() => {
        this.#gathered = undefined
        this.#lookUp(keys).then(resolve, reject)
      })
    })
    return { keys, found }
  }
}
