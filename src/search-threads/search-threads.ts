import { Worker } from 'node:worker_threads'
import type { AnswerSettings } from '../config.ts'
import { FundstelleError } from '../errors.ts'
import type { Rules } from '../rules.ts'
import type { SearchService } from '../search/service.ts'
import { nameOf, searchSettingsOf, versionOf } from '../search/version.ts'
import { type Child, Supervisor, type UnexpectedEnd } from '../update/supervise.ts'
import type { WorkBudget } from '../work-budget.ts'
import type { Method, ThreadEvent, ThreadTask } from './messages.ts'
import { SearchThread } from './search-thread.ts'

export interface ThreadsOptions {
  readonly cache: string
  readonly rules: Rules
  readonly rulesPath: string | null
  readonly answers: AnswerSettings
  readonly timeoutMs: number
  /** How many threads search. */
  readonly threads: number
  readonly onEvent: (event: ThreadEvent) => void
  /** A thread has ended although nobody had asked it to; it is started again. */
  readonly onEnd: (end: UnexpectedEnd) => void
  /** Tests run the built one. */
  readonly script?: URL
}

const SCRIPT = new URL('./thread.js', import.meta.url)
/** A thread that is asked to end may finish what it does for so long; then it is ended. */
const CLOSE_PATIENCE_MS = 2000

/**
 * A search service whose calls are answered in threads of their own, each with an index of its own that it keeps in step with the cache
 * folder. A call goes to the thread that has least to do.
 */
export class SearchThreads {
  readonly service: SearchService
  /** Resolves as soon as all threads can answer searches. */
  readonly firstReady: Promise<void>
  readonly #options: ThreadsOptions
  readonly #supervisors: Supervisor[] = []
  readonly #threads: (SearchThread | undefined)[]
  #rules: Rules
  /** The thread asked last: of those that have as little to do the next one is asked. */
  #last = 0
  #becomeReady: () => void = () => {}

  constructor(options: ThreadsOptions) {
    this.#options = options
    this.#rules = options.rules
    this.#threads = new Array(options.threads).fill(undefined)
    this.firstReady = new Promise((resolve) => {
      this.#becomeReady = resolve
    })
    this.service = this.#serviceBy((method, args, budget) => this.#idlest().call(method, args, budget))
    for (let at = 0; at < options.threads; at++)
      this.#supervisors.push(new Supervisor((began, ended) => this.#start(at, began, ended), options.onEnd))
  }

  /** Whether searches can be answered. */
  get ready(): boolean {
    return this.#threads.some((thread) => thread?.status?.ready === true)
  }

  get articles(): number {
    return Math.max(0, ...this.#threads.map((thread) => thread?.status?.articles ?? 0))
  }

  /** The service of each single thread that can answer: each runs its code for the first time by itself. */
  get each(): SearchService[] {
    return this.#threads.flatMap((thread) =>
      thread?.status?.ready === true
        ? [this.#serviceBy((method, args, budget) => thread.call(method, args, budget))]
        : [],
    )
  }

  /** The newest articles and the longest, and words that tell most about each. */
  async samples(): Promise<{ readonly id: string; readonly words: readonly string[] }[]> {
    return (await this.#idlest().call('samples', [], null)) as { id: string; words: readonly string[] }[]
  }

  /** Reads queries by other rules from now on, and articles where they differ for these. Resolves when that has begun. */
  async reconfigure(rules: Rules): Promise<void> {
    this.#rules = rules
    await Promise.all(this.#threads.map((thread) => thread?.reconfigure(rules)))
  }

  async close(): Promise<void> {
    await Promise.all(this.#supervisors.map((supervisor) => supervisor.close()))
  }

  #start(at: number, began: () => void, ended: (error: unknown) => void): Child {
    const { cache, rulesPath, answers, timeoutMs, script = SCRIPT } = this.#options
    const task: ThreadTask = { cache, rules: this.#rules, rulesPath, answers, timeoutMs, isFirst: at === 0 }
    const worker = new Worker(script, { workerData: task })
    const thread = new SearchThread(worker, this.#options.onEvent, () => {
      began()
      if (this.#threads.every((one) => one?.status?.ready === true)) this.#becomeReady()
    })
    this.#threads[at] = thread
    let failure: unknown
    worker.on('error', (error) => {
      failure = error
    })
    const exited = new Promise<void>((resolve) => {
      worker.on('exit', () => {
        this.#threads[at] = undefined
        thread.end()
        resolve()
        ended(failure)
      })
    })
    return {
      async close() {
        thread.close()
        const patience = setTimeout(() => void worker.terminate(), CLOSE_PATIENCE_MS)
        await exited
        clearTimeout(patience)
      },
    }
  }

  /** @throws FundstelleError `engine_unavailable` where no thread is there */
  #idlest(): SearchThread {
    let best: number | undefined
    const { length } = this.#threads
    for (let turn = 1; turn <= length; turn++) {
      const at = (this.#last + turn) % length
      const thread = this.#threads[at]
      if (thread?.status?.ready !== true) continue
      if (best === undefined || thread.load < (this.#threads[best] as SearchThread).load) best = at
    }
    if (best === undefined) throw new FundstelleError('not_ready')
    this.#last = best
    return this.#threads[best] as SearchThread
  }

  #serviceBy(
    call: (method: Method, args: readonly unknown[], budget: WorkBudget | null) => Promise<unknown>,
  ): SearchService {
    const settings = searchSettingsOf(this.#options.answers)
    const name = nameOf(settings)
    const ask = async <T>(method: Method, args: readonly unknown[], budget: WorkBudget | null = null): Promise<T> =>
      (await call(method, args, budget)) as T
    return {
      search: (request, budget) => ask('search', [request], budget),
      similar: (id, request, budget) => ask('similar', [id, request], budget),
      suggest: (typed, most, budget) => ask('suggest', [typed, most], budget),
      facetValues: (wanted, budget) => ask('facetValues', [wanted], budget),
      article: (id, budget) => ask('article', [id], budget),
      marked: (id, q, budget) => ask('marked', [id, q], budget),
      pageMarks: (q, address, budget) => ask('pageMarks', [q, address], budget),
      analyze: (text, language) => ask('analyze', [text, language]),
      // while threads stand at different states, an answer may come from either: its name is that of all of them
      version: async () => {
        const names = this.#threads.flatMap((thread) => {
          const status = thread?.status
          return status?.ready === true ? [versionOf(status.state, settings, status.rules, name)] : []
        })
        return [...new Set(names)].sort().join(' ')
      },
    }
  }
}
