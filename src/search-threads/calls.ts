import type { EmbeddedEngine } from '../index/embedded-engine.ts'
import { packError } from '../packed-error.ts'
import type { DocumentSearch } from '../search/document-search.ts'
import type { SearchService } from '../search/service.ts'
import { WorkBudget } from '../work-budget.ts'
import { type FromThread, isDocumentMethod, type Method, type ToThread } from './messages.ts'

/** The first requests of their kinds are made for so many articles, each with so many words. */
const ARTICLES_WARMED = 2
const WORDS_WARMED = 12

export type Services = Omit<SearchService, 'version'> & DocumentSearch

/** The calls that are under way. */
export class Calls {
  readonly #services: () => Services
  readonly #engine: EmbeddedEngine
  readonly #becomeCurrent: (method: Method) => Promise<void>
  readonly #tell: (answer: Extract<FromThread, { kind: 'answer' }>) => Promise<void>
  readonly #running = new Map<number, AbortController>()

  /** @param services of the state that a call finds, is asked when that is current */
  constructor(
    services: () => Services,
    engine: EmbeddedEngine,
    becomeCurrent: (method: Method) => Promise<void>,
    tell: (answer: Extract<FromThread, { kind: 'answer' }>) => Promise<void>,
  ) {
    this.#services = services
    this.#engine = engine
    this.#becomeCurrent = becomeCurrent
    this.#tell = tell
  }

  async answer({ id, method, args, budget: state }: Extract<ToThread, { kind: 'call' }>): Promise<void> {
    const gone = new AbortController()
    this.#running.set(id, gone)
    const budget = state === null ? null : WorkBudget.of(state, gone.signal)
    const message = { kind: 'answer', id } as const
    const since = performance.now()
    try {
      const value = await this.#call(method, budget === null ? args : [...args, budget])
      const answer =
        value === undefined ? {} : isDocumentMethod(method) ? { copied: value } : { value: JSON.stringify(value) }
      await this.#tell({
        ...message,
        ...answer,
        budget: budget?.state ?? null,
        ms: performance.now() - since,
        ...(budget !== null && { times: budget.times }),
      })
    } catch (error) {
      await this.#tell({ ...message, error: packError(error), budget: budget?.state ?? null })
    } finally {
      this.#running.delete(id)
    }
  }

  cancel(id: number): void {
    this.#running.get(id)?.abort()
  }

  async #call(method: Method, args: readonly unknown[]): Promise<unknown> {
    if (method === 'samples') return this.#samples()
    await this.#becomeCurrent(method)
    const call = this.#services()[method] as (...args: readonly unknown[]) => Promise<unknown>
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
