import { cpSync, existsSync, mkdirSync } from 'node:fs'
import { join } from 'node:path'
import { expect } from 'vitest'
import { EmbeddedEngine } from '../../src/index/embedded-engine.ts'
import { openAnalysis } from '../../src/index/open-analysis.ts'
import { readCommit } from '../../src/index/snapshot/commit.ts'
import { Generations } from '../../src/index/snapshot/generations.ts'
import { catchUp } from '../../src/index/snapshot/index-sink.ts'
import { loadNewest } from '../../src/index/snapshot/newest.ts'
import { verify } from '../../src/index/snapshot/verify.ts'
import { readersFingerprint } from '../../src/ingest/fingerprint.ts'
import { ArticleStore } from '../../src/store/article-store.ts'
import { Database } from '../../src/store/sqlite.ts'
import { update } from '../../src/update/update.ts'
import { makeFolder, removeFolder, writeFiles } from './folders.ts'
import { ask, comparable } from './memory-index.ts'
import { run } from './program.ts'
import { optionsFor } from './updating.ts'

/** What a fresh reader answers to some queries. */
export type Answers = readonly unknown[]

/** Two states of the same folder; all is read in one transaction, so that a cache has all of it or nothing. */
export interface Versions {
  /** Files by their paths, as they were when the cache was made; the rows of what went since are deleted by the next run. */
  readonly earlier?: Readonly<Record<string, string>>
  /** As the cache has them. None for one that is new. */
  readonly before: Readonly<Record<string, string>>
  readonly after: Readonly<Record<string, string>>
  readonly queries: readonly string[]
  /** Of which segments the snapshots are, where that matters. */
  readonly segments?: { readonly before: readonly string[]; readonly after: readonly string[] }
  /** Whether it is so much text that several threads index it, which only the built program has. */
  readonly isLarge?: boolean
}

const analysed = openAnalysis(null)

/** A cache folder that is about to be brought up to date, and how that may go wrong: each time with a copy of it. */
export class DisturbedCache {
  /** The folder that is to be read into it. */
  readonly root: string
  readonly #home: string
  readonly #queries: readonly string[]
  readonly #isLarge: boolean
  #before: Answers = []
  #after: Answers = []

  private constructor(home: string, { queries, isLarge = false }: Versions) {
    this.#home = home
    this.root = join(home, 'root')
    this.#queries = queries
    this.#isLarge = isLarge
  }

  static async make(versions: Versions): Promise<DisturbedCache> {
    const made = new DisturbedCache(makeFolder(), versions)
    try {
      await made.#prepare(versions)
      return made
    } catch (error) {
      made.remove()
      throw error
    }
  }

  async #prepare({ earlier = {}, before, after, segments }: Versions): Promise<void> {
    const pristine = this.#path('pristine')
    mkdirSync(pristine)
    mkdirSync(this.root)
    for (const files of [earlier, before]) {
      if (Object.keys(files).length === 0) continue
      writeFiles(this.root, files)
      await this.#update(pristine)
      forgetWhenRemoved(pristine)
    }
    this.#before = await this.#answers(this.copy('before'))
    writeFiles(this.root, after)
    const undisturbed = this.copy('after')
    await this.#update(undisturbed)
    this.#after = await this.#answers(undisturbed)
    expect(this.#after).not.toEqual(this.#before)
    if (segments !== undefined)
      expect({ before: await segmentsIn(pristine), after: await segmentsIn(undisturbed) }).toEqual(segments)
  }

  remove(): void {
    removeFolder(this.#home)
  }

  /** Where something may lie that belongs to none of the caches. */
  beside(name: string): string {
    return this.#path(name)
  }

  /** A copy of the cache as it was before; beside all others, or in a folder that is given. */
  copy(name: string, within = this.#home): string {
    const cache = join(within, `cache-${name}`)
    cpSync(this.#path('pristine'), cache, { recursive: true })
    return cache
  }

  discard(cache: string): void {
    removeFolder(cache)
  }

  /** A fresh reader answers as before or as after, nothing in between, and SQLite finds nothing wrong. Which of both it was. */
  async expectServed(cache: string): Promise<'before' | 'after'> {
    const answers = await this.#answers(cache)
    const [isBefore, isAfter] = [this.#before, this.#after].map((one) => same(one, answers))
    if (!isBefore && !isAfter) expect(answers).toEqual(this.#before)
    return isBefore === true ? 'before' : 'after'
  }

  /** The next run completes, and all is as if nothing had ever happened. */
  async expectCompleted(cache: string): Promise<void> {
    await this.#update(cache)
    expect(await this.#answers(cache)).toEqual(this.#after)
    // so much text would be analysed once more
    if (this.#isLarge) return
    const { analyzer, fingerprint } = analysed
    expect((await verify(cache, analyzer, fingerprint)).faults).toEqual([])
  }

  #path(name: string): string {
    return join(this.#home, name)
  }

  async #update(cache: string): Promise<void> {
    if (this.#isLarge) {
      const { code, err } = await run(['index', '--cache', cache, this.root])
      return expect(code, err).toBe(0)
    }
    const { analyzer, fingerprint } = analysed
    const readers = { readersFingerprint: readersFingerprint() }
    const options = { analyzer, fingerprint, ...readers, snapshot: 'deferred', maxFileBytes: 50_000_000 } as const
    const { refusals } = await update(optionsFor(cache, [this.root], options))
    expect(refusals).toEqual([])
  }

  async #answers(cache: string): Promise<Answers> {
    if (!existsSync(join(cache, 'store.sqlite'))) return []
    const { analyzer, fingerprint } = analysed
    const store = ArticleStore.open(cache)
    try {
      expect(store.integrityComplaints()).toEqual([])
      const loaded = await loadNewest(new Generations(cache), store, { fingerprint, storeId: store.id })
      expect(loaded.complaints).toEqual([])
      await catchUp(loaded.index, store, analyzer)
      const engine = new EmbeddedEngine(loaded.index, store, { analyzer, fingerprint })
      const answers = []
      for (const query of this.#queries) answers.push(comparable(await ask(engine, query)))
      return answers.every(({ totalHits }) => totalHits === 0) ? [] : answers
    } finally {
      store.close()
    }
  }
}

const same = (one: Answers, other: Answers): boolean => JSON.stringify(one) === JSON.stringify(other)

async function segmentsIn(cache: string): Promise<string[]> {
  const { segments } = await readCommit(new Generations(cache).candidates()[0] as string)
  return segments.map(({ name }) => name)
}

/** As if what was removed had been removed long ago: the next run deletes its rows. */
function forgetWhenRemoved(cache: string): void {
  const db = new Database(join(cache, 'store.sqlite'))
  db.exec('update article set removed_at = 0 where removed is not null')
  db.close()
}
