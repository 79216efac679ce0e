import { existsSync } from 'node:fs'
import { Worker } from 'node:worker_threads'
import { FundstelleError } from '../../errors.ts'
import { type PackedError, unpackError } from '../../packed-error.ts'
import type { DocumentFormat } from '../document-format.ts'
import type { ReadResult } from '../reader.ts'
import { unreadable } from '../unreadable.ts'
import { WorkTime } from '../work-time.ts'
import { type PackedReading, unpackReading } from './packed-reading.ts'

export interface DocumentTask {
  readonly bytes: Uint8Array
  readonly path: string
  readonly format: DocumentFormat
}

export type FromDocumentWorker =
  /** It has loaded what it needs. */
  | { readonly kind: 'ready' }
  | { readonly kind: 'page' }
  | { readonly kind: 'read'; readonly readings: readonly PackedReading[] }
  | { readonly kind: 'failed'; readonly error: PackedError }

/** What a document may take, each page that was read gives it more; and how long it may stay with one page: in `WorkTime`. */
export interface DocumentLimits {
  readonly documentMs: number
  readonly pageMs: number
  readonly stallMs: number
  /** However many pages there are. */
  readonly mostMs: number
  /** Memory of the process may grow by so many bytes meanwhile. */
  readonly growthBytes: number
  /** A thread is renewed after so many documents: libraries keep things. */
  readonly documentsPerThread: number
}

export const DOCUMENT_LIMITS: DocumentLimits = {
  documentMs: 5000,
  pageMs: 100,
  stallMs: 5000,
  mostMs: 60_000,
  growthBytes: 1 << 30,
  documentsPerThread: 200,
}

/** How often limits are looked at. */
const LOOK_MS = 100
/** The heap of a thread in MB; buffers do not count there. */
const HEAP_MB = 768

/** The build leaves it beside this file; run from the sources, it is in `dist`. */
const PLACES = ['./document-worker.js', '../../../dist/ingest/documents/document-worker.js']

/** Names of formats before it is known more exactly. */
const NAMES: Readonly<Record<DocumentFormat, string>> = { pdf: 'PDF', zip: 'ZIP' }

/**
 * Reads documents in a thread that is ended where one takes too much time or memory: decoders of foreign formats can be led to that, and
 * nothing but ending them helps. One document at a time.
 */
export class DocumentThread {
  readonly #limits: DocumentLimits
  #worker: Worker | undefined
  #isReady = false
  #documents = 0

  constructor(limits: DocumentLimits = DOCUMENT_LIMITS) {
    this.#limits = limits
  }

  /**
   * Makes articles of a document. Never rejects: what is wrong is a refusal.
   * @param bytes are not there any more afterwards where they are all of their buffer
   */
  async read(bytes: Uint8Array, path: string, format: DocumentFormat): Promise<readonly ReadResult[]> {
    if (this.#documents >= this.#limits.documentsPerThread) await this.close()
    this.#documents += 1
    try {
      return await this.#ask({ bytes, path, format })
    } catch (error) {
      const refused = error instanceof FundstelleError ? error : unreadable(error)
      return [{ kind: 'refusal', error: refused, line: null }]
    }
  }

  async close(): Promise<void> {
    const worker = this.#worker
    this.#worker = undefined
    this.#documents = 0
    await worker?.terminate()
  }

  #ask(task: DocumentTask): Promise<readonly ReadResult[]> {
    const worker = this.#open()
    return new Promise((resolve, reject) => {
      const watch = new Watchdog(this.#limits, this.#isReady)
      const look = setInterval(() => {
        if (watch.isOver) end(() => this.#giveUp(task, watch, reject))
      }, LOOK_MS)
      const heard = (message: FromDocumentWorker): void => {
        if (message.kind === 'ready') {
          this.#isReady = true
          watch.begin()
        } else if (message.kind === 'page') watch.page()
        else if (message.kind === 'failed') end(() => reject(unpackError(message.error)))
        else end(() => resolve(message.readings.map(unpackReading)))
      }
      const died = (error: unknown): void =>
        end(() => {
          this.#worker = undefined
          this.#documents = 0
          const isMemory = (error as NodeJS.ErrnoException | undefined)?.code === 'ERR_WORKER_OUT_OF_MEMORY'
          reject(isMemory ? watch.error(NAMES[task.format]) : error)
        })
      const end = (then: () => void): void => {
        clearInterval(look)
        worker.off('message', heard).off('error', died).off('exit', died)
        then()
      }
      worker.on('message', heard).on('error', died).on('exit', died)
      const { buffer, byteLength } = task.bytes
      worker.postMessage(task, buffer instanceof ArrayBuffer && buffer.byteLength === byteLength ? [buffer] : [])
    })
  }

  #giveUp(task: DocumentTask, watch: Watchdog, reject: (error: unknown) => void): void {
    const error = watch.error(NAMES[task.format])
    this.close().then(() => reject(error), reject)
  }

  #open(): Worker {
    if (this.#worker !== undefined) return this.#worker
    const places = PLACES.map((place) => new URL(place, import.meta.url))
    const script = places.find((place) => existsSync(place)) ?? (places[0] as URL)
    // what libraries say about a file is not for those who read our output
    const resourceLimits = { maxOldGenerationSizeMb: HEAP_MB }
    const worker = new Worker(script, { stdout: true, stderr: true, resourceLimits })
    worker
      .on('error', () => {})
      .on('exit', () => {
        // one that died while it had nothing to do
        if (this.#worker === worker) this.#worker = undefined
      })
    worker.unref()
    this.#worker = worker
    this.#isReady = false
    return worker
  }
}

/** Tells when a document has taken too much. */
class Watchdog {
  readonly #limits: DocumentLimits
  readonly #memory = process.memoryUsage.rss()
  readonly #time = new WorkTime()
  readonly #pageTime = new WorkTime()
  #hasBegun: boolean
  #pages = 0

  /** @param hasBegun false while its thread still loads what it needs */
  constructor(limits: DocumentLimits, hasBegun: boolean) {
    this.#limits = limits
    this.#hasBegun = hasBegun
  }

  begin(): void {
    this.#hasBegun = true
    this.#time.restart()
    this.#pageTime.restart()
  }

  page(): void {
    this.#pages += 1
    this.#pageTime.restart()
  }

  get isOver(): boolean {
    const { documentMs, pageMs, stallMs, mostMs, growthBytes } = this.#limits
    const { counted } = this.#time
    if (counted > mostMs || process.memoryUsage.rss() - this.#memory > growthBytes) return true
    if (!this.#hasBegun) return false
    return counted > documentMs + pageMs * this.#pages || this.#pageTime.counted > stallMs
  }

  error(format: string): FundstelleError {
    const seconds = Math.round(this.#time.passed / 1000)
    return new FundstelleError('document_slow', { format, seconds })
  }
}
