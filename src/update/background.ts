import { Worker } from 'node:worker_threads'
import { type ErrorCode, type ErrorParams, FundstelleError } from '../errors.ts'

/** What a worker thread is asked to do for a server. */
export type WorkerTask =
  | { readonly kind: 'build'; readonly cache: string; readonly rules: string | null }
  | {
      readonly kind: 'watch'
      readonly cache: string
      readonly rules: string | null
      readonly paths: readonly string[]
      readonly maxFileBytes: number
      readonly drafts: boolean
    }

export type WorkerMessage =
  /** The build is done, or the watching has begun. */
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

/** An update under way may end by itself for so long; then its thread is ended, which harms the store as little as a kill. */
const CLOSE_PATIENCE_MS = 2000

/** Brings the snapshot of a cache folder up to date in a thread of its own. Rejects with what went wrong there, or when aborted. */
export function buildInBackground(cache: string, rules: string | null, signal: AbortSignal): Promise<void> {
  return new Promise((resolve, reject) => {
    const task: WorkerTask = { kind: 'build', cache, rules }
    const worker = new Worker(SCRIPT, { workerData: task })
    signal.addEventListener('abort', () => void worker.terminate(), { once: true })
    worker.on('message', (message: WorkerMessage) => {
      if (message.kind === 'failed') reject(new FundstelleError(message.code, message.params))
    })
    worker.on('error', reject)
    worker.on('exit', (code) => (code === 0 ? resolve() : reject(new Error(`the worker ended with code ${code}`))))
  })
}

export interface BackgroundWatch {
  close(): Promise<void>
}

/** Watches PATHs in a thread of its own, which writes the store; the server takes the changes over from there. */
export function watchInBackground(
  task: Omit<Extract<WorkerTask, { kind: 'watch' }>, 'kind'>,
  onMessage: (message: WorkerMessage) => void,
  onError: (error: unknown) => void,
): BackgroundWatch {
  const workerData: WorkerTask = { kind: 'watch', ...task }
  const worker = new Worker(SCRIPT, { workerData })
  worker.on('message', onMessage)
  worker.on('error', onError)
  const exited = new Promise<void>((resolve) => worker.once('exit', () => resolve()))
  return {
    async close() {
      worker.postMessage('close')
      const patience = setTimeout(() => void worker.terminate(), CLOSE_PATIENCE_MS)
      await exited
      clearTimeout(patience)
    },
  }
}
