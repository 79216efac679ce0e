import type { TitleWord } from '../../search/query/resolved-query.ts'
import { titleScore } from '../../search/ranking/title-score.ts'
import { COST, type WorkBudget } from '../../work-budget.ts'
import { topOf } from '../arrays/top-k.ts'
import type { DocSet } from '../docset/filter-docs.ts'
import { TITLE } from '../segment/posting-list.ts'
import type { ArticleIndex } from '../segment/segment.ts'

/** Finds the articles whose titles are most of what a query asks for. */
export class TitleCandidates {
  readonly #index: ArticleIndex
  // by docId, all zero between uses
  #scores = new Float64Array(0)
  #best = new Float64Array(0)

  constructor(index: ArticleIndex) {
    this.#index = index
  }

  /**
   * The best by title, in no order. Takes time in proportion to the posting lists of the words' titles.
   * @param allowed by docId 1 for those that may be found; null for all
   */
  of(words: readonly TitleWord[], most: number, allowed: DocSet | null, budget: WorkBudget): readonly number[] {
    const touched: number[] = []
    this.#grow()
    const [scores, best] = [this.#scores, this.#best]
    for (const { terms, weight } of words) {
      const found: number[] = []
      for (const { term, strength } of terms) this.#read(term, strength, allowed, found, budget)
      for (const docId of found) {
        if (scores[docId] === 0) touched.push(docId)
        scores[docId] = (scores[docId] as number) + weight * (best[docId] as number)
        best[docId] = 0
      }
    }
    const { documents } = this.#index
    const { titleLengths, meanTitleLength, compare } = documents
    for (const docId of touched)
      scores[docId] = titleScore(scores[docId] as number, titleLengths[docId] as number, meanTitleLength)
    budget.spend(COST.comparison * touched.length)
    const docIds = topOf(
      Uint32Array.from(touched),
      most,
      (a, b) => (scores[b] as number) - (scores[a] as number) || compare(a, b),
    )
    for (const docId of touched) scores[docId] = 0
    return docIds
  }

  /** Makes the tables what they are between uses, after an exception somewhere among these. */
  restore(): void {
    this.#scores.fill(0)
    this.#best.fill(0)
  }

  /** Notes how well a term stands in titles, and the docIds that are new. */
  #read(term: string, strength: number, allowed: DocSet | null, found: number[], budget: WorkBudget): void {
    const { postings, vocabulary, documents } = this.#index
    const best = this.#best
    for (const { docIds, start, end } of postings.lists(vocabulary.termNumber(term), TITLE)) {
      budget.spend(COST.posting * (end - start))
      for (let at = start; at < end; at++) {
        const docId = docIds[at] as number
        if (documents.deletedDocs[docId] !== 0 || allowed?.[docId] === 0) continue
        const before = best[docId] as number
        if (before === 0) found.push(docId)
        if (strength > before) best[docId] = strength
      }
    }
  }

  #grow(): void {
    const { size } = this.#index.documents
    if (this.#scores.length >= size) return
    const capacity = Math.ceil(size * 1.25)
    this.#scores = new Float64Array(capacity)
    this.#best = new Float64Array(capacity)
  }
}
