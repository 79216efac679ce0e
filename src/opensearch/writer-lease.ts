import { randomUUID } from 'node:crypto'
import { hostname } from 'node:os'
import { setTimeout as pause } from 'node:timers/promises'
import { FundstelleError } from '../errors.ts'
import type { DocumentVersion, SystemDocument, SystemIndex } from './system-index.ts'

/** The document that tells who writes an index. */
interface LeaseDocument {
  /** Counts up with each holder: what one has written tells whose it is. */
  readonly epoch: number
  /** Null where nobody has it. */
  readonly holder: Holder | null
  /** Counts up as long as the holder lives: that it changes is all that others look at. */
  readonly renewals: number
}

interface Holder {
  readonly id: string
  readonly host: string
  readonly pid: number
  /** ISO 8601, by the holder's clock: for people to read, never compared. */
  readonly since: string
}

export interface LeaseTimes {
  /** Whoever waits takes the lease over when it was not renewed for so long, by its own clock. */
  readonly leaseMs: number
  readonly renewMs: number
}

const TIMES: LeaseTimes = { leaseMs: 30_000, renewMs: 3_000 }
/** Of the lease time: so long after it began to renew it last, a holder writes nothing more. The rest is for what it sent before. */
const VALID_SHARE = 0.75
/** Of the lease time: so long a holder writes without looking again whether it still is the one. */
const FRESH_SHARE = 0.25
/** In so many parts of the time between two renewals whoever waits looks. */
const LOOKS = 3

/**
 * The right to write an index of a cluster, which one process has at a time. Clocks of different machines are never compared: whoever wants a lease that another
 * holds looks whether that one still renews it. It is refused where it does, and takes it over where it has not for the whole lease time; the holder for its part
 * has stopped writing before that, counted from the moment it began its last renewal.
 */
export class WriterLease {
  /** Of this holder. */
  readonly epoch: number
  readonly #system: SystemIndex
  readonly #index: string
  readonly #times: LeaseTimes
  #document: LeaseDocument
  #version: DocumentVersion
  /** When the last renewal that succeeded began. */
  #renewedAt: number
  #renewing: Promise<void> | undefined
  #isLost = false
  #isReleased = false
  #validity = new AbortController()
  #expiry: NodeJS.Timeout | undefined
  readonly #timer: NodeJS.Timeout

  private constructor(system: SystemIndex, index: string, times: LeaseTimes, taken: Taken) {
    this.#system = system
    this.#index = index
    this.#times = times
    this.#document = taken.document
    this.#version = taken.version
    this.epoch = taken.document.epoch
    this.#renewedAt = taken.since
    this.#extend()
    this.#timer = setInterval(() => {
      // what fails here is told to whoever wants to write next
      this.#renew().catch(() => {})
    }, times.renewMs)
    this.#timer.unref()
  }

  /**
   * @param index what it is for
   * @param onWaiting is told who has it, where it must be seen first whether that one still lives
   * @throws FundstelleError `index_leased` where another holds it, `engine_unavailable`
   */
  static async take(
    system: SystemIndex,
    index: string,
    { signal, onWaiting = () => {}, times = TIMES }: TakingOptions = {},
  ): Promise<WriterLease> {
    const id = leaseId(index)
    for (;;) {
      const known = await system.read<LeaseDocument>(id, signal)
      if (known !== null && known.value.holder !== null) {
        onWaiting(known.value.holder)
        await mustBeAbandoned(system, index, known as HeldDocument, times, signal)
      }
      const since = performance.now()
      const document: LeaseDocument = {
        epoch: (known?.value.epoch ?? 0) + 1,
        holder: { id: randomUUID(), host: hostname(), pid: process.pid, since: new Date().toISOString() },
        renewals: 0,
      }
      const version = await system.write(id, document, known?.version ?? null)
      // where another was faster, that one is looked at
      if (version !== null) return new WriterLease(system, index, times, { document, version, since })
    }
  }

  /** Aborted when this process may write no longer: what it has sent by then is given up. */
  get valid(): AbortSignal {
    return this.#validity.signal
  }

  /**
   * Resolves where this process may write, after renewing the lease where that was a while ago. To be asked before each write.
   * @throws FundstelleError `lease_lost`, `engine_unavailable`
   */
  async confirm(): Promise<void> {
    const age = performance.now() - this.#renewedAt
    if (this.#isLost || this.#isReleased || age > this.#times.leaseMs * FRESH_SHARE) await this.#renew()
  }

  /** Lets others write; whoever waits need not see first whether this one lives. */
  async release(): Promise<void> {
    if (this.#isReleased) return
    this.#isReleased = true
    clearInterval(this.#timer)
    await this.#renewing?.catch(() => {})
    clearTimeout(this.#expiry)
    this.#validity.abort(this.#lost())
    if (!this.#isLost)
      await this.#system.write(leaseId(this.#index), { ...this.#document, holder: null }, this.#version)
  }

  #renew(): Promise<void> {
    this.#renewing ??= this.#renewOnce().finally(() => {
      this.#renewing = undefined
    })
    return this.#renewing
  }

  async #renewOnce(): Promise<void> {
    if (this.#isLost || this.#isReleased) throw this.#lost()
    const since = performance.now()
    const document = { ...this.#document, renewals: this.#document.renewals + 1 }
    const version = await this.#system.write(leaseId(this.#index), document, this.#version)
    if (version === null) {
      this.#isLost = true
      clearInterval(this.#timer)
      clearTimeout(this.#expiry)
      this.#validity.abort(this.#lost())
      throw this.#lost()
    }
    this.#document = document
    this.#version = version
    this.#renewedAt = since
    this.#extend()
  }

  /** What is sent from now on may be under way as long as nobody else can have the lease. */
  #extend(): void {
    clearTimeout(this.#expiry)
    if (this.#validity.signal.aborted) this.#validity = new AbortController()
    const validity = this.#validity
    const leftMs = this.#renewedAt + this.#times.leaseMs * VALID_SHARE - performance.now()
    this.#expiry = setTimeout(() => validity.abort(this.#lost()), Math.max(0, leftMs))
    this.#expiry.unref()
  }

  #lost(): FundstelleError {
    return new FundstelleError('lease_lost', { index: this.#index })
  }
}

export interface TakingOptions {
  readonly signal?: AbortSignal
  readonly onWaiting?: (holder: Pick<Holder, 'host' | 'pid' | 'since'>) => void
  readonly times?: LeaseTimes
}

interface Taken {
  readonly document: LeaseDocument
  readonly version: DocumentVersion
  /** When taking it began. */
  readonly since: number
}

type HeldDocument = SystemDocument<LeaseDocument & { readonly holder: Holder }>

const leaseId = (index: string): string => `lease-${index}`

/**
 * Resolves when a lease was not renewed for the lease time, or was given back meanwhile.
 * @throws FundstelleError `index_leased` as soon as it is renewed
 */
async function mustBeAbandoned(
  system: SystemIndex,
  index: string,
  held: HeldDocument,
  { leaseMs, renewMs }: LeaseTimes,
  signal: AbortSignal | undefined,
): Promise<void> {
  const since = performance.now()
  while (performance.now() - since < leaseMs) {
    await pause(renewMs / LOOKS, undefined, { signal })
    const now = await system.read<LeaseDocument>(leaseId(index), signal)
    if (now === null || now.value.holder === null) return
    const { holder, renewals } = now.value
    if (holder.id === held.value.holder.id && renewals === held.value.renewals) continue
    const { host, pid, since } = holder
    throw new FundstelleError('index_leased', { index, host, pid, since })
  }
}
