import type { FilterNode } from '../filter/tree.ts'
import type { Folding } from '../query/analyzed-query.ts'
import type { FieldPhrase, ResolvedConstraint, ResolvedWord, TitleWord } from '../query/resolved-query.ts'
import type { SortKey } from '../query/sorting.ts'
import type { HitRule } from '../ranking/hit-rule.ts'
import type { DateBoost } from '../ranking/recency.ts'
import type { Facets } from './facets.ts'

/** What an engine is asked for: terms, weights and numbers, no text. */
export interface RetrievalPlan {
  /** Null where every article is a hit, the newest first: nothing was asked for. */
  readonly words: readonly ResolvedWord[] | null
  /** What titles are looked through for; none where titles make no hits. */
  readonly titleWords: readonly TitleWord[]
  readonly constraint: ResolvedConstraint | null
  readonly filter: FilterNode | null
  /** Ids of articles that are no hits. */
  readonly hidden: readonly string[]
  /** An article that is no hit, nor is what is the same or nearly the same. */
  readonly excludeLike: string | null
  readonly hitRule: HitRule
  /** What having a phrase just as it is spelt adds to a score. */
  readonly phraseBoosts: readonly (FieldPhrase & { readonly boost: number })[]
  readonly dateBoost: DateBoost | null
  /** What the score of an article in another language than German is multiplied by; 1 where languages do not matter. */
  readonly otherLanguageFactor: number
  /** So many of the best by BM25 are ranked further. */
  readonly candidates: number
  /** So many of the best by title are hits and candidates, too, whatever else they have of the query. */
  readonly titleCandidates: number
  /** Ids of articles that come first, whatever their score. */
  readonly pinned: readonly string[]
  readonly sort: readonly SortKey[]
  readonly foldDuplicates: Folding
  readonly distinct: string | null
  readonly facets: readonly string[]
  readonly maxValuesPerFacet: number
  readonly offset: number
  readonly limit: number
  readonly explain: boolean
  /** What scores less, the second stage included, is no hit. */
  readonly scoreMin: number
  /** See `SearchOptions`. */
  readonly ties: 'newest' | 'stored'
}

/** What a score is made of before the second stage. */
export interface ScoreShares {
  /** For each word what it gave by itself. */
  readonly words: readonly number[]
  /** What phrases gave. */
  readonly phrases: number
  /** What all of the score, the second stage included, is multiplied by for the article's date. */
  readonly dateFactor: number
  /** And what for its language. */
  readonly languageFactor: number
}

export interface CollectedHit {
  readonly docId: number
  readonly score: number
  /** How many others were folded into it. */
  readonly duplicates: number
  readonly isPinned: boolean
  /** Only where the plan asks for explanations. */
  readonly shares: ScoreShares | null
}

export interface Collected {
  /** The stretch the plan asked for, best first. */
  readonly hits: readonly CollectedHit[]
  readonly totalHits: number
  /** The words that the very first hit lacks, whatever stretch was asked for; as indexes. */
  readonly droppedWords: readonly number[]
  readonly facets: Facets
}

/** The hits of a plan, scored by BM25. */
export interface Retrieval {
  /** The best of them, best first. DocIds are valid as long as the reader. */
  readonly candidates: readonly number[]
  /**
   * Orders all hits, folds them, counts totals and facets, and gives the stretch that the plan asks for. Once.
   * @param added what the second stage adds to scores, by docId
   * @throws FundstelleError `request_costly`
   */
  collect(added: ReadonlyMap<number, number>): Promise<Collected>
}
