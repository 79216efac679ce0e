import { lstatSync, readFileSync, realpathSync, statSync } from 'node:fs'
import { dirname, join, relative, resolve, sep } from 'node:path'
import { setImmediate } from 'node:timers/promises'
import type { Analyzer } from '../analysis/analyzer.ts'
import type { Article } from '../article/article.ts'
import { type ErrorParam, FundstelleError } from '../errors.ts'
import { DIRECT_CHANGES_MAX } from '../index/live-index.ts'
import { type BuildReport, buildSnapshot } from '../index/snapshot/catch-up.ts'
import { Generations } from '../index/snapshot/generations.ts'
import { readManifest } from '../index/snapshot/snapshot.ts'
import { readFile } from '../ingest/read-file.ts'
import { unreadable } from '../ingest/unreadable.ts'
import { type WalkEntry, walk } from '../ingest/walk.ts'
import { Store, type Window } from '../store/article-store.ts'
import { publishAllDue } from '../store/publish-due.ts'
import { withWriterLock } from '../store/writer-lock.ts'
import { admit } from './admission.ts'
import { FileIntake } from './file-intake.ts'
import { type LeftOut, leftOutOf, sourcesUnder } from './left-out.ts'
import { outdated } from './outdated.ts'
import { type ReadProgress, stopped } from './stopped.ts'

export interface UpdateOptions {
  readonly cache: string
  /** Files and folders of articles. */
  readonly paths: readonly string[]
  /** PATHs whose articles leave, but for what `paths` finds there. */
  readonly without?: readonly string[]
  /** Files over this size are refused. */
  readonly maxFileBytes: number
  readonly analyzer: Analyzer
  /** See `indexFingerprint`. */
  readonly fingerprint: string
  /** Of the readers: when they change, every file is read again. */
  readonly readersFingerprint: string
  /** Takes in what is not public: drafts, private, planned and expired ones, and the like. */
  readonly drafts?: boolean
  /** Milliseconds since 1970; the clock where absent. */
  readonly now?: () => number
  /** `always` leaves a snapshot at the last change; `deferred` only where a server could not keep step without one. */
  readonly snapshot: 'always' | 'deferred'
  /**
   * Which PATHs may be missing: those of which the index knows something, or any. They are refused in the report and their
   * articles stay. Else a missing PATH is an error, and nothing is done.
   */
  readonly mayBeMissing?: 'none' | 'known' | 'any'
  readonly onProgress?: (progress: Progress) => void
  /** Aborted, the update ends after the file that is being read: what has been read stays, the rest is read the next time. */
  readonly signal?: AbortSignal
}

export type Progress =
  | { readonly phase: 'read'; readonly done: number; readonly total: number }
  | { readonly phase: 'index'; readonly done: number; readonly total: number }

/** Something that was not taken into the index, and why; or that was, but hardly as it was meant. */
export interface Refusal {
  /** The file, by the PATH given and its own path below it. */
  readonly file: string
  readonly line: number | null
  readonly error: FundstelleError
}

export interface UpdateReport {
  readonly files: { readonly read: number; readonly unchanged: number; readonly skipped: number; readonly gone: number }
  readonly added: number
  readonly changed: number
  readonly removed: number
  /** Read again and found the same. */
  readonly same: number
  readonly refusals: readonly Refusal[]
  /** What its owner should know of a file that was read, or was passed over although its name promised articles. */
  readonly warnings: readonly Refusal[]
  /** Of all files under the PATHs given, unchanged ones included. */
  readonly leftOut: LeftOut
  /** Unusable snapshots that were met and replaced, and folders that hold nothing any more. */
  readonly complaints: readonly FundstelleError[]
  /** Living articles in the whole store. */
  readonly articles: number
  readonly seconds: number
}

interface FoundFile {
  /** As the PATH was given, links in it unresolved: so a link may point elsewhere the next time. */
  readonly absolutePath: string
  /** Relative to the PATH given. */
  readonly path: string
  /** With the PATH as it was given: how people call it. */
  readonly name: string
  readonly state: string
}

/** Articles whose id another source holds, to be tried again when every file has been read. */
interface Deferred extends Window {
  readonly article: Article
  readonly source: number
  readonly file: FoundFile
  readonly line: number
}

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
/** Entries of folders, and vanished files, between two breaths of the event loop. */
const ENTRIES_PER_STEP = 64

/**
 * Brings store and snapshot in step with what is on the disk under the PATHs given. Files that look as they did when they were
 * last read are not read again; articles of files that vanished under these PATHs leave; all others stay.
 * @throws FundstelleError `path_not_found`, `path_vanished`, `store_busy`, `stopped`, or whatever the store says
 */
export async function update(options: UpdateOptions): Promise<UpdateReport> {
  // a misspelt PATH should not leave an empty index behind
  const missing = Store.exists(options.cache) ? undefined : options.paths.find((path) => presenceOf(path) === 'missing')
  if (missing !== undefined) throw new FundstelleError('path_not_found', { path: resolve(missing) })
  let reading: ReadProgress = null
  const onReading = (now: ReadProgress): void => {
    reading = now
  }
  const { signal } = options
  try {
    return await withWriterLock(
      options.cache,
      async () => {
        const store = Store.open(options.cache)
        try {
          return await new Update(store, options, onReading).run()
        } finally {
          store.close()
        }
      },
      signal,
    )
  } catch (error) {
    throw signal?.aborted === true && error === signal.reason ? stopped(reading) : error
  }
}

class Update {
  readonly #store: Store
  readonly #options: UpdateOptions
  readonly #onReading: (reading: ReadProgress) => void
  readonly #files = { read: 0, unchanged: 0, skipped: 0, gone: 0 }
  readonly #refusals: Refusal[] = []
  readonly #warnings: Refusal[] = []
  readonly #complaints: FundstelleError[] = []
  readonly #deferred: Deferred[] = []
  readonly #refusedFiles = new Set<FoundFile>()
  readonly #layouts: string[] = []
  #added = 0
  #changed = 0
  #removed = 0
  #same = 0

  constructor(store: Store, options: UpdateOptions, onReading: (reading: ReadProgress) => void) {
    this.#store = store
    this.#options = options
    this.#onReading = onReading
  }

  async run(): Promise<UpdateReport> {
    const started = performance.now()
    const before = this.#store.change
    const files = await this.#findFiles()
    await this.#readAll(files)
    await this.#publishDue()
    await this.#store.transactionInSteps(() => this.#tryDeferred())
    const built = await this.#build(before)
    const sources = sourcesUnder(this.#store, this.#options.paths)
    // those that watch are told once, at the beginning
    const { snapshot, readersFingerprint } = this.#options
    return {
      files: this.#files,
      added: this.#added,
      changed: this.#changed,
      removed: this.#removed,
      same: this.#same,
      refusals: this.#refusals,
      warnings: this.#warnings,
      leftOut: leftOutOf(this.#store, sources, this.#layouts),
      complaints: [
        ...this.#complaints,
        ...(snapshot === 'deferred' ? [] : outdated(this.#store, sources, readersFingerprint)),
        ...(built?.complaints ?? []),
      ],
      articles: this.#store.articleCount,
      seconds: (performance.now() - started) / 1000,
    }
  }

  /** Walks the PATHs, lets vanished sources go, and gives the files that must be read. */
  async #findFiles(): Promise<FoundFile[]> {
    const toRead: FoundFile[] = []
    const unreadable: string[] = []
    const seen = new Set<string>()
    const { paths, without = [] } = this.#options
    let entries = 0
    for (const given of paths) {
      const root = resolve(given)
      const presence = this.#presenceOf(root)
      if (presence !== 'there') {
        if (presence === 'missing' && this.#fileIsGone(root)) continue
        this.#refuse({ name: given }, null, presence === 'missing' ? this.#missing(root) : presence)
        unreadable.push(root)
        continue
      }
      const realRoot = realPathOf(root)
      if (realRoot instanceof FundstelleError) {
        this.#refuse({ name: given }, null, realRoot)
        unreadable.push(root)
        continue
      }
      for (const found of this.#walk(root, realRoot)) {
        entries += 1
        if (entries % ENTRIES_PER_STEP === 0) await this.#breathe()
        if (found.kind === 'skipped') {
          this.#files.skipped += 1
          continue
        }
        if (found.kind === 'layout') {
          this.#layouts.push(join(given, found.path))
          continue
        }
        const absolutePath = join(root, relative(realRoot, found.absolutePath))
        if (seen.has(absolutePath)) continue
        seen.add(absolutePath)
        const name = join(given, relative(root, absolutePath))
        if (found.kind === 'refusal') {
          if (found.error.code === 'path_unreadable') unreadable.push(absolutePath)
          this.#refusals.push({ file: name, line: null, error: found.error })
        } else {
          const { size, mtimeNs, ctimeNs, path } = found
          // the real path too: behind a link that was turned, another file may look the same
          const { readersFingerprint, drafts } = this.#options
          const readBy = drafts === true ? `${readersFingerprint}+drafts` : readersFingerprint
          const state = [size, mtimeNs, ctimeNs, readBy, path, found.absolutePath].join(' ')
          const file = { absolutePath, path, name, state }
          if (this.#store.source(absolutePath)?.state === state) this.#files.unchanged += 1
          else toRead.push(file)
        }
      }
    }
    await this.#store.transactionInSteps(async () => {
      for (const path of paths) {
        const root = resolve(path)
        const removed = await this.#removeVanished(root, seen, unreadable)
        if (removed > 0 && presenceOf(root) === 'there' && ![...seen].some(isIn(root)))
          this.#complaints.push(new FundstelleError('path_emptied', { path: root, removed }))
      }
      for (const path of without) await this.#removeVanished(resolve(path), seen, unreadable)
    })
    return toRead
  }

  /**
   * Lets the sources go that were not seen under a PATH; returns how many articles went with them.
   * @param unreadable files and folders that cannot be read now: what lies there has not vanished
   */
  async #removeVanished(root: string, seen: ReadonlySet<string>, unreadable: readonly string[]): Promise<number> {
    const before = this.#removed
    let vanished = 0
    for (const { id, path } of this.#store.sourcesUnder(root, sep)) {
      if (seen.has(path) || unreadable.some((one) => isIn(one)(path))) continue
      this.#removeSource(id)
      this.#files.gone += 1
      vanished += 1
      if (vanished % ENTRIES_PER_STEP === 0) await this.#breathe()
    }
    return this.#removed - before
  }

  /** As `walk`; where PATH itself went between two looks at it, that is a refusal like that of any folder. */
  *#walk(root: string, realRoot: string): Generator<WalkEntry> {
    try {
      yield* walk(root, { maxFileBytes: this.#options.maxFileBytes })
    } catch (error) {
      if (!(error instanceof FundstelleError)) throw error
      const refused = error.code === 'path_unreadable' ? error : unreadable(error.cause)
      yield { kind: 'refusal', path: '.', absolutePath: realRoot, error: refused }
    }
  }

  /** As `presenceOf`; a folder whose articles are known is missing as well where a file has taken its place. */
  #presenceOf(root: string): ReturnType<typeof presenceOf> {
    const presence = presenceOf(root)
    if (presence !== 'there' || isFolder(root)) return presence
    const wasFolder = this.#store.sourcesUnder(root, sep).some(({ path }) => path !== root)
    return wasFolder ? 'missing' : 'there'
  }

  /** A file that was itself a PATH may go; of a folder, and of what lies in a missing one, nobody knows whether it is gone. */
  #fileIsGone(path: string): boolean {
    return !isThere(path) && this.#store.source(path) !== undefined && presenceOf(dirname(path)) === 'there'
  }

  /** @throws FundstelleError where this PATH must not be missing */
  #missing(path: string): FundstelleError {
    const known = this.#store.sourcesUnder(path, sep).length > 0
    const error = new FundstelleError(known ? 'path_vanished' : 'path_not_found', { path })
    const { mayBeMissing = 'none' } = this.#options
    if (mayBeMissing === 'any' || (mayBeMissing === 'known' && known)) return error
    throw error
  }

  #removeSource(source: number): void {
    this.#removed += this.#store.removeOfSource(source)
    this.#store.removeSource(source)
  }

  async #readAll(files: readonly FoundFile[]): Promise<void> {
    const { signal, onProgress } = this.#options
    let next = 0
    while (next < files.length) {
      await this.#store.transactionInSteps(async () => {
        let bytes = 0
        let breathAt = 0
        for (let n = 1; n <= FILES_PER_TRANSACTION && bytes < BYTES_PER_TRANSACTION && next < files.length; n++) {
          bytes += this.#readOne(files[next] as FoundFile)
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

  /** Reads a file and puts its articles; returns its size. */
  #readOne(file: FoundFile): number {
    let bytes: Uint8Array
    try {
      bytes = readFileSync(file.absolutePath)
    } catch (error) {
      this.#refuse(file, null, unreadable(error))
      return 0
    }
    const result = readFile(bytes, file.path, file.absolutePath)
    if (result.kind === 'skipped') {
      this.#files.skipped += 1
      if (result.warning !== null) this.#warnings.push({ file: file.name, line: null, error: result.warning })
      const known = this.#store.source(file.absolutePath)
      if (known !== undefined) this.#removeSource(known.id)
      return bytes.length
    }
    this.#files.read += 1
    const refusedBefore = this.#refusals.length
    const deferredBefore = this.#deferred.length
    const source = this.#store.saveSource(file.absolutePath, null)
    const intake = new FileIntake()
    const { drafts = false, now = Date.now } = this.#options
    for (const reading of result.readings) {
      const admitted = admit(reading, { drafts, now: now() })
      if (admitted.kind === 'refusal') this.#refuse(file, admitted.line, admitted.error)
      else if (admitted.kind === 'warning')
        this.#warnings.push({ file: file.name, line: admitted.line, error: admitted.error })
      else if (admitted.kind === 'leftOut') intake.leaveOut(admitted.state)
      else this.#put({ ...admitted, source, file }, intake)
    }
    const refused = this.#refusals.length > refusedBefore
    this.#removed += intake.settle(this.#store, source, refused)
    // and whatever was refused, or is still waiting should this process be killed, is looked at again the next time
    if (!refused && this.#deferred.length === deferredBefore) this.#store.saveSource(file.absolutePath, file.state)
    if (refused) this.#refusedFiles.add(file)
    return bytes.length
  }

  #put(entry: Deferred, intake: FileIntake): void {
    const { article, file, line } = entry
    const firstLine = intake.lines.get(article.id)
    if (firstLine !== undefined) {
      const other = { de: `${file.name}, Zeile ${firstLine}`, en: `${file.name}, line ${firstLine}` }
      this.#refuseTwin(entry, other)
      return
    }
    intake.lines.set(article.id, line)
    intake.keep(article.id, entry)
    const result = this.#store.put(article, entry.source, entry)
    if (result.kind === 'taken') this.#deferred.push(entry)
    if (result.kind === 'added') this.#added += 1
    if (result.kind === 'changed') this.#changed += 1
    if (result.kind === 'same') this.#same += 1
  }

  /** An id may have moved from one file to another: by now its old file has let it go, or the id is taken for good. */
  async #tryDeferred(): Promise<void> {
    for (const [tried, entry] of this.#deferred.entries()) {
      if (tried % ENTRIES_PER_STEP === ENTRIES_PER_STEP - 1) await this.#breathe()
      const { article, source, file } = entry
      const result = this.#store.put(article, source, entry)
      if (result.kind === 'added') this.#added += 1
      if (result.kind !== 'taken') continue
      this.#refusedFiles.add(file)
      this.#refuseTwin(entry, this.#nameOf(result.by))
    }
    const settled = new Set(this.#deferred.map(({ file }) => file).filter((file) => !this.#refusedFiles.has(file)))
    for (const file of settled) this.#store.saveSource(file.absolutePath, file.state)
  }

  /** What is due appears or goes, also of files that are unchanged; after they were read, for they may have changed their mind. */
  async #publishDue(): Promise<void> {
    const { added, removed } = await publishAllDue(this.#store, this.#options.now ?? Date.now)
    this.#added += added
    this.#removed += removed
  }

  async #build(before: number): Promise<BuildReport | undefined> {
    const { cache, analyzer, fingerprint, snapshot, onProgress, signal } = this.#options
    if (snapshot === 'deferred' && (await this.#backlog()) <= DIRECT_CHANGES_MAX) return undefined
    const total = this.#store.changesAfter(before)
    const progress = (done: number): void => onProgress?.({ phase: 'index', done, total: Math.max(total, done) })
    return buildSnapshot(cache, this.#store, analyzer, fingerprint, progress, signal)
  }

  /** Lets the event loop go on, by which a request to stop arrives. */
  async #breathe(): Promise<void> {
    await setImmediate()
    this.#options.signal?.throwIfAborted()
  }

  async #backlog(): Promise<number> {
    const newest = new Generations(this.#options.cache).usable()[0]
    if (newest === undefined) return Number.POSITIVE_INFINITY
    try {
      return this.#store.changesAfter((await readManifest(newest)).change)
    } catch {
      return Number.POSITIVE_INFINITY
    }
  }

  #refuseTwin({ article: { id }, file, line }: Deferred, other: ErrorParam): void {
    const isFromPath = id === file.path || id.startsWith(`${file.path}#`)
    const remedy = isFromPath ? OWN_ID_OR_FOLDER : OWN_ID
    this.#refuse(file, line, new FundstelleError('duplicate_id', { id, other, remedy }))
  }

  /** How people call a file: by the PATH they gave, else from the folder they are in. */
  #nameOf(absolutePath: string): string {
    const given = this.#options.paths.find((path) => `${absolutePath}${sep}`.startsWith(join(resolve(path), sep)))
    return given === undefined ? relative('', absolutePath) : join(given, relative(given, absolutePath))
  }

  #refuse(file: Pick<FoundFile, 'name'>, line: number | null, error: FundstelleError): void {
    this.#refusals.push({ file: file.name, line, error })
  }
}

/** Where a file or folder can be asked about it is there or missing; where not, the error says why. */
function presenceOf(path: string): 'there' | 'missing' | FundstelleError {
  try {
    statSync(path)
    return 'there'
  } catch (error) {
    const gone = ['ENOENT', 'ENOTDIR', 'ELOOP'].includes((error as NodeJS.ErrnoException).code ?? '')
    return gone ? 'missing' : unreadable(error)
  }
}

/** The path with its links resolved, or why that cannot be told. */
function realPathOf(path: string): string | FundstelleError {
  try {
    return realpathSync(path)
  } catch (error) {
    return unreadable(error)
  }
}

function isFolder(path: string): boolean {
  try {
    return statSync(path).isDirectory()
  } catch {
    return false
  }
}

/** Whether there is anything at a path, be it a link to nothing. */
function isThere(path: string): boolean {
  try {
    return lstatSync(path, { throwIfNoEntry: false }) !== undefined
  } catch {
    // links in a circle on the way there, or folders that cannot be read: nobody knows
    return true
  }
}

/** Whether a path is this file or folder, or lies in it. */
function isIn(place: string): (path: string) => boolean {
  const folder = place.endsWith(sep) ? place : place + sep
  return (path) => path === place || path.startsWith(folder)
}
