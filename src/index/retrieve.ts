import type { Word } from '../analysis/word.ts'
import {
  EXTRA_WEIGHT,
  inverseDocumentFrequency,
  lengthNorm,
  PART_WEIGHT,
  SCATTERED_WEIGHT,
  saturation,
} from '../search/bm25.ts'
import type { QueryPlan, QueryWord } from '../search/plan.ts'
import type { ArticleIndex } from './article-index.ts'
import { EXTRA, PART, type Slots, WHOLE } from './postings.ts'
import { topOf } from './top.ts'

/** What the first stage found. */
export interface Retrieved {
  /** The ordinals of the stretch the plan asked for, best first, and their scores. */
  readonly ordinals: readonly number[]
  readonly scores: readonly number[]
  readonly totalHits: number
  readonly wordWeights: readonly number[]
  readonly droppedWords: readonly number[]
}

/** Hits must carry this share of the query's weight, as long as enough articles do. */
const WEIGHT_SHARE = 0.5
/** Where fewer articles carry that share, it falls until so many do. */
const HITS_WANTED = 10
/** What an occurrence counts at each place. */
const PLACE_WEIGHTS = [
  [WHOLE, 1],
  [PART, PART_WEIGHT],
  [EXTRA, EXTRA_WEIGHT],
] as const
/** Sums of the same weights may differ in the last digit by the order they were added in. */
const ROUNDING = 1e-9

/** Scores every article that has a word of the query and picks the asked-for stretch. */
export function retrieve(index: ArticleIndex, plan: QueryPlan): Retrieved {
  if (plan.empty) return newest(index, plan)
  const lookup = new Lookup(index, plan)
  const tally = new Tally(index.documents.size)
  const { lengths, meanLength } = index.documents
  const wordWeights = plan.words.map(({ word, count }) => {
    const found = lookup.word(word)
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
  const threshold = hitThreshold(plan, tally, wordWeights)
  const hits = tally.touched.filter((ordinal) => (tally.weights[ordinal] as number) >= threshold)
  const { compare } = index.documents
  const { scores } = tally
  const ranked = topOf(hits, plan.offset + plan.limit, (a, b) => {
    const difference = (scores[b] as number) - (scores[a] as number)
    return difference !== 0 ? difference : compare(a, b)
  })
  const best = ranked[0] ?? topOf(hits, 1, (a, b) => (scores[b] as number) - (scores[a] as number) || compare(a, b))[0]
  const ordinals = ranked.slice(plan.offset)
  return {
    ordinals,
    scores: ordinals.map((ordinal) => scores[ordinal] as number),
    totalHits: hits.length,
    wordWeights,
    droppedWords: plan.words.flatMap((word, i) => (best === undefined || has(index, word, best) ? [] : [i])),
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
  return { ordinals, scores: ordinals.map(() => 0), totalHits: living.length, wordWeights: [], droppedWords: [] }
}

/** The least weight of found words that makes an article a hit. */
function hitThreshold(plan: QueryPlan, tally: Tally, wordWeights: readonly number[]): number {
  const total = plan.words.reduce((sum, word, i) => sum + word.count * (wordWeights[i] as number), 0)
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

  constructor(index: ArticleIndex, plan: QueryPlan) {
    const { size } = index.documents
    const sizeForParts = plan.words.some(({ word }) => word.parts.length > 0) ? size : 0
    this.#index = index
    this.#sums = new Float64Array(size)
    this.#scores = new Float64Array(sizeForParts)
    this.#weights = new Float64Array(sizeForParts)
    this.#counts = new Uint8Array(sizeForParts)
  }

  word(word: Word): FoundWord {
    const whole = this.#frequencies(word.term)
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

  #frequencies(term: string): Frequencies {
    const known = this.#terms.get(term)
    if (known !== undefined) return known
    const ordinals: number[] = []
    for (const [place, weight] of PLACE_WEIGHTS)
      this.#addSlots(this.#index.postings.slots(term, place), weight, ordinals)
    const values = new Float64Array(ordinals.length)
    for (let i = 0; i < ordinals.length; i++) {
      const ordinal = ordinals[i] as number
      values[i] = this.#sums[ordinal] as number
      this.#sums[ordinal] = 0
    }
    const frequencies = { ordinals, values }
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
function has(index: ArticleIndex, { word }: QueryWord, ordinal: number): boolean {
  const hasTerm = (term: string): boolean =>
    [WHOLE, PART, EXTRA].some((place) => index.postings.slots(term, place).some((list) => list?.includes(ordinal)))
  return hasTerm(word.term) || (word.parts.length > 0 && word.parts.every((part) => hasTerm(part.term)))
}
