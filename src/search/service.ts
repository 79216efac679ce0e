// The room `search`: the walk of a query, and the service that makes answers of requests. It puts its inner rooms together over the seam
// (`engine`); it knows no index, no HTTP and no terminal.

import type { Analyzer } from '../analysis/analyzer.ts'
import { describeTokens, type TokenDescription } from '../analysis/explain/describe.ts'
import type { Article } from '../article/article.ts'
import { searchedField } from '../article/searched-fields.ts'
import { FundstelleError, type Language } from '../errors.ts'
import { COST, SUGGEST_WORK_MAX, WorkBudget } from '../work-budget.ts'
import { type SearchAnswer, unsearched } from './answer.ts'
import type { Engine, EngineReader, FacetQuery, FacetValue, Suggestion } from './engine/engine.ts'
import { degradationOf } from './present/degradation.ts'
import { correctedQuery } from './present/did-you-mean.ts'
import { type Hit, Presenter } from './present/hit.ts'
import {
  addressesOf,
  bestPlace,
  type MarkedArticle,
  markedWords,
  marksOf,
  NO_MARKS,
  type PageMarks,
} from './present/marks.ts'
import { whyNoHits } from './present/no-hits.ts'
import { snippetQueryOf } from './present/snippet-query.ts'
import { analyzeQuery } from './query/analyze.ts'
import type { AnalyzedQuery, SearchOptions } from './query/analyzed-query.ts'
import { NO_QUERY_RULES, type QueryRules } from './query/query-rules.ts'
import { QUERY_LENGTH_MAX, readPart } from './query/read-part.ts'
import { LIMIT_MAX, type SearchRequest } from './query/request.ts'
import type { SearchHit, SearchResult } from './rank/search-result.ts'
import { retryOn } from './retry.ts'
import { Searcher } from './searcher.ts'
import { analyzeSimilar } from './similar.ts'
import { nameOf, type SearchSettings, versionOf } from './version.ts'

/**
 * Searches, the same way for the server, the command line and measurements. Each call has a budget of work of its own unless it is given
 * one, which several calls of one request then share.
 */
export interface SearchService {
  search(request: SearchRequest, budget?: WorkBudget): Promise<SearchAnswer>
  /** The articles nearest to one, answered like a search; undefined where there is no such article. */
  similar(id: string, request: SearchRequest, budget?: WorkBudget): Promise<SearchAnswer | undefined>
  suggest(typed: string, most: number, budget?: WorkBudget): Promise<readonly Suggestion[]>
  facetValues(wanted: FacetQuery, budget?: WorkBudget): Promise<readonly FacetValue[]>
  article(id: string, budget?: WorkBudget): Promise<Article | undefined>
  /** An article with the places where a query is found in it; undefined where there is none. */
  marked(id: string, q: string, budget?: WorkBudget): Promise<MarkedArticle | undefined>
  /** What of a query to mark on the page with an address; where no article has that, what the best hits were found by. */
  pageMarks(q: string, address: string, budget?: WorkBudget): Promise<PageMarks>
  /** How a text is taken apart, each step in words. */
  analyze(text: string, language: Language): Promise<TokenDescription[]>
  /** Names everything that answers depend on beside the request: the state of the index and the owner's rules. */
  version(): Promise<string>
}

/** Where an address belongs to no article, words to mark are taken from so many hits. */
const HITS_READ = 10

/** UTF-16 units of the texts of all hits that one answer may carry. */
const TEXTS_LENGTH_MAX = 5_000_000

/** What a service works with; the functions are asked anew with each search, so that what they give can be changed while it runs. */
export interface ServiceParts {
  readonly analyzer: () => Analyzer
  readonly rules: () => QueryRules
  readonly settings?: SearchSettings
}

/** What a query is read by. */
interface Reading {
  readonly analyzer: Analyzer
  readonly rules: QueryRules
}

/** A budget for a call that was given none. */
const ownBudget = (): WorkBudget => new WorkBudget()

export function createSearchService(engine: Engine, parts: Analyzer | ServiceParts): SearchService {
  const given: ServiceParts = 'rules' in parts ? parts : { analyzer: () => parts, rules: () => NO_QUERY_RULES }
  const { settings = {} } = given
  const searcher = new Searcher(settings)
  const settingsName = nameOf(settings)

  /** One query is read, and its answer named, by one of these: another may be in force when the answer is there. */
  const inForce = (): Reading => ({ analyzer: given.analyzer(), rules: given.rules() })

  const version = (state: string, { rules } = inForce()): string =>
    versionOf(state, settings, rules.version, settingsName)

  const analyzed = (
    q: string,
    options: Partial<SearchOptions>,
    { fields }: EngineReader,
    { analyzer, rules }: Reading,
  ): AnalyzedQuery =>
    analyzeQuery(q, analyzer, options, {
      fieldOf: (name) => searchedField(name, (field) => fields.named(field)),
      own: rules.words,
    })

  /** Searches for what a query was analysed to, and makes the answer of what was found. */
  const answer = async (
    request: SearchRequest,
    budget: WorkBudget,
    started: number,
    queryOf: (reader: EngineReader, by: Reading) => Promise<AnalyzedQuery | undefined>,
  ): Promise<SearchAnswer | undefined> => {
    const found = await engine.read(async (reader) => {
      const by = inForce()
      const query = await queryOf(reader, by)
      if (query === undefined) return undefined
      const result = await searcher.search(query, reader, by.analyzer, budget)
      const wantsReason = request.explain && result.totalHits === 0 && !query.empty
      const reason = wantsReason
        ? await whyNoHits(retryOn(searcher, reader, by.analyzer), query, result.words, request.language, budget)
        : null
      // texts are read where they are looked at: as long as the reader is valid
      const hits = await presented(result, query, request, by.analyzer, budget)
      const didYouMean = request.q.length > QUERY_LENGTH_MAX ? null : correctedQuery(request.q, result, budget)
      return { result, by, reason, hits, didYouMean }
    }, budget)
    if (found === undefined) return undefined
    const { result, by, reason, hits, didYouMean } = found
    const degradation = degradationOf(budget, request.language)
    return {
      query: request.q,
      hits,
      totalHits: result.totalHits,
      limit: request.limit,
      offset: request.offset,
      ...(request.page !== null && {
        page: request.page,
        hitsPerPage: request.limit,
        totalPages: Math.ceil(result.totalHits / request.limit),
      }),
      processingTimeMs: Math.round((performance.now() - started) * 1000) / 1000,
      facetDistribution: result.facets.distribution,
      facetStats: result.facets.stats,
      droppedWords: result.droppedWords.map((index) => result.words[index]?.surface ?? ''),
      didYouMean,
      ...(reason !== null && { explanation: reason }),
      ...(degradation !== null && { degraded: true }),
      ...(degradation !== null && request.explain && { degradation }),
      indexVersion: version(result.state, by),
    }
  }

  /** A search that nothing is left of the budget for. */
  const notSearched = async (request: SearchRequest, budget: WorkBudget): Promise<SearchAnswer> => {
    budget.cut('searches')
    const degradation = degradationOf(budget, request.language)
    const explained = degradation !== null && request.explain ? { degradation } : {}
    return { ...unsearched(request), degraded: true, ...explained, indexVersion: version(await engine.state()) }
  }

  /** The hits of a query, as a search finds them but for equal articles, which are not folded. */
  const searched = (q: string, options: Partial<SearchOptions>, budget: WorkBudget): Promise<SearchResult> => {
    const part = readPart(q, budget) ?? ''
    return engine.read(async (reader) => {
      const by = inForce()
      const query = analyzed(part, { foldDuplicates: 'none', ...options }, reader, by)
      const result = await searcher.search(query, reader, by.analyzer, budget)
      // they are looked at whole, when the reader is not valid any more
      for (const { article } of result.hits) void article.text
      return result
    }, budget)
  }

  /** A query's hit on one article, whether or not it would be among the first. */
  const hitOn = async (
    id: string,
    q: string,
    budget: WorkBudget,
  ): Promise<{ hit: SearchHit; words: SearchResult['words'] } | null> => {
    if (q.trim() === '') return null
    const filter = { kind: 'compare', field: 'id', operator: '=', value: id } as const
    const { hits, words } = await searched(q, { filter, limit: LIMIT_MAX }, budget)
    const hit = hits.find(({ article }) => article.id === id)
    return hit === undefined ? null : { hit, words }
  }

  return {
    version: async () => version(await engine.state()),
    async marked(id, q, budget = ownBudget()) {
      const article = await engine.article(id, budget)
      if (article === undefined) return undefined
      const found = await hitOn(id, q, budget)
      if (found === null) return { article, marks: NO_MARKS }
      if (budget.isHolding) await budget.giveWay()
      const { article: fields, structure } = found.hit
      return { article: { ...fields, structure: structure() }, marks: marksOf(found.hit, budget) }
    },
    async pageMarks(q, address, budget = ownBudget()) {
      const id = (await engine.idWithUrl(addressesOf(address), budget)) ?? null
      if (id === null) {
        const { hits } = await searched(q, { limit: q.trim() === '' ? 0 : HITS_READ }, budget)
        return { id, words: markedWords(hits, budget), best: null }
      }
      const found = await hitOn(id, q, budget)
      if (found === null) return { id, words: [], best: null }
      const { hit, words } = found
      return { id, words: markedWords([hit], budget), best: bestPlace(hit, snippetQueryOf(words, q), budget) }
    },
    article: (id, budget = ownBudget()) => engine.article(id, budget),
    analyze: async (text, language) => describeTokens(text, given.analyzer(), language),
    suggest: (typed, most, budget = new WorkBudget(SUGGEST_WORK_MAX)) => engine.suggestTerms(typed, most, budget),
    facetValues: (wanted, budget = ownBudget()) => engine.facetValues(wanted, budget),
    async search(request, budget = ownBudget()) {
      const started = performance.now()
      if (budget.isSpent()) return notSearched(request, budget)
      const q = readPart(request.q, budget)
      if (q === null) return notSearched(request, budget)
      budget.spend(COST.search)
      const found = await answer(request, budget, started, async (reader, by) => {
        const options = { ...searchOptionsOf(request), ...by.rules.curationFor(q) }
        return analyzed(q, options, reader, by)
      })
      return found as SearchAnswer
    },
    async similar(id, request, budget = ownBudget()) {
      const started = performance.now()
      const found = await answer({ ...request, q: '' }, budget, started, (reader, { analyzer }) =>
        analyzeSimilar(reader, id, analyzer, searchOptionsOf(request)),
      )
      // its words are the article's: that others lack some of them tells nobody anything
      return found && { ...found, droppedWords: [], didYouMean: null }
    },
  }
}

/** @throws FundstelleError `answer_large` */
async function presented(
  result: SearchResult,
  query: AnalyzedQuery,
  request: SearchRequest,
  analyzer: Analyzer,
  budget: WorkBudget,
): Promise<Hit[]> {
  const presenter = new Presenter(result, query, request, analyzer, budget)
  const hits: Hit[] = []
  let length = 0
  for (const hit of result.hits) {
    if (budget.isHolding) await budget.giveWay()
    const shown = presenter.present(hit)
    length += shown.text?.length ?? 0
    if (length > TEXTS_LENGTH_MAX) throw new FundstelleError('answer_large', { max: TEXTS_LENGTH_MAX })
    hits.push(shown)
  }
  return hits
}

/** What of a request shapes its hits: not what is read before, nor how they are shown after. */
function searchOptionsOf(request: SearchRequest): Partial<SearchOptions> {
  const { q, page, cropLength, cropMarker, highlight, attributesToRetrieve, language, ...options } = request
  return options
}
