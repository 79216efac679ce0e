import type { Expansion, ResolvedWord } from '../../search/query/resolved-query.ts'
import { saturation } from '../../search/ranking/bm25.ts'
import { WEIGHTS } from '../../search/ranking/weights.ts'
import { SHARE, WorkBudget } from '../../work-budget.ts'
import type { PhraseMatcher } from '../match/phrase-matcher.ts'
import type { ArticleIndex } from '../segment/segment.ts'
import type { WordScores } from './score-accumulator.ts'
import type { Frequencies, TermFrequencyReader } from './term-frequencies.ts'
import type { SubwordMatches, WordFrequencyReader } from './word-frequencies.ts'

/** What stands for a word, looked up. */
interface ExpansionFrequencies {
  readonly weight: number
  readonly found: Frequencies
}

/** Scores of articles, each once. */
interface Scores {
  readonly docIds: Uint32Array
  readonly scores: Float64Array
}

const NO_SCORES: Scores = { docIds: new Uint32Array(0), scores: new Float64Array(0) }

/**
 * Scores one word of a query after another by BM25: the word itself and what was meant by it as it stands, prefix terms and articles
 * that only have its parts below that. What it gives is valid until the next query.
 */
export class WordScorer {
  readonly #index: ArticleIndex
  readonly #words: WordFrequencyReader
  readonly #terms: TermFrequencyReader
  readonly #phrases: PhraseMatcher
  #budget = new WorkBudget()
  /** What one word gives, by docId; all zero between words. */
  #best = new Float64Array(0)

  constructor(index: ArticleIndex, words: WordFrequencyReader, phrases: PhraseMatcher) {
    this.#index = index
    this.#words = words
    this.#terms = words.terms
    this.#phrases = phrases
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

  /** Words that look like the query's are not among what stands for it where anything else is: see `SimilarScorer`. */
  scores(word: ResolvedWord): WordScores {
    const { termWeight, meant, prefixTerms, phrases } = word
    const { whole, subwords } = this.#words.word(word)
    const own = this.#ownScores(whole, termWeight)
    const { least } = own
    const expansions = this.#read(meant).concat(this.#readPhrases(phrases))
    const known = expansions.length === 0 ? own : this.#withExpansions(own, expansions, termWeight)
    const all = prefixTerms.length === 0 ? known : this.#withPrefixTerms(known, prefixTerms, termWeight, least)
    // field by field: copies by spread have hidden classes of their own, and these are read in the innermost loops
    return subwords.docIds.length === 0
      ? { docIds: all.docIds, scores: all.scores, shares: null }
      : this.#withSubwords(all, subwords, termWeight, least)
  }

  #ownScores({ docIds, values }: Frequencies, termWeight: number): Scores & { readonly least: number } {
    const norms = this.#index.documents.norms()
    const scores = this.#terms.arena.numbers(docIds.length)
    let least = Number.POSITIVE_INFINITY
    for (let i = 0; i < docIds.length; i++) {
      const score = termWeight * saturation(values[i] as number, norms[docIds[i] as number] as number)
      if (score < least) least = score
      scores[i] = score
    }
    return { docIds, scores, least }
  }

  #read(expansions: readonly Expansion[]): ExpansionFrequencies[] {
    const readings: ExpansionFrequencies[] = []
    for (const { term, weight } of expansions) {
      if (this.#budget.isSpent(SHARE.scores)) {
        this.#budget.cut('expansions')
        break
      }
      readings.push({ weight, found: this.#terms.frequencies(term) })
    }
    return readings
  }

  /** Names of several words that mean the same; each counts once in an article. */
  #readPhrases(phrases: ResolvedWord['phrases']): ExpansionFrequencies[] {
    return phrases.map((phrase) => {
      const articles = this.#phrases.articles(phrase, null)
      const found = { docIds: Uint32Array.from(articles.keys()), values: new Float64Array(articles.size).fill(1) }
      return { weight: WEIGHTS.synonym, found }
    })
  }

  /** Adds articles that have what stands for a word, and betters the scores of those that are there by it. */
  #withExpansions(own: Scores, readings: readonly ExpansionFrequencies[], termWeight: number): Scores {
    const norms = this.#index.documents.norms()
    const { arena } = this.#terms
    const best = this.#best
    const docIds = arena.integers(readings.reduce((sum, { found }) => sum + found.docIds.length, own.docIds.length))
    let count = own.docIds.length
    docIds.set(own.docIds)
    for (let i = 0; i < count; i++) best[own.docIds[i] as number] = own.scores[i] as number
    for (const { weight, found } of readings) {
      for (let i = 0; i < found.docIds.length; i++) {
        const docId = found.docIds[i] as number
        const before = best[docId] as number
        if (before === 0) docIds[count++] = docId
        const score = weight * termWeight * saturation(found.values[i] as number, norms[docId] as number)
        if (score > before) best[docId] = score
      }
    }
    const scores = arena.numbers(count)
    for (let i = 0; i < count; i++) {
      const docId = docIds[i] as number
      scores[i] = best[docId] as number
      best[docId] = 0
    }
    return { docIds: docIds.subarray(0, count), scores }
  }

  /**
   * Adds articles that only have words that begin with it, below all that have the word itself.
   * @param least the lowest score of an article that has the whole word
   */
  #withPrefixTerms(known: Scores, prefixTerms: readonly Expansion[], termWeight: number, least: number): Scores {
    const { docIds, scores } = this.#withExpansions(NO_SCORES, this.#read(prefixTerms), termWeight)
    const { arena } = this.#terms
    const all = arena.integers(known.docIds.length + docIds.length)
    const allScores = arena.numbers(all.length)
    all.set(known.docIds)
    allScores.set(known.scores)
    let count = known.docIds.length
    this.#mark(known.docIds, 1)
    for (let i = 0; i < docIds.length; i++) {
      if (this.#best[docIds[i] as number] !== 0) continue
      all[count] = docIds[i] as number
      allScores[count] = below(least, scores[i] as number)
      count += 1
    }
    this.#mark(known.docIds, 0)
    return { docIds: all.subarray(0, count), scores: allScores.subarray(0, count) }
  }

  /** Adds the articles that have only parts of a word, below all that have the word itself. */
  #withSubwords(whole: Scores, subwords: SubwordMatches, termWeight: number, least: number): WordScores {
    const { arena } = this.#terms
    const scale = WEIGHTS.scattered * Math.min(1, termWeight / subwords.partWeight)
    let count = whole.docIds.length
    const docIds = arena.integers(count + subwords.docIds.length)
    const scores = arena.numbers(docIds.length)
    const shares = arena.numbers(docIds.length)
    docIds.set(whole.docIds)
    scores.set(whole.scores)
    shares.fill(1, 0, count)
    this.#mark(whole.docIds, 1)
    for (let i = 0; i < subwords.docIds.length; i++) {
      const docId = subwords.docIds[i] as number
      if (this.#best[docId] !== 0) continue
      docIds[count] = docId
      scores[count] = below(least, scale * (subwords.scores[i] as number))
      shares[count] = (subwords.weights[i] as number) / subwords.partWeight
      count += 1
    }
    this.#mark(whole.docIds, 0)
    return {
      docIds: docIds.subarray(0, count),
      scores: scores.subarray(0, count),
      shares: shares.subarray(0, count),
    }
  }

  #mark(docIds: Uint32Array, value: 0 | 1): void {
    const best = this.#best
    for (let i = 0; i < docIds.length; i++) best[docIds[i] as number] = value
  }
}

/** A score that keeps below `ceiling`: the same up to half of it, then nearing it ever more slowly. */
function below(ceiling: number, score: number): number {
  return score <= ceiling / 2 ? score : ceiling - (ceiling * ceiling) / (4 * score)
}
