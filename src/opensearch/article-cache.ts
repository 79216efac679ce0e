import type { Analyzer } from '../analysis/analyzer.ts'
import type { Article } from '../article/article.ts'
import { type AnalysedArticle, analyseArticle } from './analysed-article.ts'
import { type NormlessStream, streamOf } from './analysed-stream.ts'
import { NumberedForms, NumberedGrams } from './numbered-forms.ts'

/** An article of the cluster, analysed here. */
export interface CachedArticle {
  readonly analysed: AnalysedArticle
  readonly stream: NormlessStream
}

/** Forms and terms that articles are told in; the articles of one table belong together. */
export interface ArticleTable {
  readonly forms: NumberedForms
  readonly grams: NumberedGrams
  /** By the number of the change that brought it. */
  readonly articles: Map<number, CachedArticle>
}

/** About a hundred bytes each. */
const TOKENS_MAX = 1_500_000
/** A table with more forms is given up once nobody reads it; about 400 bytes each. */
const FORMS_MAX = 500_000

/** Keeps the articles that were read last: those of frequent words are read with every other search. */
export class ArticleCache {
  readonly #analyzer: Analyzer
  #table: ArticleTable = emptyTable()
  #tokens = 0
  /** The store whose articles these are. */
  #storeId = ''

  constructor(analyzer: Analyzer) {
    this.#analyzer = analyzer
  }

  /** For one search: it is the same until it ends, whatever others read meanwhile. */
  table(storeId: string): ArticleTable {
    if (this.#storeId !== storeId || this.#table.forms.forms.length > FORMS_MAX) {
      this.#storeId = storeId
      this.#table = emptyTable()
      this.#tokens = 0
    }
    return this.#table
  }

  /** One that was read before. */
  get({ articles }: ArticleTable, seqNo: number): CachedArticle | undefined {
    const known = articles.get(seqNo)
    if (known === undefined) return undefined
    // the last to go is the one that was asked for last
    articles.delete(seqNo)
    articles.set(seqNo, known)
    return known
  }

  /** @param seqNo of this version of the article: another version has another */
  add(table: ArticleTable, seqNo: number, article: Article): CachedArticle {
    const analysed = analyseArticle(article, this.#analyzer)
    const cached = { analysed, stream: streamOf(analysed, table.forms) }
    table.articles.set(seqNo, cached)
    if (table === this.#table) {
      this.#tokens += cached.stream.count
      for (const [oldest, { stream }] of table.articles) {
        if (this.#tokens <= TOKENS_MAX || oldest === seqNo) break
        table.articles.delete(oldest)
        this.#tokens -= stream.count
      }
    }
    return cached
  }
}

const emptyTable = (): ArticleTable => {
  const forms = new NumberedForms()
  return { forms, grams: new NumberedGrams(forms), articles: new Map() }
}
