import type { Analyzer } from '../analysis/analyzer.ts'
import { describeTokens, type TokenDescription } from '../analysis/explain/describe.ts'
import type { Article } from '../article/article.ts'
import { searchedField } from '../article/searched-fields.ts'
import { FundstelleError, type Language } from '../errors.ts'
import { COST, SUGGEST_WORK_MAX, WorkBudget } from '../work-budget.ts'
import type { Engine, EngineHit, FacetQuery, FacetValue, Suggestion } from './engine/engine.ts'
import type { FacetDistribution, FacetStats } from './engine/facets.ts'
import { type Degradation, degradationOf } from './present/degradation.ts'
import { correctedQuery } from './present/did-you-mean.ts'
import { type Hit, Presenter } from './present/hit.ts'
import {
  addressesOf,
  bestPlace,
  type MarkedArticle,
  marksOf,
  NO_MARKS,
  type PageMarks,
  wordsOf,
} from './present/marks.ts'
import { type NoHits, whyNoHits } from './present/no-hits.ts'
import { planQuery, type QueryPlan, type SearchOptions } from './query/plan.ts'
import { NO_QUERY_RULES, type QueryRules } from './query/query-rules.ts'
import { LIMIT_MAX, type SearchRequest } from './query/request.ts'
import { planSimilar } from './similar.ts'

/** What `/search` answers with. */
export interface SearchAnswer {
  readonly query: string
  readonly hits: readonly Hit[]
  readonly totalHits: number
  readonly limit: number
  readonly offset: number
  readonly page?: number
  readonly hitsPerPage?: number
  readonly totalPages?: number
  /** From the request to the finished answer, in milliseconds with three decimals. */
  readonly processingTimeMs: number
  readonly facetDistribution: FacetDistribution
  readonly facetStats: FacetStats
  /** Query words that the first hit lacks, as they were typed. */
  readonly droppedWords: readonly string[]
  readonly didYouMean: string | null
  /** Why there are no hits, where an explanation was asked for and there are none. */
  readonly explanation?: NoHits
  /** Present and true where the request used up its budget of work: part of the answer is missing. */
  readonly degraded?: true
  /** What is missing, where an explanation was asked for. */
  readonly degradation?: Degradation
  readonly indexVersion: string
}

/**
 * Searches, the same way for the server, the command line and measurements. Each call has a budget of work of its own unless it is given
 * one, which several calls of one request then share.
 */
export interface SearchService {
  search(request: SearchRequest, budget?: WorkBudget): Promise<SearchAnswer>
  /** The articles nearest to one, answered like a search; undefined where there is no such article. */
  similar(id: string, request: SearchRequest, budget?: WorkBudget): Promise<SearchAnswer | undefined>
  suggest(typed: string, most: number, budget?: WorkBudget): readonly Suggestion[]
  facetValues(wanted: FacetQuery, budget?: WorkBudget): Promise<readonly FacetValue[]>
  article(id: string): Promise<Article | undefined>
  /** An article with the places where a query is found in it; undefined where there is none. */
  marked(id: string, q: string, budget?: WorkBudget): Promise<MarkedArticle | undefined>
  /** What of a query to mark on the page with an address; where no article has that, what the best hits were found by. */
  pageMarks(q: string, address: string, budget?: WorkBudget): Promise<PageMarks>
  /** How a text is taken apart, each step in words. */
  analyze(text: string, language: Language): TokenDescription[]
  /** Names everything that answers depend on beside the request: the state of the index and the owner's rules. */
  version(): string
}

/** Where an address belongs to no article, words to mark are taken from so many hits. */
const HITS_READ = 10

/** UTF-16 units of a query that are read: of a pasted page its beginning is searched for. */
export const QUERY_LENGTH_MAX = 2800
/** The beginning of a word so long is as good as the whole: the index has no more of it. */
const WORD_LENGTH_READ = 1000
/** Reading a query may take so much of what is left of the budget. */
const QUERY_SHARE = 0.35
/** UTF-16 units of the texts of all hits that one answer may carry. */
const TEXTS_LENGTH_MAX = 5_000_000

/** What a service works with; the parts are asked for anew with each search, so that they can be changed while it runs. */
export interface ServiceParts {
  readonly analyzer: () => Analyzer
  readonly rules: () => QueryRules
}

export function createSearchService(engine: Engine, parts: Analyzer | ServiceParts): SearchService {
  const { analyzer, rules } = 'rules' in parts ? parts : { analyzer: () => parts, rules: () => NO_QUERY_RULES }
  const fieldOf = (name: string): string | null => searchedField(name, (field) => engine.fieldNamed(field))

  const version = (index: string): string => [index, rules().version].filter((name) => name !== '').join('-')

  const answer = async (
    plan: QueryPlan,
    request: SearchRequest,
    budget: WorkBudget,
    started: number,
  ): Promise<SearchAnswer> => {
    // the one the plan was made by: another may be in force when the answer is there
    const readBy = analyzer()
    const found = await engine.search(plan, budget)
    const presenter = new Presenter(found, plan, request, readBy, budget)
    const hits: Hit[] = []
    let length = 0
    for (const hit of found.hits) {
      if (budget.isHolding) await budget.giveWay()
      const presented = presenter.present(hit)
      length += presented.text?.length ?? 0
      if (length > TEXTS_LENGTH_MAX) throw new FundstelleError('answer_large', { max: TEXTS_LENGTH_MAX })
      hits.push(presented)
    }
    const wantsReason = request.explain && found.totalHits === 0 && !plan.empty
    const explanation = wantsReason ? await whyNoHits(engine, plan, found.words, request.language, budget) : null
    const didYouMean = request.q.length > QUERY_LENGTH_MAX ? null : correctedQuery(request.q, found, budget)
    const degradation = degradationOf(budget, request.language)
    return {
      query: request.q,
      hits,
      totalHits: found.totalHits,
      limit: request.limit,
      offset: request.offset,
      ...(request.page !== null && {
        page: request.page,
        hitsPerPage: request.limit,
        totalPages: Math.ceil(found.totalHits / request.limit),
      }),
      processingTimeMs: Math.round((performance.now() - started) * 1000) / 1000,
      facetDistribution: found.facets.distribution,
      facetStats: found.facets.stats,
      droppedWords: found.droppedWords.map((index) => found.words[index]?.surface ?? ''),
      didYouMean,
      ...(explanation !== null && { explanation }),
      ...(degradation !== null && { degraded: true }),
      ...(degradation !== null && request.explain && { degradation }),
      indexVersion: version(found.version),
    }
  }

  /** A search that nothing is left of the budget for. */
  const notSearched = (request: SearchRequest, budget: WorkBudget): SearchAnswer => {
    budget.cut('searches')
    const degradation = degradationOf(budget, request.language)
    const explained = degradation !== null && request.explain ? { degradation } : {}
    return { ...unsearched(request), degraded: true, ...explained, indexVersion: version(engine.version) }
  }

  const read = (q: string, options: Partial<SearchOptions>, budget: WorkBudget): QueryPlan =>
    planQuery(
      readPart(q, budget) ?? '',
      analyzer(),
      { foldDuplicates: 'none', ...options },
      { fieldOf, own: rules().words },
    )

  /** A query's hit on one article, whether or not it would be among the first. */
  const hitOn = async (
    id: string,
    q: string,
    budget: WorkBudget,
  ): Promise<{ hit: EngineHit; weights: readonly number[] } | null> => {
    if (q.trim() === '') return null
    const filter = { kind: 'compare', field: 'id', operator: '=', value: id } as const
    const { hits, termWeights } = await engine.search(read(q, { filter, limit: LIMIT_MAX }, budget), budget)
    const hit = hits.find(({ article }) => article.id === id)
    return hit === undefined ? null : { hit, weights: termWeights }
  }

  return {
    version: () => version(engine.version),
    async marked(id, q, budget = new WorkBudget()) {
      const article = await engine.article(id)
      if (article === undefined) return undefined
      const found = await hitOn(id, q, budget)
      if (found === null) return { article, marks: NO_MARKS }
      if (budget.isHolding) await budget.giveWay()
      return { article: found.hit.article, marks: marksOf(found.hit, budget) }
    },
    async pageMarks(q, address, budget = new WorkBudget()) {
      const id = engine.idWithUrl(addressesOf(address)) ?? null
      if (id === null) {
        const plan = read(q, { limit: q.trim() === '' ? 0 : HITS_READ }, budget)
        const { hits } = await engine.search(plan, budget)
        return { id, words: wordsOf(hits, budget), best: null }
      }
      const found = await hitOn(id, q, budget)
      if (found === null) return { id, words: [], best: null }
      return { id, words: wordsOf([found.hit], budget), best: bestPlace(found.hit, found.weights, budget) }
    },
    article: (id) => engine.article(id),
    analyze: (text, language) => describeTokens(text, analyzer(), language),
    suggest: (typed, most, budget = new WorkBudget(SUGGEST_WORK_MAX)) => engine.suggest(typed, most, budget),
    facetValues: (wanted, budget) => engine.facetValues(wanted, budget),
    async search(request, budget = new WorkBudget()) {
      const started = performance.now()
      if (budget.isSpent()) return notSearched(request, budget)
      const own = rules()
      const q = readPart(request.q, budget)
      if (q === null) return notSearched(request, budget)
      budget.spend(COST.search)
      const places = own.curationFor(q)
      const plan = planQuery(q, analyzer(), { ...searchOptionsOf(request), ...places }, { fieldOf, own: own.words })
      return answer(plan, request, budget, started)
    },
    async similar(id, request, budget = new WorkBudget()) {
      const started = performance.now()
      const plan = planSimilar(engine, id, analyzer(), searchOptionsOf(request))
      if (plan === undefined) return undefined
      // its words are the article's: that others lack some of them tells nobody anything
      return { ...(await answer(plan, { ...request, q: '' }, budget, started)), droppedWords: [], didYouMean: null }
    },
  }
}

/** The answer to a search that was not made. */
export const unsearched = ({ q, limit, offset, page }: SearchRequest): SearchAnswer => ({
  query: q,
  hits: [],
  totalHits: 0,
  limit,
  offset,
  ...(page !== null && { page, hitsPerPage: limit, totalPages: 0 }),
  processingTimeMs: 0,
  facetDistribution: {},
  facetStats: {},
  droppedWords: [],
  didYouMean: null,
  indexVersion: '',
})

/** Signs and words by which a query leaves something out; see `parse`. */
const EXCLUSION = /(?:^|[\s(])(?:-[\p{L}\p{N}"(]|(?:NICHT|NOT)\s)/u

/**
 * The part of a query that is read, whole words of it; null where there is no room for one.
 * @throws FundstelleError `request_costly` where the rest leaves something out
 */
function readPart(q: string, budget: WorkBudget): string | null {
  const affordable = Math.floor((budget.left * QUERY_SHARE) / COST.queryCharacter)
  const length = Math.min(QUERY_LENGTH_MAX, affordable)
  budget.spend(COST.queryCharacter * Math.min(q.length, length))
  if (q.length <= length) return q
  const part = q.slice(0, length + 1)
  const end = part.search(/\s\S*$/)
  if (EXCLUSION.test(q.slice(Math.max(0, end)))) budget.refuse('operators')
  budget.cut('query')
  const words = part.slice(0, Math.max(0, end))
  if (words.trim() !== '') return words
  return length >= WORD_LENGTH_READ ? part : null
}

/** What of a request is the engine's business: all but what is read before it, and how its hits are shown after it. */
function searchOptionsOf(request: SearchRequest): Partial<SearchOptions> {
  const { q, page, cropLength, cropMarker, highlight, attributesToRetrieve, language, ...options } = request
  return options
}
