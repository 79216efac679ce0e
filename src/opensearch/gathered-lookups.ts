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
  readonly #lookUp: (keys: readonly string[]) => Promise<ReadonlyMap<string, V>>
  readonly #beforeNext: (gather: () => void) => void
  readonly #none: V
  readonly #most: number
  readonly #found = new Map<string, V>()
  /** What is asked for, by key. */
  readonly #asked = new Map<string, Promise<ReadonlyMap<string, V>>>()
  #gathered: { readonly keys: Set<string>; readonly found: Promise<ReadonlyMap<string, V>> } | undefined

  /**
   * @param lookUp asks for some keys; its request is made before it first waits
   * @param none of a key that is not among what was found
   * @param most keys that are remembered: with one more all are forgotten
   */
  constructor(
    lookUp: (keys: readonly string[]) => Promise<ReadonlyMap<string, V>>,
    beforeNext: (gather: () => void) => void,
    none: V,
    most: number,
  ) {
    this.#lookUp = lookUp
    this.#beforeNext = beforeNext
    this.#none = none
    this.#most = most
  }

  /** What was found before; undefined where it was not asked for, or is forgotten. */
  known(key: string): V | undefined {
    return this.#found.get(key)
  }

  async of(keys: readonly string[]): Promise<V[]> {
    // thousands of keys are asked for at once, and nearly all are known: no promise is made for one that is
    const known = new Map<string, V>()
    const waiting = new Map<string, Promise<ReadonlyMap<string, V>>>()
    for (const key of keys) {
      const found = this.#found.get(key)
      if (found !== undefined) known.set(key, found)
      else if (!waiting.has(key)) waiting.set(key, this.#asked.get(key) ?? this.#ask(key))
    }
    for (const [key, found] of waiting) known.set(key, (await found).get(key) ?? this.#none)
    return keys.map((key) => known.get(key) as V)
  }

  #ask(key: string): Promise<ReadonlyMap<string, V>> {
    this.#gathered ??= this.#begin()
    const { keys, found } = this.#gathered
    keys.add(key)
    this.#asked.set(key, found)
    return found
  }

  #begin() {
    const keys = new Set<string>()
    const found = new Promise<ReadonlyMap<string, V>>((resolve, reject) => {
      this.#beforeNext(() => {
        this.#gathered = undefined
        this.#lookUp([...keys])
          .finally(() => {
            for (const key of keys) this.#asked.delete(key)
          })
          .then((answers) => {
            if (this.#found.size + keys.size > this.#most) this.#found.clear()
            for (const key of keys) this.#found.set(key, answers.get(key) ?? this.#none)
            resolve(answers)
          }, reject)
      })
    })
    // of several that wait each hears of a failure; none may have waited yet
    found.catch(() => {})
    return { keys, found }
  }
}
