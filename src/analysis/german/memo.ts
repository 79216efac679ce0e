import { ownCopy } from '../tokenizer/copy.ts'

/**
 * Remembers what was worked out for strings, in two generations: what is found in the old one moves into the young one, which becomes
 * the old one when it is full. So what comes again and again stays, and at most `max` are held.
 */
export class Memo<T> {
  readonly #youngMax: number
  #young = new Map<string, T>()
  #old = new Map<string, T>()

  constructor(max: number) {
    this.#youngMax = max / 2
  }

  get(key: string): T | undefined {
    const young = this.#young.get(key)
    if (young !== undefined) return young
    const old = this.#old.get(key)
    if (old !== undefined) this.#add(key, old)
    return old
  }

  /** Remembers a value and gives it back. */
  put(key: string, value: T): T {
    this.#add(key, value)
    return value
  }

  #add(key: string, value: T): void {
    if (this.#young.size >= this.#youngMax) {
      this.#old = this.#young
      this.#young = new Map()
    }
    // a slice would keep the whole text it is of
    this.#young.set(ownCopy(key), value)
  }
}
