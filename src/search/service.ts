import type { Analyzer } from '../analysis/analyzer.ts'
import { describeTokens, type TokenDescription } from '../analysis/describe.ts'
import type { Article } from '../article.ts'
import type { Language } from '../errors.ts'
import { correctedQuery } from './did-you-mean.ts'
import type { Engine } from './engine.ts'
import { type Hit, Presenter } from './hit.ts'
import { planQuery } from './plan.ts'
import type { SearchRequest } from './request.ts'

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
  readonly facetDistribution: Readonly<Record<string, Readonly<Record<string, number>>>>
  readonly facetStats: Readonly<Record<string, { readonly min: number; readonly max: number }>>
  /** Query words that the first hit lacks, as they were typed. */
  readonly droppedWords: readonly string[]
  readonly didYouMean: string | null
  readonly indexVersion: string
}

/** Searches, the same way for the server, the command line and measurements. */
export interface SearchService {
  search(request: SearchRequest): Promise<SearchAnswer>
  article(id: string): Promise<Article | undefined>
  /** How a text is taken apart, each step in words. */
  analyze(text: string, language: Language): TokenDescription[]
}

export function createSearchService(engine: Engine, analyzer: Analyzer): SearchService {
  return {
    article: (id) => engine.article(id),
    analyze: (text, language) => describeTokens(text, analyzer, language),
    async search(request) {
      const started = performance.now()
      const plan = planQuery(request.q, analyzer, request)
      const answer = await engine.search(plan)
      const presenter = new Presenter(answer, request, analyzer)
      const hits = answer.hits.map((hit) => presenter.present(hit))
      return {
        query: request.q,
        hits,
        totalHits: answer.totalHits,
        limit: request.limit,
        offset: request.offset,
        ...(request.page !== null && {
          page: request.page,
          hitsPerPage: request.limit,
          totalPages: Math.ceil(answer.totalHits / request.limit),
        }),
        processingTimeMs: Math.round((performance.now() - started) * 1000) / 1000,
        facetDistribution: {},
        facetStats: {},
        droppedWords: answer.droppedWords.map((index) => answer.words[index]?.surface ?? ''),
        didYouMean: correctedQuery(request.q, answer),
        indexVersion: answer.version,
      }
    },
  }
}
