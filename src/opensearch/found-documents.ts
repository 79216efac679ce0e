import type { Article } from '../article/article.ts'
import type { TokenStream } from '../search/engine/token-stream.ts'
import { lengthNorm } from '../search/ranking/bm25.ts'
import { type ArticleCache, type ArticleTable, addPacked, type BoundedMap } from './article-cache.ts'
import { documentId } from './article-document.ts'
import { numbered, type Query } from './filter-query.ts'
import { inHalves } from './in-halves.ts'
import { PACKED } from './index-mappings.ts'
import { NOTHING_STORED, type SearchBody } from './search-batch.ts'
import type { Snapshot } from './snapshot.ts'
import type { UnpackedArticle } from './unpacked-article.ts'

/** Articles in one answer, fewer where they are large. */
const READ_MAX = 200

interface FoundHit {
  readonly fields: { readonly seqNo: readonly [number] }
}

interface PackedHit {
  readonly fields: FoundHit['fields'] & { readonly [PACKED]: readonly [string] }
}

interface ArticleHit extends FoundHit {
  readonly _source: { readonly article: string }
}

/** The documents that one search meets, and what they are once they were read. Their numbers are those of the changes that brought them: a state has each once. */
export class FoundDocuments {
  readonly table: ArticleTable
  readonly #snapshot: Snapshot
  readonly #signal: AbortSignal | undefined
  readonly #known: BoundedMap<Article>
  // by number; what was read for this search stays until its end
  readonly #unpacked = new Map<number, UnpackedArticle>()
  readonly #articles = new Map<number, Article>()

  constructor(snapshot: Snapshot, cache: ArticleCache, signal: AbortSignal | undefined) {
    const { storeId } = snapshot.state
    this.#snapshot = snapshot
    this.#signal = signal
    this.table = cache.table(storeId)
    this.#known = cache.articles(storeId)
  }

  /** The number of the article with this id; undefined where there is none. */
  async find(articleId: string): Promise<number | undefined> {
    const query: Query = { ids: { values: [documentId(articleId)] } }
    const { hits } = await this.#snapshot.searchArticles<{ hits: { hits: FoundHit[] } }>(
      { size: 1, query, ...NOTHING_STORED, docvalue_fields: ['seqNo'], track_total_hits: false },
      this.#signal,
    )
    return hits.hits[0]?.fields.seqNo[0]
  }

  /** Reads what ranking takes of those of them that were not read yet. */
  async read(docIds: readonly number[]): Promise<void> {
    const { table } = this
    const fields = { ...NOTHING_STORED, docvalue_fields: ['seqNo', PACKED] }
    await this.#readMissing<UnpackedArticle, PackedHit>(docIds, this.#unpacked, table.unpacked, fields, (hit) => {
      const [docId] = hit.fields.seqNo
      this.#unpacked.set(docId, addPacked(table, docId, Buffer.from(hit.fields[PACKED][0], 'base64')))
    })
  }

  /** Reads those of them as they were given that were not read yet. */
  async readArticles(docIds: readonly number[]): Promise<void> {
    const fields = { _source: ['article'], docvalue_fields: ['seqNo'] }
    await this.#readMissing<Article, ArticleHit>(docIds, this.#articles, this.#known, fields, (hit) => {
      const [docId] = hit.fields.seqNo
      const article = JSON.parse(hit._source.article) as Article
      this.#known.set(docId, article)
      this.#articles.set(docId, article)
    })
  }

  /** One that was read; undefined where it is gone. */
  get(docId: number): UnpackedArticle | undefined {
    return this.#unpacked.get(docId)
  }

  /** The same of those that were read as they were given. */
  article(docId: number): Article | undefined {
    return this.#articles.get(docId)
  }

  normOf(docId: number): number {
    return lengthNorm((this.get(docId) as UnpackedArticle).length, this.#snapshot.statistics.meanLength)
  }

  streamOf(docId: number): TokenStream {
    return { ...(this.get(docId) as UnpackedArticle).stream, norm: this.normOf(docId) }
  }

  async #readMissing<V, H>(
    docIds: readonly number[],
    read: Map<number, V>,
    known: BoundedMap<V>,
    fields: SearchBody,
    take: (hit: H) => void,
  ): Promise<void> {
    const missing: number[] = []
    for (const docId of docIds) {
      if (read.has(docId)) continue
      const value = known.get(docId)
      if (value === undefined) missing.push(docId)
      else read.set(docId, value)
    }
    for (let at = 0; at < missing.length; at += READ_MAX) {
      const some = missing.slice(at, at + READ_MAX)
      for await (const hits of inHalves(some, (part) => this.#hitsOf<H>(part, fields)))
        for (const hit of hits) take(hit)
    }
  }

  async #hitsOf<H>(docIds: readonly number[], fields: SearchBody): Promise<readonly H[]> {
    const { hits } = await this.#snapshot.searchArticles<{ hits: { hits: readonly H[] } }>(
      { size: docIds.length, query: numbered(docIds), ...fields, sort: ['_doc'], track_total_hits: false },
      this.#signal,
    )
    return hits.hits
  }
}
