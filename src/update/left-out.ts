import { resolve, sep } from 'node:path'
import type { ArticleStore } from '../store/article-store.ts'

/** What is not indexed because it is not public, or because it is no article; no refusals. */
export interface LeftOut {
  /** How many of each state, by the names of src/ingest/publication-words.ts; those that wait for their moment are `scheduled`. */
  readonly counts: Readonly<Record<string, number>>
  /** The next moment at which one of them appears, in milliseconds since 1970; null where none does. */
  readonly nextAt: number | null
  /** Folders that were not looked into, by the PATHs given. */
  readonly folders: readonly string[]
}

export const NOTHING_LEFT_OUT: LeftOut = { counts: {}, nextAt: null, folders: [] }

/** The sources at and below PATHs. */
export function sourcesUnder(store: ArticleStore, paths: readonly string[]): ReadonlySet<number> {
  return new Set(paths.flatMap((path) => store.files.under(resolve(path), sep).map(({ id }) => id)))
}

/** What the store knows of these sources, whether they were read this time or before. */
export function leftOutOf(store: ArticleStore, sources: ReadonlySet<number>, folders: readonly string[]): LeftOut {
  const counts = new Map<string, number>()
  const add = (state: string, count: number) => counts.set(state, (counts.get(state) ?? 0) + count)
  for (const { source, state, count } of store.due.leftOut()) if (sources.has(source)) add(state, count)
  let nextAt: number | null = null
  for (const { source, at } of store.due.waiting()) {
    if (!sources.has(source)) continue
    add('scheduled', 1)
    nextAt = Math.min(at, nextAt ?? at)
  }
  return { counts: Object.fromEntries(counts), nextAt, folders }
}
