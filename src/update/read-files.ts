import { readFileSync } from 'node:fs'
import { join, relative, resolve, sep } from 'node:path'
import { setImmediate } from 'node:timers/promises'
import { type ErrorParam, FundstelleError } from '../errors.ts'
import type { HeadStart } from '../index/snapshot/head-start.ts'
import { endAsciidoc } from '../ingest/asciidoc-thread.ts'
import { FileSource } from '../ingest/byte-source.ts'
import { documentFormatOf } from '../ingest/document-format.ts'
import { DocumentThread } from '../ingest/documents/document-thread.ts'
import { unpublished } from '../ingest/make.ts'
import { placedReadings, readFile } from '../ingest/read-file.ts'
import { isReadInPieces, readInPieces } from '../ingest/read-in-pieces.ts'
import type { ReadResult } from '../ingest/reader.ts'
import { unreadable } from '../ingest/unreadable.ts'
import type { ArticleStore } from '../store/article-store.ts'
import { admit } from './admission.ts'
import { breathe } from './breathe.ts'
import { type Deferred, DeferredArticles } from './deferred.ts'
import { FileIntake } from './file-intake.ts'
import { ENTRIES_PER_STEP, type FoundFile } from './find-files.ts'
import type { UpdateOptions } from './options.ts'
import { isReadInSteps } from './read-in-steps.ts'
import { removeSource } from './remove-source.ts'
import type { UpdateLog } from './report.ts'
import type { ReadProgress } from './stopped.ts'

const OWN_ID = { de: 'jedem Artikel eine eigene id geben', en: 'give each article an id of its own' }
/** Where ids are paths below the PATHs, the folder above both tells them apart. */
const OWN_ID_OR_FOLDER = {
  de: 'statt der einzelnen Ordner den gemeinsamen Ordner darüber einlesen, oder dem Artikel eine eigene id geben',
  en: 'index the folder above both instead of each, or give the article an id of its own',
}

/** Files committed at once: a kill loses at most the reading of these. */
const FILES_PER_TRANSACTION = 100
const BYTES_PER_TRANSACTION = 8 << 20
/** Files, and their bytes, between two breaths of the event loop: a request to stop waits for a few small files or a large one. */
export const FILES_PER_STEP = 8
const BYTES_PER_STEP = 64 << 10
/** The same within a large file: what it gave between two breaths. */
const READINGS_PER_STEP = 256

/** Reads the files of an update into the store. */
export class FileReader {
  readonly #store: ArticleStore
  readonly #options: UpdateOptions
  readonly #log: UpdateLog
  readonly #onReading: (reading: ReadProgress) => void
  readonly #deferred = new DeferredArticles()
  readonly #refusedFiles = new Set<FoundFile>()
  readonly #head: HeadStart | undefined
  readonly #documents = new DocumentThread()

  /** @param head takes the first articles of a new store as they come */
  constructor(
    store: ArticleStore,
    options: UpdateOptions,
    log: UpdateLog,
    onReading: (reading: ReadProgress) => void,
    head?: HeadStart,
  ) {
    this.#head = head
    this.#store = store
    this.#options = options
    this.#log = log
    this.#onReading = onReading
  }

  /** Reads files and puts their articles, some at a time in a transaction of their own. */
  async readAll(files: readonly FoundFile[]): Promise<void> {
    try {
      await this.#readAll(files)
    } finally {
      await Promise.all([this.#documents.close(), endAsciidoc()])
    }
  }

  async #readAll(files: readonly FoundFile[]): Promise<void> {
    const { signal, onProgress } = this.#options
    let next = 0
    while (next < files.length) {
      await this.#store.transactionInSteps(async () => {
        let bytes = 0
        let breathAt = 0
        for (let n = 1; n <= FILES_PER_TRANSACTION && bytes < BYTES_PER_TRANSACTION && next < files.length; n++) {
          const file = files[next] as FoundFile
          // so that giving one up midway takes no other with it
          if (n > 1 && isReadInSteps(file)) return
          bytes += await this.#readOne(file)
          next += 1
          if (n % FILES_PER_STEP !== 0 && bytes - breathAt < BYTES_PER_STEP) continue
          breathAt = bytes
          await setImmediate()
          // what has been read is committed
          if (signal?.aborted === true) return
        }
      })
      this.#onReading({ done: next, total: files.length })
      onProgress?.({ phase: 'read', done: next, total: files.length })
      await setImmediate()
      signal?.throwIfAborted()
    }
    this.#onReading({ done: next, total: files.length })
  }

  /**
   * Reads a file and puts its articles; returns its size. Asked to stop within a large one it throws the reason: nothing of the file stays, for
   * what is half of a new version and half of an old one is neither.
   */
  async #readOne(file: FoundFile): Promise<number> {
    if (isReadInPieces(file.path, file.absolutePath)) return this.#readPiecesOf(file)
    let bytes: Uint8Array
    try {
      bytes = readFileSync(file.absolutePath)
    } catch (error) {
      this.#log.refuse(file.name, null, unreadable(error))
      return 0
    }
    // afterwards the bytes may be in another thread
    const size = bytes.length
    this.#head?.expect(size)
    const format = documentFormatOf(bytes, file.path)
    if (format !== null) {
      const readings = await this.#documents.read(bytes, file.path, format)
      await this.#take(file, placedReadings(readings, file.absolutePath, file.siteValues))
      return size
    }
    const result = readFile(bytes, file.path, file.absolutePath, file.siteValues)
    if (result.kind === 'read') {
      await this.#take(file, result.readings)
      return size
    }
    this.#log.skip(file.name, 'unrecognised')
    if (result.warning !== null) this.#log.warnings.push({ file: file.name, line: null, error: result.warning })
    const known = this.#store.files.byPath(file.absolutePath)
    if (known !== undefined) removeSource(this.#store, known.id, this.#log)
    return size
  }

  async #readPiecesOf(file: FoundFile): Promise<number> {
    let source: FileSource
    try {
      source = new FileSource(file.absolutePath)
    } catch (error) {
      this.#log.refuse(file.name, null, unreadable(error))
      return 0
    }
    try {
      this.#head?.expect(source.size)
      const limits = { lineBytesMax: this.#options.maxFileBytes }
      await this.#take(file, readInPieces(source, file.path, file.absolutePath, limits, file.siteValues))
      return source.size
    } finally {
      source.close()
    }
  }

  /** Puts the articles of a file, and lets go of those it no longer has. */
  async #take(file: FoundFile, given: Iterable<ReadResult | null>): Promise<void> {
    this.#log.read(file.name)
    const refusedBefore = this.#log.refused
    const deferredBefore = this.#deferred.count
    const source = this.#store.files.save(file.absolutePath, null)
    const intake = new FileIntake()
    const { drafts = false, base = null, now = Date.now, signal } = this.#options
    const inSteps = isReadInSteps(file)
    let readings = 0
    for (const found of given) {
      const reading = file.isLeftOut === true ? leftOut(found) : found
      readings += 1
      if (inSteps && (reading === null || readings % READINGS_PER_STEP === 0)) await breathe(signal)
      if (reading === null) continue
      const admitted = admit(reading, { drafts, base, now: now() }, file.path)
      if (admitted.kind === 'refusal') {
        this.#log.refuse(file.name, admitted.line, admitted.error)
        if (admitted.line === null) intake.breakOff()
      } else if (admitted.kind === 'warning')
        this.#log.warnings.push({ file: file.name, line: admitted.line, error: admitted.error })
      else if (admitted.kind === 'leftOut') intake.leaveOut(admitted.state, admitted)
      else {
        if (base !== null && admitted.article.url === null) this.#log.lackAddress(file.name)
        this.#put({ ...admitted, source, file }, intake)
      }
    }
    const refused = this.#log.refused > refusedBefore
    this.#log.articles.removed += intake.settle(this.#store, source, refused)
    // and whatever was refused, or is still waiting should this process be killed, is looked at again the next time
    if (!refused && this.#deferred.count === deferredBefore) this.#store.files.save(file.absolutePath, file.state)
    if (refused) this.#refusedFiles.add(file)
  }

  #put(entry: Deferred, intake: FileIntake): void {
    const { article, file, line } = entry
    const firstLine = intake.lineOf(article.id)
    if (firstLine !== undefined) {
      const other = { de: `${file.name}, Zeile ${firstLine}`, en: `${file.name}, line ${firstLine}` }
      this.#refuseTwin(entry, other)
      return
    }
    intake.keep(article.id, line, entry)
    const result = this.#store.put(article, entry.source, entry)
    if (result.kind === 'taken') this.#deferred.add(entry)
    if (result.kind === 'added') this.#log.articles.added += 1
    if (result.kind === 'added' && this.#head?.isOpen === true) this.#head.add(this.#store.seqNo, article)
    if (result.kind === 'changed') this.#log.articles.changed += 1
    if (result.kind === 'same') this.#log.articles.same += 1
  }

  /** An id may have moved from one file to another: by now its old file has let it go, or the id is taken for good. */
  async tryDeferred(): Promise<void> {
    const { drafts = false, base = null, now = Date.now, maxFileBytes, signal } = this.#options
    const onUnreadable = (file: FoundFile, cause: unknown): void => {
      this.#log.refuse(file.name, null, cause instanceof FundstelleError ? cause : unreadable(cause))
      this.#refusedFiles.add(file)
    }
    let tried = 0
    for (const entry of this.#deferred.all(maxFileBytes, { drafts, base, now: now() }, onUnreadable)) {
      tried += 1
      if (tried % ENTRIES_PER_STEP === 0) await breathe(signal)
      if (entry === null) continue
      const { article, source, file } = entry
      const result = this.#store.put(article, source, entry)
      if (result.kind === 'added') this.#log.articles.added += 1
      if (result.kind !== 'taken') continue
      this.#refusedFiles.add(file)
      this.#refuseTwin(entry, this.#nameOf(result.by))
    }
    for (const file of this.#deferred.files())
      if (!this.#refusedFiles.has(file)) this.#store.files.save(file.absolutePath, file.state)
  }

  #refuseTwin({ article: { id }, file, line }: Deferred, other: ErrorParam): void {
    const isFromPath = id === file.path || id.startsWith(`${file.path}#`)
    const remedy = isFromPath ? OWN_ID_OR_FOLDER : OWN_ID
    this.#log.refuse(file.name, line, new FundstelleError('duplicate_id', { id, other, remedy }))
  }

  /** How people call a file: by the PATH they gave, else from the folder they are in. */
  #nameOf(absolutePath: string): string {
    const given = this.#options.paths.find((path) => `${absolutePath}${sep}`.startsWith(join(resolve(path), sep)))
    return given === undefined ? relative('', absolutePath) : join(given, relative(given, absolutePath))
  }
}

/** A page that is no part of what its site wants searched. */
function leftOut(reading: ReadResult | null): ReadResult | null {
  return reading?.kind === 'article' ? unpublished('noindex', () => reading) : reading
}
