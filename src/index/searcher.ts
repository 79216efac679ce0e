import type { LookedUpWord } from '../search/engine.ts'
import type { QueryPlan } from '../search/plan.ts'
import { type Evidence, secondStage } from '../search/ranking/signals.ts'
import { WEIGHTS } from '../search/ranking/weights.ts'
import type { ArticleIndex } from './article-index.ts'
import { FirstStage } from './first-stage.ts'
import { FormMatches } from './form-matches.ts'
import { Reader } from './reading.ts'
import { Stands } from './stands.ts'
import { topOf } from './top.ts'

/** What a search found in an index. */
export interface Retrieved {
  /** The ordinals of the stretch the plan asked for, best first, and their scores. */
  readonly ordinals: readonly number[]
  readonly scores: readonly number[]
  readonly totalHits: number
  /** The words of the plan, as the index reads them. */
  readonly words: readonly LookedUpWord[]
  readonly wordWeights: readonly number[]
  readonly droppedWords: readonly number[]
  /** Which forms match them. */
  readonly matches: FormMatches
}

/** So many of the best of the first stage are read for the second. */
export const CANDIDATES = 100

/** One of the best of the first stage. */
export interface Candidate {
  readonly ordinal: number
  readonly firstStage: number
  readonly evidence: Evidence
}

/**
 * Searches one index, in two stages: every article that has a word of the query is scored by BM25 (first-stage.ts), and the best
 * hundred are read and scored by everything else (signals.ts). One search at a time; what it needs for working is kept from one to
 * the next.
 */
export class Searcher {
  readonly index: ArticleIndex
  readonly #stands: Stands
  readonly #firstStage: FirstStage
  readonly #reader: Reader

  constructor(index: ArticleIndex) {
    this.index = index
    this.#stands = new Stands(index)
    this.#firstStage = new FirstStage(index, this.#stands)
    this.#reader = new Reader(index)
  }

  /** Prepares what the first search with an unknown word would wait for, a piece at a time; whether all is prepared. */
  prepare(words: number): boolean {
    return this.#stands.prepare(words)
  }

  search(plan: QueryPlan): Retrieved {
    if (plan.empty) return this.#newest(plan)
    const { words, worths, hits, totals, lackedBy } = this.#firstStage.search(plan)
    const reading = this.#reader.begin(words, worths, plan.sequence)
    const byScore = this.#byScore(totals)
    const ranked = topOf(hits, Math.max(CANDIDATES, plan.offset + plan.limit), byScore)
    const candidates = ranked.slice(0, CANDIDATES)
    for (const ordinal of candidates)
      totals[ordinal] = (totals[ordinal] as number) + secondStage(reading.evidence(ordinal), WEIGHTS)
    ranked.splice(0, candidates.length, ...candidates.sort(byScore))
    const best = ranked[0]
    const ordinals = ranked.slice(plan.offset, plan.offset + plan.limit)
    return {
      ordinals,
      scores: ordinals.map((ordinal) => totals[ordinal] as number),
      totalHits: hits.length,
      words,
      wordWeights: worths,
      droppedWords: best === undefined ? [] : lackedBy(best),
      matches: reading.matches,
    }
  }

  /** The best of the first stage with what the second reads of them: for tuning and explaining. */
  candidates(plan: QueryPlan): Candidate[] {
    const { words, worths, hits, totals } = this.#firstStage.search(plan)
    const reading = this.#reader.begin(words, worths, plan.sequence)
    return topOf(hits, CANDIDATES, this.#byScore(totals)).map((ordinal) => ({
      ordinal,
      firstStage: totals[ordinal] as number,
      evidence: reading.evidence(ordinal),
    }))
  }

  #byScore(totals: Float64Array): (a: number, b: number) => number {
    const { compare } = this.index.documents
    return (a, b) => (totals[b] as number) - (totals[a] as number) || compare(a, b)
  }

  #newest(plan: QueryPlan): Retrieved {
    const { documents } = this.index
    const living: number[] = []
    for (let ordinal = 0; ordinal < documents.size; ordinal++) if (documents.dead[ordinal] === 0) living.push(ordinal)
    const ordinals = topOf(living, plan.offset + plan.limit, documents.compare).slice(plan.offset)
    const scores = ordinals.map(() => 0)
    const matches = new FormMatches(this.index, [])
    return { ordinals, scores, totalHits: living.length, words: [], wordWeights: [], droppedWords: [], matches }
  }
}
