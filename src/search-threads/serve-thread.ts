import type { MessagePort } from 'node:worker_threads'
import { FundstelleError } from '../errors.ts'
import { LiveIndex } from '../index/live-index.ts'
import type { LiveEvent, LiveOptions } from '../index/live-options.ts'
import { type Analysed, analysedBy } from '../index/open-analysis.ts'
import { packError } from '../packed-error.ts'
import { createDocumentSearch } from '../search/document-service.ts'
import { withTimeLimit } from '../search/engine/time-limit.ts'
import { createSearchService } from '../search/service.ts'
import { searchSettingsOf } from '../search/version.ts'
import { AskedBuilds } from './asked-builds.ts'
import { AskedSnapshots } from './asked-snapshots.ts'
import { Calls, type Services } from './calls.ts'
import {
  type ForServing,
  type FromThread,
  isDocumentMethod,
  type Method,
  type ThreadEvent,
  type ThreadStatus,
  type ThreadTask,
  type ToThread,
} from './messages.ts'

/** Forms that the analyser of such a thread remembers, some 20 MB of them: queries, and articles that come one by one, have few at a time. */
const SERVED_FORMS = 2 ** 16

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
    else if (message.kind === 'open') void serveFurther(message)
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

/** Serves a further index: where it cannot be opened, that one alone has ended. */
async function serveFurther({ port, task }: Extract<ToThread, { kind: 'open' }>): Promise<void> {
  try {
    await serveThread(port, task)
  } catch (error) {
    const ended: FromThread = { kind: 'ended', error: packError(error) }
    port.postMessage(ended)
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
    const parts = {
      analyzer: () => live.config.analyzer,
      rules: () => this.#analysed.rules,
      settings: searchSettingsOf(task.answers),
      source: () => live.engine.source,
    }
    const service = createSearchService(withTimeLimit(live.engine, task.timeoutMs), parts)
    const servicesOf = (hasFiles: boolean): Services => ({
      ...service,
      ...createDocumentSearch(live.engine, { ...parts, hasFiles }),
    })
    const [ofFiles, ofDocuments] = [servicesOf(true), servicesOf(false)]
    // the store tells: files may be read into any index, as its name is swapped for that of another
    const services = (): Services => (live.engine.source.hasFiles ? ofFiles : ofDocuments)
    const becomeCurrent = async (method: Method): Promise<void> => {
      if (isDocumentMethod(method) || task.pollMs !== undefined) await this.#becomeCurrent(task.timeoutMs)
    }
    this.#calls = new Calls(services, live.engine, becomeCurrent, async (answer) => {
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
    const analysed = analysedBy(task.rules, SERVED_FORMS)
    let serving: Serving | undefined
    const live = await LiveIndex.open({
      cache: task.cache,
      config: analysed,
      ...sources,
      ...(task.pollMs !== undefined && { pollMs: task.pollMs }),
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
      this.#analysed = analysedBy(rules, SERVED_FORMS)
      await this.live.reconfigure(this.#analysed)
      await this.#tellStatus()
      this.#tell({ kind: 'answer', id, budget: null })
    } catch (error) {
      this.#tell({ kind: 'answer', id, error: packError(error), budget: null })
    }
  }

  /**
   * Takes in what the store has, which others may have told their clients of.
   * @throws FundstelleError `not_ready` where a first index is not built in time
   */
  async #becomeCurrent(timeoutMs: number): Promise<void> {
    const { live } = this
    await live.refresh()
    if (live.ready) return
    let timer: NodeJS.Timeout | undefined
    const late = new Promise<never>((_, reject) => {
      timer = setTimeout(() => reject(new FundstelleError('not_ready')), timeoutMs)
    })
    await Promise.race([live.firstReady, late]).finally(() => clearTimeout(timer))
    if (!live.ready) throw new FundstelleError('not_ready')
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

function packEvent(event: LiveEvent): ThreadEvent {
  return event.kind === 'unsound' || event.kind === 'failed' ? { ...event, error: packError(event.error) } : event
}
