import type { Article } from '../article.ts'
import type { MatchKind } from './match.ts'
import type { QueryPlan, QueryWord } from './plan.ts'

/** The tokens of a title or text in which words of the query were found. */
export interface LocatedField {
  readonly count: number
  /** UTF-16 offsets of every token of the field. */
  readonly starts: Uint32Array
  readonly ends: Uint32Array
  /** 1 where a token is the first of its sentence, else 0. */
  readonly sentences: Uint8Array
  /** The tokens that match, ascending, and for each the index of the query word it matches. */
  readonly matches: readonly number[]
  readonly matchedWords: readonly number[]
  /** How a token matches that does so only together with its neighbours; null for all others. */
  readonly matchedKinds: readonly (MatchKind | null)[]
}

/** A term of the index that stands for a query word it is not. */
export interface Stand {
  readonly term: string
  /** Of what the word itself would count, from 0 to 1. */
  readonly weight: number
  /** How many articles have it. */
  readonly documents: number
  /** An unknown word was probably meant to be this one (`typo`), or they share most of their letters (`similar`). */
  readonly kind: 'typo' | 'similar'
}

/** A word of the query as an index reads it. */
export interface LookedUpWord extends QueryWord {
  /** The nearest first. */
  readonly stands: readonly Stand[]
}

export interface EngineHit {
  readonly article: Article
  readonly score: number
  readonly title: LocatedField
  readonly text: LocatedField
}

export interface EngineAnswer {
  /** The stretch of hits the plan asked for, best first. */
  readonly hits: readonly EngineHit[]
  readonly totalHits: number
  /** The words that were looked up, as the index reads them. */
  readonly words: readonly LookedUpWord[]
  /** For each of them its inverse document frequency: how much a match tells. */
  readonly wordWeights: readonly number[]
  /** The query words that the very first hit lacks, whatever stretch was asked for; as indexes. */
  readonly droppedWords: readonly number[]
  /** Names the state of the index that answered. */
  readonly version: string
}

/** The seam to whatever holds the index. Each answer comes from one state of the index, never a mixture. */
export interface Engine {
  search(plan: QueryPlan): Promise<EngineAnswer>
  /** The article with this id, or undefined. */
  article(id: string): Promise<Article | undefined>
  /** Names the state of the index: no other state has this name, so answers may be kept by it. */
  readonly version: string
}
