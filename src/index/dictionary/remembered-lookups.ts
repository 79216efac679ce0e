import { WorkBudget } from '../../work-budget.ts'

/**
 * So many look-ups are remembered, and so many things that they found, those last used: people use the same words again. About 5 MB. What
 * finds more at once is not remembered.
 */
const REMEMBERED_MAX = 20_000
const FOUND_MAX = 200_000
const FOUND_EACH_MAX = 100

/** What look-ups find, so many things. */
export interface Found {
  readonly length: number
}

/** What was looked up. */
export interface Lookup<T extends Found> {
  readonly found: T
  /**
   * Asked after the index has changed: what the same look-up finds now, at the same cost, where that can be told without it. Null where it must be done
   * again.
   */
  readonly now: () => T | null
}

interface Remembered {
  found: Found
  readonly now: () => Found | null
  readonly cost: number
  /** The state of the index in which this is what is found. */
  state: string
}

/**
 * Remembers what was looked up in an index, until a change has touched it. Each look-up costs the same again: what an answer holds must not
 * depend on what was asked before.
 */
export class RememberedLookups {
  readonly #found = new Map<string, Remembered>()
  #state = ''
  /** Things found by all that are remembered. */
  #size = 0
  #budget = new WorkBudget()

  /** @param state names the state of the index */
  reset(state: string, budget: WorkBudget): void {
    this.#budget = budget
    this.#state = state
  }

  /** @param name names the look-up: the same name is asked for the same kind of thing */
  of<T extends Found>(name: string, lookUp: () => Lookup<T>): T {
    const known = this.#found.get(name)
    if (known !== undefined) {
      this.#forget(name, known)
      const found = this.#foundNow(known)
      if (found !== null) {
        this.#budget.spend(known.cost)
        known.found = found
        known.state = this.#state
        // as the one used last
        this.#remember(name, known)
        return found as T
      }
    }
    const before = this.#budget.spent
    const { found, now } = lookUp()
    const cost = this.#budget.spent - before
    if (found.length <= FOUND_EACH_MAX) this.#remember(name, { found, now, cost, state: this.#state })
    return found
  }

  #foundNow({ found, now, state }: Remembered): Found | null {
    return state === this.#state ? found : now()
  }

  #forget(name: string, { found }: Remembered): void {
    this.#found.delete(name)
    this.#size -= found.length
  }

  #remember(name: string, remembered: Remembered): void {
    this.#found.set(name, remembered)
    this.#size += remembered.found.length
    for (const [oldest, before] of this.#found) {
      if (this.#found.size <= REMEMBERED_MAX && this.#size <= FOUND_MAX) return
      this.#forget(oldest, before)
    }
  }
}
