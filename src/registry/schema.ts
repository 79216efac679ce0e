import { randomUUID } from 'node:crypto'
import { FundstelleError } from '../errors.ts'
import type { DatabaseKind } from '../store/database.ts'
import type { Connection } from '../store/sqlite.ts'

/** SQLite keeps it as `user_version`. */
const FORMAT = 1

const SCHEMA = `
create table named_index (
  uid text primary key,
  folder text not null unique,        -- below the cache folder; '' is the cache folder itself
  primary_key text,
  settings text not null,             -- JSON: those that were set, see index-settings.ts
  created_at text not null,           -- ISO 8601, as all moments here
  updated_at text not null
) strict;
create table task (
  uid integer primary key,
  index_uid text,
  type text not null,
  status text not null,
  batch integer,
  canceled_by integer,
  work text not null,                 -- JSON: what is to be done, see task.ts
  payload text,                       -- the file with its documents
  bytes integer not null,             -- of work and payload
  details text,                       -- JSON
  error text,                         -- JSON
  enqueued_at text not null,
  started_at text,
  finished_at text
) strict;
create index task_status on task (status, uid);
create index task_batch on task (batch) where batch is not null;
create table batch (
  uid integer primary key,
  started_at text not null,
  finished_at text
) strict;
create table key (
  uid text primary key,
  name text,
  description text,
  actions text not null,              -- JSON, as the lists below
  indexes text not null,
  expires_at text,
  origins text,                       -- sites whose pages may use it; null for all
  per_minute integer,                 -- requests a minute for each address; null for no limit
  forced text,                        -- JSON: search parameters that every search with it has
  created_at text not null,
  updated_at text not null
) strict;
create table state (key text primary key, value any) strict;
`

/** The database of a server's indexes, tasks and keys. */
export const REGISTRY: DatabaseKind = {
  file: 'registry.sqlite',
  prepare(db: Connection, path: string): void {
    const formatOf = (): number => db.pragma('user_version', { simple: true }) as number
    const format = formatOf()
    if (format < 0 || format > FORMAT)
      throw new FundstelleError('store_format', { path, got: format, expected: FORMAT })
    if (format === FORMAT) return
    const create = db.transaction(() => {
      // another process may have been faster
      if (formatOf() === FORMAT) return
      db.exec(SCHEMA)
      const insert = db.prepare('insert into state (key, value) values (?, ?)')
      for (const [key, value] of Object.entries({ id: randomUUID(), nextTask: 0, nextBatch: 0 })) insert.run(key, value)
      db.pragma(`user_version = ${FORMAT}`)
    })
    create.immediate()
  },
}
