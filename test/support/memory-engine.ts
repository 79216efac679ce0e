import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { createAnalyzer } from '../../src/analysis/analyzer.ts'
import type { Article } from '../../src/article.ts'
import { ArticleIndex } from '../../src/index/article-index.ts'
import { catchUp } from '../../src/index/build.ts'
import { EmbeddedEngine } from '../../src/index/embedded-engine.ts'
import { Store } from '../../src/index/store.ts'
import { DEFAULT_REQUEST, type SearchRequest } from '../../src/search/request.ts'
import { createSearchService, type SearchAnswer, type SearchService } from '../../src/search/service.ts'

/** An article with every field but the given ones empty. */
export function article(fields: Partial<Article> & { id: string }): Article {
  return { title: '', text: '', url: null, date: null, author: null, tags: [], language: null, meta: {}, ...fields }
}

export interface MemoryEngine {
  readonly engine: EmbeddedEngine
  readonly service: SearchService
  search(q: string, more?: Partial<SearchRequest>): Promise<SearchAnswer>
  /** The ids a search gives, in order. */
  ids(q: string, more?: Partial<SearchRequest>): Promise<string[]>
  close(): void
}

const analyzer = createAnalyzer()

/** The real engine over a temporary store of these articles, without files and snapshots. */
export async function memoryEngine(articles: readonly Article[]): Promise<MemoryEngine> {
  const folder = mkdtempSync(join(tmpdir(), 'fundstelle-'))
  const store = Store.open(folder)
  store.transaction(() => {
    for (const one of articles) store.put(one, null)
  })
  const index = new ArticleIndex()
  await catchUp(index, store, analyzer)
  const engine = new EmbeddedEngine(index, store, 'test')
  const service = createSearchService(engine, analyzer)
  const search = (q: string, more: Partial<SearchRequest> = {}): Promise<SearchAnswer> =>
    service.search({ ...DEFAULT_REQUEST, ...more, q })
  return {
    engine,
    service,
    search,
    ids: async (q, more) => (await search(q, more)).hits.map((hit) => hit.id as string),
    close() {
      store.close()
      rmSync(folder, { recursive: true, force: true })
    },
  }
}
