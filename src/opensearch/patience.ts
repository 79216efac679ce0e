import { setTimeout as pause } from 'node:timers/promises'
import { FundstelleError } from '../errors.ts'
import { Cluster, type ClusterRequest, type ClusterResponse, statusOf } from './cluster.ts'

/** After the first time it waits so long, and twice as long each time: 20 s in all. */
const ATTEMPTS_MAX = 8
const PAUSE_MS = 200
const PAUSE_MS_MAX = 8_000
const NO_ANSWER = 0
/** None, or none for now: copies of shards take the place of others, a node is only starting. */
const PASSING: ReadonlySet<number> = new Set([NO_ANSWER, 429, 500, 502, 503, 504])

/** Does what a cluster has failed at once more, since most of that passes; `work` must come to the same when it is done twice. */
export async function patiently<T>(
  work: () => Promise<T>,
  signal?: AbortSignal,
  wait: (ms: number, signal?: AbortSignal) => Promise<unknown> = (ms, by) => pause(ms, undefined, { signal: by }),
): Promise<T> {
  for (let attempt = 1; ; attempt++) {
    try {
      return await work()
    } catch (error) {
      signal?.throwIfAborted()
      if (attempt >= ATTEMPTS_MAX || !isPassing(error)) throw error
      await wait(Math.min(PAUSE_MS_MAX, PAUSE_MS * 2 ** (attempt - 1)), signal)
    }
  }
}

/** What is no failure of a cluster, such as a fault of ours, does not pass. */
const isPassing = (error: unknown): boolean =>
  error instanceof FundstelleError && error.code === 'engine_unavailable' && PASSING.has(statusOf(error) ?? NO_ANSWER)

/** For whoever writes, and has time: a cluster that has answered once is waited for. */
export class PatientCluster extends Cluster {
  #hasAnswered = false

  override async send<T>(request: ClusterRequest): Promise<ClusterResponse<T>> {
    const answer = this.#hasAnswered
      ? await patiently(() => super.send<T>(request), request.signal)
      : await super.send<T>(request)
    this.#hasAnswered = true
    return answer
  }
}
