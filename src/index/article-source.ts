import type { Article } from '../article/article.ts'

/** Where an engine gets the articles of its hits from. */
export interface ArticleSource {
  /** Differs between stores. */
  readonly id: string
  bySeqNo(seqNo: number): Article | undefined
  byId(id: string): Article | undefined
}
