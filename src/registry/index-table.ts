import { randomUUID } from 'node:crypto'
import { join } from 'node:path'
import type { Statements } from '../store/statements.ts'
import { DEFAULT_SETTINGS, type IndexSettings } from './index-settings.ts'

/** The index that `index`, `serve`, `/search`, the page and the box use. Its folder is the cache folder itself. */
export const MAIN_INDEX = 'articles'

/** Where the others lie, below the cache folder. */
export const INDEXES_FOLDER = 'indexes'

/** An index as the registry knows it. */
export interface NamedIndex {
  readonly uid: string
  /** Below the cache folder; '' is the cache folder itself. */
  readonly folder: string
  /** Null until the first documents have told it. */
  readonly primaryKey: string | null
  /** Those that were set. */
  readonly set: Partial<IndexSettings>
  /** ISO 8601. */
  readonly createdAt: string
  readonly updatedAt: string
}

interface Row {
  readonly uid: string
  readonly folder: string
  readonly primary_key: string | null
  readonly settings: string
  readonly created_at: string
  readonly updated_at: string
}

/** All settings of an index. */
export const settingsOf = ({ set }: Pick<NamedIndex, 'set'>): IndexSettings => ({ ...DEFAULT_SETTINGS, ...set })

/** Settings of so many characters of JSON are remembered. */
const SETTINGS_LENGTH_MAX = 10_000_000

/** The table `named_index`: names, folders, primary keys and settings. */
export class IndexTable {
  readonly #statements: Statements
  /** By their JSON. */
  readonly #settings = new Map<string, Partial<IndexSettings>>()
  #settingsLength = 0

  constructor(statements: Statements) {
    this.#statements = statements
  }

  get(uid: string): NamedIndex | undefined {
    const row = this.#statements.get<Row>('select * from named_index where uid = ?', uid)
    return row && this.#indexOf(row)
  }

  /** The index whose folder this is, '' for the cache folder itself. */
  inFolder(folder: string): NamedIndex | undefined {
    const row = this.#statements.get<Row>('select * from named_index where folder = ?', folder)
    return row && this.#indexOf(row)
  }

  /**
   * The folder of the index of a name. The articles have the cache folder itself before they are entered, where no other index has it; null
   * where nothing is called so.
   */
  folderOf(uid: string): string | null {
    const known = this.get(uid)
    if (known !== undefined) return known.folder
    return uid === MAIN_INDEX && this.inFolder('') === undefined ? '' : null
  }

  get count(): number {
    return this.#statements.get<{ n: number }>('select count(*) n from named_index')?.n ?? 0
  }

  /** By name. */
  all(): NamedIndex[] {
    return this.#statements.all<Row>('select * from named_index order by uid').map((row) => this.#indexOf(row))
  }

  /** There is none of this name. Its folder is not made. */
  create(uid: string, primaryKey: string | null, now: string): NamedIndex {
    const index = this.planned(uid, primaryKey, now)
    this.add(index)
    return index
  }

  /** What `create` would make, and has not yet. */
  planned(uid: string, primaryKey: string | null, now: string): NamedIndex {
    // it has the other's where both have exchanged their names
    const isFree = this.inFolder('') === undefined
    const folder = uid === MAIN_INDEX && isFree ? '' : join(INDEXES_FOLDER, randomUUID())
    return { uid, folder, primaryKey, set: {}, createdAt: now, updatedAt: now }
  }

  /** Enters one that was planned; there is still none of its name. */
  add({ uid, folder, primaryKey, set, createdAt, updatedAt }: NamedIndex): void {
    const insert =
      'insert into named_index (uid, folder, primary_key, settings, created_at, updated_at) values (?, ?, ?, ?, ?, ?)'
    this.#statements.run(insert, uid, folder, primaryKey, JSON.stringify(set), createdAt, updatedAt)
  }

  setPrimaryKey(uid: string, primaryKey: string, now: string): void {
    this.#statements.run('update named_index set primary_key = ?, updated_at = ? where uid = ?', primaryKey, now, uid)
  }

  setSettings(uid: string, set: Partial<IndexSettings>, now: string): void {
    const update = 'update named_index set settings = ?, updated_at = ? where uid = ?'
    this.#statements.run(update, JSON.stringify(set), now, uid)
  }

  touch(uid: string, now: string): void {
    this.#statements.run('update named_index set updated_at = ? where uid = ?', now, uid)
  }

  rename(uid: string, newUid: string, now: string): void {
    this.#statements.run('update named_index set uid = ?, updated_at = ? where uid = ?', newUid, now, uid)
  }

  /** Each gets what the other was called. */
  swap(one: string, other: string, now: string): void {
    const between = `${one} ${other}`
    this.rename(one, between, now)
    this.rename(other, one, now)
    this.rename(between, other, now)
  }

  remove(uid: string): void {
    this.#statements.run('delete from named_index where uid = ?', uid)
  }

  #indexOf(row: Row): NamedIndex {
    return {
      uid: row.uid,
      folder: row.folder,
      primaryKey: row.primary_key,
      set: this.#settingsOf(row.settings),
      createdAt: row.created_at,
      updatedAt: row.updated_at,
    }
  }

  /** The same settings are the same object, so that what is made of them need not be made with each request. */
  #settingsOf(json: string): Partial<IndexSettings> {
    let settings = this.#settings.get(json)
    if (settings === undefined) {
      settings = JSON.parse(json) as Partial<IndexSettings>
      this.#settingsLength += json.length
      if (this.#settingsLength > SETTINGS_LENGTH_MAX) {
        this.#settings.clear()
        this.#settingsLength = json.length
      }
      this.#settings.set(json, settings)
    }
    return settings
  }
}
