import type { Article } from '../article/article.ts'
import type { ArticleHead } from '../store/article-row.ts'

/** Where an engine gets the articles of its hits from. */
export interface ArticleSource {
  /** Differs between stores. */
  readonly id: string
  bySeqNo(seqNo: number): Article | undefined
  byId(id: string): Article | undefined
  /** Where articles can be read in parts. */
  readonly parts?: ArticleParts
}

/** Reads articles without their texts, and stretches of their texts. */
export interface ArticleParts {
  headBySeqNo(seqNo: number): ArticleHead | undefined
  /**
   * A stretch of a text.
   * @param start in bytes of its UTF-8, where a character begins
   * @param end where one ends; undefined for the end of the text
   */
  textPart(seqNo: number, start: number, end: number | undefined): string
}
