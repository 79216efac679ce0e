import { type ResourceLimits, Worker } from 'node:worker_threads'
import { type PackedError, unpackError } from '../../packed-error.ts'

/** What a thread of one task tells. */
export type ThreadMessage<Result> =
  | { readonly kind: 'progress'; readonly done: number }
  | { readonly kind: 'finished'; readonly result: Result }
  | { readonly kind: 'failed'; readonly error: PackedError }

/** Room for new objects of a thread that should take little memory: half of what it would have, which costs no time worth speaking of. */
export const SMALL_THREAD: ResourceLimits = { maxYoungGenerationSizeMb: 24 }

/** A thread under way. */
export interface Thread<Result> {
  /** What it finishes with. */
  readonly result: Promise<Result>
  tell(message: unknown): void
}

/**
 * Runs a script in a thread of its own.
 * @param signal aborted, the thread is ended; its reason is thrown when it has
 * @param resourceLimits of its heap, where they are not those of any thread
 */
export function startThread<Result>(
  script: URL,
  task: unknown,
  signal: AbortSignal,
  progress: (done: number) => void = () => {},
  resourceLimits: ResourceLimits = {},
): Thread<Result> {
  signal.throwIfAborted()
  const worker = new Worker(script, { workerData: task, resourceLimits })
  const result = new Promise<Result>((resolve, reject) => {
    const abort = (): void => void worker.terminate()
    signal.addEventListener('abort', abort)
    worker.on('message', (message: ThreadMessage<Result>) => {
      if (message.kind === 'progress') progress(message.done)
      else if (message.kind === 'finished') resolve(message.result)
      else reject(unpackError(message.error))
    })
    worker.on('error', reject)
    worker.on('exit', (code) => {
      signal.removeEventListener('abort', abort)
      reject(signal.aborted ? signal.reason : new Error(`a thread that indexes ended with code ${code}`))
    })
  })
  return { result, tell: (message) => worker.postMessage(message) }
}

/** As `startThread`, for one that is told nothing more. */
export const inThread = async <Result>(...given: Parameters<typeof startThread>): Promise<Result> =>
  startThread<Result>(...given).result
