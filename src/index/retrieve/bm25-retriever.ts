import type { RetrievalPlan } from '../../search/engine/retrieval.ts'
import type { ResolvedWord } from '../../search/query/resolved-query.ts'
import { carriedWeight, minimumWeight, ROUNDING } from '../../search/ranking/hit-rule.ts'
import { COST, SHARE, WorkBudget } from '../../work-budget.ts'
import type { DocSet } from '../docset/filter-docs.ts'
import type { PhraseMatcher } from '../match/phrase-matcher.ts'
import type { ArticleIndex } from '../segment/segment.ts'
import { HIT, ScoreAccumulator, type WordScores } from './score-accumulator.ts'
import { SimilarScorer } from './similar-scorer.ts'
import { TitleCandidates } from './title-candidates.ts'
import type { WordFrequencyReader } from './word-frequencies.ts'
import { WordScorer } from './word-scorer.ts'

/** So many words are scored whatever was spent before: those worth most. */
const SCORED_MIN = 4

/** A word of the query, scored. */
interface ScoredWord {
  readonly word: ResolvedWord
  /** Its place among the query's words. */
  readonly at: number
  readonly scores: WordScores
  /** What it gives by words that look like it, to the articles where that is more; null where nobody asks. */
  bettered: WordScores | null
}

/** The articles that match a query, scored by its words. */
export interface Scored {
  /** Their docIds, in no order. */
  readonly hits: Uint32Array
  /** Those of the hits that were found by their titles. */
  readonly byTitle: readonly number[]
  /** By docId, of all hits; valid until the next query, as all that follows. */
  readonly totals: Float64Array
  readonly isHit: (docId: number) => boolean
  /** The words that a hit does not have, or not whole, as indexes. Takes time in proportion to the articles that have them. */
  readonly lackedBy: (docId: number) => number[]
  /** For each of some hits what each word gave to it; in sum its total. Takes time like `lackedBy`, once for all of them. */
  readonly sharesOf: (docIds: readonly number[]) => number[][]
}

/** Scores every article that has a word of the query by BM25 (bm25.ts), and tells which of them are hits. */
export class Bm25Retriever {
  readonly #index: ArticleIndex
  readonly #frequencies: WordFrequencyReader
  readonly #scorer: WordScorer
  readonly #similar: SimilarScorer
  readonly #titles: TitleCandidates
  readonly #accumulator = new ScoreAccumulator()
  #budget = new WorkBudget()
  #scores = new Map<ResolvedWord, WordScores>()

  constructor(index: ArticleIndex, frequencies: WordFrequencyReader, phrases: PhraseMatcher) {
    this.#index = index
    this.#frequencies = frequencies
    this.#scorer = new WordScorer(index, frequencies, phrases)
    this.#similar = new SimilarScorer(index, frequencies.terms.arena)
    this.#titles = new TitleCandidates(index)
  }

  reset(budget: WorkBudget): void {
    this.#budget = budget
    this.#scores = new Map()
    this.#scorer.reset(budget)
    this.#similar.reset(budget)
  }

  /** Makes the tables what they are between uses, after an exception somewhere among these. */
  restore(): void {
    this.#scorer.restore()
    this.#similar.restore()
    this.#titles.restore()
    this.#accumulator.restore()
  }

  /** What a word gives to articles: of a query once. */
  scoresOf(word: ResolvedWord): WordScores {
    let scores = this.#scores.get(word)
    if (scores === undefined) {
      scores = this.#scorer.scores(word)
      this.#scores.set(word, scores)
    }
    return scores
  }

  /** The articles that have all of a word. */
  docsWith(word: ResolvedWord): Uint32Array {
    const { docIds, shares } = this.scoresOf(word)
    return shares === null ? docIds : docIds.filter((_, i) => (shares[i] as number) > 1 - ROUNDING)
  }

  /**
   * Where the budget is used up, the words that tell least are left out.
   * @param allowed by docId 1 for those that may be hits; null for all
   */
  async score(words: readonly ResolvedWord[], plan: RetrievalPlan, allowed: DocSet | null): Promise<Scored> {
    const { size } = this.#index.documents
    const accumulator = this.#accumulator
    accumulator.reset(size, allowed)
    const byTitle =
      plan.titleWords.length === 0 ? [] : this.#titles.of(plan.titleWords, plan.titleCandidates, allowed, this.#budget)
    accumulator.open(byTitle)
    const scored = await this.#scoreAll(words, plan)
    // words that nothing was read of cannot be asked of a hit
    const threshold = this.#threshold(plan, scored.length < words.length ? scored.map(({ word }) => word) : words)
    const hits = threshold > 0 ? accumulator.markHits(threshold, new Set(byTitle)) : accumulator.markAllowed(size)
    const { totals, state } = accumulator
    for (const one of scored) {
      if (this.#budget.isHolding) await this.#budget.giveWay()
      one.bettered = this.#similar.add(one.word, one.scores, state, totals, plan.explain)
    }
    return {
      hits,
      byTitle,
      totals,
      isHit: (docId) => state[docId] === HIT,
      lackedBy: (docId) =>
        scored
          .flatMap(({ at, scores, word }) => (word.isConstrained || hasWhole(scores, docId) ? [] : [at]))
          .sort((a, b) => a - b),
      sharesOf: (docIds) => this.#sharesOf(docIds, scored, words.length),
    }
  }

  /**
   * Scores words by descending weight. Once the remaining words together weigh less than the threshold, an article without a match can
   * no longer become a hit, so the long posting lists are read only for articles that have matched something: nothing is lost.
   */
  async #scoreAll(words: readonly ResolvedWord[], plan: RetrievalPlan): Promise<ScoredWord[]> {
    const budget = this.#budget
    const accumulator = this.#accumulator
    const descending = words
      .map((word, at) => ({ word, at, weight: carriedWeight(word) }))
      .sort((a, b) => b.weight - a.weight || (a.word.word.term < b.word.word.term ? -1 : 1))
    let left = descending.reduce((sum, { weight }) => sum + weight, 0)
    let isClosed = false
    const scored: ScoredWord[] = []
    for (const { word, at, weight } of descending) {
      if (budget.isHolding) await budget.giveWay()
      if (scored.length >= SCORED_MIN && budget.isSpent(SHARE.scores)) {
        budget.cut('words')
        break
      }
      const scores = this.scoresOf(word)
      budget.spend(COST.posting * scores.docIds.length)
      accumulator.add(scores, word.count, weight, isClosed)
      scored.push({ word, at, scores, bettered: null })
      // sums of the same weights differ in the last digit: less than nothing would close the list to words of operators
      left = Math.max(0, left - weight)
      if (!isClosed && scored.length < descending.length && left < this.#threshold(plan, words) * (1 - ROUNDING)) {
        isClosed = true
        this.#restrict(descending.slice(scored.length), plan)
      }
    }
    return scored
  }

  /** Lets what is read from now on be read for articles that have matched something alone. */
  #restrict(left: readonly { readonly word: ResolvedWord }[], { pinned }: RetrievalPlan): void {
    // of a pinned article that has matched nothing so far it is told which words it lacks
    if (pinned.length > 0) return
    // prefix terms rank below the least of all articles that have the word itself
    for (const { word } of left) if (word.prefixTerms.length > 0) this.#frequencies.word(word)
    this.#frequencies.terms.restrictTo(this.#accumulator.state)
  }

  /** The least weight of matched words that makes an article a hit; before all words are scored, what it will be at least. */
  #threshold({ hitRule, constraint }: RetrievalPlan, words: readonly ResolvedWord[]): number {
    return minimumWeight(hitRule, words, constraint !== null, (n) => {
      this.#budget.spend(COST.document * this.#accumulator.count)
      return this.#accumulator.nthWeight(n)
    })
  }

  /** What was added to the totals of some hits, word by word. */
  #sharesOf(docIds: readonly number[], scored: readonly ScoredWord[], words: number): number[][] {
    if (docIds.length === 0) return []
    const rows = new Map(docIds.map((docId) => [docId, new Array<number>(words).fill(0)]))
    for (const { at, word, scores, bettered } of scored) {
      for (const { docIds: matched, scores: given } of bettered === null ? [scores] : [scores, bettered]) {
        this.#budget.spend(COST.posting * matched.length)
        for (let i = 0; i < matched.length; i++) {
          const row = rows.get(matched[i] as number)
          if (row !== undefined) row[at] = word.count * (given[i] as number)
        }
      }
    }
    return docIds.map((docId) => rows.get(docId) as number[])
  }
}

/** Whether an article has a word, by all its parts at least. */
function hasWhole({ docIds, shares }: WordScores, docId: number): boolean {
  const at = docIds.indexOf(docId)
  return at >= 0 && (shares === null || (shares[at] as number) > 1 - ROUNDING)
}
