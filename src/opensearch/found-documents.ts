import type { Article } from '../article/article.ts'
import type { TokenStream } from '../search/engine/token-stream.ts'
import { lengthNorm } from '../search/ranking/bm25.ts'
import type { ArticleCache, ArticleTable, CachedArticle } from './article-cache.ts'
import { documentId } from './article-document.ts'
import { numbered, type Query } from './filter-query.ts'
import { NOTHING_STORED } from './search-batch.ts'
import type { Snapshot } from './snapshot.ts'

/** Articles in one answer: of a few kilobytes each. */
const READ_MAX = 200

interface ReadHit extends FoundHit {
  readonly _source: { readonly article: string }
}

interface FoundHit {
  readonly fields: { readonly seqNo: readonly [number] }
}

/** The documents that one search meets, and what they are once they were read. Their numbers are those of their last changes: a state has each once. */
export class FoundDocuments {
  readonly table: ArticleTable
  readonly #snapshot: Snapshot
  readonly #cache: ArticleCache
  readonly #signal: AbortSignal | undefined
  /** By number; what was read for this search stays until its end. */
  readonly #read = new Map<number, CachedArticle>()

  constructor(snapshot: Snapshot, cache: ArticleCache, signal: AbortSignal | undefined) {
    this.#snapshot = snapshot
    this.#cache = cache
    this.#signal = signal
    this.table = cache.table(snapshot.state.storeId)
  }

  /** Reads the article with this id; undefined where there is none. */
  async find(articleId: string): Promise<number | undefined> {
    const query: Query = { ids: { values: [documentId(articleId)] } }
    const { hits } = await this.#snapshot.searchArticles<{ hits: { hits: FoundHit[] } }>(
      { size: 1, query, ...NOTHING_STORED, docvalue_fields: ['seqNo'], track_total_hits: false },
      this.#signal,
    )
    const [hit] = hits.hits
    if (hit === undefined) return undefined
    const [docId] = hit.fields.seqNo
    await this.read([docId])
    return docId
  }

  /** Reads those of them that were not read yet. */
  async read(docIds: readonly number[]): Promise<void> {
    const missing = docIds.filter((docId) => !this.#read.has(docId) && !this.#findKnown(docId))
    for (let at = 0; at < missing.length; at += READ_MAX) {
      const some = missing.slice(at, at + READ_MAX)
      const { hits } = await this.#snapshot.searchArticles<{ hits: { hits: ReadHit[] } }>(
        {
          size: some.length,
          query: numbered(some),
          _source: ['article'],
          docvalue_fields: ['seqNo'],
          sort: ['_doc'],
          track_total_hits: false,
        },
        this.#signal,
      )
      for (const { fields, _source } of hits.hits) {
        const [docId] = fields.seqNo
        const article = JSON.parse(_source.article) as Article
        this.#read.set(docId, this.#cache.add(this.table, docId, article))
      }
    }
  }

  /** One that was read; undefined where it is gone. */
  get(docId: number): CachedArticle | undefined {
    return this.#read.get(docId)
  }

  normOf(docId: number): number {
    return lengthNorm((this.get(docId) as CachedArticle).analysed.length, this.#snapshot.statistics.meanLength)
  }

  streamOf(docId: number): TokenStream {
    return { ...(this.get(docId) as CachedArticle).stream, norm: this.normOf(docId) }
  }

  #findKnown(docId: number): boolean {
    const known = this.#cache.get(this.table, docId)
    if (known === undefined) return false
    this.#read.set(docId, known)
    return true
  }
}
