import type { Word } from '../analysis/word.ts'
import {
  EXACT_WEIGHT,
  EXTRA_WEIGHT,
  inverseDocumentFrequency,
  lengthNorm,
  PART_WEIGHT,
  SCATTERED_WEIGHT,
  saturation,
} from '../search/bm25.ts'
import { type QueryPlan, type QueryWord, wordsOf } from '../search/plan.ts'
import type { ArticleIndex } from './article-index.ts'
import { ALIAS, EXTRA, PART, type Slots, WHOLE } from './postings.ts'
import { Spellings } from './spelling.ts'
import { topOf } from './top.ts'

/** What the first stage found. */
export interface Retrieved {
  /** The ordinals of the stretch the plan asked for, best first, and their scores. */
  readonly ordinals: readonly number[]
  readonly scores: readonly number[]
  readonly totalHits: number
  /** The words of the plan, as the index reads them. */
  readonly words: readonly QueryWord[]
  readonly wordWeights: readonly number[]
  readonly droppedWords: readonly number[]
}

/** Hits must carry this share of the query's weight, as long as enough articles do. */
const WEIGHT_SHARE = 0.5
/** Where fewer articles carry that share, it falls until so many do. */
const HITS_WANTED = 10
/** So many of the best are looked at again: how they spell the words of the query. */
const RERANKED = 100
/** What an occurrence counts at each place. */
const PLACE_WEIGHTS = [
  [WHOLE, 1],
  [PART, PART_WEIGHT],
  [EXTRA, EXTRA_WEIGHT],
  [ALIAS, 1],
] as const
/** Sums of the same weights may differ in the last digit by the order they were added in. */
const ROUNDING = 1e-9

/** Scores every article that has a word of the query and picks the asked-for stretch. */
export function retrieve(index: ArticleIndex, plan: QueryPlan): Retrieved {
  if (plan.empty) return newest(index, plan)
  const words = wordsOf(plan, (term) => isWord(index, term))
  const lookup = new Lookup(index, words)
  const tally = new Tally(index.documents.size)
  const { lengths, meanLength } = index.documents
  const wordWeights = words.map((queryWord) => {
    const { word, count } = queryWord
    const found = lookup.word(queryWord)
    const weight = inverseDocumentFrequency(found.whole.ordinals.length + found.complete, index.documents.living)
    let least = Number.POSITIVE_INFINITY
    found.whole.ordinals.forEach((ordinal, i) => {
      const norm = lengthNorm(lengths[ordinal] as number, meanLength)
      const score = weight * saturation(found.whole.values[i] as number, norm)
      least = Math.min(least, score)
      tally.add(ordinal, count * score, count * weight)
    })
    const scale = SCATTERED_WEIGHT * Math.min(1, weight / found.partWeight)
    // a compound is had with all its parts or not at all; of a word with hyphens each part may stand for itself
    const isCompound = !word.key.includes('-')
    for (const { ordinal, weight: carried, isComplete, score } of found.scattered) {
      const points = count * below(least, scale * score)
      if (isCompound && !isComplete) tally.addScore(ordinal, points)
      else tally.add(ordinal, points, (count * weight * carried) / found.partWeight)
    }
    return weight
  })
  const threshold = hitThreshold(plan, words, tally, wordWeights)
  const hits = tally.touched.filter((ordinal) => (tally.weights[ordinal] as number) >= threshold)
  const { compare } = index.documents
  const { scores } = tally
  const byScore = (a: number, b: number): number => (scores[b] as number) - (scores[a] as number) || compare(a, b)
  const ranked = topOf(hits, Math.max(RERANKED, plan.offset + plan.limit), byScore)
  const spellings = new Spellings(index, words)
  const reranked = ranked.slice(0, RERANKED)
  for (const ordinal of reranked) {
    const shares = spellings.closest(ordinal)
    for (const [i, { count }] of words.entries())
      scores[ordinal] =
        (scores[ordinal] as number) + count * EXACT_WEIGHT * (wordWeights[i] as number) * (shares[i] as number)
  }
  ranked.splice(0, reranked.length, ...reranked.sort(byScore))
  const best = ranked[0]
  const ordinals = ranked.slice(plan.offset, plan.offset + plan.limit)
  return {
    ordinals,
    scores: ordinals.map((ordinal) => scores[ordinal] as number),
    totalHits: hits.length,
    words,
    wordWeights,
    droppedWords: words.flatMap((word, i) => (best === undefined || has(index, word, best) ? [] : [i])),
  }
}

/** A score that keeps below `ceiling`: the same up to half of it, then nearing it ever more slowly. */
function below(ceiling: number, score: number): number {
  return score <= ceiling / 2 ? score : ceiling - (ceiling * ceiling) / (4 * score)
}

function newest(index: ArticleIndex, plan: QueryPlan): Retrieved {
  const { documents } = index
  const living: number[] = []
  for (let ordinal = 0; ordinal < documents.size; ordinal++) if (documents.dead[ordinal] === 0) living.push(ordinal)
  const ordinals = topOf(living, plan.offset + plan.limit, documents.compare).slice(plan.offset)
  const scores = ordinals.map(() => 0)
  return { ordinals, scores, totalHits: living.length, words: [], wordWeights: [], droppedWords: [] }
}

/** Whether a living article has a word with this term, not only words that are it together. */
function isWord({ postings, documents }: ArticleIndex, term: string): boolean {
  return postings.slots(term, WHOLE).some((list) => list?.some((ordinal) => documents.dead[ordinal] === 0))
}

/** The least weight of found words that makes an article a hit. */
function hitThreshold(
  plan: QueryPlan,
  words: readonly QueryWord[],
  tally: Tally,
  wordWeights: readonly number[],
): number {
  const total = words.reduce((sum, word, i) => sum + word.count * (wordWeights[i] as number), 0)
  if (plan.matchingStrategy === 'all') return total * (1 - ROUNDING)
  const share = total * WEIGHT_SHARE * (1 - ROUNDING)
  const heaviest = topOf(
    tally.touched,
    HITS_WANTED,
    (a, b) => (tally.weights[b] as number) - (tally.weights[a] as number),
  )
  const least = tally.weights[heaviest.at(-1) ?? -1] ?? 0
  return Math.min(share, least * (1 - ROUNDING))
}

/** Sums by ordinal, and which ordinals have any. */
class Tally {
  readonly scores: Float64Array
  readonly weights: Float64Array
  readonly touched: number[] = []

  constructor(size: number) {
    this.scores = new Float64Array(size)
    this.weights = new Float64Array(size)
  }

  /** Adds to the score of an article that is a hit through other words, if it is one. */
  addScore(ordinal: number, score: number): void {
    this.scores[ordinal] = (this.scores[ordinal] as number) + score
  }

  add(ordinal: number, score: number, weight: number): void {
    if (this.weights[ordinal] === 0) this.touched.push(ordinal)
    this.scores[ordinal] = (this.scores[ordinal] as number) + score
    this.weights[ordinal] = (this.weights[ordinal] as number) + weight
  }
}

/** Living articles that have a term, and its weighted frequency in each. */
interface Frequencies {
  readonly ordinals: readonly number[]
  readonly values: Float64Array
}

/** Living articles that lack a word as a whole but have parts of it. */
interface Scattered {
  readonly ordinal: number
  /** The sum of the found parts' weights, and of their scores. */
  readonly weight: number
  readonly score: number
  readonly isComplete: boolean
}

interface FoundWord {
  readonly whole: Frequencies
  readonly scattered: readonly Scattered[]
  /** How many of these have every part. */
  readonly complete: number
  /** The sum of all parts' weights. */
  readonly partWeight: number
}

const NO_PARTS = { scattered: [], complete: 0, partWeight: 1 } as const

/** In `#counts`: the article has the whole word, its parts do not matter. */
const HAS_WHOLE = 255

/** Looks the words of one query up; each term is read once, however many words it is part of. */
class Lookup {
  readonly #index: ArticleIndex
  readonly #terms = new Map<string, Frequencies>()
  // one number an article, all zero between uses: an array for each term would be most of a search's time
  readonly #sums: Float64Array
  readonly #scores: Float64Array
  readonly #weights: Float64Array
  readonly #counts: Uint8Array

  constructor(index: ArticleIndex, words: readonly QueryWord[]) {
    const { size } = index.documents
    const sizeForParts = words.some(({ word }) => word.parts.length > 0) ? size : 0
    this.#index = index
    this.#sums = new Float64Array(size)
    this.#scores = new Float64Array(sizeForParts)
    this.#weights = new Float64Array(sizeForParts)
    this.#counts = new Uint8Array(sizeForParts)
  }

  word({ word, alternatives }: QueryWord): FoundWord {
    const whole = alternatives.reduce(
      (sum, term) => this.#sum(sum, this.#frequencies(term)),
      this.#frequencies(word.term),
    )
    return { whole, ...(word.parts.length === 0 ? NO_PARTS : this.#parts(word.parts, whole)) }
  }

  #parts(parts: Word['parts'], whole: Frequencies): Omit<FoundWord, 'whole'> {
    const { lengths, meanLength, living } = this.#index.documents
    const [scores, weights, counts] = [this.#scores, this.#weights, this.#counts]
    for (const ordinal of whole.ordinals) counts[ordinal] = HAS_WHOLE
    const touched: number[] = []
    let partWeight = 0
    for (const part of parts) {
      const { ordinals, values } = this.#frequencies(part.term)
      const weight = inverseDocumentFrequency(ordinals.length, living)
      partWeight += weight
      for (let i = 0; i < ordinals.length; i++) {
        const ordinal = ordinals[i] as number
        const count = counts[ordinal] as number
        if (count === HAS_WHOLE) continue
        if (count === 0) touched.push(ordinal)
        const norm = lengthNorm(lengths[ordinal] as number, meanLength)
        counts[ordinal] = count + 1
        weights[ordinal] = (weights[ordinal] as number) + weight
        scores[ordinal] = (scores[ordinal] as number) + weight * saturation(values[i] as number, norm)
      }
    }
    const complete = touched.filter((ordinal) => counts[ordinal] === parts.length).length
    const scattered = touched.map((ordinal) => ({
      ordinal,
      weight: weights[ordinal] as number,
      score: scores[ordinal] as number,
      isComplete: counts[ordinal] === parts.length,
    }))
    for (const ordinal of whole.ordinals) counts[ordinal] = 0
    for (const ordinal of touched) counts[ordinal] = weights[ordinal] = scores[ordinal] = 0
    return { scattered, complete, partWeight }
  }

  /** The frequencies of a term, and those of another that stands for it at the weight of a part. */
  #sum(one: Frequencies, other: Frequencies): Frequencies {
    const sums = this.#sums
    one.ordinals.forEach((ordinal, i) => {
      sums[ordinal] = one.values[i] as number
    })
    const ordinals = [...one.ordinals]
    other.ordinals.forEach((ordinal, i) => {
      if (sums[ordinal] === 0) ordinals.push(ordinal)
      sums[ordinal] = (sums[ordinal] as number) + PART_WEIGHT * (other.values[i] as number)
    })
    return { ordinals, values: this.#take(ordinals) }
  }

  /** The sums of these ordinals, which are zero again then. */
  #take(ordinals: readonly number[]): Float64Array {
    const values = new Float64Array(ordinals.length)
    for (let i = 0; i < ordinals.length; i++) {
      const ordinal = ordinals[i] as number
      values[i] = this.#sums[ordinal] as number
      this.#sums[ordinal] = 0
    }
    return values
  }

  #frequencies(term: string): Frequencies {
    const known = this.#terms.get(term)
    if (known !== undefined) return known
    const ordinals: number[] = []
    for (const [place, weight] of PLACE_WEIGHTS)
      this.#addSlots(this.#index.postings.slots(term, place), weight, ordinals)
    const frequencies = { ordinals, values: this.#take(ordinals) }
    this.#terms.set(term, frequencies)
    return frequencies
  }

  #addSlots(slots: Slots, weight: number, touched: number[]): void {
    const sums = this.#sums
    const { dead } = this.#index.documents
    for (let slot = 0; slot < slots.length; slot++) {
      const ordinals = slots[slot]
      if (ordinals === null || ordinals === undefined) continue
      const frequency = (slot + 1) * weight
      for (let i = 0; i < ordinals.length; i++) {
        const ordinal = ordinals[i] as number
        if (dead[ordinal] === 1) continue
        const before = sums[ordinal] as number
        if (before === 0) touched.push(ordinal)
        sums[ordinal] = before + frequency
      }
    }
  }
}

/** Whether an article has a query word, whole or by all its parts. */
function has(index: ArticleIndex, { word, alternatives }: QueryWord, ordinal: number): boolean {
  const hasTerm = (term: string): boolean =>
    [WHOLE, PART, EXTRA, ALIAS].some((place) =>
      index.postings.slots(term, place).some((list) => list?.includes(ordinal)),
    )
  return (
    [word.term, ...alternatives].some(hasTerm) ||
    (word.parts.length > 0 && word.parts.every((part) => hasTerm(part.term)))
  )
}
