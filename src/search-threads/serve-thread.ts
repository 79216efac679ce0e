import { setTimeout } from 'node:timers/promises'
import type { MessagePort } from 'node:worker_threads'
import type { EmbeddedEngine } from '../index/embedded-engine.ts'
import { LiveIndex } from '../index/live-index.ts'
import type { LiveEvent } from '../index/live-options.ts'
import { type Analysed, analysedBy } from '../index/open-analysis.ts'
import { Generations } from '../index/snapshot/generations.ts'
import { withTimeLimit } from '../search/engine/time-limit.ts'
import { createSearchService, type SearchService } from '../search/service.ts'
import { searchSettingsOf } from '../search/version.ts'
import { buildInBackground } from '../update/background.ts'
import { WorkBudget } from '../work-budget.ts'
import type { FromThread, ThreadEvent, ThreadStatus, ThreadTask, ToThread } from './messages.ts'
import { packError } from './packed-error.ts'

/** The first requests of their kinds are made for so many articles, each with so many words. */
const ARTICLES_WARMED = 2
const WORDS_WARMED = 12
/** How often a thread looks whether the snapshot is there that another one builds. */
const GENERATION_POLL_MS = 100

/** Answers what comes through a port, until it is told to close; see search-threads.ts for the other side. */
export async function serveThread(port: MessagePort, task: ThreadTask): Promise<void> {
  const tell = (message: FromThread): void => port.postMessage(message)
  const { cache, rulesPath, timeoutMs } = task
  let analysed: Analysed = analysedBy(task.rules)
  let isOpen = false
  const live = await LiveIndex.open({
    cache,
    config: analysed,
    build: (signal) =>
      task.isFirst ? buildInBackground(cache, rulesPath, signal) : untilNextGeneration(cache, signal),
    onEvent: (event) => {
      if (task.isFirst || event.kind === 'failed') tell({ kind: 'event', event: packEvent(event) })
    },
    onChange: () => {
      if (isOpen) void tellStatus()
    },
  })
  isOpen = true
  const service = createSearchService(withTimeLimit(live.engine, timeoutMs), {
    analyzer: () => live.config.analyzer,
    rules: () => analysed.rules,
    settings: searchSettingsOf(task.answers),
  })
  const calls = new Calls(service, live.engine, tell)
  let told = ''
  async function tellStatus(): Promise<void> {
    const status: ThreadStatus = {
      ready: live.ready,
      articles: live.articles,
      state: await live.engine.state(),
      rules: analysed.rules.version,
    }
    if (told === JSON.stringify(status)) return
    told = JSON.stringify(status)
    tell({ kind: 'status', status })
  }

  port.on('message', (message: ToThread) => {
    if (message.kind === 'call') void calls.answer(message)
    else if (message.kind === 'cancel') calls.cancel(message.id)
    else if (message.kind === 'reconfigure') void reconfigure(message)
    else void close()
  })
  await tellStatus()

  async function reconfigure({ id, rules }: Extract<ToThread, { kind: 'reconfigure' }>): Promise<void> {
    try {
      analysed = analysedBy(rules)
      await live.reconfigure(analysed)
      await tellStatus()
      tell({ kind: 'answer', id, budget: null })
    } catch (error) {
      tell({ kind: 'answer', id, error: packError(error), budget: null })
    }
  }

  async function close(): Promise<void> {
    await live.close()
    port.close()
  }
}

/** Waits for the snapshot that the first thread builds. */
async function untilNextGeneration(cache: string, signal: AbortSignal): Promise<void> {
  const generations = new Generations(cache)
  const before = generations.currentNumber()
  while (generations.currentNumber() === before) await setTimeout(GENERATION_POLL_MS, undefined, { signal })
}

/** The calls that are under way. */
class Calls {
  readonly #service: SearchService
  readonly #engine: EmbeddedEngine
  readonly #tell: (message: FromThread) => void
  readonly #running = new Map<number, AbortController>()

  constructor(service: SearchService, engine: EmbeddedEngine, tell: (message: FromThread) => void) {
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
      this.#tell({
        ...message,
        ...(value !== undefined && { value: JSON.stringify(value) }),
        budget: budget?.state ?? null,
      })
    } catch (error) {
      this.#tell({ ...message, error: packError(error), budget: budget?.state ?? null })
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
