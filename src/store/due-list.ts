import type { Article } from '../article/article.ts'
import type { Statements } from './statements.ts'

export const DUE_SCHEMA = `
create table due (
  source integer not null,
  id text not null,
  at integer not null,                -- milliseconds since 1970
  until integer,                      -- when an article that waits goes again
  article text,                       -- JSON of an article that waits; null: a living one, which goes at that moment
  primary key (source, id)
) strict;
create index due_at on due (at);
create unique index due_waiting on due (id) where article is not null;
`

/** Something that happens to an article by itself: one that waits appears, a living one goes. */
export interface Due {
  readonly source: number
  readonly id: string
  /** In milliseconds since 1970. */
  readonly at: number
  /** When an article that appears goes again. */
  readonly until: number | null
  /** The article that appears; null where a living one goes. */
  readonly article: Article | null
}

interface DueRow extends Omit<Due, 'article'> {
  readonly article: string | null
}

/** Articles that wait for their moment, and moments at which living ones go. */
export class DueList {
  readonly #statements: Statements

  constructor(statements: Statements) {
    this.#statements = statements
  }

  /** Has an article wait, in place of whatever was noted of it. */
  wait(source: number, article: Article, at: number, until: number | null): void {
    this.#note(source, article.id, at, until, JSON.stringify(article))
  }

  /** Notes when a living article goes. */
  expire(source: number, id: string, at: number): void {
    this.#note(source, id, at, null, null)
  }

  remove(source: number, id: string): void {
    this.#statements.run('delete from due where source = ? and id = ?', source, id)
  }

  /** Forgets what was noted of a source but for these ids. */
  keepOnly(source: number, isKept: (id: string) => boolean): void {
    const known = this.#statements.all<{ id: string }>('select id from due where source = ?', source)
    for (const { id } of known) if (!isKept(id)) this.remove(source, id)
  }

  /** The source whose waiting article has this id. */
  sourceWaiting(id: string): number | undefined {
    return this.#statements.get<{ source: number }>('select source from due where id = ? and article is not null', id)
      ?.source
  }

  /** The moment of what is due next, in milliseconds since 1970; null where nothing is. */
  next(): number | null {
    return this.#statements.get<{ at: number | null }>('select min(at) at from due')?.at ?? null
  }

  /** What is due by now, earliest first: at most `limit`, and no further one once their articles are so long in all. */
  dueBy(now: number, limit: number, length: number): Due[] {
    const keys = 'select source, id from due where at <= ? order by at, source, id limit ?'
    const due: Due[] = []
    let read = 0
    for (const { source, id } of this.#statements.all<Pick<DueRow, 'source' | 'id'>>(keys, now, limit)) {
      if (read >= length) break
      const row = this.#statements.get<DueRow>('select * from due where source = ? and id = ?', source, id)
      if (row === undefined) continue
      read += row.article?.length ?? 0
      due.push({ ...row, article: row.article === null ? null : (JSON.parse(row.article) as Article) })
    }
    return due
  }

  /** The moments and titles of articles that wait. */
  waiting(): { readonly source: number; readonly id: string; readonly at: number; readonly title: string }[] {
    const title = "json_extract(article, '$.title')"
    return this.#statements.all(`select source, id, at, ${title} title from due where article is not null`)
  }

  removeSource(source: number): void {
    this.#statements.run('delete from due where source = ?', source)
  }

  #note(source: number, id: string, at: number, until: number | null, article: string | null): void {
    this.#statements.run(
      `insert into due (source, id, at, until, article) values (?, ?, ?, ?, ?)
       on conflict (source, id) do update set at = excluded.at, until = excluded.until, article = excluded.article`,
      source,
      id,
      at,
      until,
      article,
    )
  }
}
