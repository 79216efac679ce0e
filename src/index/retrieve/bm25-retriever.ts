import type { ExpandedWord, Expansion } from '../../search/engine/engine.ts'
import type { QueryPlan } from '../../search/query/plan.ts'
import { type QueryWord, wordsOf } from '../../search/query/words.ts'
import { inverseDocumentFrequency, saturation } from '../../search/ranking/bm25.ts'
import { WEIGHTS } from '../../search/ranking/weights.ts'
import { COST, SHARE, WorkBudget } from '../../work-budget.ts'
import type { DocSet } from '../docset/filter-docs.ts'
import type { QueryExpander } from '../expand/query-expander.ts'
import type { PhraseMatcher } from '../match/phrase-matcher.ts'
import { WHOLE } from '../segment/postings.ts'
import type { ArticleIndex } from '../segment/segment.ts'
import type { ConstraintContext, WordDocs } from './constraints.ts'
import { ScoreAccumulator, type WordScores } from './score-accumulator.ts'
import { type Frequencies, NO_SUBWORDS, type SubwordMatches, TermFrequencyReader } from './term-frequencies.ts'

/** Hits must carry this share of the query's weight, as long as enough articles do. */
const WEIGHT_SHARE = 0.5
/** Where fewer articles carry that share, it falls until so many do: a page of hits. */
const HITS_WANTED = 20
/** So many words are scored whatever was spent before: those worth most. */
const SCORED_MIN = 4
/** Sums of the same weights may differ in the last digit by the order they were added in. */
const ROUNDING = 1e-9

/** What the first stage found. */
export interface RetrievalResult {
  /** The words of the query as the index reads them, in its order, and what each is worth. */
  readonly words: readonly ExpandedWord[]
  readonly termWeights: readonly number[]
  /** Their docIds, in no order. */
  readonly hits: Uint32Array
  /** By docId, of all hits; valid until the next search, as all that follows. */
  readonly totals: Float64Array
  /** The words that a hit does not have, or not whole, as indexes. Takes time in proportion to the articles that have them. */
  readonly lackedBy: (docId: number) => number[]
  /** For each of some hits what each word gave to it; in sum its total. Takes time like `lackedBy`, once for all of them. */
  readonly sharesOf: (docIds: readonly number[]) => number[][]
}

/** Tells who may be a hit at all, by what the words of the query are found in; null where everyone may. */
export type Restriction = (context: ConstraintContext) => Promise<DocSet | null>

export const UNRESTRICTED: Restriction = async () => null

/** A word as the index reads it. */
interface WeighedWord {
  readonly word: ExpandedWord
  /** Its place among the query's words. */
  readonly at: number
  /** Its inverse document frequency. */
  readonly termWeight: number
  /** Where counting its articles took reading their postings, what was read. */
  readonly read: { readonly whole: Frequencies; readonly subwords: SubwordMatches } | null
  /** The terms that count as the word itself. */
  readonly meant: readonly Expansion[]
  /** Those that begin with it. */
  readonly prefixTerms: readonly Expansion[]
  /** Who has the names of several words that mean the same. */
  readonly named: readonly ReadonlyMap<number, boolean>[]
  /** Whether some article has anything of it. */
  readonly isFound: boolean
}

interface ScoredWord extends WeighedWord {
  readonly scores: WordScores
}

/** What stands for a word, looked up. */
interface ExpansionFrequencies {
  readonly weight: number
  readonly found: Frequencies
}

/** Scores every article that has a word of the query by BM25 (bm25.ts), and tells which of them are hits. */
export class Bm25Retriever {
  readonly #index: ArticleIndex
  readonly #expansions: QueryExpander
  readonly #phrases: PhraseMatcher
  readonly #frequencies: TermFrequencyReader
  readonly #accumulator = new ScoreAccumulator()
  #budget = new WorkBudget()
  /** What one word gives, by docId; all zero between words. */
  #best = new Float64Array(0)

  constructor(index: ArticleIndex, expansions: QueryExpander, phrases: PhraseMatcher) {
    this.#index = index
    this.#expansions = expansions
    this.#phrases = phrases
    this.#frequencies = new TermFrequencyReader(index)
  }

  /** Makes the tables what they are between uses, after an exception somewhere among these. */
  restore(): void {
    this.#best.fill(0)
    this.#frequencies.restore()
    this.#accumulator.restore()
    this.#expansions.restore()
  }

  /** Where the budget is used up, the last words of the query, or those worth least, are left out. */
  async search(plan: QueryPlan, budget: WorkBudget, restriction: Restriction = UNRESTRICTED): Promise<RetrievalResult> {
    this.#begin(budget)
    const weighed = await this.#weighAll(plan)
    const early = new Map<WeighedWord, WordScores>()
    const allowed = await restriction({
      isWord: this.#isWord,
      having: (word) => this.#having(word, weighed, early, plan),
      articlesWith: (term) => this.#frequencies.frequencies(term).docIds,
    })
    const { size } = this.#index.documents
    this.#accumulator.begin(size, allowed)
    const scored = await this.#scoreAll(plan, weighed, early)
    // words that nothing was read of cannot be asked of a hit
    const threshold = this.#threshold(plan, scored.length < weighed.length ? scored : weighed)
    const hits = threshold > 0 ? this.#accumulator.markHits(threshold) : this.#accumulator.markAllowed(size)
    for (const one of scored) {
      if (budget.isHolding) await budget.giveWay()
      this.#addNeighbours(one)
    }
    return {
      words: weighed.map(({ word }) => word),
      termWeights: weighed.map(({ termWeight }) => termWeight),
      hits,
      totals: this.#accumulator.totals,
      lackedBy: (docId) =>
        scored
          .flatMap(({ at, scores, word }) => (word.isConstrained || hasWhole(scores, docId) ? [] : [at]))
          .sort((a, b) => a - b),
      sharesOf: (docIds) => this.#sharesOf(docIds, scored, weighed.length),
    }
  }

  async #weighAll(plan: QueryPlan): Promise<WeighedWord[]> {
    const budget = this.#budget
    const words = wordsOf(plan.tokens, this.#isWord)
    const weighed: WeighedWord[] = []
    for (const word of words) {
      if (budget.isHolding) await budget.giveWay()
      if (weighed.length > 0 && budget.isSpent(SHARE.words)) {
        budget.cut('words')
        break
      }
      weighed.push(this.#weigh(word, weighed.length, words.length === 1, plan.hasCaseSignal))
    }
    return weighed
  }

  /** The articles that have all of a word, be it one that is scored anyway or not. */
  #having(
    queryWord: QueryWord,
    weighed: readonly WeighedWord[],
    early: Map<WeighedWord, WordScores>,
    plan: QueryPlan,
  ): WordDocs {
    const isSame = ({ word }: WeighedWord): boolean =>
      word.word.term === queryWord.word.term && (word.prefix === 'asked') === (queryWord.prefix === 'asked')
    const one = weighed.find(isSame) ?? this.#weigh(queryWord, weighed.length, false, plan.hasCaseSignal)
    const scores = early.get(one) ?? this.#wordScores(one)
    early.set(one, scores)
    const { docIds, shares } = scores
    const whole = shares === null ? docIds : docIds.filter((_, i) => (shares[i] as number) > 1 - ROUNDING)
    return { word: one.word, docIds: whole }
  }

  #begin(budget: WorkBudget): void {
    const { size } = this.#index.documents
    this.#budget = budget
    this.#expansions.begin(budget)
    this.#frequencies.begin(budget)
    if (this.#best.length < size) this.#best = new Float64Array(Math.ceil(size * 1.25))
  }

  /** Whether a living article has a word with this term, not only words that are it together. */
  readonly #isWord = (term: string): boolean => {
    const { postings, documents } = this.#index
    return postings.tfBuckets(term, WHOLE).some((list) => list?.some((docId) => documents.deletedDocs[docId] === 0))
  }

  /** Tells what a word is worth, and what stands for it. */
  #weigh(queryWord: QueryWord, at: number, isAlone: boolean, hasCaseSignal: boolean): WeighedWord {
    const { documents, vocabulary } = this.#index
    const { word, alternatives } = queryWord
    const isPlain = word.parts.length === 0 && alternatives.length === 0
    const read = isPlain ? null : this.#readWhole(queryWord)
    const known =
      read === null ? vocabulary.documentFrequency(word.term) : read.whole.docIds.length + read.subwords.complete
    const expansions = this.#expansions.of(queryWord, known, isAlone)
    const phrases = queryWord.synonyms.filter((phrase) => phrase.length > 1)
    const named = phrases.map((phrase) => this.#phrases.articles(phrase, null))
    const inPhrases = named.reduce((most, { size }) => Math.max(most, size), 0)
    const others = expansions.filter(({ kind }) => kind !== 'similar')
    // a word that no article has counts as what was meant by it, or else as what looks like it
    const isMeant = known > 0 || others.length > 0 || inPhrases > 0
    const meant = isMeant ? others.filter(({ kind }) => kind !== 'prefix') : expansions
    const prefixTerms = expansions.filter(({ kind }) => kind === 'prefix')
    const frequencies = [...meant, ...prefixTerms].map(({ documents: having }) => having)
    const factor = queryWord.noun && hasCaseSignal ? 1 + WEIGHTS.nouns : 1
    return {
      word: { ...queryWord, expansions, phrases },
      at,
      termWeight:
        factor * inverseDocumentFrequency(known > 0 ? known : Math.max(inPhrases, ...frequencies), documents.liveCount),
      read,
      meant,
      prefixTerms,
      named,
      isFound: isMeant || expansions.length > 0 || (read?.subwords.docIds.length ?? 0) > 0,
    }
  }

  #readWhole(queryWord: QueryWord): { whole: Frequencies; subwords: SubwordMatches } {
    const { word, alternatives } = queryWord
    const whole = this.#frequencies.together(word.term, alternatives)
    return { whole, subwords: word.parts.length > 0 ? this.#frequencies.parts(queryWord, whole) : NO_SUBWORDS }
  }

  /**
   * Scores the words, those that are worth most first. Once all that are left carry less than a hit must, whoever has nothing yet
   * can be none: the postings of the frequent words are then only read for those that have something.
   */
  async #scoreAll(
    plan: QueryPlan,
    weighed: readonly WeighedWord[],
    early: ReadonlyMap<WeighedWord, WordScores>,
  ): Promise<ScoredWord[]> {
    const budget = this.#budget
    const accumulator = this.#accumulator
    const weightOf = ({ word, termWeight }: WeighedWord): number => (word.isConstrained ? 0 : word.count * termWeight)
    const descending = weighed.toSorted(
      (a, b) => weightOf(b) - weightOf(a) || (a.word.word.term < b.word.word.term ? -1 : 1),
    )
    let left = descending.reduce((sum, one) => sum + weightOf(one), 0)
    let isClosed = false
    const scored: ScoredWord[] = []
    for (const one of descending) {
      if (budget.isHolding) await budget.giveWay()
      if (scored.length >= SCORED_MIN && budget.isSpent(SHARE.scores)) {
        budget.cut('words')
        break
      }
      const scores = early.get(one) ?? this.#wordScores(one)
      budget.spend(COST.posting * scores.docIds.length)
      accumulator.add(scores, one.word.count, weightOf(one), isClosed)
      scored.push({ ...one, scores })
      left -= weightOf(one)
      if (!isClosed && scored.length < descending.length && left < this.#threshold(plan, weighed) * (1 - ROUNDING)) {
        isClosed = true
        this.#frequencies.restrict(accumulator.has)
      }
    }
    return scored
  }

  /** The least weight of found words that makes an article a hit; before all words are scored, what it will be at least. */
  #threshold(plan: QueryPlan, weighed: readonly WeighedWord[]): number {
    const isAll = plan.matchingStrategy === 'all'
    const free = weighed.filter(({ word }) => !word.isConstrained)
    // whoever is as the operators demand is a hit, unless there are enough who have the other words as well
    const isDemanded = plan.constraint !== null && (free.length === 0 || free.length < weighed.length)
    if (free.length === 0) return isDemanded ? 0 : Number.POSITIVE_INFINITY
    // nobody can have a word that no article has
    const counted = isAll ? free : free.filter(({ isFound }) => isFound)
    const total = counted.reduce((sum, { word, termWeight }) => sum + word.count * termWeight, 0)
    if (isAll) return total * (1 - ROUNDING)
    const share = total * WEIGHT_SHARE * (1 - ROUNDING)
    this.#budget.spend(COST.document * this.#accumulator.count)
    const nth = this.#accumulator.carriedByNth(HITS_WANTED) * (1 - ROUNDING)
    // whoever has nothing of the query is no hit
    return Math.max(isDemanded ? 0 : Number.MIN_VALUE, Math.min(share, nth))
  }

  #wordScores({ word, termWeight, read, meant, prefixTerms, named }: WeighedWord): WordScores {
    const norms = this.#index.documents.norms()
    const { docIds, values } = read?.whole ?? this.#frequencies.frequencies(word.word.term)
    const scores = this.#frequencies.arena.numbers(docIds.length)
    let least = Number.POSITIVE_INFINITY
    for (let i = 0; i < docIds.length; i++) {
      const score = termWeight * saturation(values[i] as number, norms[docIds[i] as number] as number)
      if (score < least) least = score
      scores[i] = score
    }
    const expansionPostings = this.#readExpansions(meant, named)
    const known =
      expansionPostings.length === 0
        ? { docIds, scores }
        : this.#withExpansions(docIds, scores, expansionPostings, termWeight)
    const whole = prefixTerms.length === 0 ? known : this.#withPrefixTerms(known, prefixTerms, termWeight, least)
    const subwords = read?.subwords ?? NO_SUBWORDS
    return subwords.docIds.length === 0
      ? { ...whole, shares: null }
      : this.#withSubwords(whole, subwords, termWeight, least)
  }

  #readExpansions(
    expansions: readonly Expansion[],
    named: readonly ReadonlyMap<number, boolean>[],
  ): ExpansionFrequencies[] {
    const readings: ExpansionFrequencies[] = []
    for (const { term, weight } of expansions) {
      if (this.#budget.isSpent(SHARE.scores)) {
        this.#budget.cut('expansions')
        break
      }
      readings.push({ weight, found: this.#frequencies.frequencies(term) })
    }
    for (const articles of named) {
      const values = new Float64Array(articles.size).fill(1)
      readings.push({ weight: WEIGHTS.synonym, found: { docIds: Uint32Array.from(articles.keys()), values } })
    }
    return readings
  }

  /** Adds articles that only have words that begin with it, below all that have the word itself. */
  #withPrefixTerms(
    known: { docIds: Uint32Array; scores: Float64Array },
    prefixTerms: readonly Expansion[],
    termWeight: number,
    least: number,
  ): { docIds: Uint32Array; scores: Float64Array } {
    const best = this.#best
    const { docIds, scores } = this.#withExpansions(
      new Uint32Array(0),
      new Float64Array(0),
      this.#readExpansions(prefixTerms, []),
      termWeight,
    )
    const { arena } = this.#frequencies
    const all = arena.integers(known.docIds.length + docIds.length)
    const allScores = arena.numbers(all.length)
    all.set(known.docIds)
    allScores.set(known.scores)
    let count = known.docIds.length
    for (let i = 0; i < count; i++) best[known.docIds[i] as number] = 1
    for (let i = 0; i < docIds.length; i++) {
      if (best[docIds[i] as number] !== 0) continue
      all[count] = docIds[i] as number
      allScores[count] = below(least, scores[i] as number)
      count += 1
    }
    for (let i = 0; i < known.docIds.length; i++) best[known.docIds[i] as number] = 0
    return { docIds: all.subarray(0, count), scores: allScores.subarray(0, count) }
  }

  /** Adds articles that have what stands for a word, and betters the scores of those that are there by it. */
  #withExpansions(
    whole: Uint32Array,
    scores: Float64Array,
    readings: readonly ExpansionFrequencies[],
    termWeight: number,
  ): { docIds: Uint32Array; scores: Float64Array } {
    const norms = this.#index.documents.norms()
    const { arena } = this.#frequencies
    const best = this.#best
    const docIds = arena.integers(readings.reduce((sum, { found }) => sum + found.docIds.length, whole.length))
    let count = whole.length
    docIds.set(whole)
    for (let i = 0; i < count; i++) best[whole[i] as number] = scores[i] as number
    for (const { weight, found } of readings) {
      for (let i = 0; i < found.docIds.length; i++) {
        const docId = found.docIds[i] as number
        const before = best[docId] as number
        if (before === 0) docIds[count++] = docId
        const score = weight * termWeight * saturation(found.values[i] as number, norms[docId] as number)
        if (score > before) best[docId] = score
      }
    }
    const bettered = arena.numbers(count)
    for (let i = 0; i < count; i++) {
      const docId = docIds[i] as number
      bettered[i] = best[docId] as number
      best[docId] = 0
    }
    return { docIds: docIds.subarray(0, count), scores: bettered }
  }

  /**
   * Adds the articles that have only parts of a word.
   * @param least the lowest score of an article that has the whole word
   */
  #withSubwords(
    whole: { docIds: Uint32Array; scores: Float64Array },
    subwords: SubwordMatches,
    termWeight: number,
    least: number,
  ): WordScores {
    const { arena } = this.#frequencies
    const best = this.#best
    const scale = WEIGHTS.scattered * Math.min(1, termWeight / subwords.partWeight)
    const known = whole.docIds.length
    const docIds = arena.integers(known + subwords.docIds.length)
    const scores = arena.numbers(docIds.length)
    const shares = arena.numbers(docIds.length)
    docIds.set(whole.docIds)
    scores.set(whole.scores)
    shares.fill(1, 0, known)
    for (let i = 0; i < known; i++) best[whole.docIds[i] as number] = 1
    let count = known
    for (let i = 0; i < subwords.docIds.length; i++) {
      const docId = subwords.docIds[i] as number
      // it has what stands for the word
      if (best[docId] !== 0) continue
      docIds[count] = docId
      scores[count] = below(least, scale * (subwords.scores[i] as number))
      shares[count] = (subwords.weights[i] as number) / subwords.partWeight
      count += 1
    }
    for (let i = 0; i < known; i++) best[whole.docIds[i] as number] = 0
    return {
      docIds: docIds.subarray(0, count),
      scores: scores.subarray(0, count),
      shares: shares.subarray(0, count),
    }
  }

  /** By hit and word what the word gave to it, neighbours included: one more pass over the postings of the words. */
  #sharesOf(docIds: readonly number[], scored: readonly ScoredWord[], words: number): number[][] {
    const norms = this.#index.documents.norms()
    const rows = new Map(docIds.map((docId) => [docId, new Array<number>(words).fill(0)]))
    for (const one of scored) {
      const { at, word, scores } = one
      for (let i = 0; i < scores.docIds.length; i++) {
        const row = rows.get(scores.docIds[i] as number)
        if (row !== undefined) row[at] = scores.scores[i] as number
      }
      this.#budget.spend(COST.posting * scores.docIds.length)
      this.#forEachNeighbour(one, (neighbours, strength, frequency) => {
        for (let i = 0; i < neighbours.length; i++) {
          const docId = neighbours[i] as number
          const row = rows.get(docId)
          if (row === undefined) continue
          row[at] = Math.max(row[at] as number, strength * saturation(frequency, norms[docId] as number))
        }
      })
      for (const row of rows.values()) row[at] = word.count * (row[at] as number)
    }
    return docIds.map((docId) => rows.get(docId) as number[])
  }

  /** Calls `visit` for each list of postings of the words that look like a query word, with what a full match would give. */
  #forEachNeighbour(
    { word, termWeight }: ScoredWord,
    visit: (docIds: readonly number[], strength: number, frequency: number) => void,
  ): void {
    const { postings, documents } = this.#index
    for (const { term, weight, kind, documents: having } of word.expansions) {
      if (kind !== 'similar') continue
      const strength = weight * Math.min(termWeight, inverseDocumentFrequency(having, documents.liveCount))
      const tfBuckets = postings.tfBuckets(term, WHOLE)
      this.#budget.spend(COST.knownTerm)
      for (let slot = 0; slot < tfBuckets.length; slot++) {
        const docIds = tfBuckets[slot]
        if (docIds === undefined) continue
        this.#budget.spend(COST.posting * docIds.length)
        visit(docIds, strength, slot + 1)
      }
    }
  }

  /** Adds to hits what words that look like a query word would give them, where that is more than the word itself does. */
  #addNeighbours(one: ScoredWord): void {
    if (this.#budget.isSpent(SHARE.scores)) {
      this.#budget.cut('expansions')
      return
    }
    const { word, scores } = one
    const norms = this.#index.documents.norms()
    const { has, totals } = this.#accumulator
    const best = this.#best
    for (let i = 0; i < scores.docIds.length; i++) best[scores.docIds[i] as number] = scores.scores[i] as number
    const touched: number[] = []
    this.#forEachNeighbour(one, (neighbours, strength, frequency) => {
      for (let i = 0; i < neighbours.length; i++) {
        const docId = neighbours[i] as number
        if (has[docId] !== 2) continue
        const score = strength * saturation(frequency, norms[docId] as number)
        const before = best[docId] as number
        if (score <= before) continue
        if (before === 0) touched.push(docId)
        totals[docId] = (totals[docId] as number) + word.count * (score - before)
        best[docId] = score
      }
    })
    for (let i = 0; i < scores.docIds.length; i++) best[scores.docIds[i] as number] = 0
    for (const docId of touched) best[docId] = 0
  }
}

/** Whether an article has a word, by all its parts at least. */
function hasWhole({ docIds, shares }: WordScores, docId: number): boolean {
  const at = docIds.indexOf(docId)
  return at >= 0 && (shares === null || (shares[at] as number) > 1 - ROUNDING)
}

/** A score that keeps below `ceiling`: the same up to half of it, then nearing it ever more slowly. */
function below(ceiling: number, score: number): number {
  return score <= ceiling / 2 ? score : ceiling - (ceiling * ceiling) / (4 * score)
}
