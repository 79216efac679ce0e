import type { Article } from '../article/article.ts'
import type { TokenStream } from '../search/engine/token-stream.ts'
import { lengthNorm } from '../search/ranking/bm25.ts'
import type { ArticleCache, ArticleTable, CachedArticle } from './article-cache.ts'
import { documentId } from './article-document.ts'
import type { Query } from './filter-query.ts'
import type { Snapshot } from './snapshot.ts'

/** Articles in one answer: of a few kilobytes each. */
const READ_MAX = 200

interface ReadHit {
  readonly _id: string
  readonly _source: { readonly article: string }
}

interface FoundHit {
  readonly _id: string
  readonly fields: { readonly seqNo: readonly [number] }
}

/** The documents that one search meets, by numbers of its own, and what they are once they were read. */
export class FoundDocuments {
  readonly table: ArticleTable
  readonly #snapshot: Snapshot
  readonly #cache: ArticleCache
  readonly #signal: AbortSignal | undefined
  readonly #numbers = new Map<string, number>()
  readonly #ids: string[] = []
  readonly #keys: string[] = []
  /** By number; what was read for this search stays until its end. */
  readonly #read = new Map<number, CachedArticle>()

  constructor(snapshot: Snapshot, cache: ArticleCache, signal: AbortSignal | undefined) {
    this.#snapshot = snapshot
    this.#cache = cache
    this.#signal = signal
    this.table = cache.table()
  }

  /** @param seqNo of the version that this state of the index has */
  numberOf(id: string, seqNo: number): number {
    const known = this.#numbers.get(id)
    if (known !== undefined) return known
    const docId = this.#ids.push(id) - 1
    this.#keys.push(`${id} ${seqNo}`)
    this.#numbers.set(id, docId)
    return docId
  }

  idOf(docId: number): string {
    return this.#ids[docId] as string
  }

  /** Reads the article with this id; undefined where there is none. */
  async find(articleId: string): Promise<number | undefined> {
    const query: Query = { ids: { values: [documentId(articleId)] } }
    const { hits } = await this.#snapshot.searchArticles<{ hits: { hits: FoundHit[] } }>(
      { size: 1, query, _source: false, docvalue_fields: ['seqNo'], track_total_hits: false },
      this.#signal,
    )
    const [hit] = hits.hits
    if (hit === undefined) return undefined
    const docId = this.numberOf(hit._id, hit.fields.seqNo[0])
    await this.read([docId])
    return docId
  }

  /** Reads those of them that were not read yet. */
  async read(docIds: readonly number[]): Promise<void> {
    const missing = docIds.filter((docId) => !this.#read.has(docId) && !this.#findKnown(docId))
    for (let at = 0; at < missing.length; at += READ_MAX) {
      const ids = missing.slice(at, at + READ_MAX).map((docId) => this.idOf(docId))
      const query: Query = { ids: { values: ids } }
      const { hits } = await this.#snapshot.searchArticles<{ hits: { hits: ReadHit[] } }>(
        { size: ids.length, query, _source: ['article'], sort: ['_doc'], track_total_hits: false },
        this.#signal,
      )
      for (const { _id, _source } of hits.hits) {
        const docId = this.#numbers.get(_id) as number
        const article = JSON.parse(_source.article) as Article
        this.#read.set(docId, this.#cache.add(this.table, this.#keys[docId] as string, article))
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
    const known = this.#cache.get(this.table, this.#keys[docId] as string)
    if (known === undefined) return false
    this.#read.set(docId, known)
    return true
  }
}
