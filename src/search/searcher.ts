import type { Analyzer } from '../analysis/analyzer.ts'
import { stopwatch } from '../stopwatch.ts'
import { COST, SHARE, type WorkBudget } from '../work-budget.ts'
import type { EngineReader } from './engine/engine.ts'
import type { FormTable } from './engine/forms.ts'
import type { Collected, CollectedHit, ScoreShares } from './engine/retrieval.ts'
import type { TokenStream, TokenStreams } from './engine/token-stream.ts'
import { FormMatcher } from './match/form-matcher.ts'
import { type LocatedField, locate, type MarkedSpan, UNREAD } from './match/locate.ts'
import { phraseSpansOf } from './match/phrase-spans.ts'
import type { AnalyzedQuery } from './query/analyzed-query.ts'
import { phrasesWanted } from './query/constraint.ts'
import type { Phrase } from './query/phrase.ts'
import { type Ranked, rank, UNRANKED } from './rank/rank.ts'
import { NO_PARTS, type ScoreParts, scorePartsOf } from './rank/score-parts.ts'
import type { SearchHit, SearchResult } from './rank/search-result.ts'
import { dateBoostOf, type Recency } from './ranking/recency.ts'
import { signalWeights } from './ranking/signals.ts'
import { retrievalPlanOf } from './rewrite/retrieval-plan.ts'
import { type ResolvedQuery, rewrite } from './rewrite/rewrite.ts'

/**
 * Searches an engine: rewrite, retrieve, rank, collect, locate. Each step takes what the one before it gave. What comes before (parsing
 * and analysing, query/analyze.ts) asks for the names of fields alone, what comes after (presenting, present/hit.ts) for nothing.
 */
export class Searcher {
  readonly #recency: Recency | null
  readonly #prefersGerman: boolean

  constructor({ recency = null, prefersGerman = true }: SearchPreferences = {}) {
    this.#recency = recency
    this.#prefersGerman = prefersGerman
  }

  /** @throws FundstelleError `request_costly` */
  async search(
    query: AnalyzedQuery,
    reader: EngineReader,
    analyzer: Analyzer,
    budget: WorkBudget,
  ): Promise<SearchResult> {
    const found = await this.find(query, reader, budget)
    const { hits, ...counts } = found.collected
    const ended = stopwatch(budget)
    const located = await new Locator(found, analyzer, budget).hits(hits, reader)
    ended('locate')
    found.matches?.release()
    return {
      ...counts,
      hits: located,
      words: found.resolved?.words ?? [],
      state: reader.state,
    }
  }

  /** All but reading the articles of the hits: what ranking is measured and tuned by. */
  async find(query: AnalyzedQuery, reader: EngineReader, budget: WorkBudget): Promise<RankedHits> {
    const ended = stopwatch(budget)
    const resolved = query.empty ? null : await rewrite(query, reader.dictionary, budget)
    ended('rewrite')
    const dateBoost = this.#recency === null ? null : dateBoostOf(this.#recency)
    const retrieval = await reader.retrieve(
      retrievalPlanOf(query, resolved, { dateBoost, prefersGerman: this.#prefersGerman }),
    )
    ended('retrieve')
    if (resolved === null) {
      const collected = await retrieval.collect(UNRANKED.added)
      ended('collect')
      return { resolved, matches: null, ranked: UNRANKED, collected }
    }
    const candidates = query.countsOnly ? [] : retrieval.candidates
    const streams = await reader.tokenStreams(candidates)
    const matches = new FormMatcher(streams.forms, resolved.words)
    const ranked = await rank(candidates, resolved, streams, matches, budget)
    ended('rank')
    const collected = await retrieval.collect(ranked.added)
    ended('collect')
    return { resolved, matches, ranked, collected }
  }
}

/** Which articles the owner wants to stand before others that fit as well. */
export interface SearchPreferences {
  /** How much newer articles are preferred; null, the default, for not at all. */
  readonly recency?: Recency | null
  /** Whether articles in other languages count less than German ones; the default. */
  readonly prefersGerman?: boolean
}

/** The hits of a query before they are read. */
export interface RankedHits {
  /** Null where nothing was asked for, as what matches it. */
  readonly resolved: ResolvedQuery | null
  readonly matches: FormMatcher | null
  readonly ranked: Ranked
  readonly collected: Collected
}

/** Reads the hits that are shown, and finds the words and phrases of the query in them. */
class Locator {
  readonly #query: ResolvedQuery | null
  readonly #matches: FormMatcher | null
  readonly #ranked: Ranked
  readonly #analyzer: Analyzer
  readonly #budget: WorkBudget

  constructor({ resolved, matches, ranked }: RankedHits, analyzer: Analyzer, budget: WorkBudget) {
    this.#query = resolved
    this.#matches = matches
    this.#ranked = ranked
    this.#analyzer = analyzer
    this.#budget = budget
  }

  async hits(collected: readonly CollectedHit[], reader: EngineReader): Promise<SearchHit[]> {
    const budget = this.#budget
    const docIds = collected.map(({ docId }) => docId)
    const articleOf = await reader.articles(docIds)
    const streams = await reader.tokenStreams(docIds)
    const matches = this.#matchesIn(streams)
    const hits: SearchHit[] = []
    for (const { docId, score, duplicates, isPinned, shares } of collected) {
      if (budget.isHolding) await budget.giveWay()
      if (budget.isSpent(SHARE.hits) && hits.length > 0) {
        budget.cut('hits')
        break
      }
      const found = articleOf(docId)
      if (found === undefined) continue
      const { article, text: articleText, structure, document } = found
      const parts = shares && this.#partsOf(docId, shares)
      budget.spend(COST.character * articleText.length)
      // field by field: copies by spread have hidden classes of their own
      const hit = { article, articleText, structure, document, score, duplicates, isPinned, parts }
      if (budget.isSpent()) {
        budget.cut('matches')
        hits.push(hitOf(hit, UNREAD, UNREAD))
        continue
      }
      const stream = streams.of(docId)
      budget.spend(COST.locatedToken * stream.count)
      const spans = this.#spansIn(stream, streams.forms)
      if (budget.isHolding) await budget.giveWay()
      const { title, text } = locate(stream, matches, spans, this.#isInPhraseOnly)
      hits.push(hitOf(hit, title, text))
    }
    return hits
  }

  #partsOf(docId: number, shares: ScoreShares): ScoreParts {
    if (this.#query === null) return NO_PARTS
    const { isQuestion, titleFactor } = this.#query
    return scorePartsOf(shares, this.#ranked.features.get(docId), signalWeights(isQuestion, undefined, titleFactor))
  }

  /** The forms of these streams may have other numbers than those that were ranked. */
  #matchesIn({ forms }: TokenStreams): FormMatcher {
    const known = this.#matches
    return known?.forms === forms ? known : new FormMatcher(forms, this.#query?.words ?? [])
  }

  readonly #isInPhraseOnly = (word: number): boolean => (this.#query?.words[word]?.phrase ?? null) !== null

  /** Where phrases of the query stand in an article, and names of several words that mean the same as one of it. */
  #spansIn(stream: TokenStream, forms: FormTable): MarkedSpan[] {
    if (this.#query === null) return []
    const { words, constraint } = this.#query
    const finder = phraseSpansOf(forms, this.#analyzer)
    const spans: MarkedSpan[] = []
    const add = (phrase: Phrase, field: string | null, kind: MarkedSpan['kind'], word: number): void => {
      for (const { first, end } of finder.of(stream, phrase, field, this.#budget))
        spans.push({ first, end, kind, word })
    }
    for (const [word, { phrases }] of words.entries()) for (const phrase of phrases) add(phrase, null, 'synonym', word)
    for (const [word, { apart }] of words.entries())
      if (apart !== null)
        for (const { first, end, isExact } of finder.of(stream, apart, null, this.#budget))
          spans.push({ first, end, kind: isExact ? 'exact' : 'inflected', word })
    for (const { phrase, field } of phrasesWanted(constraint)) {
      const word = words.findIndex((one) => phrase.some(({ term }) => term === one.word.term))
      add(phrase, field, 'phrase', Math.max(0, word))
    }
    return spans
  }
}

const hitOf = (
  { article, articleText, structure, document, score, duplicates, isPinned, parts }: Omit<SearchHit, 'title' | 'text'>,
  title: LocatedField,
  text: LocatedField,
): SearchHit => ({ article, articleText, structure, document, score, title, text, duplicates, isPinned, parts })
