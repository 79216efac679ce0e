import type { Analyzer } from '../analysis/analyzer.ts'
import { NO_STRUCTURE } from '../article/structure.ts'
import type { EngineReader, FieldCatalog, FoundArticle } from '../search/engine/engine.ts'
import type { Retrieval, RetrievalPlan } from '../search/engine/retrieval.ts'
import type { TokenStreams } from '../search/engine/token-stream.ts'
import { lengthNorm } from '../search/ranking/bm25.ts'
import type { WorkBudget } from '../work-budget.ts'
import { analyseArticle } from './analysed-article.ts'
import type { ArticleCache } from './article-cache.ts'
import { ClusterDictionary } from './cluster-dictionary.ts'
import { ConstraintQueries } from './constraint-query.ts'
import { FoundDocuments } from './found-documents.ts'
import { PhraseFinder } from './phrase-finder.ts'
import { retrieveAll, retrieveScored } from './retrieval.ts'
import type { RetrievalParts } from './retrieval-parts.ts'
import { ScoredWords } from './scored-words.ts'
import { significantTerms } from './significant-terms.ts'
import type { Snapshot } from './snapshot.ts'
import { TermFrequencies } from './term-frequencies.ts'

/** What a reader reads, and with what. */
export interface ClusterReading {
  readonly snapshot: Snapshot
  readonly cache: ArticleCache
  readonly analyzer: Analyzer
  /** The name of the state. */
  readonly state: string
}

/** Reads one state of a cluster's index for one search. */
export class ClusterReader implements EngineReader {
  readonly state: string
  readonly fields: FieldCatalog
  readonly dictionary: ClusterDictionary
  readonly #reading: ClusterReading
  readonly #frequencies: TermFrequencies
  readonly #parts: RetrievalParts

  constructor(reading: ClusterReading, budget: WorkBudget) {
    const { snapshot, cache, analyzer, state } = reading
    const { signal } = budget
    const documents = new FoundDocuments(snapshot, cache, signal)
    const through = { snapshot, documents, budget }
    const phrases = new PhraseFinder(through, analyzer)
    const frequencies = TermFrequencies.of(snapshot)
    const words = new ScoredWords(snapshot, frequencies, phrases)
    const constraints = new ConstraintQueries(through, phrases, analyzer, words.of)
    this.state = state
    this.#reading = reading
    this.#frequencies = frequencies
    this.#parts = { snapshot, documents, phrases, constraints, words, budget }
    this.dictionary = new ClusterDictionary(snapshot, frequencies, phrases)
    this.fields = { named: (field) => fieldNamed(snapshot.statistics.fields, field) }
  }

  withBudget(budget: WorkBudget): ClusterReader {
    return new ClusterReader(this.#reading, budget)
  }

  retrieve(plan: RetrievalPlan): Promise<Retrieval> {
    const { words } = plan
    return words === null ? retrieveAll(this.#parts, plan) : retrieveScored(this.#parts, plan, words)
  }

  async tokenStreams(docIds: readonly number[]): Promise<TokenStreams> {
    const { documents } = this.#parts
    await documents.read(docIds)
    const { forms, grams } = documents.table
    return { forms: forms.view(), grams, of: (docId) => documents.streamOf(docId) }
  }

  async articles(docIds: readonly number[]): Promise<(docId: number) => FoundArticle | undefined> {
    const { documents } = this.#parts
    await documents.readArticles(docIds)
    return (docId) => {
      const found = documents.article(docId)
      if (found === undefined) return undefined
      const { structure = NO_STRUCTURE, document = null, values, ...article } = found
      return { article, text: article.text, structure: () => structure, document }
    }
  }

  async significantTerms(id: string, most: number): Promise<readonly string[] | undefined> {
    const { documents, snapshot } = this.#parts
    const docId = await documents.find(id)
    if (docId === undefined) return undefined
    await documents.readArticles([docId])
    const article = documents.article(docId)
    if (article === undefined) return undefined
    const analysed = analyseArticle(article, this.#reading.analyzer)
    const { documents: all, meanLength } = snapshot.statistics
    return significantTerms(analysed, lengthNorm(analysed.length, meanLength), this.#frequencies, all, most)
  }
}

/** The canonical name of a field, whatever its capitals; the one that is written just so first. */
function fieldNamed(names: readonly string[], field: string): string | undefined {
  if (names.includes(field)) return field
  const lower = field.toLowerCase()
  return names.find((name) => name.toLowerCase() === lower)
}
