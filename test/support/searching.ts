import type { Article } from '../../src/article/article.ts'
import type { SearchAnswer } from '../../src/search/answer.ts'
import { DEFAULT_REQUEST, type SearchRequest } from '../../src/search/query/request.ts'
import { memoryService } from './memory-service.ts'

export interface Searching {
  search(q: string, more?: Partial<SearchRequest>): Promise<SearchAnswer>
  /** The ids of the hits, in order. */
  ids(q: string, more?: Partial<SearchRequest>): Promise<string[]>
  /** What the store gives back: SQLite keeps no lone surrogates. */
  article(id: string): Promise<Article | undefined>
}

/** Lets `work` search these articles with the real engine, every choice not given left at its default, but that equal articles stay apart. */
export async function searching(articles: readonly Article[], work: (on: Searching) => Promise<void>): Promise<void> {
  const { service, close } = memoryService(articles)
  const search = (q: string, more: Partial<SearchRequest> = {}): Promise<SearchAnswer> =>
    service.search({ ...DEFAULT_REQUEST, foldDuplicates: 'none', ...more, q })
  const ids = async (q: string, more?: Partial<SearchRequest>): Promise<string[]> =>
    (await search(q, more)).hits.map((hit) => hit.id as string)
  try {
    await work({ search, ids, article: (id) => service.article(id) })
  } finally {
    close()
  }
}
