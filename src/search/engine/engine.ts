// The room `search/engine`: the seam between search and whatever holds an index. Above it queries are read, rewritten and ranked, and hits presented; below it
// terms are looked up, articles retrieved and counted. Imports what queries, filters and weights are made of, and no engine.
import type { Article } from '../../article/article.ts'
import type { ArticleText } from '../../article/article-text.ts'
import type { StructureSource } from '../../article/structure.ts'
import type { WorkBudget } from '../../work-budget.ts'
import type { FilterNode } from '../filter/tree.ts'
import type { TermDictionary } from './dictionary.ts'
import type { Retrieval, RetrievalPlan } from './retrieval.ts'
import type { TokenStreams } from './token-stream.ts'

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

/** The fields that some article has. */
export interface FieldCatalog {
  /** The canonical name of a field, whatever its capitals; the one that is written just so first. */
  named(field: string): string | undefined
}

/** An article of a hit. */
export interface FoundArticle {
  /** Without its structure, its values and its document. The text is read when it is asked for. */
  readonly article: Article
  /** The text again, in stretches. */
  readonly text: ArticleText
  /** What stands where in the text. It is read when it is asked for. */
  readonly structure: StructureSource
  /** The document that it was made of, see `Article.document`; null where there is none. */
  readonly document: string | null
}

/** One state of an index, for one search at a time. */
export interface EngineReader {
  /** Names the state: no other state has this name, so answers may be kept by it. */
  readonly state: string
  readonly fields: FieldCatalog
  readonly dictionary: TermDictionary
  /** @throws FundstelleError `request_costly` where part of the hits would be a wrong answer and the budget does not reach */
  retrieve(plan: RetrievalPlan): Promise<Retrieval>
  /** The tokens of these articles: all forms of them are in the table when this resolves. Who reads them pays for them. */
  tokenStreams(docIds: readonly number[]): Promise<TokenStreams>
  /** These articles; undefined for one that is gone. */
  articles(docIds: readonly number[]): Promise<(docId: number) => FoundArticle | undefined>
  /** The words that tell most about an article, in lower case, the most telling first; undefined where there is no such article. */
  significantTerms(id: string, most: number): Promise<readonly string[] | undefined>
  /** The same state for a further search, charged to another budget; what was found before is not valid any more. */
  withBudget(budget: WorkBudget): EngineReader
}

/**
 * Whatever holds an index. The work of each call is charged to the budget of its request; where that has ended, so do its calls. What costs more than its budget is cut short where part of an answer is an answer, and refused
 * with `request_costly` where it would be a wrong one. Where the engine cannot be reached, calls are rejected with `engine_unavailable`.
 */
export interface Engine {
  /** Lets `work` search one state of the index; the reader is not valid after it. */
  read<T>(work: (reader: EngineReader) => Promise<T>, budget: WorkBudget): Promise<T>
  /** The article with this id, or undefined. */
  article(id: string, budget: WorkBudget): Promise<Article | undefined>
  /** The id of an article with one of these addresses, tried in this order; undefined where there is none. */
  idWithUrl(urls: readonly string[], budget: WorkBudget): Promise<string | undefined>
  suggestTerms(typed: string, most: number, budget: WorkBudget): Promise<readonly Suggestion[]>
  facetValues(wanted: FacetQuery, budget: WorkBudget): Promise<readonly FacetValue[]>
  /** Names the state that the next search would read. */
  state(): Promise<string>
}
