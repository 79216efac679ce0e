import { WorkBudget } from '../../work-budget.ts'

/**
 * So many look-ups are remembered, and so many things that they found, those last used: people use the same words again. About 20 MB. What
 * finds more at once is not remembered.
 */
const REMEMBERED_MAX = 20_000
const FOUND_MAX = 200_000
const FOUND_EACH_MAX = 100

/**
 * Remembers what was looked up in one state of an index. Each look-up costs the same again: what an answer holds must not depend on
 * what was asked before.
 */
export class RememberedLookups {
  readonly #found = new Map<string, { readonly found: readonly unknown[]; readonly cost: number }>()
  #state = ''
  /** Things found by all that are remembered. */
  #size = 0
  #budget = new WorkBudget()

  /** @param state names the state of the index; what was found in another is forgotten */
  reset(state: string, budget: WorkBudget): void {
    this.#budget = budget
    if (state !== this.#state) {
      this.#found.clear()
      this.#size = 0
    }
    this.#state = state
  }

  /** @param name names the look-up: the same name is asked for the same kind of thing */
  of<T>(name: string, lookUp: () => readonly T[]): readonly T[] {
    const known = this.#found.get(name)
    if (known !== undefined) {
      this.#budget.spend(known.cost)
      // as the one used last
      this.#found.delete(name)
      this.#found.set(name, known)
      return known.found as readonly T[]
    }
    const before = this.#budget.spent
    const found = lookUp()
    if (found.length <= FOUND_EACH_MAX) this.#remember(name, found, this.#budget.spent - before)
    return found
  }

  #remember(name: string, found: readonly unknown[], cost: number): void {
    this.#found.set(name, { found, cost })
    this.#size += found.length
    for (const [oldest, before] of this.#found) {
      if (this.#found.size <= REMEMBERED_MAX && this.#size <= FOUND_MAX) return
      this.#found.delete(oldest)
      this.#size -= before.found.length
    }
  }
}
