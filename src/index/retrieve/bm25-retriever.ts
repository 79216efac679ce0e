import type { LookedUpWord, Stand } from '../../search/engine/engine.ts'
import type { QueryPlan } from '../../search/query/plan.ts'
import { type QueryWord, wordsOf } from '../../search/query/words.ts'
import { inverseDocumentFrequency, saturation } from '../../search/ranking/bm25.ts'
import { WEIGHTS } from '../../search/ranking/weights.ts'
import { COST, SHARE, WorkBudget } from '../../work-budget.ts'
import type { Mask } from '../docset/filter-docs.ts'
import type { Stands } from '../expand/query-expander.ts'
import type { Phrases } from '../match/phrase-matcher.ts'
import { WHOLE } from '../segment/postings.ts'
import type { ArticleIndex } from '../segment/segment.ts'
import type { ConstraintContext, HavingWord } from './constraints.ts'
import { Tally, type WordScores } from './score-accumulator.ts'
import { type Frequencies, Lookup, NOT_SCATTERED, type Scattered } from './term-frequencies.ts'

/** Hits must carry this share of the query's weight, as long as enough articles do. */
const WEIGHT_SHARE = 0.5
/** Where fewer articles carry that share, it falls until so many do: a page of hits. */
const HITS_WANTED = 20
/** So many words are scored whatever was spent before: those worth most. */
const SCORED_MIN = 4
/** Sums of the same weights may differ in the last digit by the order they were added in. */
const ROUNDING = 1e-9

/** What the first stage found. */
export interface Found {
  /** The words of the query as the index reads them, in its order, and what each is worth. */
  readonly words: readonly LookedUpWord[]
  readonly worths: readonly number[]
  /** Their ordinals, in no order. */
  readonly hits: Uint32Array
  /** By ordinal, of all hits; valid until the next search, as all that follows. */
  readonly totals: Float64Array
  /** The words that a hit does not have, or not whole, as indexes. Takes time in proportion to the articles that have them. */
  readonly lackedBy: (ordinal: number) => number[]
  /** For each of some hits what each word gave to it; in sum its total. Takes time like `lackedBy`, once for all of them. */
  readonly sharesOf: (ordinals: readonly number[]) => number[][]
}

/** Tells who may be a hit at all, by what the words of the query are found in; null where everyone may. */
export type Restriction = (context: ConstraintContext) => Promise<Mask | null>

export const UNRESTRICTED: Restriction = async () => null

/** A word as the index reads it. */
interface WeighedWord {
  readonly word: LookedUpWord
  /** Its place among the query's words. */
  readonly at: number
  /** Its inverse document frequency. */
  readonly worth: number
  /** Where counting its articles took reading their postings, what was read. */
  readonly read: { readonly whole: Frequencies; readonly scattered: Scattered } | null
  /** The terms that count as the word itself. */
  readonly meant: readonly Stand[]
  /** Those that begin with it. */
  readonly completions: readonly Stand[]
  /** Who has the names of several words that mean the same. */
  readonly named: readonly ReadonlyMap<number, boolean>[]
  /** Whether some article has anything of it. */
  readonly isFound: boolean
}

interface ScoredWord extends WeighedWord {
  readonly scores: WordScores
}

/** What stands for a word, looked up. */
interface Standing {
  readonly weight: number
  readonly found: Frequencies
}

/** Scores every article that has a word of the query by BM25 (bm25.ts), and tells which of them are hits. */
export class FirstStage {
  readonly #index: ArticleIndex
  readonly #stands: Stands
  readonly #phrases: Phrases
  readonly #lookup: Lookup
  readonly #tally = new Tally()
  #budget = new WorkBudget()
  /** What one word gives, by ordinal; all zero between words. */
  #best = new Float64Array(0)

  constructor(index: ArticleIndex, stands: Stands, phrases: Phrases) {
    this.#index = index
    this.#stands = stands
    this.#phrases = phrases
    this.#lookup = new Lookup(index)
  }

  /** Makes the tables what they are between uses, after an exception somewhere among these. */
  restore(): void {
    this.#best.fill(0)
    this.#lookup.restore()
    this.#tally.restore()
    this.#stands.restore()
  }

  /** Where the budget is used up, the last words of the query, or those worth least, are left out. */
  async search(plan: QueryPlan, budget: WorkBudget, restriction: Restriction = UNRESTRICTED): Promise<Found> {
    this.#begin(budget)
    const weighed = await this.#weighAll(plan)
    const early = new Map<WeighedWord, WordScores>()
    const allowed = await restriction({
      isWord: this.#isWord,
      having: (word) => this.#having(word, weighed, early, plan),
      articlesWith: (term) => this.#lookup.frequencies(term).ordinals,
    })
    const { size } = this.#index.documents
    this.#tally.begin(size, allowed)
    const scored = await this.#scoreAll(plan, weighed, early)
    // words that nothing was read of cannot be asked of a hit
    const threshold = this.#threshold(plan, scored.length < weighed.length ? scored : weighed)
    const hits = threshold > 0 ? this.#tally.markHits(threshold) : this.#tally.markAllowed(size)
    for (const one of scored) {
      if (budget.isHolding) await budget.giveWay()
      this.#addNeighbours(one)
    }
    return {
      words: weighed.map(({ word }) => word),
      worths: weighed.map(({ worth }) => worth),
      hits,
      totals: this.#tally.totals,
      lackedBy: (ordinal) =>
        scored
          .flatMap(({ at, scores, word }) => (word.isBound || hasWhole(scores, ordinal) ? [] : [at]))
          .sort((a, b) => a - b),
      sharesOf: (ordinals) => this.#sharesOf(ordinals, scored, weighed.length),
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
      weighed.push(this.#weigh(word, weighed.length, words.length === 1, plan.tellsNouns))
    }
    return weighed
  }

  /** The articles that have all of a word, be it one that is scored anyway or not. */
  #having(
    queryWord: QueryWord,
    weighed: readonly WeighedWord[],
    early: Map<WeighedWord, WordScores>,
    plan: QueryPlan,
  ): HavingWord {
    const isSame = ({ word }: WeighedWord): boolean =>
      word.word.term === queryWord.word.term && (word.prefix === 'asked') === (queryWord.prefix === 'asked')
    const one = weighed.find(isSame) ?? this.#weigh(queryWord, weighed.length, false, plan.tellsNouns)
    const scores = early.get(one) ?? this.#wordScores(one)
    early.set(one, scores)
    const { ordinals, shares } = scores
    const whole = shares === null ? ordinals : ordinals.filter((_, i) => (shares[i] as number) > 1 - ROUNDING)
    return { word: one.word, ordinals: whole }
  }

  #begin(budget: WorkBudget): void {
    const { size } = this.#index.documents
    this.#budget = budget
    this.#stands.begin(budget)
    this.#lookup.begin(budget)
    if (this.#best.length < size) this.#best = new Float64Array(Math.ceil(size * 1.25))
  }

  /** Whether a living article has a word with this term, not only words that are it together. */
  readonly #isWord = (term: string): boolean => {
    const { postings, documents } = this.#index
    return postings.slots(term, WHOLE).some((list) => list?.some((ordinal) => documents.dead[ordinal] === 0))
  }

  /** Tells what a word is worth, and what stands for it. */
  #weigh(queryWord: QueryWord, at: number, isAlone: boolean, tellsNouns: boolean): WeighedWord {
    const { documents, vocabulary } = this.#index
    const { word, alternatives } = queryWord
    const isPlain = word.parts.length === 0 && alternatives.length === 0
    const read = isPlain ? null : this.#readWhole(queryWord)
    const known =
      read === null ? vocabulary.documentFrequency(word.term) : read.whole.ordinals.length + read.scattered.complete
    const stands = this.#stands.of(queryWord, known, isAlone)
    const phrases = queryWord.synonyms.filter((phrase) => phrase.length > 1)
    const named = phrases.map((phrase) => this.#phrases.articles(phrase, null))
    const inPhrases = named.reduce((most, { size }) => Math.max(most, size), 0)
    const others = stands.filter(({ kind }) => kind !== 'similar')
    // a word that no article has counts as what was meant by it, or else as what looks like it
    const isMeant = known > 0 || others.length > 0 || inPhrases > 0
    const meant = isMeant ? others.filter(({ kind }) => kind !== 'prefix') : stands
    const completions = stands.filter(({ kind }) => kind === 'prefix')
    const frequencies = [...meant, ...completions].map(({ documents: having }) => having)
    const factor = queryWord.noun && tellsNouns ? 1 + WEIGHTS.nouns : 1
    return {
      word: { ...queryWord, stands, phrases },
      at,
      worth:
        factor * inverseDocumentFrequency(known > 0 ? known : Math.max(inPhrases, ...frequencies), documents.living),
      read,
      meant,
      completions,
      named,
      isFound: isMeant || stands.length > 0 || (read?.scattered.ordinals.length ?? 0) > 0,
    }
  }

  #readWhole(queryWord: QueryWord): { whole: Frequencies; scattered: Scattered } {
    const { word, alternatives } = queryWord
    const whole = this.#lookup.together(word.term, alternatives)
    return { whole, scattered: word.parts.length > 0 ? this.#lookup.parts(queryWord, whole) : NOT_SCATTERED }
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
    const tally = this.#tally
    const weightOf = ({ word, worth }: WeighedWord): number => (word.isBound ? 0 : word.count * worth)
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
      budget.spend(COST.posting * scores.ordinals.length)
      tally.add(scores, one.word.count, weightOf(one), isClosed)
      scored.push({ ...one, scores })
      left -= weightOf(one)
      if (!isClosed && scored.length < descending.length && left < this.#threshold(plan, weighed) * (1 - ROUNDING)) {
        isClosed = true
        this.#lookup.restrict(tally.has)
      }
    }
    return scored
  }

  /** The least weight of found words that makes an article a hit; before all words are scored, what it will be at least. */
  #threshold(plan: QueryPlan, weighed: readonly WeighedWord[]): number {
    const isAll = plan.matchingStrategy === 'all'
    const free = weighed.filter(({ word }) => !word.isBound)
    // whoever is as the operators demand is a hit, unless there are enough who have the other words as well
    const isDemanded = plan.constraint !== null && (free.length === 0 || free.length < weighed.length)
    if (free.length === 0) return isDemanded ? 0 : Number.POSITIVE_INFINITY
    // nobody can have a word that no article has
    const counted = isAll ? free : free.filter(({ isFound }) => isFound)
    const total = counted.reduce((sum, { word, worth }) => sum + word.count * worth, 0)
    if (isAll) return total * (1 - ROUNDING)
    const share = total * WEIGHT_SHARE * (1 - ROUNDING)
    this.#budget.spend(COST.document * this.#tally.count)
    const nth = this.#tally.carriedByNth(HITS_WANTED) * (1 - ROUNDING)
    // whoever has nothing of the query is no hit
    return Math.max(isDemanded ? 0 : Number.MIN_VALUE, Math.min(share, nth))
  }

  #wordScores({ word, worth, read, meant, completions, named }: WeighedWord): WordScores {
    const norms = this.#index.documents.norms()
    const { ordinals, values } = read?.whole ?? this.#lookup.frequencies(word.word.term)
    const scores = this.#lookup.arena.numbers(ordinals.length)
    let least = Number.POSITIVE_INFINITY
    for (let i = 0; i < ordinals.length; i++) {
      const score = worth * saturation(values[i] as number, norms[ordinals[i] as number] as number)
      if (score < least) least = score
      scores[i] = score
    }
    const standing = this.#readStands(meant, named)
    const known = standing.length === 0 ? { ordinals, scores } : this.#withStands(ordinals, scores, standing, worth)
    const whole = completions.length === 0 ? known : this.#withCompletions(known, completions, worth, least)
    const scattered = read?.scattered ?? NOT_SCATTERED
    return scattered.ordinals.length === 0
      ? { ...whole, shares: null }
      : this.#withScattered(whole, scattered, worth, least)
  }

  #readStands(stands: readonly Stand[], named: readonly ReadonlyMap<number, boolean>[]): Standing[] {
    const readings: Standing[] = []
    for (const { term, weight } of stands) {
      if (this.#budget.isSpent(SHARE.scores)) {
        this.#budget.cut('expansions')
        break
      }
      readings.push({ weight, found: this.#lookup.frequencies(term) })
    }
    for (const articles of named) {
      const values = new Float64Array(articles.size).fill(1)
      readings.push({ weight: WEIGHTS.synonym, found: { ordinals: Uint32Array.from(articles.keys()), values } })
    }
    return readings
  }

  /** Adds articles that only have words that begin with it, below all that have the word itself. */
  #withCompletions(
    known: { ordinals: Uint32Array; scores: Float64Array },
    completions: readonly Stand[],
    worth: number,
    least: number,
  ): { ordinals: Uint32Array; scores: Float64Array } {
    const best = this.#best
    const { ordinals, scores } = this.#withStands(
      new Uint32Array(0),
      new Float64Array(0),
      this.#readStands(completions, []),
      worth,
    )
    const { arena } = this.#lookup
    const all = arena.integers(known.ordinals.length + ordinals.length)
    const allScores = arena.numbers(all.length)
    all.set(known.ordinals)
    allScores.set(known.scores)
    let count = known.ordinals.length
    for (let i = 0; i < count; i++) best[known.ordinals[i] as number] = 1
    for (let i = 0; i < ordinals.length; i++) {
      if (best[ordinals[i] as number] !== 0) continue
      all[count] = ordinals[i] as number
      allScores[count] = below(least, scores[i] as number)
      count += 1
    }
    for (let i = 0; i < known.ordinals.length; i++) best[known.ordinals[i] as number] = 0
    return { ordinals: all.subarray(0, count), scores: allScores.subarray(0, count) }
  }

  /** Adds articles that have what stands for a word, and betters the scores of those that are there by it. */
  #withStands(
    whole: Uint32Array,
    scores: Float64Array,
    readings: readonly Standing[],
    worth: number,
  ): { ordinals: Uint32Array; scores: Float64Array } {
    const norms = this.#index.documents.norms()
    const { arena } = this.#lookup
    const best = this.#best
    const ordinals = arena.integers(readings.reduce((sum, { found }) => sum + found.ordinals.length, whole.length))
    let count = whole.length
    ordinals.set(whole)
    for (let i = 0; i < count; i++) best[whole[i] as number] = scores[i] as number
    for (const { weight, found } of readings) {
      for (let i = 0; i < found.ordinals.length; i++) {
        const ordinal = found.ordinals[i] as number
        const before = best[ordinal] as number
        if (before === 0) ordinals[count++] = ordinal
        const score = weight * worth * saturation(found.values[i] as number, norms[ordinal] as number)
        if (score > before) best[ordinal] = score
      }
    }
    const bettered = arena.numbers(count)
    for (let i = 0; i < count; i++) {
      const ordinal = ordinals[i] as number
      bettered[i] = best[ordinal] as number
      best[ordinal] = 0
    }
    return { ordinals: ordinals.subarray(0, count), scores: bettered }
  }

  /**
   * Adds the articles that have only parts of a word.
   * @param least the lowest score of an article that has the whole word
   */
  #withScattered(
    whole: { ordinals: Uint32Array; scores: Float64Array },
    scattered: Scattered,
    worth: number,
    least: number,
  ): WordScores {
    const { arena } = this.#lookup
    const best = this.#best
    const scale = WEIGHTS.scattered * Math.min(1, worth / scattered.partWeight)
    const known = whole.ordinals.length
    const ordinals = arena.integers(known + scattered.ordinals.length)
    const scores = arena.numbers(ordinals.length)
    const shares = arena.numbers(ordinals.length)
    ordinals.set(whole.ordinals)
    scores.set(whole.scores)
    shares.fill(1, 0, known)
    for (let i = 0; i < known; i++) best[whole.ordinals[i] as number] = 1
    let count = known
    for (let i = 0; i < scattered.ordinals.length; i++) {
      const ordinal = scattered.ordinals[i] as number
      // it has what stands for the word
      if (best[ordinal] !== 0) continue
      ordinals[count] = ordinal
      scores[count] = below(least, scale * (scattered.scores[i] as number))
      shares[count] = (scattered.weights[i] as number) / scattered.partWeight
      count += 1
    }
    for (let i = 0; i < known; i++) best[whole.ordinals[i] as number] = 0
    return {
      ordinals: ordinals.subarray(0, count),
      scores: scores.subarray(0, count),
      shares: shares.subarray(0, count),
    }
  }

  /** By hit and word what the word gave to it, neighbours included: one more pass over the postings of the words. */
  #sharesOf(ordinals: readonly number[], scored: readonly ScoredWord[], words: number): number[][] {
    const norms = this.#index.documents.norms()
    const rows = new Map(ordinals.map((ordinal) => [ordinal, new Array<number>(words).fill(0)]))
    for (const one of scored) {
      const { at, word, scores } = one
      for (let i = 0; i < scores.ordinals.length; i++) {
        const row = rows.get(scores.ordinals[i] as number)
        if (row !== undefined) row[at] = scores.scores[i] as number
      }
      this.#budget.spend(COST.posting * scores.ordinals.length)
      this.#forEachNeighbour(one, (neighbours, strength, frequency) => {
        for (let i = 0; i < neighbours.length; i++) {
          const ordinal = neighbours[i] as number
          const row = rows.get(ordinal)
          if (row === undefined) continue
          row[at] = Math.max(row[at] as number, strength * saturation(frequency, norms[ordinal] as number))
        }
      })
      for (const row of rows.values()) row[at] = word.count * (row[at] as number)
    }
    return ordinals.map((ordinal) => rows.get(ordinal) as number[])
  }

  /** Calls `tell` for each list of postings of the words that look like a query word, with what a full match would give. */
  #forEachNeighbour(
    { word, worth }: ScoredWord,
    tell: (ordinals: readonly number[], strength: number, frequency: number) => void,
  ): void {
    const { postings, documents } = this.#index
    for (const { term, weight, kind, documents: having } of word.stands) {
      if (kind !== 'similar') continue
      const strength = weight * Math.min(worth, inverseDocumentFrequency(having, documents.living))
      const slots = postings.slots(term, WHOLE)
      this.#budget.spend(COST.knownTerm)
      for (let slot = 0; slot < slots.length; slot++) {
        const ordinals = slots[slot]
        if (ordinals === undefined) continue
        this.#budget.spend(COST.posting * ordinals.length)
        tell(ordinals, strength, slot + 1)
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
    const { has, totals } = this.#tally
    const best = this.#best
    for (let i = 0; i < scores.ordinals.length; i++) best[scores.ordinals[i] as number] = scores.scores[i] as number
    const touched: number[] = []
    this.#forEachNeighbour(one, (neighbours, strength, frequency) => {
      for (let i = 0; i < neighbours.length; i++) {
        const ordinal = neighbours[i] as number
        if (has[ordinal] !== 2) continue
        const score = strength * saturation(frequency, norms[ordinal] as number)
        const before = best[ordinal] as number
        if (score <= before) continue
        if (before === 0) touched.push(ordinal)
        totals[ordinal] = (totals[ordinal] as number) + word.count * (score - before)
        best[ordinal] = score
      }
    })
    for (let i = 0; i < scores.ordinals.length; i++) best[scores.ordinals[i] as number] = 0
    for (const ordinal of touched) best[ordinal] = 0
  }
}

/** Whether an article has a word, by all its parts at least. */
function hasWhole({ ordinals, shares }: WordScores, ordinal: number): boolean {
  const at = ordinals.indexOf(ordinal)
  return at >= 0 && (shares === null || (shares[at] as number) > 1 - ROUNDING)
}

/** A score that keeps below `ceiling`: the same up to half of it, then nearing it ever more slowly. */
function below(ceiling: number, score: number): number {
  return score <= ceiling / 2 ? score : ceiling - (ceiling * ceiling) / (4 * score)
}
