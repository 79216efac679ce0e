import { randomUUID } from 'node:crypto'
import { FundstelleError } from '../errors.ts'
import { DUE_SCHEMA } from './due-list.ts'
import type { Connection } from './sqlite.ts'

/** SQLite keeps it as `user_version`. */
const FORMAT = 2
/** Format 1 had no list of what is due. */
const FORMAT_WITHOUT_DUE = 1

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
  rest text not null                  -- JSON: url, date, author, tags, language, meta
) strict;
create unique index article_living on article (id) where removed is null;
create index article_source on article (source) where removed is null;
create index article_removed on article (removed) where removed is not null;
create table state (key text primary key, value any) strict;
${DUE_SCHEMA}`

/**
 * Makes the tables of a new database, or brings one of an older format to this one.
 * @throws FundstelleError `store_format`; whatever SQLite throws
 */
export function prepareSchema(db: Connection, path: string): void {
  const format = formatOf(db)
  if (![0, FORMAT_WITHOUT_DUE, FORMAT].includes(format)) {
    throw new FundstelleError('store_format', { path, got: format, expected: FORMAT })
  }
  if (format === FORMAT) return
  const migrate = db.transaction(() => {
    // another process may have been faster
    const now = formatOf(db)
    if (now === FORMAT_WITHOUT_DUE) {
      db.exec(DUE_SCHEMA)
      db.pragma(`user_version = ${FORMAT}`)
    }
    if (now !== 0) return
    db.exec(SCHEMA)
    const insert = db.prepare('insert into state (key, value) values (?, ?)')
    for (const [key, value] of Object.entries({ id: randomUUID(), change: 0, purged: 0 })) insert.run(key, value)
    db.pragma(`user_version = ${FORMAT}`)
  })
  migrate.immediate()
}

const formatOf = (db: Connection): number => db.pragma('user_version', { simple: true }) as number
