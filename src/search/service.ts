import type { Analyzer } from '../analysis/analyzer.ts'
import { describeTokens, type TokenDescription } from '../analysis/describe.ts'
import type { Article } from '../article.ts'
import type { Language } from '../errors.ts'
import { correctedQuery } from './did-you-mean.ts'
import type { Engine, EngineHit, FacetQuery, FacetValue, Suggestion } from './engine.ts'
import type { FacetDistribution, FacetStats } from './facets.ts'
import { searchedField } from './fields.ts'
import { type Hit, Presenter } from './hit.ts'
import { addressesOf, bestPlace, type MarkedArticle, marksOf, NO_MARKS, type PageMarks, wordsOf } from './marks.ts'
import { type NoHits, whyNoHits } from './no-hits.ts'
import { NO_OWN_RULES, type OwnRules } from './own-rules.ts'
import { type Choices, planQuery, type QueryPlan } from './plan.ts'
import { LIMIT_MAX, type SearchRequest } from './request.ts'
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
  readonly indexVersion: string
}

/** Searches, the same way for the server, the command line and measurements. */
export interface SearchService {
  search(request: SearchRequest): Promise<SearchAnswer>
  /** The articles nearest to one, answered like a search; undefined where there is no such article. */
  similar(id: string, request: SearchRequest): Promise<SearchAnswer | undefined>
  suggest(typed: string, most: number): readonly Suggestion[]
  facetValues(wanted: FacetQuery): readonly FacetValue[]
  article(id: string): Promise<Article | undefined>
  /** An article with the places where a query is found in it; undefined where there is none. */
  marked(id: string, q: string): Promise<MarkedArticle | undefined>
  /** What of a query to mark on the page with an address; where no article has that, what the best hits were found by. */
  pageMarks(q: string, address: string): Promise<PageMarks>
  /** How a text is taken apart, each step in words. */
  analyze(text: string, language: Language): TokenDescription[]
  /** Names everything that answers depend on beside the request: the state of the index and the owner's rules. */
  version(): string
}

/** Where an address belongs to no article, words to mark are taken from so many hits. */
const HITS_READ = 10

/** What a service works with; the parts are asked for anew with each search, so that they can be changed while it runs. */
export interface ServiceParts {
  readonly analyzer: () => Analyzer
  readonly rules: () => OwnRules
}

export function createSearchService(engine: Engine, parts: Analyzer | ServiceParts): SearchService {
  const { analyzer, rules } = 'rules' in parts ? parts : { analyzer: () => parts, rules: () => NO_OWN_RULES }
  const fieldOf = (name: string): string | null => searchedField(name, (field) => engine.fieldNamed(field))

  const version = (index: string): string => [index, rules().version].filter((name) => name !== '').join('-')

  const answer = async (plan: QueryPlan, request: SearchRequest, started: number): Promise<SearchAnswer> => {
    const found = await engine.search(plan)
    const presenter = new Presenter(found, plan, request, analyzer())
    const hits = found.hits.map((hit) => presenter.present(hit))
    const wantsReason = request.explain && found.totalHits === 0 && !plan.empty
    const explanation = wantsReason ? await whyNoHits(engine, plan, found.words, request.language) : null
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
      didYouMean: correctedQuery(request.q, found),
      ...(explanation !== null && { explanation }),
      indexVersion: version(found.version),
    }
  }

  const read = (q: string, choices: Partial<Choices>): QueryPlan =>
    planQuery(q, analyzer(), { foldDuplicates: 'none', ...choices }, { fieldOf, own: rules().words })

  /** A query's hit on one article, whether or not it would be among the first. */
  const hitOn = async (id: string, q: string): Promise<{ hit: EngineHit; weights: readonly number[] } | null> => {
    if (q.trim() === '') return null
    const filter = { kind: 'compare', field: 'id', operator: '=', value: id } as const
    const { hits, wordWeights } = await engine.search(read(q, { filter, limit: LIMIT_MAX }))
    const hit = hits.find(({ article }) => article.id === id)
    return hit === undefined ? null : { hit, weights: wordWeights }
  }

  return {
    version: () => version(engine.version),
    async marked(id, q) {
      const article = await engine.article(id)
      if (article === undefined) return undefined
      const found = await hitOn(id, q)
      return found === null ? { article, marks: NO_MARKS } : { article: found.hit.article, marks: marksOf(found.hit) }
    },
    async pageMarks(q, address) {
      const id = engine.idWithUrl(addressesOf(address)) ?? null
      if (id === null) {
        const { hits } = await engine.search(read(q, { limit: q.trim() === '' ? 0 : HITS_READ }))
        return { id, words: wordsOf(hits), best: null }
      }
      const found = await hitOn(id, q)
      if (found === null) return { id, words: [], best: null }
      return { id, words: wordsOf([found.hit]), best: bestPlace(found.hit, found.weights) }
    },
    article: (id) => engine.article(id),
    analyze: (text, language) => describeTokens(text, analyzer(), language),
    suggest: (typed, most) => engine.suggest(typed, most),
    facetValues: (wanted) => engine.facetValues(wanted),
    async search(request) {
      const started = performance.now()
      const own = rules()
      const places = own.placesFor(request.q)
      const plan = planQuery(request.q, analyzer(), { ...choicesOf(request), ...places }, { fieldOf, own: own.words })
      return answer(plan, request, started)
    },
    async similar(id, request) {
      const started = performance.now()
      const plan = planSimilar(engine, id, analyzer(), choicesOf(request))
      if (plan === undefined) return undefined
      // its words are the article's: that others lack some of them tells nobody anything
      return { ...(await answer(plan, { ...request, q: '' }, started)), droppedWords: [], didYouMean: null }
    },
  }
}

/** What of a request is the engine's business: all but what is read before it, and how its hits are shown after it. */
function choicesOf(request: SearchRequest): Partial<Choices> {
  const { q, page, cropLength, cropMarker, highlight, attributesToRetrieve, language, ...choices } = request
  return choices
}
