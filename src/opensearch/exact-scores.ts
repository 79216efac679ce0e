import type { RetrievalPlan, ScoreShares } from '../search/engine/retrieval.ts'
import type { ResolvedWord } from '../search/query/resolved-query.ts'
import { ROUNDING } from '../search/ranking/hit-rule.ts'
import { dateFactor } from '../search/ranking/recency.ts'
import type { FoundDocuments } from './found-documents.ts'
import { type ScoredWord, termsOfScore, withSimilar, wordScore } from './scored-word.ts'
import type { UnpackedArticle } from './unpacked-article.ts'
import { type FrequenciesOf, WantedTerms } from './wanted-terms.ts'

export const NO_SHARES: ScoreShares = { words: [], phrases: 0, dateFactor: 1, languageFactor: 1 }

/** Reckons what articles score that have been read. */
export class ExactScores {
  readonly none: ScoreShares
  readonly #documents: FoundDocuments
  readonly #plan: RetrievalPlan
  readonly #words: readonly ResolvedWord[]
  readonly #scored: readonly ScoredWord[]
  readonly #boosts: ReadonlyMap<number, number>
  readonly #known = new Map<number, ScoreShares>()
  #wanted: WantedTerms | undefined
  #formsKnown = 0

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
    let shares = this.#known.get(docId)
    if (shares === undefined) {
      shares = this.#sharesOf(docId)
      this.#known.set(docId, shares)
    }
    return shares
  }

  #sharesOf(docId: number): ScoreShares {
    const { time, isInOtherLanguage } = this.#documents.get(docId) as UnpackedArticle
    const { dateBoost, otherLanguageFactor } = this.#plan
    const norm = this.#documents.normOf(docId)
    const frequencies = this.#frequenciesIn(docId)
    return {
      words: this.#words.map(({ count }, at) => {
        const scored = this.#scored[at] as ScoredWord
        return count * withSimilar(wordScore(scored, frequencies, docId, norm).score, scored, frequencies, norm)
      }),
      phrases: this.#boosts.get(docId) ?? 0,
      dateFactor: dateBoost === null ? 1 : dateFactor(time, dateBoost),
      languageFactor: isInOtherLanguage ? otherLanguageFactor : 1,
    }
  }

  score(docId: number, added: number): number {
    const { words, phrases, dateFactor: byDate, languageFactor } = this.shares(docId)
    return byDate * languageFactor * (words.reduce((sum, share) => sum + share, phrases) + added)
  }

  lackedBy(docId: number): number[] {
    const norm = this.#documents.normOf(docId)
    const frequencies = this.#frequenciesIn(docId)
    return this.#words.flatMap(({ isConstrained }, at) => {
      const { share } = wordScore(this.#scored[at] as ScoredWord, frequencies, docId, norm)
      return isConstrained || share > 1 - ROUNDING ? [] : [at]
    })
  }

  #frequenciesIn(docId: number): FrequenciesOf {
    const { forms } = this.#documents.table
    // articles that were read since may have other forms
    if (this.#wanted === undefined || this.#formsKnown !== forms.forms.length) {
      this.#wanted = new WantedTerms(this.#scored.flatMap(termsOfScore), forms)
      this.#formsKnown = forms.forms.length
    }
    return this.#wanted.in((this.#documents.get(docId) as UnpackedArticle).stream)
  }
}
