import type { Article } from '../article/article.ts'
import { NumberedForms, NumberedGrams } from './numbered-forms.ts'
import { type UnpackedArticle, unpackedArticle } from './unpacked-article.ts'

/** Forms and terms that articles are told in; the articles of one table belong together. */
export interface ArticleTable {
  readonly forms: NumberedForms
  readonly grams: NumberedGrams
  /** By the number of the change that brought it. */
  readonly unpacked: BoundedMap<UnpackedArticle>
}

/** About six bytes each. */
const TOKENS_MAX = 16_000_000
/** What an article takes beside its tokens, in tokens. */
const TOKENS_BESIDE = 100
/** Two bytes each at most. */
const CHARACTERS_MAX = 20_000_000
/** A table with more forms is given up once nobody reads it; about 400 bytes each. */
const FORMS_MAX = 500_000

/** Keeps the articles that were read last: those of frequent words are read with every other search. */
export class ArticleCache {
  #table: ArticleTable = emptyTable()
  #articles = emptyArticles()
  /** The store whose articles these are: another one numbers its changes anew. */
  #storeId = ''

  /** For one search: it is the same until it ends, whatever others read meanwhile. */
  table(storeId: string): ArticleTable {
    if (this.#storeId !== storeId) {
      this.#storeId = storeId
      this.#articles = emptyArticles()
      this.#table = emptyTable()
    } else if (this.#table.forms.forms.length > FORMS_MAX) this.#table = emptyTable()
    return this.#table
  }

  /** As they were given, by the number of the change that brought each; for one search, too. */
  articles(storeId: string): BoundedMap<Article> {
    this.table(storeId)
    return this.#articles
  }
}

/** Takes an article as the cluster has packed it. */
export function addPacked({ forms, unpacked }: ArticleTable, seqNo: number, packed: Buffer): UnpackedArticle {
  const article = unpackedArticle(packed, forms)
  unpacked.set(seqNo, article)
  return article
}

/** Keeps what was used last, as much as weighs no more than so much; the newest is kept whatever it weighs. */
export class BoundedMap<V> {
  readonly #most: number
  readonly #weightOf: (value: V) => number
  readonly #values = new Map<number, V>()
  #weight = 0

  constructor(most: number, weightOf: (value: V) => number) {
    this.#most = most
    this.#weightOf = weightOf
  }

  get(key: number): V | undefined {
    const known = this.#values.get(key)
    if (known === undefined) return undefined
    this.#values.delete(key)
    this.#values.set(key, known)
    return known
  }

  set(key: number, value: V): void {
    this.#remove(key)
    this.#values.set(key, value)
    this.#weight += this.#weightOf(value)
    for (const oldest of this.#values.keys()) {
      if (this.#weight <= this.#most || oldest === key) break
      this.#remove(oldest)
    }
  }

  #remove(key: number): void {
    const value = this.#values.get(key)
    if (value === undefined) return
    this.#values.delete(key)
    this.#weight -= this.#weightOf(value)
  }
}

const emptyTable = (): ArticleTable => {
  const forms = new NumberedForms()
  const unpacked = new BoundedMap<UnpackedArticle>(TOKENS_MAX, ({ stream }) => stream.count + TOKENS_BESIDE)
  return { forms, grams: new NumberedGrams(forms), unpacked }
}

const emptyArticles = (): BoundedMap<Article> =>
  new BoundedMap<Article>(CHARACTERS_MAX, ({ text, document }) => text.length + (document?.length ?? 0))
