import { Worker } from 'node:worker_threads'
import { packError, unpackError } from '../packed-error.ts'
import type { Rules } from '../rules.ts'
import { type Child, Supervisor, type UnexpectedEnd } from '../update/supervise.ts'
import type { FoundIds } from './document-tasks.ts'
import type { FromTaskThread, TaskThreadData, ToTaskThread } from './messages.ts'

export interface TaskThreadOptions {
  /** What it is started with beside the rules. */
  readonly data: Omit<TaskThreadData, 'rules'> | Readonly<Record<string, unknown>>
  readonly rules: Rules
  /** The ids of the documents of an index that a filter, as it came in a request, allows. */
  readonly idsByFilter: (indexUid: string, filter: unknown) => Promise<FoundIds>
  /** Tasks wait for the disk, or for another process; it is tried again. */
  readonly onHeldUp: (error: Error, againMs: number) => void
  /** A task has failed through a fault of our own. */
  readonly onFailed: (error: Error) => void
  readonly onEnd: (end: UnexpectedEnd) => void
  /** That of a cache folder unless given; tests run the built one. */
  readonly script?: URL
  /** Asked to end, it may finish what it does for so long. */
  readonly closePatienceMs?: number
}

const SCRIPT = new URL('./task-worker.js', import.meta.url)
/** Then it is ended, which harms a store as little as a kill. */
const CLOSE_PATIENCE_MS = 2000

/** The thread that carries out tasks, as the one that talks HTTP sees it. It is started again whenever it ends. */
export class TaskThread {
  readonly #options: TaskThreadOptions
  readonly #supervisor: Supervisor
  #rules: Rules
  #worker: Worker | undefined

  constructor(options: TaskThreadOptions) {
    this.#options = options
    this.#rules = options.rules
    this.#supervisor = new Supervisor((began, ended) => this.#start(began, ended), options.onEnd)
  }

  /** A task was put into the queue: it need not be looked for. */
  wake(): void {
    this.#tell({ kind: 'wake' })
  }

  /** Indexes articles by other rules from the next task on. */
  reconfigure(rules: Rules): void {
    this.#rules = rules
    this.#tell({ kind: 'rules', rules })
  }

  close(): Promise<void> {
    return this.#supervisor.close()
  }

  #tell(message: ToTaskThread): void {
    this.#worker?.postMessage(message)
  }

  #start(began: () => void, ended: (error: unknown) => void): Child {
    const { data, script = SCRIPT, closePatienceMs = CLOSE_PATIENCE_MS, onHeldUp, onFailed } = this.#options
    const worker = new Worker(script, { workerData: { ...data, rules: this.#rules } })
    this.#worker = worker
    let failure: unknown
    worker.on('message', (message: FromTaskThread) => {
      if (message.kind === 'begun') began()
      else if (message.kind === 'held-up') onHeldUp(unpackError(message.error), message.againMs)
      else if (message.kind === 'failed') onFailed(unpackError(message.error))
      else void this.#giveIds(message)
    })
    worker.on('error', (error) => {
      failure = error
    })
    const exited = new Promise<void>((resolve) => {
      worker.once('exit', () => {
        this.#worker = undefined
        resolve()
        ended(failure)
      })
    })
    return {
      async close() {
        worker.postMessage({ kind: 'close' } satisfies ToTaskThread)
        const patience = setTimeout(() => void worker.terminate(), closePatienceMs)
        await exited
        clearTimeout(patience)
      },
    }
  }

  async #giveIds({ id, indexUid, filter }: Extract<FromTaskThread, { kind: 'ids-wanted' }>): Promise<void> {
    try {
      this.#tell({ kind: 'ids', id, found: await this.#options.idsByFilter(indexUid, filter) })
    } catch (error) {
      this.#tell({ kind: 'ids-failed', id, error: packError(error) })
    }
  }
}
