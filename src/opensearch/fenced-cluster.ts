import type { ClusterAddress, ClusterRequest, ClusterResponse } from './cluster.ts'
import { PatientCluster } from './patience.ts'
import type { WriterLease } from './writer-lease.ts'

/** Requests of a process as long as it holds the lease of what it writes: none is sent after that, and what is under way then is given up. */
export class FencedCluster extends PatientCluster {
  readonly #lease: Pick<WriterLease, 'confirm' | 'valid'>

  readonly #stop: AbortSignal | undefined

  /** @param stop aborted, nothing is sent any more either */
  constructor(address: ClusterAddress, lease: Pick<WriterLease, 'confirm' | 'valid'>, stop?: AbortSignal) {
    super(address)
    this.#lease = lease
    this.#stop = stop
  }

  /** @throws FundstelleError `lease_lost`, `engine_unavailable` */
  override async send<T>(request: ClusterRequest): Promise<ClusterResponse<T>> {
    await this.#lease.confirm()
    const { valid } = this.#lease
    const signals = [valid, this.#stop, request.signal].filter((signal) => signal !== undefined)
    return super.send<T>({ ...request, signal: AbortSignal.any(signals) })
  }
}
