import type { Analyzer } from '../analysis/analyzer.ts'
import { type FundstelleError, reasonOf } from '../errors.ts'
import { catchUp, loadNewest } from './build.ts'
import { EmbeddedEngine } from './embedded-engine.ts'
import { Generations } from './generations.ts'
import { readManifest } from './snapshot.ts'
import { Store } from './store.ts'

/** So few changes are applied to the index in service at once; more arrive as a finished snapshot. */
export const DIRECT_CHANGES_MAX = 200
/** An index of so few articles is compacted within a few milliseconds, tombstones included. */
const COMPACTED_HERE_MAX = 500
/** How often the store is asked whether something changed. */
const POLL_MS = 200
/** A backlog that no writer has turned into a snapshot for so long is turned into one from here. */
const BACKLOG_PATIENCE_MS = 3000

export interface LiveOptions {
  readonly cache: string
  readonly analyzer: Analyzer
  readonly fingerprint: string
  /** Brings the snapshot up to date somewhere off this thread; resolves when it is in force. */
  readonly build: () => Promise<void>
  readonly onEvent: (event: LiveEvent) => void
}

export type LiveEvent =
  | { readonly kind: 'unsound'; readonly error: FundstelleError }
  | { readonly kind: 'rebuilding' }
  | { readonly kind: 'loaded'; readonly articles: number; readonly change: number; readonly ms: number }
  | { readonly kind: 'updated'; readonly articles: number; readonly change: number }
  | { readonly kind: 'failed'; readonly error: unknown }

/**
 * Keeps an engine in step with a cache folder that other threads and processes write: small changes are applied directly, large
 * ones taken over as snapshots, loaded beside the index in service and swapped in when finished.
 */
export class LiveIndex {
  readonly engine: EmbeddedEngine
  readonly #options: LiveOptions
  readonly #store: Store
  readonly #generations: Generations
  #ready = false
  #closed = false
  #timer: NodeJS.Timeout | undefined
  #running: Promise<void> = Promise.resolve()
  #dataVersion = -1
  #lastMove = performance.now()

  private constructor(options: LiveOptions, store: Store, engine: EmbeddedEngine) {
    this.#options = options
    this.#store = store
    this.#generations = new Generations(options.cache)
    this.engine = engine
  }

  /** Loads what there is. Not ready where no sound snapshot was found for the articles in the store: that one is being built. */
  static async open(options: LiveOptions): Promise<LiveIndex> {
    const store = Store.open(options.cache)
    const started = performance.now()
    const identity = { fingerprint: options.fingerprint, storeId: store.id }
    const { index, folder, complaints } = await loadNewest(new Generations(options.cache), store, identity)
    for (const error of complaints) options.onEvent({ kind: 'unsound', error })
    const live = new LiveIndex(options, store, new EmbeddedEngine(index, store, options.fingerprint))
    live.#ready = folder !== null
    if (folder !== null) live.#tell('loaded', started)
    await live.refresh()
    if (!live.#ready || complaints.length > 0) {
      options.onEvent({ kind: 'rebuilding' })
      live.#running = live.#build()
    }
    live.#schedule()
    return live
  }

  get ready(): boolean {
    return this.#ready
  }

  get articles(): number {
    return this.engine.index.documents.living
  }

  /** Looks once for changes and takes them over, as the timer does by itself; after whatever is under way. */
  refresh(): Promise<void> {
    const run = this.#running.then(() => this.#refresh())
    this.#running = run.catch(() => {})
    return run
  }

  async #refresh(): Promise<void> {
    if (this.#closed) return
    const { index } = this.engine
    const version = this.#store.dataVersion
    const lag = this.#store.changesAfter(index.change)
    if (version !== this.#dataVersion) this.#lastMove = performance.now()
    this.#dataVersion = version
    if (lag === 0) this.#ready = true
    if (lag <= 0) return
    if (lag <= DIRECT_CHANGES_MAX && index.change >= this.#store.purgedChange) {
      await catchUp(index, this.#store, this.#options.analyzer)
      this.#ready = true
      this.#tell('updated')
      if (index.needsCompaction) await this.#compact()
    } else if (await this.#newerSnapshot(index.change)) await this.#load()
    else if (performance.now() - this.#lastMove > BACKLOG_PATIENCE_MS) await this.#build()
  }

  /** Stops looking, waits for what is under way, closes the store. */
  async close(): Promise<void> {
    this.#closed = true
    clearTimeout(this.#timer)
    await this.#running
    this.#store.close()
  }

  #schedule(): void {
    if (this.#closed) return
    this.#timer = setTimeout(() => {
      this.refresh()
        .catch((error: unknown) => this.#options.onEvent({ kind: 'failed', error }))
        .finally(() => this.#schedule())
    }, POLL_MS)
  }

  async #newerSnapshot(change: number): Promise<boolean> {
    const folder = this.#generations.usable()[0]
    if (folder === undefined) return false
    try {
      return (await readManifest(folder)).change > change
    } catch {
      return false
    }
  }

  /** Small indexes are compacted here and now, large ones come back from a build, which compacts them. */
  async #compact(): Promise<void> {
    const { index } = this.engine
    if (index.documents.size <= COMPACTED_HERE_MAX) this.engine.swap(index.compacted())
    else await this.#build()
  }

  async #load(): Promise<void> {
    const started = performance.now()
    const identity = { fingerprint: this.#options.fingerprint, storeId: this.#store.id }
    const { index, folder, complaints } = await loadNewest(this.#generations, this.#store, identity)
    for (const error of complaints) this.#options.onEvent({ kind: 'unsound', error })
    const current = this.engine.index
    const newer = index.change > current.change || (index.change === current.change && current.needsCompaction)
    if (folder === null || !newer) return
    this.engine.swap(index)
    this.#ready = true
    this.#tell('loaded', started)
  }

  async #build(): Promise<void> {
    try {
      await this.#options.build()
      await this.#load()
    } catch (error) {
      this.#options.onEvent({ kind: 'failed', error: error instanceof Error ? error : new Error(reasonOf(error)) })
    }
    this.#lastMove = performance.now()
  }

  #tell(kind: 'loaded', started: number): void
  #tell(kind: 'updated'): void
  #tell(kind: 'loaded' | 'updated', started = 0): void {
    const { change, documents } = this.engine.index
    const told = { articles: documents.living, change }
    if (kind === 'updated') this.#options.onEvent({ kind, ...told })
    else this.#options.onEvent({ kind, ...told, ms: Math.round(performance.now() - started) })
  }
}
