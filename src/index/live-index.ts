import type { FundstelleError } from '../errors.ts'
import { ArticleStore } from '../store/article-store.ts'
import { BackgroundBuild } from './background-build.ts'
import { EmbeddedEngine } from './embedded-engine.ts'
import type { EngineConfig } from './engine-config.ts'
import { type LiveOptions, loadedEvent, updatedEvent } from './live-options.ts'
import { Mutex } from './mutex.ts'
import { ArticleIndex } from './segment/segment.ts'
import { DIRECT_CHANGES_MAX } from './snapshot/backlog.ts'
import { catchUp } from './snapshot/index-sink.ts'
import { SnapshotWatch } from './snapshot/snapshot-watch.ts'

/** An index of so few tokens, those of tombstones included, is compacted within some fifty milliseconds. */
const COMPACTED_HERE_TOKENS_MAX = 100_000
/** How often the store is asked whether something changed. */
const POLL_MS = 50

/**
 * Keeps an engine in step with a cache folder that other threads and processes write: small changes are applied directly, large
 * ones taken over as snapshots, loaded beside the index in service and swapped in when finished.
 */
export class LiveIndex {
  readonly engine: EmbeddedEngine<ArticleStore>
  /** Resolves as soon as searches can be answered for the first time. */
  readonly firstReady: Promise<void>
  readonly #options: LiveOptions
  readonly #snapshots: SnapshotWatch
  readonly #builds: BackgroundBuild
  readonly #stopping = new AbortController()
  readonly #signal: AbortSignal
  /** How the index is to be read. Where that needs another index, the one in service is read as before until that is built. */
  #wanted: EngineConfig
  #isSecondTry = false
  #ready = false
  #firstReady: () => void = () => {}
  #timer: NodeJS.Timeout | undefined
  /** Whatever puts something else in service is done one after the other; a build goes on beside it. */
  readonly #turns = new Mutex()

  private constructor(options: LiveOptions, store: ArticleStore) {
    this.#options = options
    const { signal } = this.#stopping
    this.#signal = options.signal === undefined ? signal : AbortSignal.any([signal, options.signal])
    this.#wanted = options.config
    const onUnsound = (error: FundstelleError): void => options.onEvent({ kind: 'unsound', error })
    this.#snapshots = new SnapshotWatch(options.cache, this.#signal, onUnsound, options.readFiles)
    this.#builds = new BackgroundBuild({
      build: (building) => options.build(building),
      onFailed: (error, retryMs) => options.onEvent({ kind: 'failed', error, retryMs }),
      signal: this.#signal,
      now: options.now ?? (() => performance.now()),
    })
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
   * Rebuilds in the background with another configuration; the old index serves until it is ready. Where articles are indexed as before,
   * nothing is rebuilt. Resolves when the rebuild has begun.
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
    await this.#builds.settled()
    await this.engine.exclusively(() => this.engine.source.close())
  }

  /** Puts the newest sound snapshot of a store in service, and what happened since. */
  async #begin(store: ArticleStore): Promise<void> {
    const started = performance.now()
    const { index, folder, complaints } = await this.#snapshots.load(store, this.config.fingerprint)
    await this.engine.swap(index, { source: store, signal: this.#signal })
    this.#ready = false
    this.#options.onChange?.()
    if (folder !== null) this.#becomeReady()
    if (folder !== null) this.#options.onEvent(loadedEvent(index, started))
    await this.#followChanges()
    if (this.#ready && complaints.length === 0) return
    this.#options.onEvent({ kind: 'rebuilding' })
    this.#builds.begin()
  }

  async #refresh(): Promise<void> {
    if (this.#signal.aborted) return
    if (this.engine.source.isReplaced) return this.#replaceStore()
    if (this.#builds.takeEnded()) {
      const swappedIn = await this.#swapIn(true).catch((error: unknown) => {
        this.#builds.repeatLater()
        throw error
      })
      // a build that was under way already was made the way before; another one that cannot be used is given up
      if (!swappedIn && this.#next !== null) {
        if (this.#isSecondTry) this.#wanted = this.config
        else this.#builds.begin()
        this.#isSecondTry = true
      } else if (!swappedIn) this.#builds.repeatLater()
    }
    this.#builds.beginAgainIfDue()
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
    this.#snapshots.forgetRefused()
    this.#isSecondTry = false
    this.#builds.forgetFailures()
    // whoever asked for it may have built it before
    const newest = await this.#snapshots.newest()
    if (newest?.fingerprint === config.fingerprint && (await this.#swapIn(true))) return
    this.#builds.begin()
  }

  /** How the next index will be read, where that is not as the one in service. */
  get #next(): EngineConfig | null {
    return this.#wanted.fingerprint === this.config.fingerprint ? null : this.#wanted
  }

  async #followChanges(): Promise<void> {
    const { index, source: store } = this.engine
    const version = store.dataVersion
    const lag = store.changesAfter(index.seqNo)
    this.#builds.observe(version)
    if (lag === 0) this.#becomeReady()
    if (lag <= 0) return
    if (lag <= DIRECT_CHANGES_MAX && index.seqNo >= store.purgedSeqNo) {
      const { analyzer } = this.config
      await catchUp(index, store, analyzer, undefined, this.#signal, (step) => this.engine.change(step))
      this.#warmUp()
      this.#becomeReady()
      this.#options.onEvent(updatedEvent(index))
      if (index.needsCompaction) await this.#compact()
    } else if (!(await this.#swapIn(false))) this.#builds.beginIfStoreRests()
  }

  #schedule(): void {
    if (this.#signal.aborted) return
    this.#timer = setTimeout(() => {
      this.refresh()
        .catch((error: unknown) => {
          if (!this.#signal.aborted) this.#options.onEvent({ kind: 'failed', error })
        })
        .finally(() => this.#schedule())
    }, this.#options.pollMs ?? POLL_MS)
  }

  /**
   * Swaps the newest snapshot in where it is ahead of the index in service.
   * @param compacted it may also stand where the index stands, or before, and is brought up to date then
   * @returns whether it could be used
   */
  async #swapIn(compacted: boolean): Promise<boolean> {
    const started = performance.now()
    const newest = await this.#snapshots.newest()
    if (newest === undefined) return false
    const { source: store } = this.engine
    const { seqNo } = this.engine.index
    if (newest.change <= seqNo && !compacted) return false
    const next = compacted ? this.#next : null
    const { fingerprint, analyzer } = next ?? this.config
    const { index, folder } = await this.#snapshots.load(store, fingerprint, newest)
    if (folder === null || (index.seqNo <= seqNo && !compacted)) return false
    if (index.seqNo < seqNo) await catchUp(index, store, analyzer, undefined, this.#signal)
    // meanwhile another way may have been asked for, or this one been taken back
    if (next !== null && fingerprint !== this.#wanted.fingerprint) return false
    await this.engine.swap(index, { ...(next !== null && { config: this.#wanted }), signal: this.#signal })
    if (this.#next === null) this.#builds.forgetFailures()
    this.#becomeReady()
    this.#options.onEvent(loadedEvent(index, started))
    return true
  }

  /** Small indexes are compacted here and now, large ones come back from a build, which compacts them. */
  async #compact(): Promise<void> {
    const { index } = this.engine
    if (index.forward.tokens <= COMPACTED_HERE_TOKENS_MAX)
      await this.engine.swap(index.compacted(), { signal: this.#signal })
    else this.#builds.begin()
  }

  /** Goes on beside searches. */
  #warmUp(): void {
    this.engine.warmUp().catch((error: unknown) => this.#options.onEvent({ kind: 'failed', error }))
  }

  #becomeReady(): void {
    this.#ready = true
    this.#firstReady()
    this.#options.onChange?.()
  }
}
