import type { TitleWord } from '../../search/query/resolved-query.ts'
import { titleScore } from '../../search/ranking/title-score.ts'
import { COST, type WorkBudget } from '../../work-budget.ts'
import { topOf } from '../arrays/top-k.ts'
import type { DocSet } from '../docset/filter-docs.ts'
import { TITLE } from '../segment/posting-list.ts'
import type { ArticleIndex } from '../segment/segment.ts'

/** Finds the articles of whose titles a query has every word: as many of its words stand there as the title has. */
export class TitleCandidates {
  readonly #index: ArticleIndex
  // by docId, all zero between uses
  #scores = new Float64Array(0)
  /** How many words of the title the query has. */
  #wanted = new Uint16Array(0)
  // of one word: how well the best of what stands for it does, and how often the title has that which it has most often
  #best = new Float64Array(0)
  #most = new Uint8Array(0)

  constructor(index: ArticleIndex) {
    this.#index = index
  }

  /**
   * The best of them, best first. Takes time in proportion to the posting lists of the words' titles.
   * @param allowed by docId 1 for those that may be found; null for all
   */
  of(words: readonly TitleWord[], most: number, allowed: DocSet | null, budget: WorkBudget): readonly number[] {
    const touched: number[] = []
    this.#grow()
    const [scores, wanted, best, mostOf] = [this.#scores, this.#wanted, this.#best, this.#most]
    for (const { terms, weight } of words) {
      const found: number[] = []
      for (const { term, strength } of terms) this.#read(term, strength, allowed, found, budget)
      for (const docId of found) {
        if (scores[docId] === 0) touched.push(docId)
        scores[docId] = (scores[docId] as number) + weight * (best[docId] as number)
        wanted[docId] = (wanted[docId] as number) + (mostOf[docId] as number)
        best[docId] = mostOf[docId] = 0
      }
    }
    const { documents } = this.#index
    const { titleLengths, meanTitleLength, compare } = documents
    const whole = touched.filter((docId) => (wanted[docId] as number) >= (titleLengths[docId] as number))
    for (const docId of whole)
      scores[docId] = titleScore(scores[docId] as number, titleLengths[docId] as number, meanTitleLength)
    budget.spend(COST.comparison * (touched.length + whole.length))
    const docIds = topOf(
      Uint32Array.from(whole),
      most,
      (a, b) => (scores[b] as number) - (scores[a] as number) || compare(a, b),
    )
    for (const docId of touched) scores[docId] = wanted[docId] = 0
    return docIds
  }

  /** Makes the tables what they are between uses, after an exception somewhere among these. */
  restore(): void {
    for (const table of [this.#scores, this.#wanted, this.#best, this.#most]) table.fill(0)
  }

  /** Notes how well a term stands in titles, and how often, and the docIds that are new. */
  #read(term: string, strength: number, allowed: DocSet | null, found: number[], budget: WorkBudget): void {
    const { postings, vocabulary, documents } = this.#index
    const [best, mostOf] = [this.#best, this.#most]
    for (const { docIds, frequencies, start, end } of postings.lists(vocabulary.termNumber(term), TITLE)) {
      budget.spend(COST.posting * (end - start))
      for (let at = start; at < end; at++) {
        const docId = docIds[at] as number
        if (documents.deletedDocs[docId] !== 0 || allowed?.[docId] === 0) continue
        const before = best[docId] as number
        if (before === 0) found.push(docId)
        if (strength > before) best[docId] = strength
        mostOf[docId] = Math.max(mostOf[docId] as number, frequencies[at] as number)
      }
    }
  }

  #grow(): void {
    const { size } = this.#index.documents
    if (this.#scores.length >= size) return
    const capacity = Math.ceil(size * 1.25)
    this.#scores = new Float64Array(capacity)
    this.#wanted = new Uint16Array(capacity)
    this.#best = new Float64Array(capacity)
    this.#most = new Uint8Array(capacity)
  }
}
