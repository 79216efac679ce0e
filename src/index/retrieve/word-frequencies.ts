import type { Word } from '../../analysis/word/word.ts'
import type { QueryWord } from '../../search/query/words.ts'
import { inverseDocumentFrequency, saturation } from '../../search/ranking/bm25.ts'
import type { WorkBudget } from '../../work-budget.ts'
import type { ArticleIndex } from '../segment/segment.ts'
import { type Frequencies, TermFrequencyReader } from './term-frequencies.ts'

/** Living articles that lack a compound as a whole but have its parts. Valid until the next query. */
export interface SubwordMatches {
  readonly docIds: Uint32Array
  /** For each the sum of the found parts' weights, and of their scores. */
  readonly weights: Float64Array
  readonly scores: Float64Array
  /** How many of these have every part. */
  readonly complete: number
  /** The sum of all parts' weights. */
  readonly partWeight: number
}

/** The articles that have a word, and those that only have its parts. */
export interface WordFrequencies {
  readonly whole: Frequencies
  readonly subwords: SubwordMatches
}

const NO_SUBWORDS: SubwordMatches = {
  docIds: new Uint32Array(0),
  weights: new Float64Array(0),
  scores: new Float64Array(0),
  complete: 0,
  partWeight: 1,
}

/** In `#counts`: the article has the whole word, its parts do not matter. */
const HAS_WHOLE = 255

/**
 * Finds the articles that have a word of the query, and those that only have its parts; within a query each word once. Takes time in
 * proportion to the posting lists of its terms.
 */
export class WordFrequencyReader {
  /** What it looks terms up in. */
  readonly terms: TermFrequencyReader
  readonly #index: ArticleIndex
  #words = new Map<Word, WordFrequencies>()
  // one number an article, all zero between uses
  #scores = new Float64Array(0)
  #weights = new Float64Array(0)
  #counts = new Uint8Array(0)
  #touched = new Uint32Array(0)

  constructor(index: ArticleIndex) {
    this.#index = index
    this.terms = new TermFrequencyReader(index)
  }

  /** Forgets the query before: the index may have changed since. */
  reset(budget: WorkBudget): void {
    this.terms.reset(budget)
    this.#words = new Map()
    const { size } = this.#index.documents
    if (this.#scores.length >= size) return
    const capacity = Math.ceil(size * 1.25)
    this.#scores = new Float64Array(capacity)
    this.#weights = new Float64Array(capacity)
    this.#counts = new Uint8Array(capacity)
    this.#touched = new Uint32Array(capacity)
  }

  /** Makes the tables what they are between uses, after an exception somewhere among these. */
  restore(): void {
    this.terms.restore()
    for (const table of [this.#scores, this.#weights, this.#counts]) table.fill(0)
  }

  /** A word of the query as a whole, and by its parts. */
  word({ word, alternatives }: QueryWord): WordFrequencies {
    const known = this.#words.get(word)
    if (known !== undefined) return known
    const whole = this.terms.withAlternatives(word.term, alternatives)
    const found = { whole, subwords: word.parts.length > 0 ? this.#parts(word, whole) : NO_SUBWORDS }
    this.#words.set(word, found)
    return found
  }

  /**
   * The articles that have the parts of a word. A compound is had with all its parts or not at all; of a word with hyphens each
   * part may stand for itself.
   * @param whole the articles that have the word itself
   */
  #parts(word: Word, whole: Frequencies): SubwordMatches {
    const { terms } = this
    const each = word.key.includes('-')
    const { liveCount } = this.#index.documents
    const norms = this.#index.documents.norms()
    const [scores, weights, counts] = [this.#scores, this.#weights, this.#counts]
    for (let i = 0; i < whole.docIds.length; i++) counts[whole.docIds[i] as number] = HAS_WHOLE
    const touched = this.#touched
    let touchedCount = 0
    let partWeight = 0
    for (const [before, { term, documents }] of this.#rarestFirst(word.parts).entries()) {
      const weight = inverseDocumentFrequency(documents, liveCount)
      partWeight += weight
      // where all are wanted, only what has the parts so far is looked for in the next
      const { docIds, values } = each || before === 0 ? terms.frequencies(term) : terms.read(term, counts, before)
      for (let i = 0; i < docIds.length; i++) {
        const docId = docIds[i] as number
        const count = counts[docId] as number
        if (count === HAS_WHOLE) continue
        if (count === 0) touched[touchedCount++] = docId
        counts[docId] = count + 1
        weights[docId] = (weights[docId] as number) + weight
        scores[docId] = (scores[docId] as number) + weight * saturation(values[i] as number, norms[docId] as number)
      }
    }
    const found = {
      docIds: terms.arena.integers(touchedCount),
      weights: terms.arena.numbers(touchedCount),
      scores: terms.arena.numbers(touchedCount),
    }
    let foundCount = 0
    let complete = 0
    for (let i = 0; i < touchedCount; i++) {
      const docId = touched[i] as number
      const isComplete = counts[docId] === word.parts.length
      if (isComplete) complete += 1
      if (isComplete || each) {
        found.docIds[foundCount] = docId
        found.weights[foundCount] = weights[docId] as number
        found.scores[foundCount] = scores[docId] as number
        foundCount += 1
      }
      counts[docId] = weights[docId] = scores[docId] = 0
    }
    for (let i = 0; i < whole.docIds.length; i++) counts[whole.docIds[i] as number] = 0
    return {
      docIds: found.docIds.subarray(0, foundCount),
      weights: found.weights,
      scores: found.scores,
      complete,
      partWeight,
    }
  }

  #rarestFirst(parts: Word['parts']): { term: string; documents: number }[] {
    const { vocabulary } = this.#index
    return parts
      .map(({ term }) => ({ term, documents: vocabulary.documentFrequency(term) }))
      .sort((a, b) => a.documents - b.documents)
  }
}
