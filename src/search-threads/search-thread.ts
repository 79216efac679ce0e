import type { MessagePort } from 'node:worker_threads'
import { FundstelleError, type Localized } from '../errors.ts'
import type { SnapshotFiles } from '../index/snapshot/read-files.ts'
import { packError, unpackError } from '../packed-error.ts'
import type { Rules } from '../rules.ts'
import { endedBy, type StageTimes, type WorkBudget } from '../work-budget.ts'
import type { FromThread, Method, ThreadEvent, ThreadStatus, ToThread } from './messages.ts'
import type { SharedSnapshots, SnapshotTaker } from './shared-snapshots.ts'

/** What a thread is talked to through: a `Worker`, or the end of a channel. */
export interface ThreadPort {
  postMessage(message: ToThread, transferred?: readonly MessagePort[]): void
  on(event: 'message', listener: (message: FromThread) => void): unknown
}

/** What comes of a thread beside answers. */
export interface ThreadListener {
  readonly event: (event: ThreadEvent) => void
  /** Its status has changed. */
  readonly changed: () => void
  /** Brings the snapshot up to date, for this thread and others. */
  readonly build: () => Promise<void>
  /** What it shares with others. */
  readonly snapshots: SharedSnapshots
  /** A search was answered; what its stages took. */
  readonly timed?: (times: StageTimes) => void
}

interface Pending {
  readonly budget: WorkBudget | null
  /** When it was sent. */
  readonly sinceMs: number
  readonly resolve: (value: unknown) => void
  readonly reject: (error: Error) => void
  readonly stopListening: () => void
}

const ENDED: Localized = {
  de: 'der Thread, der suchte, hat geendet und wird neu gestartet',
  en: 'the thread that searched has ended and is started again',
}

/** One thread that searches, as the thread that talks HTTP sees it. */
export class SearchThread implements SnapshotTaker {
  readonly #port: ThreadPort
  readonly #snapshots: SharedSnapshots
  readonly #timed: (times: StageTimes) => void
  readonly #pending = new Map<number, Pending>()
  #nextId = 0
  #status: ThreadStatus | undefined
  #ended: Error | undefined

  constructor(port: ThreadPort, listener: ThreadListener) {
    this.#port = port
    this.#snapshots = listener.snapshots
    this.#timed = listener.timed ?? (() => {})
    port.on('message', (message) => {
      if (message.kind === 'answer') this.#answered(message)
      else if (message.kind === 'event') listener.event(message.event)
      else if (message.kind === 'build') void this.#build(listener.build)
      else if (message.kind === 'snapshot-wanted') this.#snapshots.want(this, message.snapshot)
      else if (message.kind === 'snapshot-read') this.#snapshots.wasRead(this, message.files)
      else if (message.kind === 'ended') this.end(unpackError(message.error))
      else {
        this.#status = message.status
        listener.changed()
      }
    })
  }

  /** Undefined until it has begun its work. */
  get status(): ThreadStatus | undefined {
    return this.#status
  }

  get hasEnded(): boolean {
    return this.#ended !== undefined
  }

  /** Calls that are not answered yet. */
  get load(): number {
    return this.#pending.size
  }

  /** @param budget what the call costs is charged to it; it ends where its client has gone away */
  call(method: Method, args: readonly unknown[], budget: WorkBudget | null): Promise<unknown> {
    return this.#ask((id) => ({ kind: 'call', id, method, args, budget: budget?.state ?? null }), budget)
  }

  /** Reads queries by other rules from now on. */
  async reconfigure(rules: Rules): Promise<void> {
    await this.#ask((id) => ({ kind: 'reconfigure', id, rules }), null)
  }

  readSnapshot(known: SnapshotFiles): void {
    this.#port.postMessage({ kind: 'read-snapshot', known })
  }

  takeSnapshot(files: SnapshotFiles): void {
    this.#port.postMessage({ kind: 'snapshot', files })
  }

  close(): void {
    this.#port.postMessage({ kind: 'close' })
  }

  /** The thread has ended: nothing more comes from it. What ended it first is told. */
  end(error: Error = new FundstelleError('engine_unavailable', { why: ENDED })): void {
    if (this.#ended !== undefined) return
    this.#ended = error
    this.#snapshots.left(this)
    this.#status = undefined
    for (const id of [...this.#pending.keys()]) this.#settle(id)?.reject(error)
  }

  async #build(build: () => Promise<void>): Promise<void> {
    try {
      await build()
      this.#port.postMessage({ kind: 'built' })
    } catch (error) {
      this.#port.postMessage({ kind: 'built', error: packError(error) })
    }
  }

  #ask(message: (id: number) => ToThread, budget: WorkBudget | null): Promise<unknown> {
    return new Promise((resolve, reject) => {
      if (this.#ended !== undefined) throw this.#ended
      budget?.throwIfEnded()
      const id = this.#nextId++
      const signal = budget?.signal
      const cancel = (): void => {
        this.#port.postMessage({ kind: 'cancel', id })
        this.#settle(id)?.reject(endedBy(signal as AbortSignal))
      }
      signal?.addEventListener('abort', cancel, { once: true })
      const stopListening = (): void => signal?.removeEventListener('abort', cancel)
      this.#port.postMessage(message(id))
      this.#pending.set(id, { budget, sinceMs: performance.now(), resolve, reject, stopListening })
    })
  }

  #answered({ id, value, copied, error, budget, ms, times }: Extract<FromThread, { kind: 'answer' }>): void {
    const pending = this.#settle(id)
    if (pending === undefined) return
    if (budget !== null) pending.budget?.take(budget)
    if (times !== undefined && ms !== undefined) {
      // on the way there and back it waited, too: for the thread, or for this one
      const onTheWay = Math.max(0, performance.now() - pending.sinceMs - ms)
      const all = { ...times, wait: (times.wait ?? 0) + onTheWay }
      pending.budget?.tookAll(all)
      if (times.retrieve !== undefined) this.#timed(all)
    }
    if (error === undefined) pending.resolve(value === undefined ? copied : JSON.parse(value))
    else pending.reject(unpackError(error))
  }

  #settle(id: number): Pending | undefined {
    const pending = this.#pending.get(id)
    this.#pending.delete(id)
    pending?.stopListening()
    return pending
  }
}
