// The room `opensearch`: the engine on an OpenSearch cluster, behind the same seam as the embedded one. It looks terms up, retrieves and counts there, and is
// imported only where it was asked for: nobody else loads the client.

import { Client, type ClientOptions, errors } from '@opensearch-project/opensearch'
import { FundstelleError, type Localized } from '../errors.ts'

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

/** Requests to a cluster. What it does not answer, or refuses for its own reasons, is `engine_unavailable`. */
export class Cluster {
  readonly #client: Client

  constructor({ urls, auth, apiKey, ca, timeoutMs = TIMEOUT_MS }: ClusterAddress) {
    const options: ClientOptions = {
      nodes: [...urls],
      requestTimeout: timeoutMs,
      maxRetries: RETRIES,
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
    const abort = (): void => sent.abort()
    signal?.addEventListener('abort', abort, { once: true })
    try {
      const { statusCode, body: answer } = await sent
      return { status: statusCode ?? 0, body: answer as T }
    } catch (error) {
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

/** The status a cluster refused a request with; undefined where it did not answer. */
export const statusOf = (error: unknown): number | undefined =>
  error instanceof Error && error.cause instanceof errors.ResponseError ? error.cause.statusCode : undefined

function failureOf(error: unknown): FundstelleError {
  return new FundstelleError('engine_unavailable', { why: whyOf(error) }, { cause: error })
}

function whyOf(error: unknown): Localized {
  if (error instanceof errors.ResponseError) {
    const { statusCode, body } = error
    const { type, reason } = (body as { error?: { type?: string; reason?: string } } | null)?.error ?? {}
    const detail = [type, reason].filter((one) => one !== undefined).join(': ')
    return {
      de: `der OpenSearch-Cluster hat mit ${statusCode} geantwortet${detail === '' ? '' : ` (${detail})`}`,
      en: `the OpenSearch cluster answered ${statusCode}${detail === '' ? '' : ` (${detail})`}`,
    }
  }
  const message = error instanceof Error ? error.message : String(error)
  return {
    de: `der OpenSearch-Cluster ist nicht zu erreichen (${message})`,
    en: `the OpenSearch cluster cannot be reached (${message})`,
  }
}
