import type { MessagePort } from 'node:worker_threads'
import type { EmbeddedEngine } from '../index/embedded-engine.ts'
import { LiveIndex } from '../index/live-index.ts'
import type { LiveEvent, LiveOptions } from '../index/live-options.ts'
import { type Analysed, analysedBy } from '../index/open-analysis.ts'
import { packError } from '../packed-error.ts'
import { withTimeLimit } from '../search/engine/time-limit.ts'
import { createSearchService, type SearchService } from '../search/service.ts'
import { searchSettingsOf } from '../search/version.ts'
import { WorkBudget } from '../work-budget.ts'
import { AskedBuilds } from './asked-builds.ts'
import { AskedSnapshots } from './asked-snapshots.ts'
import type { ForServing, FromThread, ThreadEvent, ThreadStatus, ThreadTask, ToThread } from './messages.ts'

/** The first requests of their kinds are made for so many articles, each with so many words. */
const ARTICLES_WARMED = 2
const WORDS_WARMED = 12

/**
 * Answers what comes through a port, until it is told to close; see search-threads.ts for the other side. Resolves when calls can be made, or
 * when it was told to close before.
 */
export async function serveThread(port: MessagePort, task: ThreadTask): Promise<void> {
  const tell = (message: FromThread): void => port.postMessage(message)
  const builds = new AskedBuilds(() => tell({ kind: 'build' }))
  const snapshots = new AskedSnapshots(tell)
  const stopping = new AbortController()
  let serving: Serving | undefined
  /** What is to be done as soon as it serves. */
  const early: ForServing[] = []
  port.on('message', (message: ToThread) => {
    if (message.kind === 'built') builds.ended(message.error)
    else if (message.kind === 'snapshot') snapshots.given(message.files)
    else if (message.kind === 'read-snapshot') snapshots.toRead(message.known)
    else if (message.kind === 'close') void close()
    else if (serving === undefined) early.push(message)
    else serving.take(message)
  })

  async function close(): Promise<void> {
    stopping.abort()
    await serving?.live.close()
    if (serving !== undefined) port.close()
  }

  try {
    const sources = { build: (signal: AbortSignal) => builds.build(signal), readFiles: snapshots.readFiles }
    const opened = await Serving.open(task, tell, sources, stopping.signal)
    serving = opened
    if (stopping.signal.aborted) return await close()
    for (const message of early) opened.take(message)
  } catch (error) {
    if (!stopping.signal.aborted || error !== stopping.signal.reason) throw error
    port.close()
  }
}

/** An index that is kept in step, and the calls on it. */
class Serving {
  readonly live: LiveIndex
  readonly #tell: (message: FromThread) => void
  readonly #calls: Calls
  readonly #signal: AbortSignal
  #analysed: Analysed
  #told = ''

  private constructor(
    live: LiveIndex,
    task: ThreadTask,
    analysed: Analysed,
    tell: (message: FromThread) => void,
    signal: AbortSignal,
  ) {
    this.live = live
    this.#signal = signal
    this.#tell = tell
    this.#analysed = analysed
    const service = createSearchService(withTimeLimit(live.engine, task.timeoutMs), {
      analyzer: () => live.config.analyzer,
      rules: () => this.#analysed.rules,
      settings: searchSettingsOf(task.answers),
    })
    this.#calls = new Calls(service, live.engine, async (answer) => {
      // no answer comes before the state that it was found in is known
      await this.#tellStatus()
      tell(answer)
    })
  }

  static async open(
    task: ThreadTask,
    tell: (message: FromThread) => void,
    sources: Pick<LiveOptions, 'build' | 'readFiles'>,
    signal: AbortSignal,
  ): Promise<Serving> {
    const analysed = analysedBy(task.rules)
    let serving: Serving | undefined
    const live = await LiveIndex.open({
      cache: task.cache,
      config: analysed,
      ...sources,
      onEvent: (event) => tell({ kind: 'event', event: packEvent(event) }),
      onChange: () => {
        if (serving !== undefined) void serving.#tellStatus()
      },
      signal,
    })
    serving = new Serving(live, task, analysed, tell, signal)
    await serving.#tellStatus()
    return serving
  }

  take(message: ForServing): void {
    if (message.kind === 'call') void this.#calls.answer(message)
    else if (message.kind === 'cancel') this.#calls.cancel(message.id)
    else void this.#reconfigure(message)
  }

  async #reconfigure({ id, rules }: Extract<ToThread, { kind: 'reconfigure' }>): Promise<void> {
    try {
      this.#analysed = analysedBy(rules)
      await this.live.reconfigure(this.#analysed)
      await this.#tellStatus()
      this.#tell({ kind: 'answer', id, budget: null })
    } catch (error) {
      this.#tell({ kind: 'answer', id, error: packError(error), budget: null })
    }
  }

  async #tellStatus(): Promise<void> {
    // the store of a state may be closed then
    if (this.#signal.aborted) return
    // that a store cannot be read is told by whatever reads it next; the status before stays
    const state = await this.live.engine.state().catch(() => null)
    if (state === null) return
    const status: ThreadStatus = {
      ready: this.live.ready,
      articles: this.live.articles,
      state,
      rules: this.#analysed.rules.version,
    }
    const toTell = JSON.stringify(status)
    if (this.#told === toTell) return
    this.#told = toTell
    this.#tell({ kind: 'status', status })
  }
}

/** The calls that are under way. */
class Calls {
  readonly #service: SearchService
  readonly #engine: EmbeddedEngine
  readonly #tell: (answer: Extract<FromThread, { kind: 'answer' }>) => Promise<void>
  readonly #running = new Map<number, AbortController>()

  constructor(
    service: SearchService,
    engine: EmbeddedEngine,
    tell: (answer: Extract<FromThread, { kind: 'answer' }>) => Promise<void>,
  ) {
    this.#service = service
    this.#engine = engine
    this.#tell = tell
  }

  async answer({ id, method, args, budget: state }: Extract<ToThread, { kind: 'call' }>): Promise<void> {
    const gone = new AbortController()
    this.#running.set(id, gone)
    const budget = state === null ? null : WorkBudget.of(state, gone.signal)
    const message = { kind: 'answer', id } as const
    try {
      const value = await this.#call(method, budget === null ? args : [...args, budget])
      const answer = value === undefined ? {} : { value: JSON.stringify(value) }
      await this.#tell({ ...message, ...answer, budget: budget?.state ?? null })
    } catch (error) {
      await this.#tell({ ...message, error: packError(error), budget: budget?.state ?? null })
    } finally {
      this.#running.delete(id)
    }
  }

  cancel(id: number): void {
    this.#running.get(id)?.abort()
  }

  #call(method: Extract<ToThread, { kind: 'call' }>['method'], args: readonly unknown[]): Promise<unknown> {
    if (method === 'samples') return this.#samples()
    const call = this.#service[method] as (...args: readonly unknown[]) => Promise<unknown>
    return call(...args)
  }

  /** The newest articles and the longest, and words that tell most about each. */
  #samples(): Promise<unknown> {
    return this.#engine.read(async (reader) => {
      const samples: { id: string; words: readonly string[] }[] = []
      for (const id of this.#engine.index.typicalArticles(ARTICLES_WARMED))
        samples.push({ id, words: (await reader.significantTerms(id, WORDS_WARMED)) ?? [] })
      return samples
    }, new WorkBudget())
  }
}

function packEvent(event: LiveEvent): ThreadEvent {
  return event.kind === 'unsound' || event.kind === 'failed' ? { ...event, error: packError(event.error) } : event
}
