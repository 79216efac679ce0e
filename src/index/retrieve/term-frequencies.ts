import type { Word } from '../../analysis/word/word.ts'
import type { QueryWord } from '../../search/query/words.ts'
import { inverseDocumentFrequency, saturation } from '../../search/ranking/bm25.ts'
import { WEIGHTS } from '../../search/ranking/weights.ts'
import { COST, WorkBudget } from '../../work-budget.ts'
import { Arena } from '../arrays/arena.ts'
import { ALIAS, EXTRA, PART, type TfBuckets, WHOLE } from '../segment/postings.ts'
import type { ArticleIndex } from '../segment/segment.ts'

/** Living articles that have a term, and its weighted frequency in each. Valid until the next query. */
export interface Frequencies {
  readonly docIds: Uint32Array
  readonly values: Float64Array
}

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

const NOBODY = new Uint32Array(0)
const NOTHING = new Float64Array(0)
const NONE: Frequencies = { docIds: NOBODY, values: NOTHING }
const NO_SUBWORDS: SubwordMatches = {
  docIds: NOBODY,
  weights: NOTHING,
  scores: NOTHING,
  complete: 0,
  partWeight: 1,
}

/** In `#counts`: the article has the whole word, its parts do not matter. */
const HAS_WHOLE = 255

/**
 * Looks terms up in the posting lists of one index; within a query each is read once, however many words it is part of. Takes
 * time in proportion to the posting lists, memory to what is found in them.
 */
export class TermFrequencyReader {
  /** What is found is kept here; others may keep there what they make of it. */
  readonly arena = new Arena()
  readonly #index: ArticleIndex
  #budget = new WorkBudget()
  #terms = new Map<string, Frequencies>()
  #words = new Map<Word, WordFrequencies>()
  /** Where only some articles matter, these have a 1. */
  #among: Uint8Array | null = null
  // one number an article, all zero between uses: an array for each term would be most of a search's time
  #sums = new Float64Array(0)
  #scores = new Float64Array(0)
  #weights = new Float64Array(0)
  #counts = new Uint8Array(0)
  #touched = new Uint32Array(0)
  #touchedByParts = new Uint32Array(0)

  constructor(index: ArticleIndex) {
    this.#index = index
  }

  /** Forgets the query before: the index may have changed since. */
  begin(budget: WorkBudget): void {
    this.#budget = budget
    this.#terms = new Map()
    this.#words = new Map()
    this.#among = null
    this.arena.reset()
    const { size } = this.#index.documents
    if (this.#sums.length >= size) return
    const capacity = Math.ceil(size * 1.25)
    this.#sums = new Float64Array(capacity)
    this.#scores = new Float64Array(capacity)
    this.#weights = new Float64Array(capacity)
    this.#counts = new Uint8Array(capacity)
    this.#touched = new Uint32Array(capacity)
    this.#touchedByParts = new Uint32Array(capacity)
  }

  /** Makes the tables what they are between uses, after an exception somewhere among these. */
  restore(): void {
    for (const table of [this.#sums, this.#scores, this.#weights, this.#counts]) table.fill(0)
  }

  /** From now on until the query's end only articles with a 1 are found. */
  restrict(among: Uint8Array): void {
    this.#terms = new Map()
    this.#among = among
  }

  /** A term at every place. */
  frequencies(term: string): Frequencies {
    const known = this.#terms.get(term)
    if (known !== undefined) return known
    this.#budget.spend(COST.term)
    const { deletedDocs } = this.#index.documents
    const frequencies = this.#among === null ? this.#read(term, deletedDocs, 0) : this.#read(term, this.#among, 1)
    this.#terms.set(term, frequencies)
    return frequencies
  }

  /** A word of the query as a whole, and by its parts. */
  word({ word, alternatives }: QueryWord): WordFrequencies {
    const known = this.#words.get(word)
    if (known !== undefined) return known
    const whole = this.#together(word.term, alternatives)
    const found = { whole, subwords: word.parts.length > 0 ? this.#parts(word, whole) : NO_SUBWORDS }
    this.#words.set(word, found)
    return found
  }

  /** The frequencies of a term, and those of others that stand for it at the weight of a part. */
  #together(term: string, others: readonly string[]): Frequencies {
    let one = this.frequencies(term)
    for (const other of others) one = this.#sum(one, this.frequencies(other))
    return one
  }

  /**
   * The articles that have the parts of a word. A compound is had with all its parts or not at all; of a word with hyphens each
   * part may stand for itself.
   * @param whole the articles that have the word itself
   */
  #parts(word: Word, whole: Frequencies): SubwordMatches {
    const each = word.key.includes('-')
    const { liveCount } = this.#index.documents
    const norms = this.#index.documents.norms()
    const [scores, weights, counts] = [this.#scores, this.#weights, this.#counts]
    for (let i = 0; i < whole.docIds.length; i++) counts[whole.docIds[i] as number] = HAS_WHOLE
    const touched = this.#touchedByParts
    let touchedCount = 0
    let partWeight = 0
    for (const [before, { term, documents }] of this.#rarestFirst(word.parts).entries()) {
      const weight = inverseDocumentFrequency(documents, liveCount)
      partWeight += weight
      // where all are wanted, only what has the parts so far is looked for in the next
      const { docIds, values } = each || before === 0 ? this.frequencies(term) : this.#read(term, counts, before)
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
      docIds: this.arena.integers(touchedCount),
      weights: this.arena.numbers(touchedCount),
      scores: this.arena.numbers(touchedCount),
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

  #sum(one: Frequencies, other: Frequencies): Frequencies {
    const sums = this.#sums
    const touched = this.#touched
    let count = one.docIds.length
    touched.set(one.docIds)
    for (let i = 0; i < count; i++) sums[one.docIds[i] as number] = one.values[i] as number
    for (let i = 0; i < other.docIds.length; i++) {
      const docId = other.docIds[i] as number
      if (sums[docId] === 0) touched[count++] = docId
      sums[docId] = (sums[docId] as number) + WEIGHTS.part * (other.values[i] as number)
    }
    return this.#take(count)
  }

  /** @param table where it is `wanted`, an article counts */
  #read(term: string, table: Uint8Array, wanted: number): Frequencies {
    const { postings, vocabulary } = this.#index
    if (vocabulary.documentFrequency(term) === 0) return NONE
    let count = 0
    count = this.#addBuckets(postings.tfBuckets(term, WHOLE), 1, table, wanted, count)
    count = this.#addBuckets(postings.tfBuckets(term, PART), WEIGHTS.part, table, wanted, count)
    count = this.#addBuckets(postings.tfBuckets(term, EXTRA), WEIGHTS.extra, table, wanted, count)
    count = this.#addBuckets(postings.tfBuckets(term, ALIAS), 1, table, wanted, count)
    return this.#take(count)
  }

  /** The first so many of the touched docIds and their sums, which are zero again then. */
  #take(count: number): Frequencies {
    const sums = this.#sums
    const touched = this.#touched
    const docIds = this.arena.integers(count)
    const values = this.arena.numbers(count)
    for (let i = 0; i < count; i++) {
      const docId = touched[i] as number
      docIds[i] = docId
      values[i] = sums[docId] as number
      sums[docId] = 0
    }
    return { docIds, values }
  }

  #addBuckets(tfBuckets: TfBuckets, weight: number, table: Uint8Array, wanted: number, from: number): number {
    const sums = this.#sums
    const touched = this.#touched
    let count = from
    for (let slot = 0; slot < tfBuckets.length; slot++) {
      const docIds = tfBuckets[slot]
      if (docIds === undefined) continue
      this.#budget.spend(COST.posting * docIds.length)
      const frequency = (slot + 1) * weight
      for (let i = 0; i < docIds.length; i++) {
        const docId = docIds[i] as number
        if (table[docId] !== wanted) continue
        const before = sums[docId] as number
        if (before === 0) touched[count++] = docId
        sums[docId] = before + frequency
      }
    }
    return count
  }
}
