import type { FilterNode } from '../filter/tree.ts'
import type { Constraint } from './constraint.ts'
import type { SortKey } from './sorting.ts'
import type { QueryToken } from './words.ts'

export type MatchingStrategy = 'last' | 'all'
/** Whether articles with the same title and text are one hit, those that are nearly the same too, or each is its own. */
export type Folding = 'exact' | 'near' | 'none'

/** What is wanted beside the query itself. */
export interface SearchOptions {
  /** `frequency`: hits have the rarest of the words, however few there are. */
  readonly matchingStrategy: MatchingStrategy | 'frequency'
  readonly offset: number
  readonly limit: number
  readonly filter: FilterNode | null
  /** Fields whose values are counted; `*` stands for all. */
  readonly facets: readonly string[]
  /** Of each field at most so many values, those of most hits. */
  readonly maxValuesPerFacet: number
  readonly sort: readonly SortKey[]
  readonly foldDuplicates: Folding
  /** Of hits with the same value in this field only the first stays. */
  readonly distinct: string | null
  /** Whether somebody is just typing the last word: if words begin so, it is no slip. */
  readonly typing: boolean
  /** The last word may be the beginning of one from so many letters on. */
  readonly prefixLengthMin: number
  /** Whether words that look like a query's may stand for it: what was probably meant, and what is only like it. */
  readonly forgivesTypos: boolean
  /** Whether the answer says what each word gave to each hit. */
  readonly explain: boolean
  /** Articles, by id, that stand at the top where the filter allows them, and that never do. */
  readonly pinned: readonly string[]
  /** An article that is no hit itself, nor is what is the same or nearly the same; null for none. */
  readonly excludeLike: string | null
  readonly hidden: readonly string[]
  /** From 0 to 1: what has less by ranking-score.ts is no hit; null for no such bound. */
  readonly rankingScoreMin: number | null
  /** Which of two articles comes first that are equal, or that nothing was asked of: the newer one, or the one that was stored first. */
  readonly ties: 'newest' | 'stored'
  /** How much more words in titles tell than they do by themselves. */
  readonly titleFactor: number
  /** Whether hits are counted alone, each for itself: then it does not matter which of them are best. */
  readonly countsOnly: boolean
}

export const DEFAULT_OPTIONS: SearchOptions = {
  matchingStrategy: 'last',
  offset: 0,
  limit: 20,
  filter: null,
  facets: [],
  maxValuesPerFacet: 1000,
  sort: [],
  foldDuplicates: 'exact',
  distinct: null,
  typing: false,
  prefixLengthMin: 2,
  forgivesTypos: true,
  explain: false,
  pinned: [],
  excludeLike: null,
  hidden: [],
  rankingScoreMin: null,
  ties: 'newest',
  titleFactor: 1,
  countsOnly: false,
}

/** A query, analysed, before anything was looked up. */
export interface AnalyzedQuery extends SearchOptions {
  /** In the order of the query. Stop words only where the query has nothing else. */
  readonly tokens: readonly QueryToken[]
  /** The terms of all its words in order, stop words included. */
  readonly sequence: readonly string[]
  /** Stop words that are not looked up, as they were typed. */
  readonly droppedStopWords: readonly string[]
  /** Whether the query has words with capital letters and words without. */
  readonly hasCaseSignal: boolean
  /** Whether it asks something in a sentence, see question-words.ts. */
  readonly isQuestion: boolean
  /** Whether it is in another language than German, see query-language.ts. */
  readonly isInOtherLanguage: boolean
  /** Whether the query asked for anything at all; a plan without words is then a plan without hits. */
  readonly empty: boolean
  /** What the operators of the query demand. */
  readonly constraint: Constraint | null
}
