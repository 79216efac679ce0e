import { onTestFinished } from 'vitest'
import { ArticleStore } from '../../src/store/article-store.ts'

/** The article store of the folder `cache`, closed when the test ends. */
export function openStore(cache: string): ArticleStore {
  const store = ArticleStore.open(cache)
  onTestFinished(() => store.close())
  return store
}
