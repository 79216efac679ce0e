import type { Article } from '../../article/article.ts'
import type { WorkBudget } from '../../work-budget.ts'
import type { FilterNode } from '../filter/tree.ts'
import type { Phrase } from '../query/phrase.ts'
import type { QueryPlan } from '../query/plan.ts'
import type { QueryWord } from '../query/words.ts'
import type { SignalName } from '../ranking/signals.ts'
import type { Facets } from './facets.ts'
import type { MatchKind } from './match-kind.ts'

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
export interface Expansion {
  readonly term: string
  /** Of what the word itself would count, from 0 to 1. */
  readonly weight: number
  /** How many articles have it. */
  readonly documents: number
  /**
   * An unknown word was probably meant to be this one (`typo`), it begins so (`prefix`), the site owner says it means the same
   * (`synonym`), or they share most of their letters (`similar`).
   */
  readonly kind: 'typo' | 'prefix' | 'synonym' | 'similar'
}

/** A word of the query as an index reads it. */
export interface ExpandedWord extends QueryWord {
  /** By kind, in the order above; the nearest first. */
  readonly expansions: readonly Expansion[]
  /** Names of several words that mean the same. */
  readonly phrases: readonly Phrase[]
}

/** What a hit's score is made of: its parts add up to it. */
export interface ScoreParts {
  /** For each word of the query what it gave by itself. */
  readonly words: readonly number[]
  readonly signals: readonly { readonly signal: SignalName | 'phrase' | 'recency'; readonly share: number }[]
}

export interface EngineHit {
  readonly article: Article
  readonly score: number
  readonly title: LocatedField
  readonly text: LocatedField
  /** How many others were folded into it. */
  readonly duplicates: number
  /** Whether the site owner put it there, whatever its score. */
  readonly isPinned: boolean
  /** Only where the plan asked for an explanation. */
  readonly parts: ScoreParts | null
}

export interface EngineAnswer {
  /** The stretch of hits the plan asked for, best first. */
  readonly hits: readonly EngineHit[]
  readonly totalHits: number
  /** The words that were looked up, as the index reads them. */
  readonly words: readonly ExpandedWord[]
  /** For each of them its inverse document frequency: how much a match tells. */
  readonly termWeights: readonly number[]
  /** The query words that the very first hit lacks, whatever stretch was asked for; as indexes. */
  readonly droppedWords: readonly number[]
  readonly facets: Facets
  /** Names the state of the index that answered. */
  readonly version: string
}

/** What may be meant by what has been typed so far. */
export interface Suggestion {
  /** As an article spells it. */
  readonly text: string
  readonly kind: 'word' | 'phrase' | 'title'
  /** In how many articles. */
  readonly count: number
}

/** Which values of a field are wanted. */
export interface FacetQuery {
  readonly field: string
  /** What they begin with or contain, without regard to case; those that begin with it come first. */
  readonly text: string
  readonly filter: FilterNode | null
  readonly most: number
}

export interface FacetValue {
  readonly value: string
  readonly count: number
}

/**
 * The seam to whatever holds the index. Each answer comes from one state of the index, never a mixture. What costs more than its
 * budget is cut short where part of an answer is an answer, and refused with `request_costly` where it would be a wrong one.
 */
export interface Engine {
  search(plan: QueryPlan, budget?: WorkBudget): Promise<EngineAnswer>
  /** The article with this id, or undefined. */
  article(id: string): Promise<Article | undefined>
  /** The id of an article with one of these addresses, tried in this order; undefined where there is none. */
  idWithUrl(urls: readonly string[]): string | undefined
  /** The canonical name of a field that some article has, whatever its capitals; the one that is written just so first. */
  fieldNamed(field: string): string | undefined
  /** The words that tell most about an article, in lower case, the most telling first; undefined where there is no such article. */
  significantWords(id: string, most: number): readonly string[] | undefined
  /** The words of the index that are spelt most like one that is not in it, as articles spell them. */
  nearestWords(word: ExpandedWord, most: number, budget?: WorkBudget): readonly string[]
  suggest(typed: string, most: number, budget?: WorkBudget): readonly Suggestion[]
  facetValues(wanted: FacetQuery, budget?: WorkBudget): Promise<readonly FacetValue[]>
  /** Names the state of the index: no other state has this name, so answers may be kept by it. */
  readonly version: string
}
