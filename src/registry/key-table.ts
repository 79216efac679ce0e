import type { Statements } from '../store/statements.ts'

/** A key as the registry knows it; its value is derived from its uid, see the server. */
export interface ApiKey {
  readonly uid: string
  readonly name: string | null
  readonly description: string | null
  readonly actions: readonly string[]
  /** Names of indexes, or patterns that end in `*`. */
  readonly indexes: readonly string[]
  /** ISO 8601; null for never. */
  readonly expiresAt: string | null
  /** Sites whose pages may use it; null for all. */
  readonly origins: readonly string[] | null
  /** Requests a minute for each address; null for no limit. */
  readonly perMinute: number | null
  /** Parameters that every search with it has, whatever the request says. */
  readonly forced: Readonly<Record<string, unknown>> | null
  readonly createdAt: string
  readonly updatedAt: string
}

interface Row {
  readonly uid: string
  readonly name: string | null
  readonly description: string | null
  readonly actions: string
  readonly indexes: string
  readonly expires_at: string | null
  readonly origins: string | null
  readonly per_minute: number | null
  readonly forced: string | null
  readonly created_at: string
  readonly updated_at: string
}

/** The table `key`. */
export class KeyTable {
  readonly #statements: Statements

  constructor(statements: Statements) {
    this.#statements = statements
  }

  get(uid: string): ApiKey | undefined {
    const row = this.#statements.get<Row>('select * from key where uid = ?', uid)
    return row && keyOf(row)
  }

  get count(): number {
    return this.#statements.get<{ n: number }>('select count(*) n from key')?.n ?? 0
  }

  /** The newest first. */
  all(): ApiKey[] {
    return this.#statements.all<Row>('select * from key order by created_at desc, rowid desc').map(keyOf)
  }

  add(key: ApiKey): void {
    const insert =
      'insert into key (uid, name, description, actions, indexes, expires_at, origins, per_minute, forced, created_at, updated_at) ' +
      'values (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)'
    const lists = [key.actions, key.indexes].map((list) => JSON.stringify(list))
    const { uid, name, description, expiresAt, perMinute, createdAt, updatedAt } = key
    const [origins, forced] = [key.origins, key.forced].map((value) => (value === null ? null : JSON.stringify(value)))
    this.#statements.run(
      insert,
      uid,
      name,
      description,
      ...lists,
      expiresAt,
      origins,
      perMinute,
      forced,
      createdAt,
      updatedAt,
    )
  }

  /** Only these can be changed. */
  change(uid: string, { name, description, updatedAt }: Pick<ApiKey, 'name' | 'description' | 'updatedAt'>): void {
    const change = 'update key set name = ?, description = ?, updated_at = ? where uid = ?'
    this.#statements.run(change, name, description, updatedAt, uid)
  }

  remove(uid: string): void {
    this.#statements.run('delete from key where uid = ?', uid)
  }
}

const keyOf = (row: Row): ApiKey => ({
  uid: row.uid,
  name: row.name,
  description: row.description,
  actions: JSON.parse(row.actions) as string[],
  indexes: JSON.parse(row.indexes) as string[],
  expiresAt: row.expires_at,
  origins: row.origins === null ? null : (JSON.parse(row.origins) as string[]),
  perMinute: row.per_minute,
  forced: row.forced === null ? null : (JSON.parse(row.forced) as Record<string, unknown>),
  createdAt: row.created_at,
  updatedAt: row.updated_at,
})
