import { type Connection, type Statement, storeError } from './sqlite.ts'

/** Asks one database. Each statement is prepared once, by its text; SQLite's errors come as the store's. */
export class Statements {
  readonly #db: Connection
  readonly #path: string
  readonly #prepared = new Map<string, Statement>()
  readonly #preparedRows = new Map<string, Statement>()

  /** @param path of the database, for errors */
  constructor(db: Connection, path: string) {
    this.#db = db
    this.#path = path
  }

  /** The first row; undefined where there is none. */
  get<Row>(sql: string, ...values: unknown[]): Row | undefined {
    return this.#asked(() => this.#prepare(sql).get(...values)) as Row | undefined
  }

  /** The same as a list of its columns: making an object name by name takes as long as reading the row. */
  row<Row extends readonly unknown[]>(sql: string, ...values: unknown[]): Row | undefined {
    return this.#asked(() => this.#prepareRow(sql).get(...values)) as Row | undefined
  }

  all<Row>(sql: string, ...values: unknown[]): Row[] {
    return this.#asked(() => this.#prepare(sql).all(...values)) as Row[]
  }

  /** One row at a time, for what may be many. Until the last one is asked for the database takes no other statement. */
  *each<Row>(sql: string, ...values: unknown[]): Generator<Row, void> {
    const rows = this.#asked(() => this.#prepare(sql).iterate(...values))
    try {
      for (;;) {
        const { done, value } = this.#asked(() => rows.next())
        if (done === true) return
        yield value as Row
      }
    } finally {
      rows.return?.()
    }
  }

  run(sql: string, ...values: unknown[]): void {
    this.#asked(() => this.#prepare(sql).run(...values))
  }

  #prepare(sql: string): Statement {
    let statement = this.#prepared.get(sql)
    if (statement === undefined) {
      statement = this.#db.prepare(sql)
      this.#prepared.set(sql, statement)
    }
    return statement
  }

  #prepareRow(sql: string): Statement {
    let statement = this.#preparedRows.get(sql)
    if (statement === undefined) {
      statement = this.#db.prepare(sql).raw()
      this.#preparedRows.set(sql, statement)
    }
    return statement
  }

  #asked<T>(ask: () => T): T {
    try {
      return ask()
    } catch (error) {
      throw storeError(error, this.#path)
    }
  }
}
