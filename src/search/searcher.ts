import type { Analyzer } from '../analysis/analyzer.ts'
import { COST, SHARE, type WorkBudget } from '../work-budget.ts'
import type { EngineReader } from './engine/engine.ts'
import type { Collected, CollectedHit } from './engine/retrieval.ts'
import type { TokenStream, TokenStreams } from './engine/token-stream.ts'
import { FormMatcher } from './match/form-matcher.ts'
import { type LocatedField, locate, type MarkedSpan, UNREAD } from './match/locate.ts'
import { type PhraseSpans, phraseSpansOf } from './match/phrase-spans.ts'
import type { AnalyzedQuery } from './query/analyzed-query.ts'
import { phrasesWanted } from './query/constraint.ts'
import { FormReadingsPool } from './rank/form-readings.ts'
import { type Ranked, rank, UNRANKED } from './rank/rank.ts'
import { scorePartsOf } from './rank/score-parts.ts'
import type { SearchHit, SearchResult } from './rank/search-result.ts'
import { dateBoostOf, type Recency } from './ranking/recency.ts'
import { retrievalPlanOf } from './rewrite/retrieval-plan.ts'
import { type ResolvedQuery, rewrite } from './rewrite/rewrite.ts'

/**
 * Searches an engine: rewrite, retrieve, rank, collect, locate. Each step takes what the one before it gave; what comes before (parsing
 * and analysing, query/plan.ts) and after (presenting, present/hit.ts) needs no engine.
 */
export class Searcher {
  readonly #recency: Recency | null
  readonly #pool = new FormReadingsPool()

  constructor(recency: Recency | null = null) {
    this.#recency = recency
  }

  /** @throws FundstelleError `request_costly` */
  async search(
    query: AnalyzedQuery,
    reader: EngineReader,
    analyzer: Analyzer,
    budget: WorkBudget,
  ): Promise<SearchResult> {
    const { resolved, matches, streams, ranked, collected } = await this.find(query, reader, budget)
    const { hits, ...counts } = collected
    return {
      ...counts,
      hits: await new Locator(resolved, analyzer, matches, streams, budget).hits(hits, ranked, reader),
      words: resolved?.words ?? [],
      state: reader.state,
    }
  }

  /** All but reading the articles of the hits: what ranking is measured and tuned by. */
  async find(query: AnalyzedQuery, reader: EngineReader, budget: WorkBudget): Promise<RankedHits> {
    const resolved = query.empty ? null : await rewrite(query, reader.dictionary, budget)
    const dateBoost = this.#recency === null ? null : dateBoostOf(this.#recency)
    const retrieval = await reader.retrieve(retrievalPlanOf(query, resolved, dateBoost))
    const streams = await reader.tokenStreams(retrieval.candidates)
    const matches = new FormMatcher(streams.forms, resolved?.words ?? [])
    const ranked =
      resolved === null ? UNRANKED : await rank(retrieval.candidates, resolved, streams, matches, this.#pool, budget)
    return { resolved, matches, streams, ranked, collected: await retrieval.collect(ranked.added) }
  }
}

/** The hits of a query before they are read. */
export interface RankedHits {
  /** Null where nothing was asked for. */
  readonly resolved: ResolvedQuery | null
  readonly matches: FormMatcher
  readonly streams: TokenStreams
  readonly ranked: Ranked
  readonly collected: Collected
}

/** Reads the hits that are shown, and finds the words and phrases of the query in them. */
class Locator {
  readonly #query: ResolvedQuery | null
  readonly #analyzer: Analyzer
  #matches: FormMatcher
  #streams: TokenStreams
  readonly #budget: WorkBudget

  constructor(
    query: ResolvedQuery | null,
    analyzer: Analyzer,
    matches: FormMatcher,
    streams: TokenStreams,
    budget: WorkBudget,
  ) {
    this.#query = query
    this.#analyzer = analyzer
    this.#matches = matches
    this.#streams = streams
    this.#budget = budget
  }

  async hits(collected: readonly CollectedHit[], { features }: Ranked, reader: EngineReader): Promise<SearchHit[]> {
    const budget = this.#budget
    const docIds = collected.map(({ docId }) => docId)
    const articleOf = await reader.articles(docIds)
    this.#read(await reader.tokenStreams(docIds))
    const hits: SearchHit[] = []
    for (const { docId, shares, ...hit } of collected) {
      if (budget.isHolding) await budget.giveWay()
      if (budget.isSpent(SHARE.hits) && hits.length > 0) {
        budget.cut('hits')
        break
      }
      const article = articleOf(docId)
      if (article === undefined) continue
      const parts = shares && scorePartsOf(shares, features.get(docId))
      budget.spend(COST.character * article.text.length)
      if (budget.isSpent()) {
        budget.cut('matches')
        hits.push({ ...hit, article, parts, title: UNREAD, text: UNREAD })
        continue
      }
      hits.push({ ...hit, article, parts, ...(await this.#locate(this.#streams.of(docId))) })
    }
    return hits
  }

  /** The forms of these streams may have other numbers than those that were ranked. */
  #read(streams: TokenStreams): void {
    if (streams.forms !== this.#streams.forms) this.#matches = new FormMatcher(streams.forms, this.#query?.words ?? [])
    this.#streams = streams
  }

  async #locate(stream: TokenStream): Promise<{ title: LocatedField; text: LocatedField }> {
    const budget = this.#budget
    budget.spend(COST.locatedToken * stream.tokens.length)
    const spans = this.#spansIn(stream)
    if (budget.isHolding) await budget.giveWay()
    const isInPhraseOnly = (word: number): boolean => (this.#query?.words[word]?.phrase ?? null) !== null
    return locate(stream, this.#matches, spans, isInPhraseOnly)
  }

  /** Where phrases of the query stand in an article, and names of several words that mean the same as one of it. */
  #spansIn(stream: TokenStream): MarkedSpan[] {
    if (this.#query === null) return []
    const { words, constraint } = this.#query
    const finder = phraseSpansOf(this.#streams.forms, this.#analyzer)
    const spans: MarkedSpan[] = []
    const add = (
      phrase: Parameters<PhraseSpans['of']>[1],
      field: string | null,
      kind: MarkedSpan['kind'],
      word: number,
    ) => {
      for (const { first, end } of finder.of(stream, phrase, field, this.#budget))
        spans.push({ first, end, kind, word })
    }
    for (const [word, { phrases }] of words.entries()) for (const phrase of phrases) add(phrase, null, 'synonym', word)
    for (const { phrase, field } of phrasesWanted(constraint)) {
      const word = words.findIndex((one) => phrase.some(({ term }) => term === one.word.term))
      add(phrase, field, 'phrase', Math.max(0, word))
    }
    return spans
  }
}
