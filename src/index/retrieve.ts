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
/** Sums of the same weights may differ in the last digit by the order they were added in. */
const ROUNDING = 1e-9

/** Scores every article that has a word of the query and picks the asked-for stretch. */
export function retrieve(index: ArticleIndex, plan: QueryPlan): Retrieved {
  if (plan.empty) return newest(index, plan)
  const tally = new Tally(index.documents.size)
  const meanLength = index.documents.meanLength
  const { lengths } = index.documents
  const wordWeights = plan.words.map((word) => {
    const frequencies = frequenciesOf(index, word)
    const weight = inverseDocumentFrequency(frequencies.documents, index.documents.living)
    for (const ordinal of frequencies.whole.touched) {
      const norm = lengthNorm(lengths[ordinal] as number, meanLength)
      const score = weight * saturation(frequencies.whole.values[ordinal] as number, norm)
      tally.add(ordinal, word.count * score, word.count * weight)
    }
    for (const { ordinal, share, score } of frequencies.scattered(lengths, meanLength, weight)) {
      tally.add(ordinal, word.count * SCATTERED_WEIGHT * score, word.count * weight * share)
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

  add(ordinal: number, score: number, weight: number): void {
    if (this.weights[ordinal] === 0) this.touched.push(ordinal)
    this.scores[ordinal] = (this.scores[ordinal] as number) + score
    this.weights[ordinal] = (this.weights[ordinal] as number) + weight
  }
}

/** Weighted frequencies of one term by ordinal, of living articles only. */
class Frequencies {
  readonly values: Float64Array
  readonly touched: number[] = []

  constructor(index: ArticleIndex, term: string) {
    this.values = new Float64Array(index.documents.size)
    this.#addSlots(index.postings.slots(term, WHOLE), 1, index.documents.dead)
    this.#addSlots(index.postings.slots(term, PART), PART_WEIGHT, index.documents.dead)
    this.#addSlots(index.postings.slots(term, EXTRA), EXTRA_WEIGHT, index.documents.dead)
  }

  #addSlots(slots: Slots, weight: number, dead: readonly number[]): void {
    const { values, touched } = this
    for (let slot = 0; slot < slots.length; slot++) {
      const ordinals = slots[slot]
      if (ordinals === null || ordinals === undefined) continue
      const frequency = (slot + 1) * weight
      for (let i = 0; i < ordinals.length; i++) {
        const ordinal = ordinals[i] as number
        if (dead[ordinal] === 1) continue
        const before = values[ordinal] as number
        if (before === 0) touched.push(ordinal)
        values[ordinal] = before + frequency
      }
    }
  }
}

interface WordFrequencies {
  readonly whole: Frequencies
  /** How many living articles have the word, whole or by all its parts. */
  readonly documents: number
  /**
   * Articles that lack the whole word but have parts of it.
   * @param weight the whole word's: all parts together never count more
   */
  scattered(lengths: readonly number[], meanLength: number, weight: number): Iterable<Scattered>
}

interface Scattered {
  readonly ordinal: number
  /** Which share of the parts' weight the article has: 1 for all. */
  readonly share: number
  /** The sum of the found parts' own scores, scaled so that their weights add up to the whole word's at most. */
  readonly score: number
}

function frequenciesOf(index: ArticleIndex, { word }: QueryWord): WordFrequencies {
  const whole = new Frequencies(index, word.term)
  const parts = word.parts.map((part) => new Frequencies(index, part.term))
  const weights = parts.map((part) => inverseDocumentFrequency(part.touched.length, index.documents.living))
  const total = weights.reduce((sum, weight) => sum + weight, 0)
  const scattered = new Set(parts.flatMap((part) => part.touched.filter((ordinal) => whole.values[ordinal] === 0)))
  const complete = [...scattered].filter((ordinal) => parts.every((part) => part.values[ordinal] !== 0))
  return {
    whole,
    documents: whole.touched.length + complete.length,
    *scattered(lengths, meanLength, weight) {
      const scale = Math.min(1, weight / total)
      for (const ordinal of scattered) {
        const norm = lengthNorm(lengths[ordinal] as number, meanLength)
        let score = 0
        let found = 0
        for (const [i, part] of parts.entries()) {
          const frequency = part.values[ordinal] as number
          if (frequency === 0) continue
          found += weights[i] as number
          score += (weights[i] as number) * saturation(frequency, norm)
        }
        yield { ordinal, share: found / total, score: scale * score }
      }
    },
  }
}

/** Whether an article has a query word, whole or by all its parts. */
function has(index: ArticleIndex, { word }: QueryWord, ordinal: number): boolean {
  const hasTerm = (term: string): boolean =>
    [WHOLE, PART, EXTRA].some((place) => index.postings.slots(term, place).some((list) => list?.includes(ordinal)))
  return hasTerm(word.term) || (word.parts.length > 0 && word.parts.every((part) => hasTerm(part.term)))
}
