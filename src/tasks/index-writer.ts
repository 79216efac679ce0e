import { join } from 'node:path'
import { analysedBy } from '../index/open-analysis.ts'
import { DIRECT_CHANGES_MAX } from '../index/snapshot/backlog.ts'
import { buildSnapshot } from '../index/snapshot/catch-up.ts'
import { HeadStart } from '../index/snapshot/head-start.ts'
import type { NamedIndex } from '../registry/index-table.ts'
import type { Rules } from '../rules.ts'
import { ArticleStore } from '../store/article-store.ts'
import { withWriterLock } from '../store/writer-lock.ts'

export interface IndexWriterOptions {
  readonly cache: string
  /** By which rules an index is made. */
  readonly rulesFor: (index: NamedIndex) => Rules
  readonly signal: AbortSignal
}

/** What changes the articles of one index, as long as it is being written. */
export interface OpenIndex {
  readonly store: ArticleStore
  /** Takes the first articles of a new store as they come; undefined where there are others. */
  readonly head: HeadStart | undefined
  /** Whether a snapshot has to be made of what has changed: a server does not take so much in by itself. */
  readonly needsBuild: boolean
  /** Makes the snapshot now. */
  readonly build: () => Promise<void>
}

/** Writes the articles of indexes, as the only one that does, and brings their snapshots in step. */
export class IndexWriter {
  readonly #options: IndexWriterOptions

  constructor(options: IndexWriterOptions) {
    this.#options = options
  }

  /** Lets `work` change the articles of an index; then brings its snapshot in step where it has to be. */
  async change<T>(index: NamedIndex, work: (open: OpenIndex) => Promise<T>): Promise<T> {
    const { cache, rulesFor, signal } = this.#options
    const folder = join(cache, index.folder)
    const rules = rulesFor(index)
    return withWriterLock(
      folder,
      async () => {
        const store = ArticleStore.open(folder)
        const before = store.seqNo
        const head = before === 0 ? new HeadStart(folder, rules) : undefined
        const open: OpenIndex = {
          store,
          head,
          get needsBuild() {
            return store.changesAfter(before) > DIRECT_CHANGES_MAX
          },
          build: () => this.#build(folder, store, rules, head),
        }
        try {
          const result = await work(open)
          if (open.needsBuild) await open.build()
          return result
        } finally {
          await head?.stop()
          store.close()
        }
      },
      signal,
    )
  }

  async #build(folder: string, store: ArticleStore, rules: Rules, head: HeadStart | undefined): Promise<void> {
    const { analyzer, fingerprint } = analysedBy(rules)
    await buildSnapshot(folder, store, analyzer, fingerprint, { signal: this.#options.signal, look: 'sizes', head })
  }
}
