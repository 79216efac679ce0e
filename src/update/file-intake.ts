import type { ArticleStore, Window } from '../store/article-store.ts'

/** What was met in one file, for letting go of what is no longer in it. */
export class FileIntake {
  /** On which line each id stands. */
  readonly lines = new Map<string, number>()
  /** Ids of living articles, and of those that appear or go by themselves. */
  readonly #living = new Set<string>()
  readonly #due = new Set<string>()
  readonly #leftOut = new Map<string, number>()

  leaveOut(state: string): void {
    this.#leftOut.set(state, (this.#leftOut.get(state) ?? 0) + 1)
  }

  keep(id: string, { from, until }: Window): void {
    if (from === null) this.#living.add(id)
    if (from !== null || until !== null) this.#due.add(id)
  }

  /**
   * Removes from the store what the file no longer has; returns how many living articles went. A file that was refused as a
   * whole keeps what was known of it.
   */
  settle(store: ArticleStore, source: number, refused: boolean): number {
    if (refused && this.lines.size === 0 && this.#leftOut.size === 0) return 0
    store.due.keepOnly(source, this.#due)
    store.due.saveLeftOut(source, this.#leftOut)
    return store.removeOfSource(source, this.#living)
  }
}
