import type { Statements } from './statements.ts'

export const LEFT_OUT_SCHEMA = `
create table left_out (
  source integer not null,
  state text not null,                -- why, as readers call it
  count integer not null,
  primary key (source, state)
) strict, without rowid;
`

/** Of each state in a source the first articles by name. */
export const LEFT_OUT_NAMED_SCHEMA = `
create table if not exists left_out_named (
  source integer not null,
  state text not null,
  title text not null,                -- empty where it has none
  line integer                        -- of the file; null where that is not known
) strict;
create index if not exists left_out_named_source on left_out_named (source);
`

/** So many articles of a state in a source are named. */
export const LEFT_OUT_NAMED_MAX = 5
const TITLE_LENGTH_MAX = 100

/** An article that is left out. */
export interface LeftOutArticle {
  /** Empty where it has none. */
  readonly title: string
  /** Of its file, from 1; null where that is not known. */
  readonly line: number | null
}

/** How many of a state a source has, and the first of them. */
export interface LeftOutOfSource {
  readonly source: number
  /** Why, as readers call it. */
  readonly state: string
  readonly count: number
  readonly named: readonly LeftOutArticle[]
}

/** What sources have that is not public, or is no article. */
export class LeftOutList {
  readonly #statements: Statements

  constructor(statements: Statements) {
    this.#statements = statements
  }

  /** Notes what a source has, by state, in place of what was noted. */
  save(source: number, states: ReadonlyMap<string, Pick<LeftOutOfSource, 'count' | 'named'>>): void {
    this.removeSource(source)
    for (const [state, { count, named }] of states) {
      this.add(source, state, count)
      for (const { title, line } of named.slice(0, LEFT_OUT_NAMED_MAX))
        this.#statements.run(
          'insert into left_out_named (source, state, title, line) values (?, ?, ?, ?)',
          source,
          state,
          title.slice(0, TITLE_LENGTH_MAX).toWellFormed(),
          line,
        )
    }
  }

  /** Adds to a state's count. */
  add(source: number, state: string, count: number): void {
    this.#statements.run(
      `insert into left_out (source, state, count) values (?, ?, ?)
       on conflict (source, state) do update set count = count + excluded.count`,
      source,
      state,
      count,
    )
  }

  all(): LeftOutOfSource[] {
    const named = new Map<string, LeftOutArticle[]>()
    const articles = this.#statements.all<LeftOutArticle & Pick<LeftOutOfSource, 'source' | 'state'>>(
      'select source, state, title, line from left_out_named order by rowid',
    )
    for (const { source, state, title, line } of articles) {
      const key = `${source} ${state}`
      named.set(key, [...(named.get(key) ?? []), { title, line }])
    }
    return this.#statements
      .all<Omit<LeftOutOfSource, 'named'>>('select source, state, count from left_out')
      .map((one) => ({ ...one, named: named.get(`${one.source} ${one.state}`) ?? [] }))
  }

  removeSource(source: number): void {
    this.#statements.run('delete from left_out where source = ?', source)
    this.#statements.run('delete from left_out_named where source = ?', source)
  }
}
