import type { Article } from '../../article/article.ts'
import type { ArticleText } from '../../article/article-text.ts'
import type { StructureSource } from '../../article/structure.ts'
import type { Facets } from '../engine/facets.ts'
import type { LocatedField } from '../match/locate.ts'
import type { ResolvedWord } from '../query/resolved-query.ts'
import type { ScoreParts } from './score-parts.ts'

export interface SearchHit {
  readonly article: Article
  /** The article's text, in stretches: all of it is read where `article` is asked for it. */
  readonly articleText: ArticleText
  /** What stands where in it; read when it is asked for. */
  readonly structure: StructureSource
  /** The document that it was made of, see `Article.document`; null where there is none. */
  readonly document: string | null
  readonly score: number
  readonly title: LocatedField
  readonly text: LocatedField
  /** How many others were folded into it. */
  readonly duplicates: number
  /** Whether the site owner put it there, whatever its score. */
  readonly isPinned: boolean
  /** Only where the query asked for an explanation. */
  readonly parts: ScoreParts | null
}

/** What a search found, before it is presented. */
export interface SearchResult {
  /** The stretch of hits that was asked for, best first. */
  readonly hits: readonly SearchHit[]
  readonly totalHits: number
  /** The words that were looked up, with what stands for them. */
  readonly words: readonly ResolvedWord[]
  /** The query words that the very first hit lacks, whatever stretch was asked for; as indexes. */
  readonly droppedWords: readonly number[]
  readonly facets: Facets
  /** Names the state of the index that answered. */
  readonly state: string
}
