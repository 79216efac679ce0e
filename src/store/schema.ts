import { randomUUID } from 'node:crypto'
import { FundstelleError } from '../errors.ts'
import { DUE_SCHEMA } from './due-list.ts'
import { LEFT_OUT_NAMED_SCHEMA, LEFT_OUT_SCHEMA } from './left-out-list.ts'
import type { Connection } from './sqlite.ts'

/** SQLite keeps it as `user_version`. */
const FORMAT = 5

/** What each older format lacked: the format, and what makes it the next one. */
const MIGRATIONS: readonly (readonly [format: number, sql: string])[] = [
  [1, DUE_SCHEMA + LEFT_OUT_SCHEMA],
  [2, 'alter table article add column structure text'],
  [3, 'alter table article add column document text'],
  [4, LEFT_OUT_NAMED_SCHEMA],
]

const SCHEMA = `
create table source (
  id integer primary key,
  path text not null unique,          -- absolute
  state text                          -- what a file looked like when it was read; null: to be read again in any case
) strict;
create table article (
  number integer primary key,         -- the change it came with
  removed integer,                    -- the change it went with; such rows stay until no index needs them
  removed_at integer,                 -- seconds since 1970
  source integer,
  id text not null,
  title text not null,
  text text not null,
  rest text not null,                 -- JSON: url, date, author, tags, language, meta
  structure text,                     -- JSON: what stands where in the text, see packed-structure.ts; null: nothing is known
  document text                       -- JSON as another program gave it; null: it came from a file
) strict;
create unique index article_living on article (id) where removed is null;
create index article_source on article (source) where removed is null;
create index article_removed on article (removed) where removed is not null;
create table state (key text primary key, value any) strict;
${DUE_SCHEMA}${LEFT_OUT_SCHEMA}${LEFT_OUT_NAMED_SCHEMA}`

/**
 * Makes the tables of a new database, or brings one of an older format to this one.
 * @throws FundstelleError `store_format`; whatever SQLite throws
 */
export function prepareSchema(db: Connection, path: string): void {
  const format = formatOf(db)
  if (format < 0 || format > FORMAT) {
    throw new FundstelleError('store_format', { path, got: format, expected: FORMAT })
  }
  if (format === FORMAT) return
  const migrate = db.transaction(() => {
    // another process may have been faster
    const now = formatOf(db)
    if (now === 0) create(db)
    else for (const [older, sql] of MIGRATIONS) if (older >= now) db.exec(sql)
    db.pragma(`user_version = ${FORMAT}`)
  })
  migrate.immediate()
}

function create(db: Connection): void {
  db.exec(SCHEMA)
  const insert = db.prepare('insert into state (key, value) values (?, ?)')
  for (const [key, value] of Object.entries({ id: randomUUID(), change: 0, purged: 0 })) insert.run(key, value)
}

const formatOf = (db: Connection): number => db.pragma('user_version', { simple: true }) as number
