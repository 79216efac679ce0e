import { lstatSync, readFileSync, realpathSync, statSync } from 'node:fs'
import { dirname, join, relative, resolve, sep } from 'node:path'
import { setImmediate } from 'node:timers/promises'
import type { Analyzer } from '../analysis/analyzer.ts'
import type { Article } from '../article.ts'
import { type ErrorParam, FundstelleError } from '../errors.ts'
import { type BuildReport, buildSnapshot } from '../index/build.ts'
import { Generations } from '../index/generations.ts'
import { DIRECT_CHANGES_MAX } from '../index/live-index.ts'
import { publishAllDue } from '../index/publish-due.ts'
import { readManifest } from '../index/snapshot.ts'
import { Store, type Window } from '../index/store.ts'
import { asOnlyWriter } from '../index/writer-lock.ts'
import { readFile } from '../ingest/read-file.ts'
import { unreadable } from '../ingest/unreadable.ts'
import { walk } from '../ingest/walk.ts'
import { admit } from './admission.ts'
import { FileIntake } from './file-intake.ts'
import { type LeftOut, leftOutOf, sourcesUnder } from './left-out.ts'
import { outdated } from './outdated.ts'

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

/**
 * Brings store and snapshot in step with what is on the disk under the PATHs given. Files that look as they did when they were
 * last read are not read again; articles of files that vanished under these PATHs leave; all others stay.
 * @throws FundstelleError `path_not_found`, `path_vanished`, `store_busy`, or whatever the store says
 */
export async function update(options: UpdateOptions): Promise<UpdateReport> {
  // a misspelt PATH should not leave an empty index behind
  const missing = Store.exists(options.cache) ? undefined : options.paths.find((path) => presenceOf(path) === 'missing')
  if (missing !== undefined) throw new FundstelleError('path_not_found', { path: resolve(missing) })
  return asOnlyWriter(options.cache, async () => {
    const store = Store.open(options.cache)
    try {
      return await new Update(store, options).run()
    } finally {
      store.close()
    }
  })
}

class Update {
  readonly #store: Store
  readonly #options: UpdateOptions
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

  constructor(store: Store, options: UpdateOptions) {
    this.#store = store
    this.#options = options
  }

  async run(): Promise<UpdateReport> {
    const started = performance.now()
    const before = this.#store.change
    const files = this.#findFiles()
    await this.#readAll(files)
    await this.#publishDue()
    this.#store.transaction(() => this.#tryDeferred())
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
  #findFiles(): FoundFile[] {
    const toRead: FoundFile[] = []
    const unreadable: string[] = []
    const seen = new Set<string>()
    const { paths, without = [] } = this.#options
    for (const given of paths) {
      const root = resolve(given)
      const presence = presenceOf(root)
      if (presence !== 'there') {
        if (presence === 'missing' && this.#fileIsGone(root)) continue
        this.#refuse({ name: given }, null, presence === 'missing' ? this.#missing(root) : presence)
        unreadable.push(root)
        continue
      }
      const realRoot = realpathSync(root)
      for (const found of walk(root, { maxFileBytes: this.#options.maxFileBytes })) {
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
    this.#store.transaction(() => {
      for (const path of paths) {
        const root = resolve(path)
        const removed = this.#removeVanished(root, seen, unreadable)
        if (removed > 0 && presenceOf(root) === 'there' && ![...seen].some(isIn(root)))
          this.#complaints.push(new FundstelleError('path_emptied', { path: root, removed }))
      }
      for (const path of without) this.#removeVanished(resolve(path), seen, unreadable)
    })
    return toRead
  }

  /**
   * Lets the sources go that were not seen under a PATH; returns how many articles went with them.
   * @param unreadable files and folders that cannot be read now: what lies there has not vanished
   */
  #removeVanished(root: string, seen: ReadonlySet<string>, unreadable: readonly string[]): number {
    const before = this.#removed
    for (const { id, path } of this.#store.sourcesUnder(root, sep)) {
      if (seen.has(path) || unreadable.some((one) => isIn(one)(path))) continue
      this.#letGo(id)
      this.#files.gone += 1
    }
    return this.#removed - before
  }

  /** A file that was itself a PATH may go; of a folder, and of what lies in a missing one, nobody knows whether it is gone. */
  #fileIsGone(path: string): boolean {
    const isLink = lstatSync(path, { throwIfNoEntry: false }) !== undefined
    return !isLink && this.#store.source(path) !== undefined && presenceOf(dirname(path)) === 'there'
  }

  /** @throws FundstelleError where this PATH must not be missing */
  #missing(path: string): FundstelleError {
    const known = this.#store.sourcesUnder(path, sep).length > 0
    const error = new FundstelleError(known ? 'path_vanished' : 'path_not_found', { path })
    const { mayBeMissing = 'none' } = this.#options
    if (mayBeMissing === 'any' || (mayBeMissing === 'known' && known)) return error
    throw error
  }

  #letGo(source: number): void {
    this.#removed += this.#store.removeOfSource(source)
    this.#store.removeSource(source)
  }

  async #readAll(files: readonly FoundFile[]): Promise<void> {
    let next = 0
    while (next < files.length) {
      this.#store.transaction(() => {
        let bytes = 0
        for (let n = 0; n < FILES_PER_TRANSACTION && bytes < BYTES_PER_TRANSACTION && next < files.length; n++) {
          bytes += this.#readOne(files[next] as FoundFile)
          next += 1
        }
      })
      this.#options.onProgress?.({ phase: 'read', done: next, total: files.length })
      await setImmediate()
    }
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
    const result = readFile(bytes, file.path)
    if (result.kind === 'skipped') {
      this.#files.skipped += 1
      if (result.warning !== null) this.#warnings.push({ file: file.name, line: null, error: result.warning })
      const known = this.#store.source(file.absolutePath)
      if (known !== undefined) this.#letGo(known.id)
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
  #tryDeferred(): void {
    for (const entry of this.#deferred) {
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
    const { cache, analyzer, fingerprint, snapshot, onProgress } = this.#options
    if (snapshot === 'deferred' && (await this.#backlog()) <= DIRECT_CHANGES_MAX) return undefined
    const total = this.#store.changesAfter(before)
    return buildSnapshot(cache, this.#store, analyzer, fingerprint, (done) => {
      onProgress?.({ phase: 'index', done, total: Math.max(total, done) })
    })
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

/** Whether a path is this file or folder, or lies in it. */
function isIn(place: string): (path: string) => boolean {
  const folder = place.endsWith(sep) ? place : place + sep
  return (path) => path === place || path.startsWith(folder)
}
