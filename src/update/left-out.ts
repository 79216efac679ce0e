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
  /** The files that the counts are of, of each state in a file one entry, the first 10,000; none for articles that are in no file. */
  readonly files: readonly LeftOutFile[]
}

export interface LeftOutFile {
  /** Absolute: it may have been read by another PATH. */
  readonly file: string
  readonly state: string
}

const FILES_MAX = 10_000

export const NOTHING_LEFT_OUT: LeftOut = { counts: {}, nextAt: null, folders: [], files: [] }

/** The sources at and below PATHs. */
export function sourcesUnder(store: ArticleStore, paths: readonly string[]): ReadonlySet<number> {
  return new Set(paths.flatMap((path) => store.files.under(resolve(path), sep).map(({ id }) => id)))
}

/** What the store knows of these sources, whether they were read this time or before. */
export function leftOutOf(store: ArticleStore, sources: ReadonlySet<number>, folders: readonly string[]): LeftOut {
  const counts = new Map<string, number>()
  const files = new Map<string, LeftOutFile>()
  const add = (state: string, count: number, source: number) => {
    counts.set(state, (counts.get(state) ?? 0) + count)
    const key = `${source} ${state}`
    if (files.size >= FILES_MAX || files.has(key)) return
    const file = store.files.byId(source)?.path
    if (file !== undefined) files.set(key, { file, state })
  }
  for (const { source, state, count } of store.due.leftOut()) if (sources.has(source)) add(state, count, source)
  let nextAt: number | null = null
  for (const { source, at } of store.due.waiting()) {
    if (!sources.has(source)) continue
    add('scheduled', 1, source)
    nextAt = Math.min(at, nextAt ?? at)
  }
  return { counts: Object.fromEntries(counts), nextAt, folders, files: [...files.values()] }
}
