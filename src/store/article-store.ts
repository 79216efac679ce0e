import { randomUUID } from 'node:crypto'
import { existsSync, mkdirSync, statSync } from 'node:fs'
import { join } from 'node:path'
import type { Article } from '../article/article.ts'
import { FundstelleError, reasonOf } from '../errors.ts'
import { systemReason } from '../system-reason.ts'
import { type Asking, DUE_SCHEMA, DueList } from './due-list.ts'
import { BUSY_SECONDS, type Connection, Database, type Statement, storeError } from './sqlite.ts'

const FORMAT = 2
/** Format 1 had no list of what is due. */
const FORMAT_WITHOUT_DUE = 1
const FILE = 'store.sqlite'

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

/** As the table has it; its column `number` is the sequence number. */
interface ArticleRow {
  readonly number: number
  readonly id: string
  readonly title: string
  readonly text: string
  readonly rest: string
  readonly source: number | null
}

/** What has become of an article that was put. */
export type PutResult =
  | { readonly kind: 'added' | 'changed' | 'same' }
  /** It is kept until its moment comes. */
  | { readonly kind: 'waiting' }
  /** Another source holds an article of that id, be it living or waiting. */
  | { readonly kind: 'taken'; readonly by: string }

/** When an article appears and goes by itself, in milliseconds since 1970; null for at once and for never. */
export interface Window {
  readonly from: number | null
  readonly until: number | null
}

const ALWAYS: Window = { from: null, until: null }

export interface Source {
  readonly id: number
  readonly path: string
  readonly state: string | null
}

/** A change of the store. `seqNo` is that of the article: the change it was added with. */
export type Change =
  | { readonly kind: 'added'; readonly seqNo: number; readonly article: Article }
  | {
      readonly kind: 'removed'
      readonly seqNo: number
      /** The removal is a change with a number of its own. */
      readonly removalSeqNo: number
      /** The living version of the same article, which is among these changes too; null where it is gone. */
      readonly successor: number | null
    }

/**
 * The articles, in SQLite: the one source of truth. What a transaction has committed is on the disk. Rows never change: a new
 * version of an article is a new row, so whoever holds an index of an older state still finds the text it was made from.
 */
export class ArticleStore {
  readonly #db: Connection
  readonly #statements = new Map<string, Statement>()
  readonly path: string
  readonly due: DueList
  readonly #file: string

  private constructor(db: Connection, path: string) {
    this.#db = db
    this.path = path
    this.#file = fileOf(path) ?? ''
    const ask: Asking = {
      get: (sql, ...values) => this.#get(sql, ...values),
      all: (sql, ...values) => this.#all(sql, ...values),
      run: (sql, ...values) => this.#run(sql, ...values),
    }
    this.due = new DueList(ask)
  }

  /**
   * Opens the store of a cache folder; makes it where there is none.
   * @throws FundstelleError `store_broken`, `store_format`, `store_busy` or `cache_unwritable`
   */
  static open(cache: string): ArticleStore {
    const path = join(cache, FILE)
    try {
      mkdirSync(cache, { recursive: true })
    } catch (error) {
      throw new FundstelleError('cache_unwritable', { path: cache, reason: systemReason(error) }, { cause: error })
    }
    let db: Connection | undefined
    try {
      db = new Database(path, { timeout: BUSY_SECONDS * 1000 })
      db.pragma('journal_mode = wal')
      db.pragma('synchronous = full')
      // what was taken out must not stay readable in the file
      db.pragma('secure_delete = on')
      const store = new ArticleStore(db, path)
      store.#prepareSchema()
      return store
    } catch (error) {
      db?.close()
      throw storeError(error, path)
    }
  }

  static exists(cache: string): boolean {
    return existsSync(join(cache, FILE))
  }

  close(): void {
    this.#db.close()
  }

  /** Whether another file has taken the place of the one that is open: a cache folder moved away and made anew. */
  get isReplaced(): boolean {
    const file = fileOf(this.path)
    return file !== null && file !== this.#file
  }

  /** Runs `work` in one transaction: all of it is kept, or nothing. */
  transaction<T>(work: () => T): T {
    try {
      return this.#db.transaction(work).immediate()
    } catch (error) {
      throw storeError(error, this.path)
    }
  }

  /**
   * As `transaction`, for work in steps that lets the event loop go on in between. Meanwhile the store is open for writing to
   * `work` alone: another transaction of this object would become a part of this one.
   */
  async transactionInSteps(work: () => Promise<void>): Promise<void> {
    try {
      this.#db.exec('begin immediate')
      await work()
      this.#db.exec('commit')
    } catch (error) {
      // SQLite takes some back by itself, as where the disk is full
      if (this.#db.inTransaction) this.#db.exec('rollback')
      throw storeError(error, this.path)
    }
  }

  /** Runs `work`, which only reads, on one state of the store, whatever others commit meanwhile. */
  async readTransaction<T>(work: () => Promise<T>): Promise<T> {
    this.#db.exec('begin')
    try {
      return await work()
    } finally {
      this.#db.exec('commit')
    }
  }

  /** Tells one store from another. */
  get id(): string {
    return this.#state('id') as string
  }

  /** The sequence number of the last change; every article added or removed is one. */
  get seqNo(): number {
    return this.#state('change') as number
  }

  /** Rows removed up to this change may be gone: an index older than it cannot be brought up to date. */
  get purgedSeqNo(): number {
    return this.#state('purged') as number
  }

  /** Changes whenever another connection has committed something; costs next to nothing to ask. */
  get dataVersion(): number {
    return this.#db.pragma('data_version', { simple: true }) as number
  }

  get articleCount(): number {
    return this.#get<{ n: number }>('select count(*) n from article where removed is null')?.n ?? 0
  }

  bySeqNo(seqNo: number): Article | undefined {
    const row = this.#get<ArticleRow>('select * from article where number = ?', seqNo)
    return row && articleOf(row)
  }

  byId(id: string): Article | undefined {
    const row = this.#get<ArticleRow>('select * from article where id = ? and removed is null', id)
    return row && articleOf(row)
  }

  /**
   * Adds an article, or a new version of it; nothing is written where it is the same. One that waits is no living article: a
   * version of the same source that is living stays until it is removed.
   */
  put(article: Article, source: number | null, { from, until }: Window = ALWAYS): PutResult {
    const living = this.#get<ArticleRow>('select * from article where id = ? and removed is null', article.id)
    if (living !== undefined && living.source !== source) return { kind: 'taken', by: this.#sourcePath(living.source) }
    const waiting = this.due.sourceWaiting(article.id)
    if (waiting !== undefined && waiting !== source) return { kind: 'taken', by: this.#sourcePath(waiting) }
    if (source !== null && from !== null) {
      this.due.wait(source, article, from, until)
      return { kind: 'waiting' }
    }
    if (source !== null && until !== null) this.due.expire(source, article.id, until)
    else if (source !== null) this.due.remove(source, article.id)
    const rest = restOf(article)
    if (living?.title === article.title && living.text === article.text && living.rest === rest) return { kind: 'same' }
    if (living !== undefined) this.#remove(living.number)
    this.#run(
      'insert into article (number, source, id, title, text, rest) values (?, ?, ?, ?, ?, ?)',
      this.#nextSeqNo(),
      source,
      article.id,
      article.title,
      article.text,
      rest,
    )
    return { kind: living === undefined ? 'added' : 'changed' }
  }

  /** Removes the articles of a source, but not those whose ids are in `kept`. Returns how many. */
  removeOfSource(source: number, kept: ReadonlySet<string> = new Set()): number {
    const rows = this.#all<ArticleRow>('select number, id from article where source = ? and removed is null', source)
    const gone = rows.filter((row) => !kept.has(row.id))
    for (const row of gone) this.#remove(row.number)
    return gone.length
  }

  /** Removes a living article of a source; tells whether there was one. */
  removeOne(source: number, id: string): boolean {
    const row = this.#get<ArticleRow>(
      'select number from article where source = ? and id = ? and removed is null',
      source,
      id,
    )
    if (row !== undefined) this.#remove(row.number)
    return row !== undefined
  }

  /** The sources at a path and below it. */
  sourcesUnder(path: string, separator: string): Source[] {
    const prefix = path.endsWith(separator) ? path : path + separator
    return this.#all<Source>(
      'select id, path, state from source where path = ? or substr(path, 1, ?) = ? order by path',
      path,
      [...prefix].length,
      prefix,
    )
  }

  /** All sources. */
  sources(): Source[] {
    return this.#all<Source>('select id, path, state from source order by path')
  }

  source(path: string): Source | undefined {
    return this.#get<Source>('select id, path, state from source where path = ?', path)
  }

  /** Notes what a source looked like when it was read, and gives its number. */
  saveSource(path: string, state: string | null): number {
    this.#run(
      'insert into source (path, state) values (?, ?) on conflict (path) do update set state = excluded.state',
      path,
      state,
    )
    return (this.source(path) as Source).id
  }

  removeSource(id: number): void {
    this.#run('delete from source where id = ?', id)
    this.due.removeSource(id)
  }

  /** How many changes there are after `seqNo`. */
  changesAfter(seqNo: number): number {
    return this.seqNo - seqNo
  }

  /** The changes after `seqNo` that still matter, in order: what came and went again in between is left out. */
  *changes(seqNo: number): Generator<Change> {
    const rows = this.#all<{ at: number; number: number; added: number; successor: number | null }>(
      `select number at, number, 1 added, null successor from article where number > ? and removed is null
       union all select removed, number, 0,
         (select living.number from article living where living.id = gone.id and living.removed is null)
       from article gone where removed > ? and number <= ?
       order by at`,
      seqNo,
      seqNo,
      seqNo,
    )
    for (const { at, number, added, successor } of rows) {
      if (added === 0) yield { kind: 'removed', seqNo: number, removalSeqNo: at, successor }
      else {
        const article = this.bySeqNo(number)
        if (article !== undefined) yield { kind: 'added', seqNo: number, article }
      }
    }
  }

  /** The living articles with their sequence numbers, in the order they came. */
  *articles(): Generator<{ seqNo: number; article: Article }> {
    for (const { number: seqNo } of this.#all<{ number: number }>(
      'select number from article where removed is null order by number',
    )) {
      const article = this.bySeqNo(seqNo)
      if (article !== undefined) yield { seqNo, article }
    }
  }

  /** Deletes rows removed up to `seqNo` and before `time` (seconds since 1970). */
  purge(seqNo: number, time: number): void {
    this.transaction(() => {
      const last = this.#get<{ last: number | null }>(
        'select max(removed) last from article where removed <= ? and removed_at < ?',
        seqNo,
        time,
      )?.last
      if (last === null || last === undefined) return
      this.#run('delete from article where removed <= ? and removed_at < ?', seqNo, time)
      this.#setState('purged', Math.max(last, this.purgedSeqNo))
    })
  }

  /** Lets SQLite verify its file; the complaints, none where all is well. */
  integrityComplaints(): string[] {
    try {
      const rows = this.#db.pragma('integrity_check') as { integrity_check: string }[]
      return rows.map((row) => row.integrity_check).filter((text) => text !== 'ok')
    } catch (error) {
      // SQLite itself gives up where the damage is great
      return [reasonOf(error)]
    }
  }

  #prepareSchema(): void {
    const format = this.#db.pragma('user_version', { simple: true }) as number
    if (![0, FORMAT_WITHOUT_DUE, FORMAT].includes(format)) {
      throw new FundstelleError('store_format', { path: this.path, got: format, expected: FORMAT })
    }
    if (format === FORMAT) return
    this.transaction(() => {
      // another process may have been faster
      const now = this.#db.pragma('user_version', { simple: true }) as number
      if (now === FORMAT_WITHOUT_DUE) {
        this.#db.exec(DUE_SCHEMA)
        this.#db.pragma(`user_version = ${FORMAT}`)
      }
      if (now !== 0) return
      this.#db.exec(SCHEMA)
      this.#setState('id', randomUUID())
      this.#setState('change', 0)
      this.#setState('purged', 0)
      this.#db.pragma(`user_version = ${FORMAT}`)
    })
  }

  #remove(seqNo: number): void {
    const removed = this.#nextSeqNo()
    const now = Math.floor(Date.now() / 1000)
    this.#run('update article set removed = ?, removed_at = ?, source = null where number = ?', removed, now, seqNo)
  }

  #nextSeqNo(): number {
    const seqNo = this.seqNo + 1
    this.#setState('change', seqNo)
    return seqNo
  }

  #sourcePath(source: number | null): string {
    if (source === null) return '–'
    return this.#get<Source>('select id, path, state from source where id = ?', source)?.path ?? '–'
  }

  #state(key: string): unknown {
    return this.#get<{ value: unknown }>('select value from state where key = ?', key)?.value
  }

  #setState(key: string, value: string | number): void {
    this.#run(
      'insert into state (key, value) values (?, ?) on conflict (key) do update set value = excluded.value',
      key,
      value,
    )
  }

  #prepare(sql: string): Statement {
    let statement = this.#statements.get(sql)
    if (statement === undefined) {
      statement = this.#db.prepare(sql)
      this.#statements.set(sql, statement)
    }
    return statement
  }

  #get<Row>(sql: string, ...values: unknown[]): Row | undefined {
    return this.#asked(() => this.#prepare(sql).get(...values)) as Row | undefined
  }

  #all<Row>(sql: string, ...values: unknown[]): Row[] {
    return this.#asked(() => this.#prepare(sql).all(...values)) as Row[]
  }

  #run(sql: string, ...values: unknown[]): void {
    this.#asked(() => this.#prepare(sql).run(...values))
  }

  #asked<T>(ask: () => T): T {
    try {
      return ask()
    } catch (error) {
      throw storeError(error, this.path)
    }
  }
}

/** Tells one file from another at the same path; null where there is none. */
function fileOf(path: string): string | null {
  const stats = statSync(path, { bigint: true, throwIfNoEntry: false })
  return stats === undefined ? null : `${stats.dev}:${stats.ino}`
}

function restOf({ url, date, author, tags, language, meta }: Article): string {
  return JSON.stringify({ url, date, author, tags, language, meta })
}

function articleOf(row: ArticleRow): Article {
  return {
    id: row.id,
    title: row.title,
    text: row.text,
    ...(JSON.parse(row.rest) as Omit<Article, 'id' | 'title' | 'text'>),
  }
}
