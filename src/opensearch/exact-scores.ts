import { isOtherThanGerman } from '../language/tags.ts'
import type { RetrievalPlan, ScoreShares } from '../search/engine/retrieval.ts'
import type { ResolvedWord } from '../search/query/resolved-query.ts'
import { ROUNDING } from '../search/ranking/hit-rule.ts'
import { dateFactor } from '../search/ranking/recency.ts'
import { timeOf } from '../time.ts'
import type { CachedArticle } from './article-cache.ts'
import type { FoundDocuments } from './found-documents.ts'
import { type ScoredWord, withSimilar, wordScore } from './scored-word.ts'

export const NO_SHARES: ScoreShares = { words: [], phrases: 0, dateFactor: 1, languageFactor: 1 }

/** Reckons what articles score that have been read. */
export class ExactScores {
  readonly none: ScoreShares
  readonly #documents: FoundDocuments
  readonly #plan: RetrievalPlan
  readonly #words: readonly ResolvedWord[]
  readonly #scored: readonly ScoredWord[]
  readonly #boosts: ReadonlyMap<number, number>

  constructor(
    documents: FoundDocuments,
    plan: RetrievalPlan,
    words: readonly ResolvedWord[],
    scored: readonly ScoredWord[],
    boosts: ReadonlyMap<number, number>,
  ) {
    this.none = { ...NO_SHARES, words: words.map(() => 0) }
    this.#documents = documents
    this.#plan = plan
    this.#words = words
    this.#scored = scored
    this.#boosts = boosts
  }

  shares(docId: number): ScoreShares {
    const { analysed } = this.#documents.get(docId) as CachedArticle
    const { date, language } = analysed.article
    const { dateBoost, otherLanguageFactor } = this.#plan
    const norm = this.#documents.normOf(docId)
    return {
      words: this.#words.map(({ count }, at) => {
        const scored = this.#scored[at] as ScoredWord
        return count * withSimilar(wordScore(scored, analysed, docId, norm).score, scored, analysed, norm)
      }),
      phrases: this.#boosts.get(docId) ?? 0,
      dateFactor: dateBoost === null ? 1 : dateFactor(timeOf(date), dateBoost),
      languageFactor: language !== null && isOtherThanGerman(language) ? otherLanguageFactor : 1,
    }
  }

  score(docId: number, added: number): number {
    const { words, phrases, dateFactor: byDate, languageFactor } = this.shares(docId)
    return byDate * languageFactor * (words.reduce((sum, share) => sum + share, phrases) + added)
  }

  lackedBy(docId: number): number[] {
    const { analysed } = this.#documents.get(docId) as CachedArticle
    const norm = this.#documents.normOf(docId)
    return this.#words.flatMap(({ isConstrained }, at) => {
      const { share } = wordScore(this.#scored[at] as ScoredWord, analysed, docId, norm)
      return isConstrained || share > 1 - ROUNDING ? [] : [at]
    })
  }
}
