import { ownCopy } from '../own-copy.ts'
import type { ArticleStore, Window } from '../store/article-store.ts'
import { LEFT_OUT_NAMED_MAX, type LeftOutArticle } from '../store/left-out-list.ts'

/** What becomes of an article: it is living, it appears or goes by itself; both together are possible. */
const LIVING = 1
const DUE = 2
const KINDS = 4

/** What was met in one file, for letting go of what is no longer in it. A file may hold millions, so one table holds all of it. */
export class FileIntake {
  /** For each id the line it stands on, times `KINDS`, and what becomes of it. */
  readonly #met = new Map<string, number>()
  readonly #leftOut = new Map<string, { count: number; readonly named: LeftOutArticle[] }>()
  #isBrokenOff = false

  /** On which line an id stands; undefined where it was not met. */
  lineOf(id: string): number | undefined {
    const met = this.#met.get(id)
    return met === undefined ? undefined : Math.floor(met / KINDS)
  }

  leaveOut(state: string, article: LeftOutArticle): void {
    const known = this.#leftOut.get(state) ?? { count: 0, named: [] }
    known.count += 1
    if (known.named.length < LEFT_OUT_NAMED_MAX) known.named.push(article)
    this.#leftOut.set(state, known)
  }

  keep(id: string, line: number, { from, until }: Window): void {
    const living = from === null ? LIVING : 0
    const due = from !== null || until !== null ? DUE : 0
    this.#met.set(ownCopy(id), line * KINDS + living + due)
  }

  /** The file could not be read to its end. */
  breakOff(): void {
    this.#isBrokenOff = true
  }

  /**
   * Removes from the store what the file no longer has; returns how many living articles went. Of a file that was refused as a
   * whole, or broke off, everything stays that was known: nobody knows what it holds.
   */
  settle(store: ArticleStore, source: number, refused: boolean): number {
    if (this.#isBrokenOff || (refused && this.#met.size === 0 && this.#leftOut.size === 0)) return 0
    const isKept = (id: string, kind: number): boolean => ((this.#met.get(id) ?? 0) & kind) !== 0
    store.due.keepOnly(source, (id) => isKept(id, DUE))
    store.leftOut.save(source, this.#leftOut)
    return store.removeOfSource(source, (id) => isKept(id, LIVING))
  }
}
