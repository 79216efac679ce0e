import { randomUUID } from 'node:crypto'
import { resolve } from 'node:path'
import { isDeepStrictEqual } from 'node:util'
import { Worker } from 'node:worker_threads'
import type { AnswerSettings } from '../config.ts'
import { FundstelleError } from '../errors.ts'
import type { Rules } from '../rules.ts'
import type { DocumentSearch } from '../search/document-search.ts'
import type { SearchService } from '../search/service.ts'
import { nameOf, type SearchSettings, searchSettingsOf, versionOf } from '../search/version.ts'
import { SharedBuilds } from '../update/shared-builds.ts'
import { type Child, Supervisor, type UnexpectedEnd } from '../update/supervise.ts'
import { systemTimers, type Timers } from '../update/timers.ts'
import type { StageTimes, WorkBudget } from '../work-budget.ts'
import { type Call, type CalledServices, callOn, servicesBy } from './called-services.ts'
import type { IndexPlace } from './further-indexes.ts'
import { IndexPool } from './index-pool.ts'
import type { Method, ThreadEvent, ThreadStatus, ThreadTask } from './messages.ts'
import { QUEUE, SearchQueue } from './search-queue.ts'
import { SearchThread } from './search-thread.ts'
import { SharedSnapshots } from './shared-snapshots.ts'
import { ToldByThreads } from './told-by-threads.ts'

/** An article, and words that tell most about it. */
export interface Sample {
  readonly id: string
  readonly words: readonly string[]
}

export interface ThreadsOptions {
  readonly cache: string
  readonly rules: Rules
  readonly answers: AnswerSettings
  readonly timeoutMs: number
  /** How many threads search. */
  readonly threads: number
  /** How many calls may wait for each; `QUEUE` unless it is said. */
  readonly queue?: number
  /** Brings the snapshot up to date; see `LiveOptions`. */
  readonly build: (signal: AbortSignal) => Promise<void>
  /** The same for an index beside the main one. */
  readonly buildIndex?: (place: IndexPlace, signal: AbortSignal) => Promise<void>
  /** Told of the indexes beside the main one. */
  readonly onIndexEvent?: (folder: string, event: ThreadEvent) => void
  /** Once for what all threads tell. */
  readonly onEvent: (event: ThreadEvent) => void
  /** Told of each search what its stages took. */
  readonly onTimes?: (times: StageTimes) => void
  /** A thread has ended although nobody had asked it to; it is started again. */
  readonly onEnd: (end: UnexpectedEnd) => void
  /** Makes the first requests of a thread, at its start and whenever it is started again; others ask it when that is over. */
  readonly warmUp?: (service: SearchService, samples: () => Promise<Sample[]>) => Promise<void>
  /** Tests run the built one, or one of their own. */
  readonly script?: URL
  /** Tests count here who reads. */
  readonly snapshots?: SharedSnapshots
  readonly timers?: Timers
}

const SCRIPT = new URL('./thread.js', import.meta.url)
/** Asked by what carries out tasks. */
const UNLIMITED: ReadonlySet<Method> = new Set<Method>(['documentIds'])
/** New objects of a thread: three times what is collected at once. By itself V8 takes 48. */
const YOUNG_MB = 24
/** A thread that is asked to end may finish what it does for so long; then it is ended. */
const CLOSE_PATIENCE_MS = 2000

/**
 * A search service whose calls are answered in threads of their own, each with an index of its own that it keeps in step with the cache
 * folder; the snapshots that these begin with lie in memory that all share. A call goes to the thread that has least to do. Further indexes are
 * opened in these threads when they are asked for, see index-pool.ts.
 */
export class SearchThreads {
  readonly service: SearchService & DocumentSearch
  /** Resolves as soon as all threads can answer searches, and are warm. */
  readonly firstReady: Promise<void>
  /** How many calls were not taken, and whether that goes on. */
  readonly queue: Pick<SearchQueue, 'shed' | 'isShedding'>
  readonly #queue: SearchQueue
  readonly #options: ThreadsOptions
  readonly #settings: SearchSettings
  readonly #settingsName: string
  readonly #supervisors: Supervisor[] = []
  readonly #threads: (SearchThread | undefined)[]
  readonly #told = new ToldByThreads()
  readonly #snapshots: SharedSnapshots
  readonly #closing = new AbortController()
  readonly #indexes: IndexPool
  /** It serves every thread that asks for one meanwhile, by the same rules. */
  readonly #builds: SharedBuilds<Rules>
  /** Threads whose first requests were made. */
  readonly #warm = new WeakSet<SearchThread>()
  #hasBegun = false
  #rules: Rules
  /** The thread asked last: of those that have as little to do the next one is asked. */
  #last = 0
  #becomeReady: () => void = () => {}

  constructor(options: ThreadsOptions) {
    this.#options = options
    this.#rules = options.rules
    this.#settings = searchSettingsOf(options.answers)
    this.#settingsName = nameOf(this.#settings)
    this.#snapshots = options.snapshots ?? new SharedSnapshots()
    this.#threads = new Array(options.threads).fill(undefined)
    const { answers, timeoutMs, timers = systemTimers } = options
    this.#builds = new SharedBuilds(() => options.build(this.#closing.signal))
    this.#queue = new SearchQueue(options.queue ?? QUEUE, timers)
    this.queue = this.#queue
    this.#indexes = new IndexPool({
      ...{ answers, timeoutMs, timers },
      build: options.buildIndex ?? (() => Promise.reject(new Error('nothing builds further indexes here'))),
      onEvent: options.onIndexEvent ?? (() => {}),
      signal: this.#closing.signal,
      ...(options.onTimes !== undefined && { onTimes: options.onTimes }),
    })
    this.firstReady = new Promise((resolve) => {
      this.#becomeReady = () => {
        this.#hasBegun = true
        resolve()
      }
    })
    this.service = this.#serviceBy((method, args, budget) => {
      const at = this.#idlest()
      this.#admit(method, at, budget)
      this.#last = at
      return (this.#threads[at] as SearchThread).call(method, args, budget)
    })
    for (let at = 0; at < options.threads; at++)
      this.#supervisors.push(
        new Supervisor((began, ended) => this.#start(at, began, ended), options.onEnd, options.timers),
      )
  }

  /** Whether searches can be answered. */
  get ready(): boolean {
    return this.#threads.some((thread) => this.#isServing(thread))
  }

  /** Of the main index, or of the one that is kept open in its place. */
  get articles(): number {
    const { kept } = this.#indexes
    const main = this.#threads.flatMap((thread) => thread?.status ?? [])
    return Math.max(0, ...(kept === null ? main : this.#indexes.statusesOf(kept)).map(({ articles }) => articles))
  }

  /** Calls that are not answered yet, of all threads. */
  get waiting(): number {
    return this.#threads.reduce((sum, _thread, at) => sum + this.#loadOf(at), 0)
  }

  /** Searches in an index: in the main one, or in one that lies in another folder and is opened there for it. */
  searchIn(place: IndexPlace): CalledServices {
    if (resolve(place.folder) === resolve(this.#options.cache)) return this.#mainBy(place.rules)
    return servicesBy(async (method, args, budget) => {
      this.#admit(method, this.#idlest(), budget)
      return this.#indexes.call(place, method, args, budget)
    })
  }

  /** The main index, read by these rules. */
  #mainBy(rules: Rules): CalledServices {
    if (isDeepStrictEqual(rules, this.#rules)) {
      // the next time they are the same object
      this.#rules = rules
      return this.service
    }
    const before = this.#rules
    const reconfigured = this.reconfigure(rules)
    // whoever calls is told, and the next one tries it again; that nobody calls is no reason to end the process
    reconfigured.catch(() => {
      if (isDeepStrictEqual(this.#rules, rules)) this.#rules = before
    })
    return servicesBy(async (method, args, budget) => {
      await reconfigured
      return callOn(this.service, method, args, budget)
    })
  }

  /**
   * Has an index open in all threads from now on, however seldom it is asked for: what is searched most may be another than the main one, when names
   * were swapped. One that was kept before is closed like others.
   * @param place null for the main index, which always is
   */
  keepOpen(place: IndexPlace | null): void {
    const isMain = place === null || resolve(place.folder) === resolve(this.#options.cache)
    this.#indexes.keepOpen(isMain ? null : place)
  }

  /** Names what the answers of an index depend on, as `service.version` does for the main one. */
  versionIn(place: IndexPlace): Promise<string> {
    if (resolve(place.folder) === resolve(this.#options.cache)) return this.service.version()
    const ready = this.#indexes.statusesOf(place.folder).filter((status) => status.ready)
    // what will open it for an answer is not known yet: a version that none has, or an answer of before would be taken for it
    return Promise.resolve(ready.length === 0 ? randomUUID() : this.#versionOf(ready))
  }

  /** Closes an index beside the main one in all threads: its folder may be moved or deleted then. */
  closeIndex(folder: string): Promise<void> {
    return this.#indexes.close(folder)
  }

  /** The service of each single thread that can answer: each runs its code for the first time by itself. */
  get each(): SearchService[] {
    return this.#threads.flatMap((thread) => (this.#isServing(thread) ? [this.#serviceOf(thread)] : []))
  }

  /** Reads queries by other rules from now on, and articles where they differ for these. Resolves when that has begun. */
  async reconfigure(rules: Rules): Promise<void> {
    this.#rules = rules
    // one that ends meanwhile is started again with these
    const reconfigured = this.#threads.map(async (thread) => {
      await thread?.reconfigure(rules).catch((error: unknown) => {
        if (!thread.hasEnded) throw error
      })
    })
    await Promise.all(reconfigured)
  }

  async close(): Promise<void> {
    this.#closing.abort()
    await this.#builds.settled()
    await Promise.all(this.#supervisors.map((supervisor) => supervisor.close()))
  }

  #start(at: number, began: () => void, ended: (error: unknown) => void): Child {
    const { cache, answers, timeoutMs, onEvent, onTimes, script = SCRIPT } = this.#options
    const task: ThreadTask = { cache, rules: this.#rules, answers, timeoutMs }
    const worker = new Worker(script, { workerData: task, resourceLimits: { maxYoungGenerationSizeMb: YOUNG_MB } })
    let hasBegun = false
    let isWarming = false
    const thread = new SearchThread(worker, {
      event: (event) => {
        if (this.#told.isNew(at, event)) onEvent(event)
      },
      changed: () => {
        if (!hasBegun) began()
        hasBegun = true
        if (!isWarming && thread.status?.ready === true) {
          isWarming = true
          this.#warmUp(thread)
        }
        this.#tellIfReady()
      },
      build: () => this.#build(),
      snapshots: this.#snapshots,
      ...(onTimes !== undefined && { timed: onTimes }),
    })
    this.#threads[at] = thread
    const indexes = this.#indexes.join(at, worker, () => thread.load)
    let failure: unknown
    worker.on('error', (error) => {
      failure = error
    })
    const exited = new Promise<void>((resolve) => {
      worker.on('exit', () => {
        this.#threads[at] = undefined
        this.#indexes.leave(at)
        thread.end()
        resolve()
        ended(failure)
      })
    })
    return {
      async close() {
        void indexes.closeAll()
        thread.close()
        const patience = setTimeout(() => void worker.terminate(), CLOSE_PATIENCE_MS)
        await exited
        clearTimeout(patience)
      },
    }
  }

  #warmUp(thread: SearchThread): void {
    const warmed = (): void => {
      this.#warm.add(thread)
      this.#tellIfReady()
    }
    const samples = async (): Promise<Sample[]> => (await thread.call('samples', [], null)) as Sample[]
    const { warmUp } = this.#options
    if (warmUp === undefined) warmed()
    else warmUp(this.#serviceOf(thread), samples).then(warmed, warmed)
  }

  #tellIfReady(): void {
    if (this.#threads.every((thread) => thread !== undefined && this.#isWarm(thread))) this.#becomeReady()
  }

  #isWarm(thread: SearchThread): boolean {
    return thread.status?.ready === true && this.#warm.has(thread)
  }

  /** Whether a thread is to be asked. One that is not warm answers later than others, but sooner than none. */
  #isServing(thread: SearchThread | undefined): thread is SearchThread {
    if (thread === undefined || this.#isWarm(thread)) return thread !== undefined
    if (thread.status?.ready !== true || !this.#hasBegun) return false
    return !this.#threads.some((other) => other !== undefined && this.#isWarm(other))
  }

  #serviceOf(thread: SearchThread): SearchService {
    return this.#serviceBy((method, args, budget) => thread.call(method, args, budget))
  }

  #build(): Promise<void> {
    return this.#builds.build(this.#options.cache, this.#rules)
  }

  /** @throws FundstelleError `not_ready` where no thread can answer */
  #idlest(): number {
    let best: number | undefined
    const { length } = this.#threads
    for (let turn = 1; turn <= length; turn++) {
      const at = (this.#last + turn) % length
      const thread = this.#threads[at]
      if (!this.#isServing(thread)) continue
      if (best === undefined || this.#loadOf(at) < this.#loadOf(best)) best = at
    }
    if (best === undefined) throw new FundstelleError('not_ready')
    return best
  }

  /** @throws FundstelleError `overloaded` */
  #admit(method: Method, at: number, budget: WorkBudget | null): void {
    // what a request has begun is finished, and tasks are no requests that can be made again
    if (budget?.hasBegun !== true && !UNLIMITED.has(method)) this.#queue.admit(this.#loadOf(at))
  }

  #loadOf(at: number): number {
    return (this.#threads[at]?.load ?? 0) + this.#indexes.loadOf(at)
  }

  #serviceBy(call: Call): SearchService & DocumentSearch {
    return {
      ...servicesBy(call),
      version: async () =>
        this.#versionOf(this.#threads.flatMap((thread) => (this.#isServing(thread) ? (thread.status ?? []) : []))),
    }
  }

  /** @param statuses of the threads that may answer */
  #versionOf(statuses: readonly ThreadStatus[]): string {
    const versions = statuses.map(({ state, rules }) => versionOf(state, this.#settings, rules, this.#settingsName))
    // where they are not in step, any of them may answer: that is no version that an answer of all of them has
    return [...new Set(versions)].sort().join(' ')
  }
}
