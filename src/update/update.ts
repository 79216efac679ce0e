// The room `update`: from PATHs to the store to a snapshot, as one run, while files are watched, and in worker threads. It imports
// `ingest`, `store` and `index`, and keeping them in step is its business alone; it reports, and prints nothing.

import { resolve } from 'node:path'
import { FundstelleError } from '../errors.ts'
import { DIRECT_BYTES_MAX, DIRECT_CHANGES_MAX } from '../index/snapshot/backlog.ts'
import { type BuildReport, buildSnapshot } from '../index/snapshot/catch-up.ts'
import { Generations } from '../index/snapshot/generations.ts'
import { HeadStart } from '../index/snapshot/head-start.ts'
import { clearParts } from '../index/snapshot/large-backlog.ts'
import { openVerified } from '../index/snapshot/snapshot-reader.ts'
import { ArticleStore } from '../store/article-store.ts'
import { publishAllDue } from '../store/publish-due.ts'
import { withWriterLock } from '../store/writer-lock.ts'
import { FileFinder } from './find-files.ts'
import { leftOutOf, sourcesUnder } from './left-out.ts'
import type { UpdateOptions } from './options.ts'
import { outdated } from './outdated.ts'
import { presenceOf } from './paths.ts'
import { FileReader } from './read-files.ts'
import { UpdateLog, type UpdateReport } from './report.ts'
import { type ReadProgress, stopped } from './stopped.ts'

/**
 * Brings store and snapshot in step with what is on the disk under the PATHs given. Files that look as they did when they were
 * last read are not read again; articles of files that vanished under these PATHs leave; all others stay.
 * @throws FundstelleError `path_not_found`, `path_vanished`, `store_busy`, `stopped`, or whatever the store says
 */
export async function update(options: UpdateOptions): Promise<UpdateReport> {
  // a misspelt PATH should not leave an empty index behind
  const missing = ArticleStore.exists(options.cache)
    ? undefined
    : options.paths.find((path) => presenceOf(path) === 'missing')
  if (missing !== undefined) throw new FundstelleError('path_not_found', { path: resolve(missing) })
  let reading: ReadProgress = null
  const onReading = (now: ReadProgress): void => {
    reading = now
  }
  const { signal } = options
  try {
    return await withWriterLock(
      options.cache,
      async () => {
        const store = ArticleStore.open(options.cache)
        try {
          return await new Update(store, options, onReading).run()
        } finally {
          store.close()
        }
      },
      signal,
    )
  } catch (error) {
    throw signal?.aborted === true && error === signal.reason ? stopped(reading) : error
  }
}

class Update {
  readonly #store: ArticleStore
  readonly #options: UpdateOptions
  readonly #log = new UpdateLog()
  readonly #onReading: (reading: ReadProgress) => void

  constructor(store: ArticleStore, options: UpdateOptions, onReading: (reading: ReadProgress) => void) {
    this.#store = store
    this.#options = options
    this.#onReading = onReading
  }

  async run(): Promise<UpdateReport> {
    const started = performance.now()
    const before = this.#store.seqNo
    const log = this.#log
    const files = await new FileFinder(this.#store, this.#options, log).find()
    clearParts(this.#options.cache)
    const head = before === 0 ? new HeadStart(this.#options.cache, this.#options.analyzer.indexRules) : undefined
    let built: BuildReport | undefined
    try {
      const reader = new FileReader(this.#store, this.#options, log, this.#onReading, head)
      await reader.readAll(files)
      await this.#publishDue()
      await this.#store.transactionInSteps(() => reader.tryDeferred())
      built = await this.#build(head)
    } finally {
      await head?.stop()
    }
    const sources = sourcesUnder(this.#store, this.#options.paths)
    const { isRepeated, readersFingerprint } = this.#options
    return {
      files: log.files,
      read: log.readFiles.types,
      ...log.articles,
      refused: log.refused,
      refusals: log.refusals,
      warnings: log.warnings,
      skipped: log.skipped.types,
      leftOut: leftOutOf(this.#store, sources, log.layouts),
      complaints: [
        ...log.complaints,
        ...log.notes,
        ...(isRepeated === true ? [] : outdated(this.#store, sources, readersFingerprint)),
        ...(built?.complaints ?? []),
      ],
      articles: this.#store.articleCount,
      seconds: (performance.now() - started) / 1000,
    }
  }

  /** What is due appears or goes, also of files that are unchanged; after they were read, for they may have changed their mind. */
  async #publishDue(): Promise<void> {
    const { added, removed } = await publishAllDue(this.#store, this.#options.now ?? Date.now)
    this.#log.articles.added += added
    this.#log.articles.removed += removed
  }

  async #build(head: HeadStart | undefined): Promise<BuildReport | undefined> {
    const { cache, analyzer, fingerprint, snapshot, isRepeated, onProgress, signal } = this.#options
    if (snapshot === 'deferred' && (await this.#isBacklogSmall())) return undefined
    const progress = (done: number, total: number): void => onProgress?.({ phase: 'index', done, total })
    // while files are watched, reading all of a snapshot for each change would cost more than the change
    const look = isRepeated === true ? 'sizes' : 'whole'
    return buildSnapshot(cache, this.#store, analyzer, fingerprint, { progress, signal, head, look })
  }

  /** Whether there is a snapshot that a server brings up to date by itself, in no time worth speaking of. */
  async #isBacklogSmall(): Promise<boolean> {
    const generations = new Generations(this.#options.cache)
    const newest = generations.candidates()[0]
    if (newest === undefined || generations.isCurrentDamaged) return false
    try {
      const identity = { fingerprint: this.#options.fingerprint, storeId: this.#store.id }
      const { seqNo } = await openVerified(newest, identity, 'sizes')
      const changes = this.#store.changesAfter(seqNo)
      // a store put back from a backup may be behind its snapshot, or may have purged what that needs
      if (changes < 0 || seqNo < this.#store.purgedSeqNo || changes > DIRECT_CHANGES_MAX) return false
      const bytes = this.#store.sizesAfter(seqNo).reduce((sum, article) => sum + article.bytes, 0)
      return bytes <= DIRECT_BYTES_MAX
    } catch {
      return false
    }
  }
}
