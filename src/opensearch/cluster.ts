// The room `opensearch`: the engine on an OpenSearch cluster, behind the same seam as the embedded one. It looks terms up, retrieves and counts there, and is
// imported only where it was asked for: nobody else loads the client.

import { Client, type ClientOptions, errors } from '@opensearch-project/opensearch'
import { FundstelleError, type Localized } from '../errors.ts'
import { BoundedConnection } from './bounded-connection.ts'
import { CircuitBreaker } from './circuit-breaker.ts'

/** Where a cluster is, and how it lets this process in. */
export interface ClusterAddress {
  /** Of one node or several; requests go to them in turn. */
  readonly urls: readonly string[]
  /** Instead of one in the addresses. */
  readonly auth?: { readonly username: string; readonly password: string }
  readonly apiKey?: string
  /** PEM of the authority that signed the certificates of the nodes, where that is none of the usual ones. */
  readonly ca?: string
  readonly timeoutMs?: number
}

export interface ClusterRequest {
  readonly method: 'GET' | 'POST' | 'PUT' | 'DELETE' | 'HEAD'
  readonly path: string
  readonly query?: Readonly<Record<string, string | number | boolean>>
  readonly body?: object
  /** Lines of JSON instead. */
  readonly lines?: readonly object[]
  /** Statuses that are answers, not failures. */
  readonly expected?: readonly number[]
  readonly signal?: AbortSignal | undefined
}

export interface ClusterResponse<T> {
  readonly status: number
  readonly body: T
}

const TIMEOUT_MS = 30_000
/** Reading is tried again with another node where one does not answer. */
const RETRIES = 2

const NOT_ASKED: Localized = {
  de: 'der OpenSearch-Cluster antwortet nicht und wird gleich wieder gefragt',
  en: 'the OpenSearch cluster does not answer, and is asked again shortly',
}

/** Requests to a cluster. What it does not answer, or refuses for its own reasons, is `engine_unavailable`. */
export class Cluster {
  readonly #client: Client
  readonly #breaker = new CircuitBreaker()

  constructor({ urls, auth, apiKey, ca, timeoutMs = TIMEOUT_MS }: ClusterAddress) {
    const options: ClientOptions = {
      nodes: [...urls],
      Connection: BoundedConnection,
      requestTimeout: timeoutMs,
      maxRetries: RETRIES,
      // names in answers are ours; what others wrote are values, and an article is one text
      disablePrototypePoisoningProtection: true,
      sniffOnStart: false,
      sniffOnConnectionFault: false,
      ...(auth === undefined ? {} : { auth }),
      ...(apiKey === undefined ? {} : { headers: { authorization: `ApiKey ${apiKey}` } }),
      ...(ca === undefined ? {} : { ssl: { ca, rejectUnauthorized: true } }),
    }
    this.#client = new Client(options)
  }

  /** @throws FundstelleError `engine_unavailable` */
  async send<T>({
    method,
    path,
    query,
    body,
    lines,
    expected = [],
    signal,
  }: ClusterRequest): Promise<ClusterResponse<T>> {
    signal?.throwIfAborted()
    if (!this.#breaker.mayTry()) throw new FundstelleError('engine_unavailable', { why: NOT_ASKED })
    const sent = this.#client.transport.request(
      {
        method,
        path,
        ...(query === undefined ? {} : { querystring: query }),
        ...(body === undefined ? {} : { body }),
        ...(lines === undefined ? {} : { bulkBody: [...lines] }),
      },
      { ignore: [...expected] },
    )
    // what `abort` returns looks like a promise: given to the signal, its rejection would be nobody's and end the process
    const abort = (): void => {
      sent.abort()
    }
    signal?.addEventListener('abort', abort, { once: true })
    try {
      const { statusCode, body: answer } = await sent
      this.#breaker.answered()
      return { status: statusCode ?? 0, body: answer as T }
    } catch (error) {
      if (signal?.aborted) this.#breaker.givenUp()
      else if (isAnswered(error)) this.#breaker.answered()
      else this.#breaker.failed()
      signal?.throwIfAborted()
      throw failureOf(error)
    } finally {
      signal?.removeEventListener('abort', abort)
    }
  }

  async body<T>(request: ClusterRequest): Promise<T> {
    return (await this.send<T>(request)).body
  }

  close(): Promise<void> {
    return this.#client.close()
  }
}

/** What a cluster answered instead of what it was asked for. The request is not kept: it has what somebody searched for. */
class Refusal extends Error {
  readonly status: number

  constructor(status: number, message: string) {
    super(message)
    this.status = status
  }
}

/** Whether a cluster answered, if not what it was asked for: `RequestAbortedError` is told of an answer that is too large, see `BoundedConnection`. */
const isAnswered = (error: unknown): boolean =>
  error instanceof errors.ResponseError || error instanceof errors.RequestAbortedError

/** Statuses that come to the same however often a request is sent: it is wrong, or it or its answer is too large. */
const FOR_GOOD: ReadonlySet<number> = new Set([400, 413, 422])

/** Whether a cluster refused something for good. */
export const isRefusedForGood = (error: unknown): boolean => FOR_GOOD.has(statusOf(error) ?? 0)

/** What an answer that is larger than this process takes is known by, as is a request that is larger than a cluster takes. */
const TOO_LARGE = 413

/** Whether a request or its answer was too large: one for less may be answered. A cluster that would need too much of its memory for it says so with 429. */
export const isTooLarge = (error: unknown): boolean =>
  statusOf(error) === TOO_LARGE || refusedAs(error, 'circuit_breaking_exception')

/** What a refusal is known by, see `statusOf`. */
export const refusalCause = (status: number, reason: string): Error => new Refusal(status, reason)

/** The status a cluster refused a request with; undefined where it did not answer. */
export function statusOf(error: unknown): number | undefined {
  const cause = error instanceof FundstelleError ? error.cause : undefined
  // one that another thread has told is no `Refusal` any more
  const isRefusal = cause instanceof Error && !(cause instanceof FundstelleError) && 'status' in cause
  return isRefusal ? (cause.status as number) : undefined
}

/** Statuses of a cluster that has lost what it kept for a search, or a copy of a shard: the same asked anew may be answered. */
const LOST: ReadonlySet<number> = new Set([404, 500, 502, 503, 504])

export const isLost = (error: unknown): boolean => LOST.has(statusOf(error) ?? 0)

/** Whether a cluster refused a request for a reason of this type. */
export const refusedAs = (error: unknown, type: string): boolean =>
  statusOf(error) !== undefined && ((error as Error).cause as Error).message.startsWith(`${type}:`)

/** What a cluster refused one request with, or one of several that were sent together. */
export function refusalOf(status: number, failure: unknown): FundstelleError {
  const reason = reasonOf(failure as Failure | undefined)
  const cause = new Refusal(status, reason)
  return new FundstelleError('engine_unavailable', { why: refused(status, reason) }, { cause })
}

function failureOf(error: unknown): FundstelleError {
  if (error instanceof errors.ResponseError)
    return refusalOf(error.statusCode, (error.body as { error?: Failure } | null)?.error)
  const message = error instanceof Error ? error.message : String(error)
  if (error instanceof errors.RequestAbortedError)
    return refusalOf(TOO_LARGE, { type: 'answer_too_large', reason: message })
  // where it is, and why it does not answer, is for the log and the terminal: a server tells this to whoever searches
  return new FundstelleError('engine_unavailable', { why: UNREACHABLE }, { cause: new Error(message) })
}

const UNREACHABLE: Localized = {
  de: 'der OpenSearch-Cluster ist nicht zu erreichen',
  en: 'the OpenSearch cluster cannot be reached',
}

const refused = (status: number, reason: string): Localized =>
  reason === NO_REASON && status === NOT_FOUND
    ? {
        de: `unter der Adresse des OpenSearch-Clusters hat etwas anderes mit ${status} geantwortet`,
        en: `something else answered ${status} at the address of the OpenSearch cluster`,
      }
    : {
        de: `der OpenSearch-Cluster hat mit ${status} geantwortet (${reason})`,
        en: `the OpenSearch cluster answered ${status} (${reason})`,
      }

/** What OpenSearch does not find it gives a reason for; who refuses to let somebody in may give none. */
const NO_REASON = '?'
const NOT_FOUND = 404

/** What went wrong, as a cluster tells it. */
interface Failure {
  readonly type?: string
  readonly reason?: string
  readonly caused_by?: Failure
  readonly failed_shards?: readonly { readonly reason?: Failure }[]
}

/** The innermost reason. */
function reasonOf(failure: Failure | undefined): string {
  if (failure === undefined) return NO_REASON
  const inner = failure.caused_by ?? failure.failed_shards?.[0]?.reason
  return inner === undefined ? [failure.type, failure.reason].join(': ') : reasonOf(inner)
}
