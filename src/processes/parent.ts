import type { Socket } from 'node:net'
import { unpackError } from '../packed-error.ts'
import type { SupervisedState } from '../update/supervise.ts'
import type { BuildRules, CountedMetrics, FromChild, ToChild } from './messages.ts'

/** What a child is talked to through: `process`, where that is a child. */
export interface ParentPort {
  send(message: FromChild): void
  on(listener: (message: ToChild, socket: Socket | undefined) => void): void
}

interface Waiting {
  readonly resolve: (all: readonly CountedMetrics[]) => void
  readonly reject: (error: Error) => void
}

/** The parent of a process that serves, as that one sees it. */
export class Parent {
  readonly #port: ParentPort
  readonly #waiting = new Map<number, Waiting>()
  #nextId = 0
  #watching: SupervisedState | undefined
  #metrics: () => Promise<CountedMetrics> = async () => []
  #take: (socket: Socket) => void = (socket) => void socket.destroy()

  /** @param stop is called when the process is to end */
  constructor(port: ParentPort, stop: () => void) {
    this.#port = port
    port.on((message, socket) => {
      if (message.kind === 'connection') {
        // before anything is read: until then another process could take it
        port.send({ kind: 'taken', id: message.id })
        if (socket !== undefined) this.#take(socket)
      } else if (message.kind === 'stop') stop()
      else if (message.kind === 'watching') this.#watching = message.state
      else if (message.kind === 'built') {
        const waiting = this.#settle(message.id)
        if (message.error === undefined) waiting?.resolve([])
        else waiting?.reject(unpackError(message.error))
      } else if (message.kind === 'metrics') this.#settle(message.id)?.resolve(message.all)
      else if (message.kind === 'metrics-wanted') void this.#giveMetrics(message.id)
    })
  }

  /** How the watching of files is going; undefined where none are watched. */
  get watching(): SupervisedState | undefined {
    return this.#watching
  }

  /** Takes connections from now on; each is given to `take`, paused. */
  accept(take: (socket: Socket) => void): void {
    this.#take = take
    this.#port.send({ kind: 'accepting' })
  }

  serving(articles: number): void {
    this.#port.send({ kind: 'serving', articles })
  }

  /** Has a snapshot brought up to date. Aborted, it is waited for no longer. */
  async build(folder: string, rules: BuildRules, signal: AbortSignal): Promise<void> {
    signal.throwIfAborted()
    const [id, built] = this.#ask((asked) => ({ kind: 'build', id: asked, folder, rules }))
    const abort = (): void => this.#settle(id)?.reject(signal.reason as Error)
    signal.addEventListener('abort', abort, { once: true })
    await built.finally(() => signal.removeEventListener('abort', abort))
  }

  /** What each process of the server counts, this one among them. */
  allMetrics(): Promise<readonly CountedMetrics[]> {
    return this.#ask((id) => ({ kind: 'metrics-asked', id }))[1]
  }

  /** Tells from now on what this process counts. */
  tellMetrics(metrics: () => Promise<CountedMetrics>): void {
    this.#metrics = metrics
  }

  async #giveMetrics(id: number): Promise<void> {
    // whoever asks is not to wait for one that cannot tell
    const metrics = await this.#metrics().catch(() => [])
    this.#port.send({ kind: 'metrics-given', id, metrics })
  }

  #ask(message: (id: number) => FromChild): [id: number, answer: Promise<readonly CountedMetrics[]>] {
    const id = this.#nextId++
    const answer = new Promise<readonly CountedMetrics[]>((resolve, reject) => {
      this.#waiting.set(id, { resolve, reject })
      this.#port.send(message(id))
    })
    return [id, answer]
  }

  #settle(id: number): Waiting | undefined {
    const waiting = this.#waiting.get(id)
    this.#waiting.delete(id)
    return waiting
  }
}
