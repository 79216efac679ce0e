import type { Analyzer } from '../analysis/analyzer.ts'
import type { Article } from '../article/article.ts'
import { documentOfArticle } from '../article/document-of-article.ts'
import { FundstelleError } from '../errors.ts'
import { COST, WorkBudget } from '../work-budget.ts'
import { idsByAttributes } from './attribute-search.ts'
import type {
  DocumentAnswer,
  DocumentHit,
  DocumentList,
  DocumentListRequest,
  DocumentSearch,
  DocumentSearchRequest,
} from './document-search.ts'
import { selected } from './documents/attribute-paths.ts'
import { DocumentHits } from './documents/document-hits.ts'
import { orderedFacets, valuesCounted } from './documents/facet-order.ts'
import { type FieldNaming, namingOf } from './documents/field-naming.ts'
import type { Engine, EngineReader } from './engine/engine.ts'
import type { FilterNode } from './filter/tree.ts'
import { analyzeQuery } from './query/analyze.ts'
import type { AnalyzedQuery, SearchOptions } from './query/analyzed-query.ts'
import { readPart } from './query/read-part.ts'
import { Searcher } from './searcher.ts'
import type { ServiceParts } from './service.ts'
import { analyzeSimilar } from './similar.ts'

/** UTF-16 units of the documents that one answer may carry. */
const ANSWER_LENGTH_MAX = 50_000_000

/** Whoever puts attributes in an order says that the first one tells most: as in Meilisearch, where that is a ranking rule. */
const TITLE_FACTOR = 2

/** The answer to a search that nothing was left of the budget for. */
const UNSEARCHED: DocumentAnswer = {
  hits: [],
  totalHits: 0,
  facetDistribution: {},
  facetStats: {},
  processingTimeMs: 0,
  isDegraded: true,
}

/** Where documents are read without a search. */
export interface DocumentSource {
  byId(id: string): Article | undefined
  /** The living ones in the order they came, one at a time: nothing else is asked meanwhile. */
  stretch(offset: number, limit: number): Iterable<Article>
  readonly articleCount: number
}

export interface DocumentParts extends ServiceParts {
  /** Absent where documents are read like any hits. */
  readonly source?: () => DocumentSource
  /** Whether the index has articles from files: their fields are named as they are, those of documents by their attributes. */
  readonly hasFiles: boolean
}

/** What a query is read by. */
interface Reading {
  readonly analyzer: Analyzer
  readonly rules: ReturnType<ServiceParts['rules']>
}

export function createDocumentSearch(engine: Engine, parts: DocumentParts): DocumentSearch {
  const searcher = new Searcher(parts.settings)
  const naming = namingOf(parts.hasFiles)
  const inForce = (): Reading => ({ analyzer: parts.analyzer(), rules: parts.rules() })

  const answer = async (
    request: DocumentSearchRequest,
    budget: WorkBudget,
    queryOf: (reader: EngineReader, by: Reading) => Promise<AnalyzedQuery | undefined>,
  ): Promise<DocumentAnswer | undefined> => {
    const started = performance.now()
    budget.spend(COST.search)
    return engine.read(async (reader) => {
      const by = inForce()
      const query = await queryOf(reader, by)
      if (query === undefined) return undefined
      const result = await searcher.search(query, reader, by.analyzer, budget)
      const presenter = new DocumentHits(request, result.words, !query.empty, by.analyzer, budget)
      const hits: DocumentHit[] = []
      const room = new AnswerRoom()
      for (const hit of result.hits) {
        if (budget.isHolding) await budget.giveWay()
        const shown = presenter.hit(hit)
        room.take(shown.json)
        hits.push(shown)
      }
      return {
        hits,
        totalHits: result.totalHits,
        facetDistribution: orderedFacets(naming.renamed(result.facets.distribution, request.facets), request),
        facetStats: naming.renamed(result.facets.stats, request.facets),
        processingTimeMs: performance.now() - started,
        isDegraded: budget.isDegraded,
      }
    }, budget)
  }

  return {
    async searchDocuments(request, budget = new WorkBudget()) {
      const q = budget.isSpent() ? null : readPart(request.q, budget)
      if (q === null) {
        budget.cut('searches')
        return UNSEARCHED
      }
      const found = await answer(request, budget, async (reader, by) => {
        const options = { ...optionsOf(request, naming), ...by.rules.curationFor(q) }
        const query = analyzeQuery(q, by.analyzer, options, { fieldOf: () => null, own: by.rules.words })
        if (request.searchOn === null || query.empty) return query
        const ids = await idsByAttributes(query, request.searchOn, searcher, reader, by.analyzer, budget)
        // what was looked up is looked up again: the tables of the search before are not valid any more
        reader.withBudget(budget)
        return { ...query, filter: allOf([query.filter, withIds(ids)]) }
      })
      return found as DocumentAnswer
    },
    async similarDocuments(id, request, budget = new WorkBudget()) {
      return answer({ ...request, q: '', highlighted: [], cropped: [] }, budget, (reader, { analyzer }) =>
        analyzeSimilar(reader, id, analyzer, optionsOf(request, naming)),
      )
    },
    async documents(request, budget = new WorkBudget()) {
      if (parts.source !== undefined && request.filter === null && request.sort.length === 0)
        return fromSource(parts.source(), request)
      const { ids, filter, sort, offset, limit, fields } = request
      return engine.read(async (reader) => {
        const options: Partial<SearchOptions> = {
          filter: allOf([filter && naming.filter(filter), withIds(ids)]),
          sort: sort.map((key) => naming.sortKey(key)),
          ...{ offset, limit, foldDuplicates: 'none', ties: 'stored' },
        }
        const query = analyzeQuery('', parts.analyzer(), options)
        const { collected } = await searcher.find(query, reader, budget)
        const articleOf = await reader.articles(collected.hits.map(({ docId }) => docId))
        const documents: string[] = []
        const room = new AnswerRoom()
        for (const { docId } of collected.hits) {
          if (budget.isHolding) await budget.giveWay()
          const found = articleOf(docId)
          if (found !== undefined) documents.push(room.take(documentOf(found.article, found.document, fields)))
        }
        return { documents, total: collected.totalHits }
      }, budget)
    },
    async documentIds(filter, budget = new WorkBudget()) {
      return engine.read(async (reader) => {
        const limit = parts.source?.().articleCount ?? Number.MAX_SAFE_INTEGER
        const options: Partial<SearchOptions> = {
          filter: filter && naming.filter(filter),
          ...{ offset: 0, limit, foldDuplicates: 'none', ties: 'stored' },
        }
        const { collected } = await searcher.find(analyzeQuery('', parts.analyzer(), options), reader, budget)
        const docIds = collected.hits.map(({ docId }) => docId)
        const articleOf = await reader.articles(docIds)
        return docIds.flatMap((docId) => articleOf(docId)?.article.id ?? [])
      }, budget)
    },
    async document(id, fields) {
      const article = parts.source === undefined ? await engine.article(id, new WorkBudget()) : parts.source().byId(id)
      return article && documentOf(article, article.document ?? null, fields)
    },
  }
}

/** Counts what an answer carries. */
class AnswerRoom {
  #length = 0

  /** @throws FundstelleError `answer_large` */
  take(json: string): string {
    this.#length += json.length
    if (this.#length > ANSWER_LENGTH_MAX) throw new FundstelleError('answer_large', { max: ANSWER_LENGTH_MAX })
    return json
  }
}

const documentOf = (article: Article, document: string | null, fields: readonly string[] | null): string =>
  selected(documentOfArticle(article, document), fields)

/** Documents in the order they came, without a search. */
function fromSource(source: DocumentSource, { ids, offset, limit, fields }: DocumentListRequest): DocumentList {
  const room = new AnswerRoom()
  const shown = (article: Article): string => room.take(documentOf(article, article.document ?? null, fields))
  const documents: string[] = []
  // whatever is asked for, no more is read than an answer may carry
  if (ids === null) {
    for (const article of source.stretch(offset, limit)) documents.push(shown(article))
    return { documents, total: source.articleCount }
  }
  let total = 0
  for (const id of new Set(ids)) {
    const article = source.byId(id)
    if (article === undefined) continue
    if (total >= offset && total < offset + limit) documents.push(shown(article))
    total += 1
  }
  return { documents, total }
}

/** What of a request shapes its hits. */
function optionsOf(request: DocumentSearchRequest, naming: FieldNaming): Partial<SearchOptions> {
  const { filter, ids, sort, facets, distinct, limit, offset, rankingScoreThreshold } = request
  return {
    matchingStrategy: request.matchingStrategy,
    ...{ limit, offset },
    maxValuesPerFacet: valuesCounted(request),
    filter: allOf([filter && naming.filter(filter), withIds(ids)]),
    sort: sort.map((key) => naming.sortKey(key)),
    facets: facets.map((attribute) => (attribute === '*' ? attribute : naming.field(attribute))),
    distinct: distinct && naming.field(distinct),
    // equal documents are each their own: their ids differ
    foldDuplicates: 'none',
    ties: 'stored',
    // programs search with every letter that is typed
    typing: true,
    prefixLengthMin: request.completesPrefix ? 1 : Number.MAX_SAFE_INTEGER,
    forgivesTypos: request.forgivesTypos,
    titleFactor: TITLE_FACTOR,
    countsOnly: limit === 0 && distinct === null && rankingScoreThreshold === null,
    explain: request.showRankingScoreDetails,
    rankingScoreMin: rankingScoreThreshold,
  }
}

const withIds = (ids: readonly string[] | null): FilterNode | null =>
  ids === null ? null : { kind: 'in', field: 'id', values: ids }

const allOf = (nodes: readonly (FilterNode | null)[]): FilterNode | null => {
  const given = nodes.filter((node) => node !== null)
  return given.length > 1 ? { kind: 'and', nodes: given } : (given[0] ?? null)
}
