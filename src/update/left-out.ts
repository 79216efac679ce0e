import { resolve, sep } from 'node:path'
import type { ArticleStore } from '../store/article-store.ts'
import { LEFT_OUT_NAMED_MAX, type LeftOutArticle } from '../store/left-out-list.ts'

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
  /** How many articles of the file are in this state. */
  readonly count: number
  /** The first of them; none that went while they were public. */
  readonly articles: readonly LeftOutArticle[]
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
  const files = new Map<string, { file: string; state: string; count: number; articles: LeftOutArticle[] }>()
  const add = (state: string, count: number, source: number, articles: readonly LeftOutArticle[]) => {
    counts.set(state, (counts.get(state) ?? 0) + count)
    const key = `${source} ${state}`
    let entry = files.get(key)
    if (entry === undefined) {
      const file = files.size < FILES_MAX ? store.files.byId(source)?.path : undefined
      if (file === undefined) return
      entry = { file, state, count: 0, articles: [] }
      files.set(key, entry)
    }
    entry.count += count
    entry.articles.push(...articles.slice(0, LEFT_OUT_NAMED_MAX - entry.articles.length))
  }
  for (const { source, state, count, named } of store.leftOut.all())
    if (sources.has(source)) add(state, count, source, named)
  let nextAt: number | null = null
  for (const { source, id, at, title } of store.due.waiting()) {
    if (!sources.has(source)) continue
    add('scheduled', 1, source, [{ title: title || id, line: null }])
    nextAt = Math.min(at, nextAt ?? at)
  }
  return { counts: Object.fromEntries(counts), nextAt, folders, files: [...files.values()] }
}
