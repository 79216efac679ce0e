import type { ChildProcess } from 'node:child_process'
import type { Socket } from 'node:net'
import type { Config } from '../config.ts'
import { packError, unpackError } from '../packed-error.ts'
import { SharedBuilds } from '../update/shared-builds.ts'
import { type Child, type SupervisedState, Supervisor, type UnexpectedEnd } from '../update/supervise.ts'
import { systemTimers, type Timers } from '../update/timers.ts'
import type { Handover, Taker } from './handover.ts'
import type { BuildRules, CountedMetrics, FromChild, ToChild } from './messages.ts'

/** A process that is asked to end may finish what it does for so long: longer than it waits for its connections. Then it is killed. */
const CLOSE_PATIENCE_MS = 15_000
/** A process that does not tell what it counts is left out after so long. */
const METRICS_PATIENCE_MS = 2000

/** A process that serves, as far as it is needed here. */
export type ServingProcess = Pick<ChildProcess, 'on' | 'once' | 'kill' | 'pid'> & {
  send(message: ToChild, handle: Socket | undefined, options: object, done: (error: Error | null) => void): boolean
}

export interface ChildrenOptions {
  readonly config: Config
  readonly count: number
  /** Where connections to them come in. */
  readonly connections: Handover
  /** Starts a process; it is told what to serve as soon as it says that it is born. */
  readonly start: () => ServingProcess
  readonly build: (folder: string, rules: BuildRules) => Promise<void>
  /** One has ended although nobody had asked it to; it is started again. */
  readonly onEnd: (end: UnexpectedEnd) => void
  /** One serves: one of the first, or one in the place of another. */
  readonly onServing?: (pid: number) => void
  readonly timers?: Timers
}

/** A question to all processes; those that have not answered yet. */
interface Question {
  readonly open: Set<ServingProcess>
  readonly answers: CountedMetrics[]
  readonly end: () => void
}

/** The processes of a server, as their parent sees them. One that ends is started again. */
export class Children {
  /** Resolves when all of them serve; rejects with what one could not begin for. Later on such a one is only told and tried again. */
  readonly firstServing: Promise<{ readonly articles: number }>
  readonly #options: ChildrenOptions
  readonly #builds: SharedBuilds<BuildRules>
  readonly #supervisors: Supervisor[] = []
  readonly #living = new Set<ServingProcess>()
  readonly #serving = new Set<ServingProcess>()
  readonly #questions = new Map<number, Question>()
  #nextQuestion = 0
  #watching: SupervisedState | undefined
  #begun: (serving: { readonly articles: number }) => void = () => {}
  #fail: (error: Error) => void = () => {}

  constructor(options: ChildrenOptions) {
    this.#options = options
    this.#builds = new SharedBuilds(options.build)
    this.firstServing = new Promise((resolve, reject) => {
      this.#begun = resolve
      this.#fail = reject
    })
    // it may be that nobody waits for it any more
    this.firstServing.catch(() => {})
    const { onEnd, timers = systemTimers } = options
    for (let at = 0; at < options.count; at++)
      this.#supervisors.push(new Supervisor((began, ended) => this.#start(began, ended), onEnd, timers))
  }

  /** Tells all of them, and those that are started later, how the watching of files is going. */
  tellWatching(state: SupervisedState | undefined): void {
    if (state === this.#watching) return
    this.#watching = state
    for (const child of this.#living) tell(child, { kind: 'watching', state })
  }

  /** Ends all of them, each after the requests that it is answering. */
  async close(): Promise<void> {
    await Promise.all(this.#supervisors.map((supervisor) => supervisor.close()))
    this.#options.connections.close()
    await this.#builds.settled()
  }

  #start(began: () => void, ended: (error: unknown) => void): Child {
    const { connections } = this.#options
    const child = this.#options.start()
    this.#living.add(child)
    let failure: Error | undefined
    const taker: Taker = {
      send(message, socket, done) {
        // it stays open here until it is taken
        child.send(message, socket, { keepOpen: true }, done)
      },
    }
    child.on('message', (message: FromChild) => {
      if (message.kind === 'born') {
        tell(child, { kind: 'serve', config: this.#options.config })
        if (this.#watching !== undefined) tell(child, { kind: 'watching', state: this.#watching })
      } else if (message.kind === 'accepting') connections.join(taker)
      else if (message.kind === 'taken') connections.taken(message.id)
      else if (message.kind === 'serving') {
        began()
        this.#serving.add(child)
        if (child.pid !== undefined) this.#options.onServing?.(child.pid)
        if (this.#serving.size === this.#options.count) this.#begun(message)
      } else if (message.kind === 'failed') {
        failure = unpackError(message.error)
        this.#fail(failure)
      } else if (message.kind === 'build') void this.#build(child, message)
      else if (message.kind === 'metrics-asked') void this.#tellMetrics(child, message.id)
      else this.#answered(child, message.id, message.metrics)
    })
    child.on('error', (error: Error) => {
      failure ??= error
    })
    const exited = new Promise<void>((resolve) => {
      child.once('exit', (code: number | null, signal: NodeJS.Signals | null) => {
        connections.leave(taker)
        this.#living.delete(child)
        this.#serving.delete(child)
        for (const id of this.#questions.keys()) this.#answered(child, id)
        resolve()
        ended(failure ?? new Error(`a process that serves has ended with ${code ?? signal}`))
      })
    })
    return {
      async close() {
        tell(child, { kind: 'stop' })
        const patience = setTimeout(() => void child.kill('SIGKILL'), CLOSE_PATIENCE_MS)
        await exited
        clearTimeout(patience)
      },
    }
  }

  async #build(child: ServingProcess, { id, folder, rules }: Extract<FromChild, { kind: 'build' }>): Promise<void> {
    try {
      await this.#builds.build(folder, rules)
      tell(child, { kind: 'built', id })
    } catch (error) {
      tell(child, { kind: 'built', id, error: packError(error) })
    }
  }

  async #tellMetrics(asking: ServingProcess, id: number): Promise<void> {
    tell(asking, { kind: 'metrics', id, all: await this.#metrics() })
  }

  #metrics(): Promise<readonly CountedMetrics[]> {
    const id = this.#nextQuestion++
    return new Promise((resolve) => {
      const answers: CountedMetrics[] = []
      const end = (): void => {
        clearTimeout(patience)
        this.#questions.delete(id)
        resolve(answers)
      }
      const patience = setTimeout(end, METRICS_PATIENCE_MS)
      this.#questions.set(id, { open: new Set(this.#serving), answers, end })
      for (const child of this.#serving) tell(child, { kind: 'metrics-wanted', id })
      if (this.#serving.size === 0) end()
    })
  }

  #answered(child: ServingProcess, id: number, metrics?: CountedMetrics): void {
    const question = this.#questions.get(id)
    if (question === undefined || !question.open.delete(child)) return
    if (metrics !== undefined) question.answers.push(metrics)
    if (question.open.size === 0) question.end()
  }
}

/** One that has just ended hears nothing any more; its exit is told anyway. */
function tell(child: ServingProcess, message: ToChild): void {
  try {
    child.send(message, undefined, {}, () => {})
  } catch {
    // its channel is closed already
  }
}
