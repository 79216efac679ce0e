import { type Cluster, isTooLarge, refusalOf } from './cluster.ts'

/** A search on one of the indexes, at one point in time. */
export type SearchBody = Readonly<Record<string, unknown>>

/** Of documents only what is asked for beside them: reading anything that is stored, be it the name of a document, takes unpacking a block of them for each. */
export const NOTHING_STORED = { stored_fields: '_none_' } as const

/** In one request: a cluster does a few at once, and answers when it has done all. */
const SEARCHES_MAX = 64

interface Waiting {
  readonly body: SearchBody
  readonly signal: AbortSignal | undefined
  readonly resolve: (answer: unknown) => void
  readonly reject: (error: unknown) => void
}

interface Answered {
  readonly status: number
  readonly error?: unknown
}

/** A part of the answers would be a wrong one. */
const WHOLE = { allow_partial_search_results: false }

/**
 * Sends searches that are asked for at the same time in one request. A query asks for some twenty small things: one after the other, most of its time would be
 * that of the requests. What is asked for until the event loop comes round goes together, whoever asks.
 */
export class SearchBatch {
  readonly #cluster: Pick<Cluster, 'body'>
  #waiting: Waiting[] = []
  #gathering: (() => void)[] = []
  #isDue = false

  constructor(cluster: Pick<Cluster, 'body'>) {
    this.#cluster = cluster
  }

  search<T>(body: SearchBody, signal: AbortSignal | undefined): Promise<T> {
    return new Promise<T>((resolve, reject) => {
      this.#waiting.push({ body, signal, resolve: (answer) => resolve(answer as T), reject })
      this.#beDue()
    })
  }

  /** Lets `gather` ask for what it has gathered, just before the next request is sent: it goes along. */
  beforeNext(gather: () => void): void {
    this.#gathering.push(gather)
    this.#beDue()
  }

  #beDue(): void {
    if (this.#isDue) return
    this.#isDue = true
    setImmediate(() => this.#sendAll())
  }

  #sendAll(): void {
    const gathering = this.#gathering
    this.#gathering = []
    for (const gather of gathering) gather()
    const all = this.#waiting
    this.#waiting = []
    this.#isDue = false
    for (let at = 0; at < all.length; at += SEARCHES_MAX) void this.#send(all.slice(at, at + SEARCHES_MAX))
  }

  async #send(some: readonly Waiting[]): Promise<void> {
    const { signal, release } = abortedByAll(some)
    try {
      const answers = await this.#answers(some, signal)
      for (const [at, { resolve, reject, signal: own }] of some.entries()) {
        const { status, error } = answers[at] as Answered
        if (own?.aborted) reject(own.reason)
        else if (error === undefined) resolve(answers[at])
        else reject(refusalOf(status, error))
      }
    } catch (error) {
      if (some.length > 1 && isTooLarge(error)) {
        const half = Math.ceil(some.length / 2)
        // one after the other: it may be memory that the cluster lacks
        await this.#send(some.slice(0, half))
        await this.#send(some.slice(half))
        return
      }
      for (const { reject, signal: own } of some) reject(own?.aborted ? own.reason : error)
    } finally {
      release()
    }
  }

  async #answers(some: readonly Waiting[], signal: AbortSignal | undefined): Promise<readonly object[]> {
    const [first] = some
    if (some.length === 1 && first !== undefined)
      return [
        await this.#cluster.body<object>({
          ...{ method: 'POST', path: '/_search', query: WHOLE, body: first.body, signal },
        }),
      ]
    const lines = some.flatMap(({ body }) => [WHOLE, body])
    const { responses } = await this.#cluster.body<{ responses: readonly object[] }>({
      ...{ method: 'POST', path: '/_msearch', lines, signal },
    })
    return responses
  }
}

/** Aborted once nobody waits any more: others in the same request go on. */
function abortedByAll(some: readonly Waiting[]): { readonly signal: AbortSignal | undefined; release(): void } {
  const signals = some.map(({ signal }) => signal)
  if (signals.includes(undefined)) return { signal: undefined, release: () => undefined }
  const given = new Set(signals as AbortSignal[])
  const [only] = given
  if (given.size === 1) return { signal: only, release: () => undefined }
  const controller = new AbortController()
  const look = (): void => {
    if ([...given].every(({ aborted }) => aborted)) controller.abort()
  }
  for (const one of given) one.addEventListener('abort', look)
  look()
  return {
    signal: controller.signal,
    release: () => {
      for (const one of given) one.removeEventListener('abort', look)
    },
  }
}
