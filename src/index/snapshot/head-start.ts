import { availableParallelism } from 'node:os'
import type { Analyzer } from '../../analysis/analyzer.ts'
import type { Article } from '../../article/article.ts'
import { keepOldObjectsFew } from '../../heap-limits.ts'
import { PART_BYTES_MIN } from './catch-up-in-parts.ts'
import { IN_MEMORY_BYTES_MAX, isLarge } from './large-backlog.ts'
import type { PackedIndex } from './packed-index.ts'
import type { SealedPart } from './sealed-part.ts'
import { SMALL_THREAD, startThread, type Thread } from './thread.ts'

export interface HeadTask {
  readonly cache: string
  readonly rules: Analyzer['indexRules']
  /** One number in shared memory: how many of the characters given to it are indexed. */
  readonly done: Uint32Array
}

/** What the thread is told: articles from the first change on, that they are too many for memory, then up to which change it is to read the store for more. */
export type HeadMessage =
  | { readonly kind: 'articles'; readonly articles: readonly NumberedArticle[]; readonly length: number }
  | { readonly kind: 'large' }
  | { readonly kind: 'rest'; readonly last: number }

/** What the thread ends with: the index, or the parts of it where it is large. */
export type HeadResult = PackedIndex | readonly SealedPart[]

export interface NumberedArticle {
  readonly seqNo: number
  readonly article: Article
}

/** Of fewer bytes of files no two parts are made. */
const EXPECTED_MIN = 2 * PART_BYTES_MIN
/** Where files have more bytes than this, their articles are most probably too large for memory. */
const EXPECTED_LARGE = 2 * IN_MEMORY_BYTES_MAX
/** Characters in one message. */
const BATCH_LENGTH = 2 ** 18
/** So many characters wait at most; what comes then is read from the store. */
const AHEAD_MAX = 2 ** 23
const SCRIPT = new URL('./head-worker.js', import.meta.url)

export interface HeadOptions {
  /** Tests have small ones. */
  readonly expectedMin?: number
  /** Tests run the built one, or one of their own. */
  readonly script?: URL
  readonly threads?: number
}

/**
 * Indexes the first articles of a new store in a thread of its own while the others are still being read: the store shows them to other
 * threads only when they are committed. Of use as long as changes are additions alone.
 */
export class HeadStart {
  readonly #task: HeadTask
  readonly #script: URL
  readonly #expectedMin: number
  readonly #stopping = new AbortController()
  #thread: Thread<HeadResult> | undefined
  #progress: (done: number) => void = () => {}
  #expected = 0
  #batch: NumberedArticle[] = []
  #batchLength = 0
  #length = 0
  #seqNo = 0
  #isOpen: boolean
  #isLarge = false

  constructor(
    cache: string,
    rules: Analyzer['indexRules'],
    { expectedMin = EXPECTED_MIN, script = SCRIPT, threads = availableParallelism() }: HeadOptions = {},
  ) {
    this.#task = { cache, rules, done: new Uint32Array(new SharedArrayBuffer(Uint32Array.BYTES_PER_ELEMENT)) }
    this.#script = script
    this.#expectedMin = expectedMin
    this.#isOpen = threads > 1
  }

  /** Whether it takes more articles. */
  get isOpen(): boolean {
    return this.#isOpen
  }

  /** Whether a thread is at it. */
  get hasBegun(): boolean {
    return this.#thread !== undefined
  }

  /** Whether all that comes is taken to be too large for memory. */
  get isLarge(): boolean {
    return this.#isLarge
  }

  /** The last change it was given. */
  get seqNo(): number {
    return this.#seqNo
  }

  /** Characters that were given to it and are not indexed yet. */
  get waiting(): number {
    return this.#length - Atomics.load(this.#task.done, 0)
  }

  /** So many more bytes of files are about to be read. */
  expect(bytes: number): void {
    this.#expected += bytes
    if (this.#expected > EXPECTED_LARGE) this.#becomeLarge()
    if (!this.#isOpen || this.hasBegun || this.#expected < this.#expectedMin) return
    const { signal } = this.#stopping
    const limits = this.#isLarge ? SMALL_THREAD : {}
    this.#thread = startThread<HeadResult>(this.#script, this.#task, signal, (done) => this.#progress(done), limits)
    // one that fails while files are read is asked for it later
    this.#thread.result.catch(() => {})
    if (this.#isLarge) this.#thread.tell({ kind: 'large' } satisfies HeadMessage)
    this.#tell()
  }

  /** @param seqNo the change by which the article was added */
  add(seqNo: number, article: Article): void {
    // a gap is something that went again
    if (seqNo !== this.#seqNo + 1 || this.waiting > AHEAD_MAX) this.#isOpen = false
    if (!this.#isOpen) return
    const length = article.title.length + article.text.length
    this.#seqNo = seqNo
    this.#batch.push({ seqNo, article })
    this.#batchLength += length
    this.#length += length
    if (isLarge(this.#length)) this.#becomeLarge()
    if (this.#batchLength >= BATCH_LENGTH) this.#tell()
  }

  /**
   * The index of what it was given, and of what the store added then up to `last`.
   * @param signal aborted, the thread is ended; its reason is thrown when it has
   * @param progress is told how many articles were indexed
   */
  finish(last: number, signal: AbortSignal, progress: (done: number) => void): Promise<PackedIndex> {
    return this.#finish(last, signal, progress) as Promise<PackedIndex>
  }

  /** The same as parts on the disk, where all of the backlog is too large for memory. */
  finishInParts(last: number, signal: AbortSignal, progress: (done: number) => void): Promise<readonly SealedPart[]> {
    this.#becomeLarge()
    return this.#finish(last, signal, progress) as Promise<readonly SealedPart[]>
  }

  #finish(last: number, signal: AbortSignal, progress: (done: number) => void): Promise<HeadResult> {
    const stop = (): void => this.#stopping.abort(signal.reason)
    if (signal.aborted) stop()
    else signal.addEventListener('abort', stop, { once: true })
    this.#isOpen = false
    this.#progress = progress
    this.#tell()
    this.#thread?.tell({ kind: 'rest', last } satisfies HeadMessage)
    return (this.#thread as Thread<HeadResult>).result
  }

  async stop(): Promise<void> {
    this.#isOpen = false
    this.#stopping.abort()
    await this.#thread?.result.catch(() => {})
  }

  /** From now on what it indexes goes to the disk in parts. */
  #becomeLarge(): void {
    if (this.#isLarge) return
    this.#isLarge = true
    keepOldObjectsFew()
    this.#thread?.tell({ kind: 'large' } satisfies HeadMessage)
  }

  #tell(): void {
    if (this.#thread === undefined || this.#batch.length === 0) return
    const message: HeadMessage = { kind: 'articles', articles: this.#batch, length: this.#batchLength }
    this.#thread.tell(message)
    this.#batch = []
    this.#batchLength = 0
  }
}
