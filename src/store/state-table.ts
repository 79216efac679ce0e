import type { Statements } from './statements.ts'

/** What the store knows of itself: its name, its last change, and up to which change removed rows may be gone. */
interface StoreState {
  readonly id: string
  readonly change: number
  readonly purged: number
  /** JSON: what the last tasks came to that changed it; absent before the first. */
  readonly outcomes: string | undefined
  /** JSON: how many documents have each attribute; absent before the first. */
  readonly attributes: string | undefined
}

/** The table `state`, a row a key. */
export class StateTable {
  readonly #statements: Statements

  constructor(statements: Statements) {
    this.#statements = statements
  }

  get<Key extends keyof StoreState>(key: Key): StoreState[Key] {
    const row = this.#statements.get<{ value: StoreState[Key] }>('select value from state where key = ?', key)
    return row?.value as StoreState[Key]
  }

  set<Key extends keyof StoreState>(key: Key, value: StoreState[Key]): void {
    this.#statements.run(
      'insert into state (key, value) values (?, ?) on conflict (key) do update set value = excluded.value',
      key,
      value,
    )
  }
}
