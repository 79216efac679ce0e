import { createAnalyzer } from '../../src/analysis/analyzer.ts'
import { articleOfDocument, type DocumentMapping } from '../../src/documents/document-article.ts'
import { EmbeddedEngine } from '../../src/index/embedded-engine.ts'
import { ArticleIndex } from '../../src/index/segment/segment.ts'
import { catchUp } from '../../src/index/snapshot/index-sink.ts'
import type { DocumentSearch } from '../../src/search/document-search.ts'
import { createDocumentSearch, type DocumentSource } from '../../src/search/document-service.ts'
import { NO_QUERY_RULES } from '../../src/search/query/query-rules.ts'
import { temporaryFolder } from './folders.ts'
import { openStore } from './stores.ts'

const analyzer = createAnalyzer()

/**
 * Searches documents, as JSON, in a real store and an index of it; closed with the test.
 * @param onRead is called for each document that is read without a search
 */
export async function documentSearch(
  documents: readonly string[],
  mapping: Partial<DocumentMapping> = {},
  onRead: () => void = () => {},
): Promise<DocumentSearch> {
  const store = openStore(temporaryFolder())
  const by = { primaryKey: 'id', searchable: null, valued: [], ...mapping }
  store.transaction(() => {
    for (const json of documents) {
      const document = JSON.parse(json) as Record<string, unknown>
      store.putDocument(articleOfDocument(String(document['id']), json, document, by))
    }
  })
  const index = new ArticleIndex()
  await catchUp(index, store, analyzer)
  const engine = new EmbeddedEngine(index, store, { analyzer, fingerprint: 'test' })
  const rules = () => NO_QUERY_RULES
  const source: DocumentSource = {
    get articleCount() {
      return store.articleCount
    },
    byId(id) {
      onRead()
      return store.byId(id)
    },
    *stretch(offset, limit) {
      for (const article of store.stretch(offset, limit)) {
        onRead()
        yield article
      }
    },
  }
  return createDocumentSearch(engine, { analyzer: () => analyzer, rules, source: () => source, hasFiles: false })
}
