import { existsSync } from 'node:fs'
import { MessageChannel, type MessagePort, receiveMessageOnPort, Worker } from 'node:worker_threads'
import { WorkTime } from './work-time.ts'

export interface AsciidocTask {
  readonly text: string
}

export type AsciidocAnswer = { readonly html: string } | { readonly failure: string }

/** What a document may take, in `WorkTime`: as much as any other file, and half a second more for each 100 kB. The first one starts the thread. */
const START_MS = 10_000
const DOCUMENT_MS = 5000
const PER_BYTE_MS = 0.005
/** How often the limit is looked at. */
const LOOK_MS = 100
/** The heap of the thread in MB. */
const HEAP_MB = 512

/** The build leaves it beside this file; run from the sources, it is in `dist`. */
const PLACES = ['./asciidoc-worker.js', '../../dist/ingest/asciidoc-worker.js']

interface Thread {
  readonly worker: Worker
  readonly port: MessagePort
  readonly signal: Int32Array<SharedArrayBuffer>
  hasAnswered: boolean
}

let thread: Thread | null = null

/**
 * A document in AsciiDoc as HTML. Waits for it; one that takes too long is given up, and the thread is ended.
 * @throws Error where it cannot be converted
 */
export function asciidocToHtml(text: string): string {
  thread ??= started()
  const { port, signal, hasAnswered } = thread
  Atomics.store(signal, 0, 0)
  const task: AsciidocTask = { text }
  port.postMessage(task)
  const limitMs = DOCUMENT_MS + PER_BYTE_MS * text.length + (hasAnswered ? 0 : START_MS)
  const time = new WorkTime()
  while (Atomics.wait(signal, 0, 0, LOOK_MS) === 'timed-out') {
    if (time.counted <= limitMs) continue
    void ended(thread)
    throw new Error('the document takes too long')
  }
  const answer = receiveMessageOnPort(port)?.message as AsciidocAnswer | undefined
  thread.hasAnswered = true
  if (answer === undefined || 'failure' in answer) throw new Error(answer?.failure ?? 'no answer')
  return answer.html
}

/**
 * Ends the thread, which the next document starts anew. A thread that is not ended keeps its process: what the library has said about a
 * document waits to be read.
 */
export async function endAsciidoc(): Promise<void> {
  if (thread !== null) await ended(thread)
}

function started(): Thread {
  const places = PLACES.map((place) => new URL(place, import.meta.url))
  const script = places.find((place) => existsSync(place)) ?? (places[0] as URL)
  const { port1, port2 } = new MessageChannel()
  const signal = new Int32Array(new SharedArrayBuffer(Int32Array.BYTES_PER_ELEMENT))
  const worker = new Worker(script, {
    workerData: { port: port2, signal },
    transferList: [port2],
    // what the library says about a document is not for those who read our output
    ...{ stdout: true, stderr: true, resourceLimits: { maxOldGenerationSizeMb: HEAP_MB } },
  })
  const one = { worker, port: port1, signal, hasAnswered: false }
  worker.on('error', () => void ended(one)).on('exit', () => void ended(one))
  worker.unref()
  port1.unref()
  return one
}

async function ended(one: Thread): Promise<void> {
  if (thread === one) thread = null
  one.port.close()
  await one.worker.terminate()
}
