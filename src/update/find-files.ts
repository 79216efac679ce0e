import { createHash } from 'node:crypto'
import { dirname, join, relative, resolve, sep } from 'node:path'
import { FundstelleError } from '../errors.ts'
import type { Pairs } from '../ingest/site-rule.ts'
import { unreadable } from '../ingest/unreadable.ts'
import { type SitesAbove, type WalkEntry, walk } from '../ingest/walk.ts'
import type { ArticleStore } from '../store/article-store.ts'
import { breathe } from './breathe.ts'
import type { UpdateOptions } from './options.ts'
import { applyPagefindRule, type Candidate } from './pagefind-folder.ts'
import { isFolder, isIn, isThere, presenceOf, realPathOf } from './paths.ts'
import { removeSource } from './remove-source.ts'
import type { UpdateLog } from './report.ts'

export interface FoundFile {
  /** As the PATH was given, links in it unresolved: so a link may point elsewhere the next time. */
  readonly absolutePath: string
  /** Relative to the PATH given. */
  readonly path: string
  /** With the PATH as it was given: how people call it. */
  readonly name: string
  /** In bytes. */
  readonly size: number
  readonly state: string
  /** Set where other pages of its folder say which part of them is to be searched, and this one does not. */
  readonly isLeftOut?: boolean
  /** What the generator of its site says of it; absent: nothing. */
  readonly siteValues?: Pairs
}

/** Of what lies there nobody knows anything. */
const UNREACHABLE = ['path_unreadable', 'ignore_pattern', 'ignore_file_large', 'site_settings_broken']

/** Entries of folders, and vanished files, between two breaths of the event loop. */
export const ENTRIES_PER_STEP = 64

/** Finds the files of an update under its PATHs, and lets those go that vanished. */
export class FileFinder {
  readonly #store: ArticleStore
  readonly #options: UpdateOptions
  readonly #log: UpdateLog
  readonly #sites: SitesAbove = new Map()

  constructor(store: ArticleStore, options: UpdateOptions, log: UpdateLog) {
    this.#store = store
    this.#options = options
    this.#log = log
  }

  /** Walks the PATHs, lets vanished sources go, and gives the files that must be read. */
  async find(): Promise<FoundFile[]> {
    const toRead: FoundFile[] = []
    const unreachable: string[] = []
    const seen = new Set<string>()
    const { paths, without = [] } = this.#options
    let entries = 0
    for (const given of paths) {
      const root = resolve(given)
      const presence = this.#presenceOf(root)
      if (presence !== 'there') {
        if (presence === 'missing' && this.#fileIsGone(root)) continue
        this.#log.refuse(given, null, presence === 'missing' ? this.#missing(root) : presence)
        unreachable.push(root)
        continue
      }
      const realRoot = realPathOf(root)
      if (realRoot instanceof FundstelleError) {
        this.#log.refuse(given, null, realRoot)
        unreachable.push(root)
        continue
      }
      const candidates: (FoundFile & Candidate)[] = []
      for (const found of this.#walk(root, realRoot)) {
        entries += 1
        if (entries % ENTRIES_PER_STEP === 0) await breathe(this.#options.signal)
        if (found.kind === 'skipped') {
          this.#log.skip(isFolder(root) ? join(given, found.path) : given, found.why)
          continue
        }
        if (found.kind === 'layout') {
          this.#log.layouts.push(join(given, found.path))
          continue
        }
        const absolutePath = join(root, relative(realRoot, found.absolutePath))
        const name = join(given, relative(root, absolutePath))
        if (seen.has(absolutePath)) continue
        seen.add(absolutePath)
        if (found.kind === 'refusal') {
          if (UNREACHABLE.includes(found.error.code)) unreachable.push(absolutePath)
          this.#log.refuse(name, null, found.error)
        } else {
          const { size, mtimeNs, ctimeNs, path, siteValues } = found
          // the real path too: behind a link that was turned, another file may look the same
          const { readersFingerprint, drafts, base } = this.#options
          const readBy = [readersFingerprint, ...(drafts === true ? ['drafts'] : []), ...(base ? [base] : [])].join('+')
          const bySite = siteValues.length === 0 ? [] : [digestOf(siteValues)]
          const state = [size, mtimeNs, ctimeNs, readBy, path, found.absolutePath, ...bySite].join(' ')
          const known = this.#store.files.byPath(absolutePath)?.state ?? null
          candidates.push({ absolutePath, path, name, size, state, known, siteValues })
        }
      }
      for (const { known, ...file } of applyPagefindRule(candidates)) {
        if (known === file.state) this.#log.files.unchanged += 1
        else toRead.push(file)
      }
    }
    await this.#store.transactionInSteps(async () => {
      for (const path of paths) {
        const root = resolve(path)
        const removed = await this.#removeVanished(root, seen, unreachable)
        if (removed > 0 && presenceOf(root) === 'there' && ![...seen].some(isIn(root)))
          this.#log.complaints.push(new FundstelleError('path_emptied', { path: root, removed }))
      }
      for (const path of without) await this.#removeVanished(resolve(path), seen, unreachable)
    })
    return toRead
  }

  /**
   * Removes sources no longer found under a PATH; returns the number of articles removed.
   * @param unreadable files and folders that cannot be read now: what lies there has not vanished
   */
  async #removeVanished(root: string, seen: ReadonlySet<string>, unreadable: readonly string[]): Promise<number> {
    const before = this.#log.articles.removed
    let vanished = 0
    for (const { id, path } of this.#store.files.under(root, sep)) {
      if (seen.has(path) || unreadable.some((one) => isIn(one)(path))) continue
      removeSource(this.#store, id, this.#log)
      this.#log.files.gone += 1
      vanished += 1
      if (vanished % ENTRIES_PER_STEP === 0) await breathe(this.#options.signal)
    }
    return this.#log.articles.removed - before
  }

  /** As `walk`; where PATH itself went between two looks at it, that is a refusal like that of any folder. */
  *#walk(root: string, realRoot: string): Generator<WalkEntry> {
    try {
      const { maxFileBytes, exclude = [] } = this.#options
      yield* walk(root, { maxFileBytes, exclude, sites: this.#sites })
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
    const wasFolder = this.#store.files.under(root, sep).some(({ path }) => path !== root)
    return wasFolder ? 'missing' : 'there'
  }

  /** A file that was itself a PATH may go; of a folder, and of what lies in a missing one, nobody knows whether it is gone. */
  #fileIsGone(path: string): boolean {
    return !isThere(path) && this.#store.files.byPath(path) !== undefined && presenceOf(dirname(path)) === 'there'
  }

  /** @throws FundstelleError where this PATH must not be missing */
  #missing(path: string): FundstelleError {
    const known = this.#store.files.under(path, sep).length > 0
    const error = new FundstelleError(known ? 'path_vanished' : 'path_not_found', { path })
    const { mayBeMissing = 'none' } = this.#options
    if (mayBeMissing === 'any' || (mayBeMissing === 'known' && known)) return error
    throw error
  }
}

/** Of what counts for a file beside its contents. */
function digestOf(values: Pairs): string {
  return createHash('sha256').update(JSON.stringify(values)).digest('base64url').slice(0, 16)
}
