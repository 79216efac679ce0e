import { setTimeout as pause } from 'node:timers/promises'
import { type Cluster, statusOf } from './cluster.ts'

/** How the copies of an index are: all there, some missing, parts of it missing, or nobody answers. */
export type ClusterStatus = 'green' | 'yellow' | 'red' | 'unreachable'

const POLL_MS = 2_000
/** Of an answer; one that does not know its state for so long is not well either. */
const TIMEOUT = '1s'

/** Looks after the health of indexes in a cluster, as long as it is not closed. */
export class ClusterMonitor {
  readonly #cluster: Cluster
  readonly #names: () => readonly string[]
  readonly #onChange: (status: ClusterStatus, before: ClusterStatus | undefined) => void
  readonly #closing = new AbortController()
  readonly #watching: Promise<void>
  #status: ClusterStatus | undefined
  /** Resolves with the first answer, or once it is known that none comes. */
  readonly first: Promise<ClusterStatus>

  /** @param names what is looked at, as it is called at the time */
  constructor(
    cluster: Cluster,
    names: () => readonly string[],
    onChange: (status: ClusterStatus, before: ClusterStatus | undefined) => void,
    pollMs = POLL_MS,
  ) {
    this.#cluster = cluster
    this.#names = names
    this.#onChange = onChange
    this.first = this.#look()
    this.#watching = this.#watch(pollMs)
  }

  get status(): ClusterStatus {
    return this.#status ?? 'unreachable'
  }

  async close(): Promise<void> {
    this.#closing.abort()
    await this.#watching
  }

  async #watch(pollMs: number): Promise<void> {
    const { signal } = this.#closing
    await this.first
    while (!signal.aborted) {
      await pause(pollMs, undefined, { signal }).catch(() => {})
      if (!signal.aborted) await this.#look()
    }
  }

  async #look(): Promise<ClusterStatus> {
    const status = await this.#ask()
    const before = this.#status
    if (status !== before && !this.#closing.signal.aborted) {
      this.#status = status
      this.#onChange(status, before)
    }
    return status
  }

  async #ask(): Promise<ClusterStatus> {
    try {
      const { body } = await this.#cluster.send<{ status?: ClusterStatus }>({
        method: 'GET',
        path: `/_cluster/health/${this.#names().join(',')}`,
        query: { timeout: TIMEOUT, cluster_manager_timeout: TIMEOUT },
        // where there is no such index, or the cluster does not know soon enough
        expected: [404, 408],
        signal: this.#closing.signal,
      })
      return body.status ?? 'red'
    } catch (error) {
      // one that refuses to tell answers, and may answer searches
      return statusOf(error) === undefined ? 'unreachable' : 'red'
    }
  }
}
