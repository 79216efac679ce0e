import type { Analyzer } from '../analysis/analyzer.ts'
import { gramsOf } from '../analysis/spelling/ngrams.ts'
import type { Article } from '../article/article.ts'
import type { ChangeSink } from '../store/change-feed.ts'
import type { Change } from '../store/change-log.ts'
import { type AnalysedArticle, analyseArticle } from './analysed-article.ts'
import { articleDocument, documentId } from './article-document.ts'
import { type BulkOperation, bulkWrite } from './bulk-writer.ts'
import type { ClusterIndex, IndexState } from './cluster-index.ts'
import { articlesOf } from './copied-articles.ts'
import { gramOperations } from './gram-counts.ts'
import { HeldVocabulary } from './held-vocabulary.ts'
import { inHalves } from './in-halves.ts'
import { countOperations } from './term-counts.ts'
import { UnfinishedChange } from './unfinished-change.ts'
import { ADD_SPELLINGS, spellingsOf, termId, vocabularyDocument } from './vocabulary-document.ts'

/** In one piece of work. */
const CHANGES_MAX = 500
const CHARACTERS_MAX = 2_000_000
interface FoundDocument {
  readonly _id: string
  readonly _source: { readonly article: string }
  readonly fields: { readonly seqNo: readonly [number] }
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
  readonly #written = new Map<string, ReadonlySet<string>>()
  #isVisible = true
  /** Whether the index may have other versions of what comes. */
  #mayReplace: boolean
  /** The vocabulary, where all of it comes from this process. */
  #held: HeldVocabulary | null
  /** Articles up to this change an earlier process has written; what their vocabulary is nobody knows any more. */
  readonly #writtenBefore: number
  readonly #unfinished: UnfinishedChange
  /** What this process was given of a change that an earlier one began; null where there was none, or that is done with. */
  #given: Set<number> | null
  #isTakenUp = false

  constructor(index: ClusterIndex, analyzer: Analyzer, state: IndexState) {
    this.#index = index
    this.#analyzer = analyzer
    this.#state = state
    this.#position = state.position
    this.#mayReplace = state.generation > 0
    this.#held = this.#mayReplace ? null : new HeldVocabulary()
    this.#writtenBefore = state.written ?? 0
    this.#unfinished = new UnfinishedChange(index)
    this.#given = state.isChanging ? new Set() : null
  }

  get position(): number {
    return this.#position
  }

  async apply(changes: Iterator<Change, void>): Promise<number> {
    const added = new Map<string, { readonly seqNo: number; readonly article: Article }>()
    const removed: { readonly seqNo: number; readonly removalSeqNo: number }[] = []
    let hasReplaced = false
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
        this.#given?.add(change.seqNo)
        characters += change.article.text.length
        position = change.seqNo
      } else {
        hasReplaced = true
        // its successor takes its place
        if (change.successor === null) removed.push(change)
        position = change.removalSeqNo
      }
    }
    if (applied === 0) return 0
    await this.#takeUp()
    await this.#beginChange()
    if (hasReplaced) await this.#release()
    if (removed.length > 0) await this.#remove(removed)
    if (added.size > 0) await this.#add(added)
    this.#position = position
    if (this.#state.generation === 0 && position > this.#writtenBefore) await this.#writeState({ written: position })
    return applied
  }

  async settle(position: number | null): Promise<void> {
    if (position !== null) this.#position = Math.max(this.#position, position)
    // given up: what was written so far is given once more next time
    if (position === null) return
    if (this.#state.isChanging) {
      const index = this.#index
      await index.refresh(index.articles)
      await this.#finishEarlier()
      if (this.#held === null) await this.#writeCounts()
      else await bulkWrite(index.cluster, this.#held.operations(index.vocabulary))
      await this.#unfinished.clear()
      await index.refresh(index.vocabulary)
      this.#held = null
      this.#mayReplace = true
    } else if (this.#state.position === this.#position) return
    const { generation, pending } = this.#state
    await this.#writeState({
      position: this.#position,
      generation: generation + 1,
      isChanging: false,
      written: undefined,
      ...(pending !== undefined && { notes: pending.notes, pending: undefined }),
    })
  }

  /** What an earlier process left to be counted is counted with what comes. */
  async #takeUp(): Promise<void> {
    if (this.#given === null || this.#isTakenUp) return
    this.#isTakenUp = true
    for (const term of await this.#unfinished.earlier()) this.#touched.add(term)
  }

  async #finishEarlier(): Promise<void> {
    await this.#takeUp()
    const given = this.#given
    if (given === null) return
    const { position } = this.#state
    for await (const strays of this.#unfinished.strays(position, (seqNo) => given.has(seqNo)))
      if (strays.length > 0) await this.#remove(strays.map((seqNo) => ({ seqNo, removalSeqNo: this.#position })))
    await this.#index.refresh(this.#index.articles)
    this.#given = null
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
    if (this.#mayReplace)
      for await (const stored of inHalves([...added.keys()], (some) => articlesOf(this.#index, some)))
        await this.#touchGoing(stored.map(({ article }) => article))
    const analysed = new Map(Array.from(added, ([id, { article }]) => [id, this.#analysed(article)]))
    if (this.#held === null) {
      this.#touch(analysed.values())
      await this.#writeSpellings(spellingsOf(analysed.values()))
    } else {
      this.#held.add(analysed.values())
      if (this.#held.isFull) await this.#release()
    }
    const unwritten = [...added].filter(([, { seqNo }]) => seqNo > this.#writtenBefore)
    const operations = unwritten.map(([_id, { seqNo }]): BulkOperation => {
      const action = { index: { _index: this.#index.articles, _id, version: seqNo, version_type: 'external_gte' } }
      return { action, document: articleDocument(analysed.get(_id) as AnalysedArticle, seqNo, this.#analyzer) }
    })
    await bulkWrite(this.#index.cluster, operations)
  }

  async #remove(removed: readonly { readonly seqNo: number; readonly removalSeqNo: number }[]): Promise<void> {
    const { cluster, articles } = this.#index
    if (!this.#isVisible) await this.#index.refresh(articles)
    const versions = new Map(removed.map(({ seqNo, removalSeqNo }) => [seqNo, removalSeqNo]))
    const found = inHalves([...versions.keys()], (some) => this.#broughtBy(some))
    for await (const hits of found) {
      await this.#touchGoing(hits.map(({ _source }) => JSON.parse(_source.article) as Article))
      const operations = hits.map(({ _id, fields }): BulkOperation => {
        const version = versions.get(fields.seqNo[0])
        return { action: { delete: { _index: articles, _id, version, version_type: 'external_gte' } } }
      })
      await bulkWrite(cluster, operations)
    }
  }

  /** The documents that some changes brought. */
  async #broughtBy(seqNos: readonly number[]): Promise<FoundDocument[]> {
    const { cluster, articles } = this.#index
    const { hits } = await cluster.body<{ hits: { hits: FoundDocument[] } }>({
      method: 'POST',
      path: `/${articles}/_search`,
      body: {
        size: seqNos.length,
        query: { terms: { seqNo: seqNos } },
        docvalue_fields: ['seqNo'],
        _source: ['article'],
      },
    })
    return hits.hits
  }

  #analysed(article: Article): AnalysedArticle {
    return analyseArticle(article, this.#analyzer)
  }

  /** Of articles that are replaced or removed: afterwards nobody could tell what they had. */
  async #touchGoing(articles: readonly Article[]): Promise<void> {
    const going = articles.map((article) => this.#analysed(article))
    await this.#unfinished.note(going.flatMap(({ terms }) => [...terms.keys()]))
    this.#touch(going)
  }

  #touch(articles: Iterable<AnalysedArticle>): void {
    for (const { terms } of articles) for (const term of terms.keys()) this.#touched.add(term)
  }

  /** From now on the vocabulary is kept by the cluster alone. */
  async #release(): Promise<void> {
    if (this.#held === null) return
    const { spellings } = this.#held
    this.#held = null
    for (const [term] of spellings) this.#touched.add(term)
    await this.#writeSpellings(spellings)
  }

  async #writeSpellings(all: Iterable<readonly [string, ReadonlySet<string>]>): Promise<void> {
    const operations: BulkOperation[] = []
    for (const [term, spellings] of all) {
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

  /** Counts the living articles that have the terms that were touched, and the n-grams of these. */
  async #writeCounts(): Promise<void> {
    const { cluster, vocabulary } = this.#index
    const terms = [...this.#touched]
    for await (const operations of countOperations(this.#index, terms)) await bulkWrite(cluster, operations)
    await this.#index.refresh(vocabulary)
    const grams = [...new Set(terms.flatMap(gramsOf))]
    for await (const operations of gramOperations(cluster, vocabulary, grams)) await bulkWrite(cluster, operations)
    this.#touched.clear()
  }
}
