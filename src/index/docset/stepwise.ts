/** Work in small steps: each tells what it cost. */
export type Steps<T> = Generator<number, T, undefined>

/**
 * A result that is worked out in steps, so that a server can answer between them, and kept until what it is made of changes; it is
 * begun anew then.
 */
export class Stepwise<T> {
  readonly #stateOf: () => string
  readonly #begin: () => Steps<T>
  #state = ''
  #steps: Steps<T> | null = null
  #result: { readonly value: T } | null = null

  /**
   * @param stateOf names the state of what the result is made of
   * @param known the result for the state there is now
   */
  constructor(stateOf: () => string, begin: () => Steps<T>, known?: T) {
    this.#stateOf = stateOf
    this.#begin = begin
    if (known === undefined) return
    this.#state = stateOf()
    this.#result = { value: known }
  }

  /**
   * Goes on until the steps taken cost so much, the last one whole.
   * @returns whether the result is there, for the state there is now
   */
  advance(budget: number): boolean {
    const state = this.#stateOf()
    if (state !== this.#state) {
      this.#state = state
      this.#steps = null
      this.#result = null
    }
    if (this.#result !== null) return true
    this.#steps ??= this.#begin()
    for (let cost = 0; cost < budget; ) {
      const step = this.#next(this.#steps)
      if (step.done === true) {
        this.#result = { value: step.value }
        this.#steps = null
        return true
      }
      cost += step.value
    }
    return false
  }

  /** The result; what is left of the work is done at once. */
  get value(): T {
    this.advance(Number.POSITIVE_INFINITY)
    return (this.#result as { readonly value: T }).value
  }

  #next(steps: Steps<T>): IteratorResult<number, T> {
    try {
      return steps.next()
    } catch (error) {
      // one that has thrown would end without a result the next time
      this.#steps = null
      throw error
    }
  }
}
