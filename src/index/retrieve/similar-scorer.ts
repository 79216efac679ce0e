import type { ResolvedWord } from '../../search/query/resolved-query.ts'
import { inverseDocumentFrequency, saturation } from '../../search/ranking/bm25.ts'
import { COST, SHARE, WorkBudget } from '../../work-budget.ts'
import type { Arena } from '../arrays/arena.ts'
import { WHOLE } from '../segment/posting-list.ts'
import type { ArticleIndex } from '../segment/segment.ts'
import { HIT, type WordScores } from './score-accumulator.ts'

/** Scores what words that look like one of the query give to hits: they make no article a hit. */
export class SimilarScorer {
  readonly #index: ArticleIndex
  readonly #arena: Arena
  #budget = new WorkBudget()
  /** What one word gives, by docId; all zero between words. */
  #best = new Float64Array(0)

  /** @param arena where what is told is kept until the next query */
  constructor(index: ArticleIndex, arena: Arena) {
    this.#index = index
    this.#arena = arena
  }

  reset(budget: WorkBudget): void {
    const { size } = this.#index.documents
    this.#budget = budget
    if (this.#best.length < size) this.#best = new Float64Array(Math.ceil(size * 1.25))
  }

  /** Makes the table what it is between uses, after an exception somewhere among these. */
  restore(): void {
    this.#best.fill(0)
  }

  /**
   * Adds to hits what words that look like a query word would give them, where that is more than the word itself does.
   * @param state by docId, see `ScoreAccumulator`
   * @param totals by docId what is added to
   * @param isTold whether to give what the word gives then to the articles where it is more; else, and where nothing was added, null
   */
  add(
    word: ResolvedWord,
    own: WordScores,
    state: Uint8Array,
    totals: Float64Array,
    isTold: boolean,
  ): WordScores | null {
    if (this.#budget.isSpent(SHARE.scores)) {
      this.#budget.cut('expansions')
      return null
    }
    const { postings, documents, vocabulary } = this.#index
    const norms = documents.norms()
    const best = this.#best
    for (let i = 0; i < own.docIds.length; i++) best[own.docIds[i] as number] = own.scores[i] as number
    const touched: number[] = []
    for (const { term, weight, kind, documents: frequency } of word.expansions) {
      if (kind !== 'similar') continue
      const strength = weight * Math.min(word.termWeight, inverseDocumentFrequency(frequency, documents.liveCount))
      this.#budget.spend(COST.knownTerm)
      for (const { docIds, frequencies, start, end } of postings.lists(vocabulary.termNumber(term), WHOLE)) {
        this.#budget.spend(COST.posting * (end - start))
        for (let i = start; i < end; i++) {
          const docId = docIds[i] as number
          if (state[docId] !== HIT) continue
          const score = strength * saturation(frequencies[i] as number, norms[docId] as number)
          const before = best[docId] as number
          if (score <= before) continue
          if (before === 0) touched.push(docId)
          totals[docId] = (totals[docId] as number) + word.count * (score - before)
          best[docId] = score
        }
      }
    }
    const bettered = isTold ? this.#bettered(own, touched) : null
    for (let i = 0; i < own.docIds.length; i++) best[own.docIds[i] as number] = 0
    for (const docId of touched) best[docId] = 0
    return bettered
  }

  /** What is in `#best` beyond what the word itself gives. */
  #bettered(own: WordScores, touched: readonly number[]): WordScores {
    const arena = this.#arena
    const best = this.#best
    this.#budget.spend(COST.posting * (own.docIds.length + touched.length))
    const docIds = arena.integers(own.docIds.length + touched.length)
    const scores = arena.numbers(docIds.length)
    let count = 0
    const add = (docId: number): void => {
      docIds[count] = docId
      scores[count] = best[docId] as number
      count += 1
    }
    for (let i = 0; i < own.docIds.length; i++) {
      const docId = own.docIds[i] as number
      if ((best[docId] as number) > (own.scores[i] as number)) add(docId)
    }
    for (const docId of touched) add(docId)
    return { docIds: docIds.subarray(0, count), scores: scores.subarray(0, count), shares: null }
  }
}
