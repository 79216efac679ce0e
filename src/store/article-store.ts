// The room `store`: the articles in SQLite, the files they come from, the moments they wait for, and the lock of the one writer. It
// imports `src` and `article`, and alone knows better-sqlite3; it knows neither how files are read nor what an index is.

import { randomUUID } from 'node:crypto'
import type { Article } from '../article/article.ts'
import { type ArticleRow, articleOf, restOf, structureOf } from './article-row.ts'
import { type Change, ChangeLog } from './change-log.ts'
import { type DatabaseKind, StoreDatabase } from './database.ts'
import { DueList } from './due-list.ts'
import { FileRegistry } from './file-registry.ts'
import { LeftOutList } from './left-out-list.ts'
import { prepareSchema } from './schema.ts'
import { StateTable } from './state-table.ts'
import type { Statements } from './statements.ts'

/** Outcome of put(). */
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

/** Within a cache folder. */
export const STORE_FILE = 'store.sqlite'

const DATABASE: DatabaseKind = { file: STORE_FILE, prepare: prepareSchema }

const ALWAYS: Window = { from: null, until: null }

/**
 * The articles, in SQLite: the one source of truth. What a transaction has committed is on the disk. Rows never change: a new
 * version of an article is a new row, so whoever holds an index of an older state still finds the text it was made from.
 */
export class ArticleStore {
  readonly files: FileRegistry
  readonly due: DueList
  readonly leftOut: LeftOutList
  readonly #database: StoreDatabase
  readonly #statements: Statements
  readonly #state: StateTable
  readonly #log: ChangeLog
  #id: string | undefined

  private constructor(database: StoreDatabase) {
    this.#database = database
    this.#statements = database.statements
    this.#state = new StateTable(this.#statements)
    this.#log = new ChangeLog(this.#statements, this.#state)
    this.files = new FileRegistry(this.#statements)
    this.due = new DueList(this.#statements)
    this.leftOut = new LeftOutList(this.#statements)
  }

  /**
   * Opens the store of a cache folder; makes it where there is none.
   * @throws FundstelleError `store_broken`, `store_format`, `store_busy` or `cache_unwritable`
   */
  static open(cache: string): ArticleStore {
    return new ArticleStore(StoreDatabase.open(cache, DATABASE))
  }

  static exists(cache: string): boolean {
    return StoreDatabase.exists(cache, DATABASE)
  }

  close(): void {
    this.#database.close()
  }

  // the database

  get path(): string {
    return this.#database.path
  }

  /** See `StoreDatabase.isReplaced`. */
  get isReplaced(): boolean {
    return this.#database.isReplaced
  }

  /** Changes whenever another connection has committed something; costs next to nothing to ask. */
  get dataVersion(): number {
    return this.#database.dataVersion
  }

  /** Runs `work` in one transaction: all of it is kept, or nothing. */
  transaction<T>(work: () => T): T {
    return this.#database.transaction(work)
  }

  /**
   * As `transaction`, for work in steps that lets the event loop go on in between. Meanwhile the store is open for writing to
   * `work` alone: another transaction of this object would become a part of this one.
   */
  transactionInSteps(work: () => Promise<void>): Promise<void> {
    return this.#database.transactionInSteps(work)
  }

  /** Runs `work`, which only reads, on one state of the store, whatever others commit meanwhile. */
  readTransaction<T>(work: () => Promise<T>): Promise<T> {
    return this.#database.readTransaction(work)
  }

  /** Lets SQLite verify its file; the complaints, none where all is well. */
  integrityComplaints(): string[] {
    return this.#database.integrityComplaints()
  }

  // reading articles

  /** Tells one store from another. */
  get id(): string {
    // each answer names the state that it was found in: it never changes while a store is open, but by this object
    this.#id ??= this.#state.get('id')
    return this.#id
  }

  /** Makes it another store than the one it was copied from: their later changes have the same numbers and are not the same. */
  giveNewId(): void {
    this.#id = undefined
    this.#state.set('id', randomUUID())
  }

  get articleCount(): number {
    return this.#statements.get<{ n: number }>('select count(*) n from article where removed is null')?.n ?? 0
  }

  /** Whether any of the living ones came from a file. */
  get hasFiles(): boolean {
    const one = 'select 1 from article where source >= 0 and removed is null limit 1'
    return this.#statements.get(one) !== undefined
  }

  /** Whether there are documents that programs have written. */
  get hasDocuments(): boolean {
    return this.#statements.get('select 1 from article where source is null and removed is null limit 1') !== undefined
  }

  /** A version of an article, be it living or not; undefined once it is purged. */
  bySeqNo(seqNo: number): Article | undefined {
    return this.#log.article(seqNo)
  }

  /** The same in parts: its text may be long. */
  readonly parts = {
    headBySeqNo: (seqNo: number) => this.#log.head(seqNo),
    textPart: (seqNo: number, start: number, end: number | undefined) => this.#log.textPart(seqNo, start, end),
  }

  /** The living article of this id. */
  byId(id: string): Article | undefined {
    const row = this.#living(id)
    return row && articleOf(row)
  }

  /** A stretch of the living articles, in the order they came, one at a time: nothing else is asked of the store meanwhile. */
  *stretch(offset: number, limit: number): Generator<Article, void> {
    const page = 'select * from article where removed is null order by number limit ? offset ?'
    for (const row of this.#statements.each<ArticleRow>(page, limit, offset)) yield articleOf(row)
  }

  /** The living articles with their sequence numbers, in the order they came. */
  *articles(): Generator<{ seqNo: number; article: Article }> {
    const all = 'select number from article where removed is null order by number'
    for (const { number: seqNo } of this.#statements.all<{ number: number }>(all)) {
      const article = this.bySeqNo(seqNo)
      if (article !== undefined) yield { seqNo, article }
    }
  }

  // writing articles

  /**
   * Adds an article, or a new version of it; nothing is written where it is the same. One that waits is no living article: a
   * version of the same source that is living stays until it is removed.
   */
  put(article: Article, source: number | null, { from, until }: Window = ALWAYS): PutResult {
    const living = this.#living(article.id)
    if (living !== undefined && living.source !== source) return { kind: 'taken', by: this.#pathOf(living.source) }
    const waiting = this.due.sourceWaiting(article.id)
    if (waiting !== undefined && waiting !== source) return { kind: 'taken', by: this.#pathOf(waiting) }
    if (source !== null && from !== null) {
      this.due.wait(source, article, from, until)
      return { kind: 'waiting' }
    }
    if (source !== null && until !== null) this.due.expire(source, article.id, until)
    else if (source !== null) this.due.remove(source, article.id)
    const rest = restOf(article)
    const structure = structureOf(article)
    const { title, text, document = null } = article
    const isSame =
      living?.title === title &&
      living.text === text &&
      living.rest === rest &&
      living.structure === structure &&
      living.document === document
    if (isSame) return { kind: 'same' }
    if (living !== undefined) this.#remove(living.number)
    this.#statements.run(
      'insert into article (number, source, id, title, text, rest, structure, document) values (?, ?, ?, ?, ?, ?, ?, ?)',
      this.#log.next(),
      source,
      article.id,
      title,
      text,
      rest,
      structure,
      document,
    )
    return { kind: living === undefined ? 'added' : 'changed' }
  }

  /** Adds the article of a document, or a new version of it, whoever brought the one before. Nothing is written where it is the same. */
  putDocument(article: Article): 'added' | 'changed' | 'same' {
    const living = this.#living(article.id)
    if (living !== undefined && living.source !== null) this.#remove(living.number)
    const waiting = this.due.sourceWaiting(article.id)
    if (waiting !== undefined) this.due.remove(waiting, article.id)
    const { kind } = this.put(article, null)
    if (kind === 'taken' || kind === 'waiting') throw new Error(`a document is ${kind}`)
    return living !== undefined && kind === 'added' ? 'changed' : kind
  }

  /** Removes a living article, whoever brought it; tells whether there was one. */
  removeById(id: string): boolean {
    const row = this.#living(id)
    if (row !== undefined) this.#remove(row.number)
    return row !== undefined
  }

  /** Removes every article, and forgets the files they came from: they are read anew when they are next indexed. */
  removeAll(): void {
    for (const { number } of this.#statements.all<ArticleRow>('select number from article where removed is null'))
      this.#remove(number)
    for (const { id } of this.files.all()) this.removeSource(id)
  }

  /** The ids of all living articles, in the order they came. */
  ids(): string[] {
    const living = 'select id from article where removed is null order by number'
    return this.#statements.all<{ id: string }>(living).map(({ id }) => id)
  }

  /** What was written down with a change: it is committed with it, or not at all. */
  note<Key extends 'outcomes' | 'attributes'>(key: Key, value: string): void {
    this.#state.set(key, value)
  }

  noted(key: 'outcomes' | 'attributes'): string | undefined {
    return this.#state.get(key)
  }

  /** Removes the articles of a source, but not those that are kept. Returns how many. */
  removeOfSource(source: number, isKept: (id: string) => boolean = () => false): number {
    const living = 'select number, id from article where source = ? and removed is null'
    const gone: number[] = []
    for (const { number, id } of this.#statements.each<ArticleRow>(living, source)) if (!isKept(id)) gone.push(number)
    for (const number of gone) this.#remove(number)
    return gone.length
  }

  /** Removes a living article of a source; tells whether there was one. */
  removeOne(source: number, id: string): boolean {
    const living = 'select number from article where source = ? and id = ? and removed is null'
    const row = this.#statements.get<ArticleRow>(living, source, id)
    if (row !== undefined) this.#remove(row.number)
    return row !== undefined
  }

  /** Forgets a source file, and what of it waits. Its living articles go by `removeOfSource`. */
  removeSource(id: number): void {
    this.files.remove(id)
    this.due.removeSource(id)
    this.leftOut.removeSource(id)
  }

  // changes

  /** The sequence number of the last change; every article added or removed is one. */
  get seqNo(): number {
    return this.#log.seqNo
  }

  /** Rows removed up to this change may be gone: an index older than it cannot be brought up to date. */
  get purgedSeqNo(): number {
    return this.#log.purgedSeqNo
  }

  /** How many changes there are after `seqNo`. */
  changesAfter(seqNo: number): number {
    return this.seqNo - seqNo
  }

  /**
   * The changes after `seqNo` that still matter, in order: what came and went again in between is left out.
   * @param last articles that were added later are left out, too
   */
  changes(seqNo: number, last = Number.MAX_SAFE_INTEGER): Generator<Change> {
    return this.#log.after(seqNo, last)
  }

  /** The living articles that were added after `seqNo`, in order: their sequence numbers, and the bytes of their texts. Reads no text. */
  sizesAfter(seqNo: number): { readonly seqNo: number; readonly bytes: number }[] {
    return this.#log.sizesAfter(seqNo)
  }

  /** The articles that were living at `seqNo` and went up to `last`: their sequence numbers, ascending. */
  removedAfter(seqNo: number, last: number): number[] {
    return this.#log.removedAfter(seqNo, last)
  }

  /** Deletes rows removed up to `seqNo` and before `time` (seconds since 1970). */
  purge(seqNo: number, time: number): void {
    this.transaction(() => this.#log.purge(seqNo, time))
  }

  #living(id: string): ArticleRow | undefined {
    return this.#statements.get<ArticleRow>('select * from article where id = ? and removed is null', id)
  }

  #remove(seqNo: number): void {
    const removed = this.#log.next()
    const now = Math.floor(Date.now() / 1000)
    const mark = 'update article set removed = ?, removed_at = ?, source = null where number = ?'
    this.#statements.run(mark, removed, now, seqNo)
  }

  #pathOf(source: number | null): string {
    return (source === null ? undefined : this.files.byId(source)?.path) ?? '–'
  }
}
