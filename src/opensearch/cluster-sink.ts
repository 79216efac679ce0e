import type { Analyzer } from '../analysis/analyzer.ts'
import type { Article } from '../article/article.ts'
import type { ChangeSink } from '../store/change-feed.ts'
import type { Change } from '../store/change-log.ts'
import { type AnalysedArticle, analyseArticle } from './analysed-article.ts'
import { articleDocument, documentId } from './article-document.ts'
import { type BulkOperation, bulkWrite } from './bulk-writer.ts'
import type { ClusterIndex, IndexState } from './cluster-index.ts'
import { POSTINGS } from './index-mappings.ts'
import { storedTerm } from './stored-terms.ts'
import { ADD_SPELLINGS, spellingsOf, termId, vocabularyDocument } from './vocabulary-document.ts'

/** In one piece of work. */
const CHANGES_MAX = 500
const CHARACTERS_MAX = 2_000_000
/** Terms whose articles are counted in one request. */
const COUNTED_MAX = 1_000

interface FoundDocument {
  readonly _id: string
  readonly _source: { readonly article: string }
}

/**
 * Keeps an index of a cluster in step with a store. What it writes names what it is, so a piece that was written twice comes to the same: after a
 * crash the changes since the last settled position are given once more. Searches see nothing of it until `settle`, and all of it then.
 */
export class ClusterSink implements ChangeSink {
  readonly #index: ClusterIndex
  readonly #analyzer: Analyzer
  #state: IndexState
  #position: number
  /** Terms of articles that came or went since the last settling. */
  readonly #touched = new Set<string>()
  /** Terms and spellings that this process has written. */
  readonly #written = new Map<string, Set<string>>()
  #isVisible = true
  /** Whether the index may have other versions of what comes. */
  #mayReplace: boolean

  constructor(index: ClusterIndex, analyzer: Analyzer, state: IndexState) {
    this.#index = index
    this.#analyzer = analyzer
    this.#state = state
    this.#position = state.position
    this.#mayReplace = state.generation > 0 || state.isChanging
  }

  get position(): number {
    return this.#position
  }

  async apply(changes: Iterator<Change, void>): Promise<number> {
    const added = new Map<string, { readonly seqNo: number; readonly article: Article }>()
    const removed: { readonly seqNo: number; readonly removalSeqNo: number }[] = []
    let applied = 0
    let characters = 0
    let position = this.#position
    while (applied < CHANGES_MAX && characters < CHARACTERS_MAX) {
      const next = changes.next()
      if (next.done === true) break
      const change = next.value
      applied += 1
      if (change.kind === 'added') {
        added.set(documentId(change.article.id), change)
        characters += change.article.text.length
        position = change.seqNo
      } else {
        // its successor takes its place
        if (change.successor === null) removed.push(change)
        position = change.removalSeqNo
      }
    }
    if (applied === 0) return 0
    await this.#beginChange()
    if (removed.length > 0) await this.#remove(removed)
    if (added.size > 0) await this.#add(added)
    this.#position = position
    return applied
  }

  async settle(position: number | null): Promise<void> {
    if (position !== null) this.#position = Math.max(this.#position, position)
    // given up: what was written so far is given once more next time
    if (position === null) return
    if (this.#state.isChanging) {
      const index = this.#index
      await index.refresh(index.articles)
      await this.#writeCounts()
      await index.refresh(index.vocabulary)
    } else if (this.#state.position === this.#position) return
    const { generation } = this.#state
    await this.#writeState({ position: this.#position, generation: generation + 1, isChanging: false })
  }

  async #beginChange(): Promise<void> {
    this.#isVisible = false
    if (!this.#state.isChanging) await this.#writeState({ isChanging: true })
  }

  async #writeState(changed: Partial<IndexState>): Promise<void> {
    this.#state = { ...this.#state, ...changed }
    await this.#index.writeState(this.#state)
  }

  async #add(added: ReadonlyMap<string, { readonly seqNo: number; readonly article: Article }>): Promise<void> {
    if (this.#mayReplace) this.#touch((await this.#stored([...added.keys()])).map((article) => this.#analysed(article)))
    const analysed = new Map(Array.from(added, ([id, { article }]) => [id, this.#analysed(article)]))
    this.#touch(analysed.values())
    await this.#writeVocabulary(analysed.values())
    const operations = Array.from(added, ([_id, { seqNo }]): BulkOperation => {
      const action = { index: { _index: this.#index.articles, _id, version: seqNo, version_type: 'external_gte' } }
      return { action, document: articleDocument(analysed.get(_id) as AnalysedArticle, seqNo, this.#analyzer) }
    })
    await bulkWrite(this.#index.cluster, operations)
  }

  async #remove(removed: readonly { readonly seqNo: number; readonly removalSeqNo: number }[]): Promise<void> {
    const { cluster, articles } = this.#index
    if (!this.#isVisible) await this.#index.refresh(articles)
    const versions = new Map(removed.map(({ seqNo, removalSeqNo }) => [seqNo, removalSeqNo]))
    const { hits } = await cluster.body<{ hits: { hits: (FoundDocument & { fields: { seqNo: [number] } })[] } }>({
      method: 'POST',
      path: `/${articles}/_search`,
      body: {
        size: removed.length,
        query: { terms: { seqNo: [...versions.keys()] } },
        docvalue_fields: ['seqNo'],
        _source: ['article'],
      },
    })
    this.#touch(hits.hits.map(({ _source }) => this.#analysed(JSON.parse(_source.article) as Article)))
    const operations = hits.hits.map(({ _id, fields }): BulkOperation => {
      const version = versions.get(fields.seqNo[0])
      return { action: { delete: { _index: articles, _id, version, version_type: 'external_gte' } } }
    })
    await bulkWrite(cluster, operations)
  }

  /** Those of the documents that the index has, whether searches see them yet or not. */
  async #stored(ids: readonly string[]): Promise<Article[]> {
    const { cluster, articles } = this.#index
    const { docs } = await cluster.body<{ docs: { found?: boolean; _source: { article: string } }[] }>({
      ...{ method: 'POST', path: `/${articles}/_mget`, body: { ids } },
    })
    return docs.flatMap(({ found, _source }) => (found === true ? [JSON.parse(_source.article) as Article] : []))
  }

  #analysed(article: Article): AnalysedArticle {
    return analyseArticle(article, this.#analyzer)
  }

  #touch(articles: Iterable<AnalysedArticle>): void {
    for (const { terms } of articles) for (const term of terms.keys()) this.#touched.add(term)
  }

  async #writeVocabulary(articles: Iterable<AnalysedArticle>): Promise<void> {
    const operations: BulkOperation[] = []
    for (const [term, spellings] of spellingsOf(articles)) {
      const known = this.#written.get(term)
      const added = known === undefined ? spellings : new Set([...spellings].filter((one) => !known.has(one)))
      if (known !== undefined && added.size === 0) continue
      const upsert = vocabularyDocument(term, added)
      const { forms, begins, sounds } = upsert
      operations.push({
        action: { update: { _index: this.#index.vocabulary, _id: termId(term), retry_on_conflict: 3 } },
        document: { script: { source: ADD_SPELLINGS, params: { forms, begins, sounds } }, upsert },
      })
      this.#written.set(term, known === undefined ? added : new Set([...known, ...added]))
    }
    await bulkWrite(this.#index.cluster, operations)
  }

  /** Counts the living articles that have the terms that were touched. */
  async #writeCounts(): Promise<void> {
    const { cluster, articles, vocabulary } = this.#index
    const terms = [...this.#touched]
    for (let at = 0; at < terms.length; at += COUNTED_MAX) {
      const some = terms.slice(at, at + COUNTED_MAX)
      const filters = some.map((term) => ({ term: { [POSTINGS.weighted]: storedTerm(term) } }))
      const { aggregations } = await cluster.body<{ aggregations: { counts: { buckets: { doc_count: number }[] } } }>({
        method: 'POST',
        path: `/${articles}/_search`,
        body: { size: 0, track_total_hits: false, aggs: { counts: { filters: { filters } } } },
      })
      const operations = some.map((term, i): BulkOperation => {
        const documents = aggregations.counts.buckets[i]?.doc_count ?? 0
        return { action: { update: { _index: vocabulary, _id: termId(term) } }, document: { doc: { documents } } }
      })
      await bulkWrite(cluster, operations)
    }
    this.#touched.clear()
    this.#mayReplace = true
  }
}
