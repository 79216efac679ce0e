import { Worker } from 'node:worker_threads'
import { type ErrorCode, type ErrorParams, FundstelleError } from '../errors.ts'
import type { Rules } from '../rules.ts'
import type { Child } from './supervise.ts'

/** What a worker thread is asked to do for a server. */
export type WorkerTask =
  /** @property rules the site owner's file, or rules that were read */
  | { readonly kind: 'build'; readonly cache: string; readonly rules: string | Rules | null }
  | {
      readonly kind: 'watch'
      readonly cache: string
      readonly rules: Rules
      readonly paths: readonly string[]
      readonly maxFileBytes: number
      readonly drafts: boolean
      readonly base: string | null
    }

export type WorkerMessage =
  /** The watching has begun, the first update is done. */
  | { readonly kind: 'started' }
  | { readonly kind: 'failed'; readonly code: ErrorCode; readonly params: ErrorParams }
  | {
      readonly kind: 'report'
      readonly added: number
      readonly changed: number
      readonly removed: number
      readonly articles: number
      /** What else there is to say, such as a folder that is empty all of a sudden. */
      readonly complaints: readonly { code: ErrorCode; params: ErrorParams }[]
      /** Those that were not told before, and warnings. */
      readonly refusals: readonly { file: string; line: number | null; code: ErrorCode; params: ErrorParams }[]
    }

const SCRIPT = new URL('./worker.js', import.meta.url)

/** A thread that is asked to end may finish the file it is reading for so long; then it is ended, which harms the store as little as a kill. */
const CLOSE_PATIENCE_MS = 1000

/**
 * Brings the snapshot of a cache folder up to date in a thread of its own, and settles when that has ended. Rejects with what went
 * wrong there, or when aborted.
 * @param script tests run the built one
 */
export function buildInBackground(
  cache: string,
  rules: string | Rules | null,
  signal: AbortSignal,
  script: URL = SCRIPT,
): Promise<void> {
  return new Promise((resolve, reject) => {
    signal.throwIfAborted()
    const task: WorkerTask = { kind: 'build', cache, rules }
    const worker = new Worker(script, { workerData: task })
    const abort = (): void => void worker.terminate()
    // the signal lives as long as the process: no build may leave anything behind there
    signal.addEventListener('abort', abort)
    let failure: unknown
    worker.on('message', (message: WorkerMessage) => {
      if (message.kind === 'failed') failure = new FundstelleError(message.code, message.params)
    })
    worker.on('error', (error) => {
      failure = error
    })
    worker.on('exit', (code) => {
      signal.removeEventListener('abort', abort)
      // one that is ended before it began ends with 0
      if (signal.aborted) failure = signal.reason
      else if (code !== 0) failure ??= new Error(`the worker ended with code ${code}`)
      if (failure === undefined) resolve()
      else reject(failure)
    })
  })
}

/** Watches PATHs in a thread of its own, which writes the store; the server takes the changes over from there. */
export function watchInBackground(
  task: Omit<Extract<WorkerTask, { kind: 'watch' }>, 'kind'>,
  events: {
    readonly message: (message: WorkerMessage) => void
    /** The thread has ended; with what it threw, or undefined. After `close` this is no surprise. */
    readonly ended: (error: unknown) => void
  },
  script: URL = SCRIPT,
): Child {
  const workerData: WorkerTask = { kind: 'watch', ...task }
  const worker = new Worker(script, { workerData })
  let thrown: unknown
  worker.on('message', events.message)
  worker.on('error', (error) => {
    thrown = error
  })
  const exited = new Promise<void>((resolve) => {
    worker.once('exit', () => {
      resolve()
      events.ended(thrown)
    })
  })
  return {
    async close() {
      worker.postMessage('close')
      const patience = setTimeout(() => void worker.terminate(), CLOSE_PATIENCE_MS)
      await exited
      clearTimeout(patience)
    },
  }
}
