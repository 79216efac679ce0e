import { ArticleStore } from '../../src/store/article-store.ts'
import type { UpdateOptions } from '../../src/update/options.ts'
import type { UpdateReport } from '../../src/update/report.ts'
import { update } from '../../src/update/update.ts'
import { analyzer } from './memory-index.ts'

export function optionsFor(cache: string, paths: readonly string[], more: Partial<UpdateOptions> = {}): UpdateOptions {
  return {
    cache,
    paths,
    maxFileBytes: 100_000,
    analyzer,
    fingerprint: 'probe',
    readersFingerprint: 'readers-1',
    snapshot: 'always',
    ...more,
  }
}

/** The counts of a report in one line, so that a test reads as a list: `read 2 · +1 ~0 -0 · refused 0`. */
export function told({ files, added, changed, removed, refused }: UpdateReport): string {
  return `read ${files.read} · +${added} ~${changed} -${removed} · refused ${refused}`
}

export async function updated(cache: string, paths: readonly string[], more?: Partial<UpdateOptions>): Promise<string> {
  return told(await update(optionsFor(cache, paths, more)))
}

/** The living articles of a cache: text by id. */
export function articlesIn(cache: string): Record<string, string> {
  const store = ArticleStore.open(cache)
  try {
    return Object.fromEntries([...store.articles()].map(({ article }) => [article.id, article.text]).sort())
  } finally {
    store.close()
  }
}

/** JSON Lines of articles given as id and text. */
export function jsonl(articles: Readonly<Record<string, string>>): string {
  return Object.entries(articles)
    .map(([id, text]) => `${JSON.stringify({ id, text })}\n`)
    .join('')
}
