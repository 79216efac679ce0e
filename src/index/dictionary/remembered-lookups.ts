import { WorkBudget } from '../../work-budget.ts'

/** So many look-ups are remembered, those last used: people use the same words again. What takes more than two kilobytes is not. */
const REMEMBERED_MAX = 20_000
const NUMBERS_MAX = 256

/**
 * Remembers what was looked up in one state of an index, as numbers. Each look-up costs the same again: what an answer holds must not
 * depend on what was asked before.
 */
export class RememberedLookups {
  readonly #rows = new Map<string, { readonly numbers: Float64Array; readonly cost: number }>()
  #state = ''
  #budget = new WorkBudget()

  /** @param state names the state of the index; what was found in another is forgotten */
  begin(state: string, budget: WorkBudget): void {
    this.#budget = budget
    if (state !== this.#state) this.#rows.clear()
    this.#state = state
  }

  of(name: string, lookUp: () => readonly number[]): Float64Array {
    const known = this.#rows.get(name)
    if (known !== undefined) {
      this.#budget.spend(known.cost)
      // as the one used last
      this.#rows.delete(name)
      this.#rows.set(name, known)
      return known.numbers
    }
    const before = this.#budget.spent
    const numbers = Float64Array.from(lookUp())
    if (numbers.length <= NUMBERS_MAX) this.#remember(name, numbers, this.#budget.spent - before)
    return numbers
  }

  #remember(name: string, numbers: Float64Array, cost: number): void {
    this.#rows.set(name, { numbers, cost })
    if (this.#rows.size <= REMEMBERED_MAX) return
    const [oldest] = this.#rows.keys()
    this.#rows.delete(oldest as string)
  }
}
