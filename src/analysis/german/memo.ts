import { ownCopy } from '../tokenizer/copy.ts'

/** Remembers what was worked out for a string; forgets everything once it holds `max`. */
export class Memo<T> {
  readonly #max: number
  #known = new Map<string, T>()

  constructor(max: number) {
    this.#max = max
  }

  get(key: string, work: () => T): T {
    const known = this.#known.get(key)
    if (known !== undefined) return known
    const value = work()
    if (this.#known.size >= this.#max) this.#known = new Map()
    // a slice would keep the whole text it is of
    this.#known.set(ownCopy(key), value)
    return value
  }
}
