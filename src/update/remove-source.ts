import type { ArticleStore } from '../store/article-store.ts'
import type { UpdateLog } from './report.ts'

/** Removes a file that is gone, or holds no articles any more, with the articles it had. */
export function removeSource(store: ArticleStore, source: number, { articles }: UpdateLog): void {
  articles.removed += store.removeOfSource(source)
  store.removeSource(source)
}
