import type { FundstelleError } from '../errors.ts'
import { GrowingPause } from '../growing-pause.ts'
import { ArticleStore } from '../store/article-store.ts'
import { EmbeddedEngine } from './embedded-engine.ts'
import type { EngineConfig } from './engine-config.ts'
import { Mutex } from './mutex.ts'
import { ArticleIndex } from './segment/segment.ts'
import { DIRECT_CHANGES_MAX } from './snapshot/backlog.ts'
import { catchUp, loadNewest } from './snapshot/catch-up.ts'
import { Generations } from './snapshot/generations.ts'
import { readManifest } from './snapshot/manifest.ts'

/** An index of so few tokens, those of tombstones included, is compacted within some fifty milliseconds. */
const COMPACTED_HERE_TOKENS_MAX = 100_000
/** How often the store is asked whether something changed. */
const POLL_MS = 200
/** A backlog that no writer has turned into a snapshot for so long is turned into one from here. */
const BACKLOG_PATIENCE_MS = 3000
/** A build that failed, or whose snapshot could not be used, is repeated after so long, then after twice as long, and so on. */
const BUILD_RETRY_MS = 3000
const BUILD_RETRY_MS_MAX = 5 * 60_000

export interface LiveOptions {
  readonly cache: string
  readonly config: EngineConfig
  /** Brings the snapshot up to date somewhere off this thread; resolves when it is in force. Ends at once when aborted. */
  readonly build: (signal: AbortSignal) => Promise<void>
  readonly onEvent: (event: LiveEvent) => void
  /** Aborted, opening is given up, and later on whatever is under way: its reason is thrown. */
  readonly signal?: AbortSignal
  /** Milliseconds since some moment; tests put their own clock here. */
  readonly now?: () => number
}

export type LiveEvent =
  | { readonly kind: 'unsound'; readonly error: FundstelleError }
  | { readonly kind: 'rebuilding' }
  | { readonly kind: 'loaded'; readonly articles: number; readonly change: number; readonly ms: number }
  | { readonly kind: 'updated'; readonly articles: number; readonly change: number }
  /** @property retryMs after which a build that failed is repeated */
  | { readonly kind: 'failed'; readonly error: unknown; readonly retryMs?: number }

/**
 * Keeps an engine in step with a cache folder that other threads and processes write: small changes are applied directly, large
 * ones taken over as snapshots, loaded beside the index in service and swapped in when finished.
 */
export class LiveIndex {
  readonly engine: EmbeddedEngine<ArticleStore>
  /** Resolves as soon as searches can be answered for the first time. */
  readonly firstReady: Promise<void>
  readonly #options: LiveOptions
  readonly #generations: Generations
  readonly #stopping = new AbortController()
  readonly #signal: AbortSignal
  readonly #now: () => number
  /** How the index is to be read. Where that needs another index, the one in service is read as before until that is built. */
  #wanted: EngineConfig
  #isSecondTry = false
  #ready = false
  #firstReady: () => void = () => {}
  #timer: NodeJS.Timeout | undefined
  /** Whatever puts something else in service is done one after the other; a build goes on beside it. */
  readonly #turns = new Mutex()
  #building: Promise<void> | undefined
  /** A build has ended whose snapshot is still to be looked at. */
  #built = false
  readonly #buildPause = new GrowingPause(BUILD_RETRY_MS, BUILD_RETRY_MS_MAX)
  /** When a build that failed is due again; null where none is wanted. No other one is begun before. */
  #retryAtMs: number | null = null
  /** The name of a snapshot that was found unsound: it is not read again. */
  #refused = ''
  #dataVersion = -1
  #lastMove: number

  private constructor(options: LiveOptions, store: ArticleStore) {
    this.#options = options
    const { signal } = this.#stopping
    this.#signal = options.signal === undefined ? signal : AbortSignal.any([signal, options.signal])
    this.#wanted = options.config
    this.#now = options.now ?? (() => performance.now())
    this.#lastMove = this.#now()
    this.#generations = new Generations(options.cache)
    this.engine = new EmbeddedEngine(new ArticleIndex(), store, options.config)
    this.firstReady = new Promise((resolve) => {
      this.#firstReady = resolve
    })
  }

  /** Loads what there is. Not ready where no sound snapshot was found for the articles in the store: that one is being built. */
  static async open(options: LiveOptions): Promise<LiveIndex> {
    const store = ArticleStore.open(options.cache)
    const live = new LiveIndex(options, store)
    try {
      await live.#begin(store)
    } catch (error) {
      await live.close()
      throw error
    }
    live.#schedule()
    return live
  }

  get ready(): boolean {
    return this.#ready
  }

  get articles(): number {
    return this.engine.index.documents.liveCount
  }

  /** Looks once for changes and takes them over, as the timer does by itself; after whatever is under way. */
  refresh(): Promise<void> {
    return this.#turns.run(() => this.#refresh())
  }

  /** How the index in service is read. */
  get config(): EngineConfig {
    return this.engine.config
  }

  /**
   * Has the index made anew in another way; the one before stays in service until then. Where articles are indexed as before, the
   * other way comes in force after whatever is under way. Resolves when it is in force, or its index is being made.
   */
  reconfigure(config: EngineConfig): Promise<void> {
    this.#wanted = config
    return this.#turns
      .run(() => this.#reconfigure(config))
      .catch((error: unknown) => {
        if (!this.#signal.aborted) throw error
      })
  }

  /** Stops looking, gives a build up, waits for what is under way, closes the store. */
  async close(): Promise<void> {
    this.#stopping.abort()
    clearTimeout(this.#timer)
    await this.#turns.run(() => {})
    await this.#building
    await this.engine.exclusively(() => this.engine.source.close())
  }

  /** Puts the newest sound snapshot of a store in service, and what happened since. */
  async #begin(store: ArticleStore): Promise<void> {
    const started = performance.now()
    const identity = { fingerprint: this.config.fingerprint, storeId: store.id }
    const { index, folder, complaints } = await loadNewest(this.#generations, store, identity, this.#signal)
    this.#complain(complaints)
    await this.engine.swap(index, { source: store, signal: this.#signal })
    this.#ready = false
    if (folder !== null) this.#becomeReady()
    if (folder !== null) this.#emit('loaded', started)
    await this.#followChanges()
    if (this.#ready && complaints.length === 0) return
    this.#options.onEvent({ kind: 'rebuilding' })
    this.#build()
  }

  async #refresh(): Promise<void> {
    if (this.#signal.aborted) return
    if (this.engine.source.isReplaced) return this.#replaceStore()
    if (this.#built) {
      this.#built = false
      const swappedIn = await this.#swapIn(true).catch((error: unknown) => {
        this.#repeatBuildLater()
        throw error
      })
      // a build that was under way already was made the way before; another one that cannot be used is given up
      if (!swappedIn && this.#next !== null) {
        if (this.#isSecondTry) this.#wanted = this.config
        else this.#build()
        this.#isSecondTry = true
      } else if (!swappedIn) this.#repeatBuildLater()
    }
    if (this.#retryAtMs !== null) this.#build()
    await this.#followChanges()
  }

  /** Puts the store in service that has taken the place of the one before; that one stays where this fails. */
  async #replaceStore(): Promise<void> {
    const before = this.engine.source
    const store = ArticleStore.open(this.#options.cache)
    try {
      await this.#begin(store)
    } finally {
      const unused = this.engine.source === store ? before : store
      // a search that has given way may still read it
      await this.engine.exclusively(() => unused.close())
    }
  }

  async #reconfigure(config: EngineConfig): Promise<void> {
    // another one may have been asked for meanwhile
    if (this.#signal.aborted || config !== this.#wanted) return
    if (this.#next === null) return
    this.#refused = ''
    this.#isSecondTry = false
    this.#buildPause.reset()
    this.#retryAtMs = null
    this.#build()
  }

  /** How the next index will be read, where that is not as the one in service. */
  get #next(): EngineConfig | null {
    return this.#wanted.fingerprint === this.config.fingerprint ? null : this.#wanted
  }

  async #followChanges(): Promise<void> {
    const { index, source: store } = this.engine
    const version = store.dataVersion
    const lag = store.changesAfter(index.seqNo)
    if (version !== this.#dataVersion) this.#lastMove = this.#now()
    this.#dataVersion = version
    if (lag === 0) this.#becomeReady()
    if (lag <= 0) return
    if (lag <= DIRECT_CHANGES_MAX && index.seqNo >= store.purgedSeqNo) {
      const { analyzer } = this.config
      await catchUp(index, store, analyzer, undefined, this.#signal, (step) => this.engine.exclusively(step))
      this.#prepare()
      this.#becomeReady()
      this.#emit('updated')
      if (index.needsCompaction) await this.#compact()
    } else if (!(await this.#swapIn(false)) && this.#now() - this.#lastMove > BACKLOG_PATIENCE_MS) this.#build()
  }

  #schedule(): void {
    if (this.#signal.aborted) return
    this.#timer = setTimeout(() => {
      this.refresh()
        .catch((error: unknown) => {
          if (!this.#signal.aborted) this.#options.onEvent({ kind: 'failed', error })
        })
        .finally(() => this.#schedule())
    }, POLL_MS)
  }

  /**
   * Swaps the newest snapshot in where it is ahead of the index in service.
   * @param compacted it may also stand where the index stands, or before, and is brought up to date then
   * @returns whether it could be used
   */
  async #swapIn(compacted: boolean): Promise<boolean> {
    const started = performance.now()
    const newest = await this.#newest()
    if (newest === undefined || newest.name === this.#refused) return false
    const { source: store } = this.engine
    const { seqNo } = this.engine.index
    if (newest.change <= seqNo && !compacted) return false
    const next = compacted ? this.#next : null
    const { fingerprint, analyzer } = next ?? this.config
    const { index, folder, complaints } = await loadNewest(
      this.#generations,
      store,
      { fingerprint, storeId: store.id },
      this.#signal,
    )
    if (complaints.length > 0) this.#refused = newest.name
    this.#complain(complaints)
    if (folder === null || (index.seqNo <= seqNo && !compacted)) return false
    if (index.seqNo < seqNo) await catchUp(index, store, analyzer, undefined, this.#signal)
    // meanwhile another way may have been asked for, or this one been taken back
    if (next !== null && fingerprint !== this.#wanted.fingerprint) return false
    await this.engine.swap(index, { ...(next !== null && { config: this.#wanted }), signal: this.#signal })
    if (this.#next === null) {
      this.#buildPause.reset()
      this.#retryAtMs = null
    }
    this.#becomeReady()
    this.#emit('loaded', started)
    return true
  }

  async #newest(): Promise<{ readonly name: string; readonly change: number } | undefined> {
    const [folder] = this.#generations.candidates()
    if (folder === undefined) return undefined
    const manifest = await readManifest(folder).catch(() => undefined)
    return manifest && { name: `${folder} ${manifest.sha256}`, change: manifest.change }
  }

  /** Small indexes are compacted here and now, large ones come back from a build, which compacts them. */
  async #compact(): Promise<void> {
    const { index } = this.engine
    if (index.forward.tokens <= COMPACTED_HERE_TOKENS_MAX)
      await this.engine.swap(index.compacted(), { signal: this.#signal })
    else this.#build()
  }

  /** Has the snapshot built unless that is under way, or failed a moment ago and is repeated later. */
  #build(): void {
    const signal = this.#signal
    if (signal.aborted || this.#building !== undefined) return
    if (this.#retryAtMs !== null && this.#now() < this.#retryAtMs) return
    this.#retryAtMs = null
    this.#building = this.#options
      .build(signal)
      .then(
        () => {
          this.#built = true
        },
        (error: unknown) => {
          if (!signal.aborted) this.#options.onEvent({ kind: 'failed', error, retryMs: this.#repeatBuildLater() })
        },
      )
      .finally(() => {
        this.#building = undefined
        this.#lastMove = this.#now()
      })
  }

  #repeatBuildLater(): number {
    const retryMs = this.#buildPause.next()
    this.#retryAtMs = this.#now() + retryMs
    return retryMs
  }

  /** Goes on beside searches. */
  #prepare(): void {
    this.engine.prepare().catch((error: unknown) => this.#options.onEvent({ kind: 'failed', error }))
  }

  #becomeReady(): void {
    this.#ready = true
    this.#firstReady()
  }

  #complain(complaints: readonly FundstelleError[]): void {
    for (const error of complaints) this.#options.onEvent({ kind: 'unsound', error })
  }

  #emit(kind: 'loaded', started: number): void
  #emit(kind: 'updated'): void
  #emit(kind: 'loaded' | 'updated', started = 0): void {
    const { seqNo: change, documents } = this.engine.index
    const fields = { articles: documents.liveCount, change }
    if (kind === 'updated') this.#options.onEvent({ kind, ...fields })
    else this.#options.onEvent({ kind, ...fields, ms: Math.round(performance.now() - started) })
  }
}
