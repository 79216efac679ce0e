import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { createAnalyzer } from '../../src/analysis/analyzer.ts'
import type { Article } from '../../src/article/article.ts'
import { EmbeddedEngine } from '../../src/index/embedded-engine.ts'
import { ArticleIndex } from '../../src/index/segment/segment.ts'
import { catchUp } from '../../src/index/snapshot/index-sink.ts'
import { createSearchService, type SearchService } from '../../src/search/service.ts'
import { ArticleStore } from '../../src/store/article-store.ts'
import { analyzer, engineOf, indexOf } from './memory-index.ts'

/** A search service over an index alone: its articles are in a map, so that making many of them costs no disk. */
export function indexedService(articles: readonly Article[]): SearchService {
  const numbered = new Map(articles.map((article, i) => [i + 1, article]))
  return createSearchService(engineOf(indexOf(articles), numbered), analyzer)
}

/** A search service over a real store in a temporary folder; the index fills itself at the first search. */
export function memoryService(articles: readonly Article[]): { service: SearchService; close(): void } {
  const folder = mkdtempSync(join(tmpdir(), 'fundstelle-test-'))
  const store = ArticleStore.open(folder)
  store.transaction(() => {
    for (const article of articles) store.put(article, null)
  })
  const own = createAnalyzer()
  const index = new ArticleIndex()
  const service = createSearchService(new EmbeddedEngine(index, store, { analyzer: own, fingerprint: 'test' }), own)
  return {
    service: {
      ...service,
      async search(request, budget) {
        await catchUp(index, store, own)
        return service.search(request, budget)
      },
    },
    close() {
      store.close()
      rmSync(folder, { recursive: true, force: true })
    },
  }
}
