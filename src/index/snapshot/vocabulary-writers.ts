import { availableParallelism } from 'node:os'
import type { PackedVocabulary } from '../segment/vocabulary.ts'
import type { FileDigest } from './block-hash.ts'
import type { VocabularyFile } from './snapshot-files.ts'
import { inThread } from './thread.ts'

/** What a thread is asked to write, together with others. */
export interface WritingTask {
  readonly cache: string
  readonly folder: string
  readonly vocabulary: PackedVocabulary
  /** See `nextFile`. */
  readonly begun: Int32Array
}

export interface WriterOptions {
  /** How many there may be, this one included; tests have several for few words. */
  readonly threads?: number
  /** Tests run the built one. */
  readonly script?: URL
}

export type Digests = Partial<Record<VocabularyFile, FileDigest>>

/** Those that take longest come first. */
export const VOCABULARY_FILES: readonly VocabularyFile[] = ['spellings.bin', 'grams.bin', 'order.bin']
/** Of fewer forms than this all three are made faster than a thread is up. */
const FORMS_MIN = 50_000
/** Besides the one that writes all other files. */
const THREADS_MAX = 2
const SCRIPT = new URL('./vocabulary-writer.js', import.meta.url)

/**
 * The next of the files made of the vocabulary alone that nobody has begun yet.
 * @param begun one number in shared memory: how many were begun
 */
export function nextFile(begun: Int32Array): VocabularyFile | undefined {
  return VOCABULARY_FILES[Atomics.add(begun, 0, 1)]
}

/** Threads that write those files of a snapshot that are made of the vocabulary alone, while this one writes the others. */
export class VocabularyWriters {
  readonly #begun = new Int32Array(new SharedArrayBuffer(Int32Array.BYTES_PER_ELEMENT))
  readonly #stopping = new AbortController()
  readonly #threads: readonly Promise<Digests>[]

  constructor(
    cache: string,
    folder: string,
    vocabulary: PackedVocabulary,
    { threads = vocabulary.forms.ends.length < FORMS_MIN ? 1 : availableParallelism(), script = SCRIPT }: WriterOptions,
  ) {
    const task: WritingTask = { cache, folder, vocabulary, begun: this.#begun }
    this.#threads = Array.from({ length: Math.min(THREADS_MAX, threads - 1) }, () =>
      inThread<Digests>(script, task, this.#stopping.signal),
    )
    // one that fails while this thread is busy is asked for it later
    for (const thread of this.#threads) thread.catch(() => {})
  }

  /** The next file that is left for this thread. */
  next(): VocabularyFile | undefined {
    return nextFile(this.#begun)
  }

  /** What the threads wrote, once all of them have ended. */
  async digests(): Promise<Digests> {
    return Object.assign({}, ...(await Promise.all(this.#threads))) as Digests
  }

  /** Ends those that still write. */
  async stop(): Promise<void> {
    this.#stopping.abort()
    await Promise.allSettled(this.#threads)
  }
}
