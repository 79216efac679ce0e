import { fold } from '../analysis/fold.ts'
import type { LookedUpWord, Stand } from '../search/engine.ts'
import { type QueryPlan, type QueryWord, wordsOf } from '../search/plan.ts'
import { inverseDocumentFrequency, lengthNorm, saturation } from '../search/ranking/bm25.ts'
import { type Evidence, secondStage } from '../search/ranking/signals.ts'
import { WEIGHTS } from '../search/ranking/weights.ts'
import type { ArticleIndex } from './article-index.ts'
import { Corrections } from './corrections.ts'
import { FormMatches } from './form-matches.ts'
import { type FoundWord, Lookup } from './lookup.ts'
import { Neighbours } from './neighbours.ts'
import { ALIAS, EXTRA, PART, type Slots, WHOLE } from './postings.ts'
import { type QueryReading, Reader } from './reading.ts'
import { topOf } from './top.ts'

/** What a search found in an index. */
export interface Retrieved {
  /** The ordinals of the stretch the plan asked for, best first, and their scores. */
  readonly ordinals: readonly number[]
  readonly scores: readonly number[]
  readonly totalHits: number
  /** The words of the plan, as the index reads them. */
  readonly words: readonly LookedUpWord[]
  readonly wordWeights: readonly number[]
  readonly droppedWords: readonly number[]
  /** Which forms match them. */
  readonly matches: FormMatches
}

/** Hits must carry this share of the query's weight, as long as enough articles do. */
const WEIGHT_SHARE = 0.5
/** Where fewer articles carry that share, it falls until so many do. */
const HITS_WANTED = 10
/** So many of the best of the first stage are read for the second. */
export const CANDIDATES = 100
/** Sums of the same weights may differ in the last digit by the order they were added in. */
const ROUNDING = 1e-9

/** A word as the index reads it, and what the first stage found by it. */
interface ReadWord {
  readonly word: LookedUpWord
  readonly worth: number
  readonly scores: WordScores
}

const NO_STANDS: readonly Stand[] = []
/** So many words are remembered with what stands for them, a few kilobytes each. */
const STANDS_MAX = 2000

/** What the first stage leaves to the second; the scores stay in the tally. */
interface FirstStage {
  readonly words: readonly LookedUpWord[]
  readonly worths: readonly number[]
  readonly hits: readonly number[]
  readonly reading: QueryReading
}

/** One of the best of the first stage. */
export interface Candidate {
  readonly ordinal: number
  readonly firstStage: number
  readonly evidence: Evidence
}

/** The living articles that have a word, and what each gets for it. */
interface WordScores {
  readonly ordinals: number[]
  readonly scores: number[]
  /** What share of the word each has; null where all have it whole. */
  readonly shares: number[] | null
}

/**
 * Searches one index, in two stages: every article that has a word of the query is scored by BM25 (bm25.ts), and the best hundred
 * are read and scored by everything else (signals.ts). One search at a time; what it needs for working is kept from one to the next.
 */
export class Searcher {
  readonly index: ArticleIndex
  readonly #lookup: Lookup
  readonly #neighbours: Neighbours
  readonly #corrections: Corrections
  readonly #reader: Reader
  readonly #tally = new Tally()
  #stands = new Map<string, readonly Stand[]>()
  #standsState = ''

  constructor(index: ArticleIndex) {
    this.index = index
    this.#lookup = new Lookup(index)
    this.#neighbours = new Neighbours(
      index.grams,
      (term) => index.vocabulary.documentFrequencies.at(term) > 0,
      (term) => index.vocabulary.terms[term] as string,
    )
    this.#corrections = new Corrections(index.vocabulary)
    this.#reader = new Reader(index)
  }

  search(plan: QueryPlan): Retrieved {
    if (plan.empty) return this.#newest(plan)
    const { words, worths, hits, reading } = this.#firstStage(plan)
    const { compare } = this.index.documents
    const { totals } = this.#tally
    const byScore = (a: number, b: number): number => (totals[b] as number) - (totals[a] as number) || compare(a, b)
    const ranked = topOf(hits, Math.max(CANDIDATES, plan.offset + plan.limit), byScore)
    const candidates = ranked.slice(0, CANDIDATES)
    for (const ordinal of candidates)
      totals[ordinal] = (totals[ordinal] as number) + secondStage(reading.evidence(ordinal), WEIGHTS)
    ranked.splice(0, candidates.length, ...candidates.sort(byScore))
    const best = ranked[0]
    const ordinals = ranked.slice(plan.offset, plan.offset + plan.limit)
    return {
      ordinals,
      scores: ordinals.map((ordinal) => totals[ordinal] as number),
      totalHits: hits.length,
      words,
      wordWeights: worths,
      droppedWords: words.flatMap((word, i) => (best === undefined || this.#has(word, best) ? [] : [i])),
      matches: reading.matches,
    }
  }

  /** The best of the first stage with what the second reads of them: for tuning and explaining. */
  candidates(plan: QueryPlan): Candidate[] {
    const { hits, reading } = this.#firstStage(plan)
    const { compare } = this.index.documents
    const { totals } = this.#tally
    const byScore = (a: number, b: number): number => (totals[b] as number) - (totals[a] as number) || compare(a, b)
    return topOf(hits, CANDIDATES, byScore).map((ordinal) => ({
      ordinal,
      firstStage: totals[ordinal] as number,
      evidence: reading.evidence(ordinal),
    }))
  }

  #firstStage(plan: QueryPlan): FirstStage {
    this.#lookup.begin()
    this.#tally.begin(this.index.documents.size)
    const read = wordsOf(plan, (term) => this.#isWord(term)).map((word) => this.#read(word, plan))
    const words = read.map(({ word }) => word)
    const worths = read.map(({ worth }) => worth)
    const tally = this.#tally
    for (const { word, worth, scores } of read) tally.addAll(scores, word.count, worth)
    const threshold = this.#threshold(plan, read)
    const hits = tally.touched.filter((ordinal) => (tally.carried[ordinal] as number) >= threshold)
    for (const one of read) this.#addNeighbours(one, threshold)
    return { words, worths, hits, reading: this.#reader.begin(words, worths, plan.sequence) }
  }

  /** Looks a word up, and what stands for it where it is unknown. */
  #read(queryWord: QueryWord, plan: QueryPlan): ReadWord {
    const { living } = this.index.documents
    const found = this.#lookup.word(queryWord)
    const known = found.whole.ordinals.length + found.complete
    const stood = this.#standsOf(queryWord, known > 0)
    const word = { ...queryWord, stands: stood }
    const factor = queryWord.noun && plan.tellsNouns ? 1 + WEIGHTS.nouns : 1
    if (known > 0) {
      const worth = factor * inverseDocumentFrequency(known, living)
      return { word, worth, scores: this.#wordScores(found, worth, meantOf(stood)) }
    }
    const meant = meantOf(stood)
    const stands = meant.length > 0 ? meant : stood
    const documents = Math.max(0, ...stands.map(({ term }) => this.index.vocabulary.documentFrequency(term)))
    const worth = factor * inverseDocumentFrequency(documents, living)
    return { word, worth, scores: this.#wordScores(found, worth, stands) }
  }

  /** What stands for a word: what it was probably meant to be, then what looks like it. People use the same words again. */
  #standsOf(queryWord: QueryWord, isKnown: boolean): readonly Stand[] {
    const { word, german } = queryWord
    if (word.numeric) return NO_STANDS
    const { size, living } = this.index.documents
    // whatever is added or removed changes one of these
    const state = `${size} ${living}`
    if (state !== this.#standsState || this.#stands.size >= STANDS_MAX) this.#stands = new Map()
    this.#standsState = state
    const name = `${word.key} ${word.term} ${isKnown} ${german}`
    const known = this.#stands.get(name)
    if (known !== undefined) return known
    const meant = this.#corrections.of(queryWord, isKnown)
    const likes = this.#similar(queryWord, isKnown).filter(({ term }) => !meant.some((one) => one.term === term))
    const stands = [...meant, ...likes].filter(({ weight }) => weight > 0)
    this.#stands.set(name, stands)
    return stands
  }

  #similar({ word, alternatives }: QueryWord, isKnown: boolean): Stand[] {
    const { vocabulary } = this.index
    const similarities = new Map<string, number>()
    const spellings = isKnown ? [word.term] : new Set([word.term, fold(word.key)])
    for (const spelling of spellings) {
      for (const { term, similarity } of this.#neighbours.of(spelling)) {
        const name = vocabulary.terms[term] as string
        if (alternatives.includes(name)) continue
        similarities.set(name, Math.max(similarity, similarities.get(name) ?? 0))
      }
    }
    return Array.from(similarities, ([term, similarity]) => ({
      term,
      weight: WEIGHTS.neighbour * similarity * similarity,
      kind: 'similar' as const,
    }))
  }

  #wordScores(found: FoundWord, worth: number, stands: readonly Stand[]): WordScores {
    const { lengths, meanLength } = this.index.documents
    const { whole, scattered, partWeight } = found
    const ordinals = whole.ordinals.slice()
    const scores: number[] = []
    let least = Number.POSITIVE_INFINITY
    for (let i = 0; i < ordinals.length; i++) {
      const norm = lengthNorm(lengths[ordinals[i] as number] as number, meanLength)
      const score = worth * saturation(whole.values[i] as number, norm)
      if (score < least) least = score
      scores.push(score)
    }
    if (stands.length > 0) this.#addStands(ordinals, scores, stands, worth)
    if (scattered.length === 0) return { ordinals, scores, shares: null }
    const shares: number[] = new Array(ordinals.length).fill(1)
    const having = stands.length > 0 ? new Set(ordinals) : null
    const scale = WEIGHTS.scattered * Math.min(1, worth / partWeight)
    for (const { ordinal, weight, score } of scattered) {
      if (having?.has(ordinal) === true) continue
      ordinals.push(ordinal)
      scores.push(below(least, scale * score))
      shares.push(weight / partWeight)
    }
    return { ordinals, scores, shares }
  }

  /** Adds articles that have what stands for a word, and betters the scores of those that are there by it. */
  #addStands(ordinals: number[], scores: number[], stands: readonly Stand[], worth: number): void {
    const { lengths, meanLength } = this.index.documents
    const { best } = this.#tally
    for (let i = 0; i < ordinals.length; i++) best[ordinals[i] as number] = scores[i] as number
    for (const { term, weight } of stands) {
      const { ordinals: having, values } = this.#lookup.frequencies(term)
      for (let i = 0; i < having.length; i++) {
        const ordinal = having[i] as number
        const before = best[ordinal] as number
        if (before === 0) ordinals.push(ordinal)
        const norm = lengthNorm(lengths[ordinal] as number, meanLength)
        best[ordinal] = Math.max(before, weight * worth * saturation(values[i] as number, norm))
      }
    }
    for (let i = 0; i < ordinals.length; i++) {
      const ordinal = ordinals[i] as number
      scores[i] = best[ordinal] as number
      best[ordinal] = 0
    }
  }

  /** Adds to hits what words that look like a query word would give them, where that is more than the word itself does. */
  #addNeighbours({ word, worth, scores }: ReadWord, threshold: number): void {
    const { postings, vocabulary, documents } = this.index
    const { lengths, meanLength, dead } = documents
    const { best, carried, totals } = this.#tally
    for (let i = 0; i < scores.ordinals.length; i++) best[scores.ordinals[i] as number] = scores.scores[i] as number
    const touched: number[] = []
    for (const { term, weight, kind } of word.stands) {
      if (kind !== 'similar') continue
      const rarity = inverseDocumentFrequency(vocabulary.documentFrequency(term), documents.living)
      const strength = weight * Math.min(worth, rarity)
      const slots: Slots = postings.slots(term, WHOLE)
      for (let slot = 0; slot < slots.length; slot++) {
        const ordinals = slots[slot]
        if (ordinals === null || ordinals === undefined) continue
        for (let i = 0; i < ordinals.length; i++) {
          const ordinal = ordinals[i] as number
          if (!((carried[ordinal] as number) >= threshold) || dead[ordinal] === 1) continue
          const score = strength * saturation(slot + 1, lengthNorm(lengths[ordinal] as number, meanLength))
          const before = best[ordinal] as number
          if (score <= before) continue
          if (before === 0) touched.push(ordinal)
          totals[ordinal] = (totals[ordinal] as number) + word.count * (score - before)
          best[ordinal] = score
        }
      }
    }
    for (const ordinal of scores.ordinals) best[ordinal] = 0
    for (const ordinal of touched) best[ordinal] = 0
  }

  #newest(plan: QueryPlan): Retrieved {
    const { documents } = this.index
    const living: number[] = []
    for (let ordinal = 0; ordinal < documents.size; ordinal++) if (documents.dead[ordinal] === 0) living.push(ordinal)
    const ordinals = topOf(living, plan.offset + plan.limit, documents.compare).slice(plan.offset)
    const scores = ordinals.map(() => 0)
    const matches = new FormMatches(this.index, [])
    return { ordinals, scores, totalHits: living.length, words: [], wordWeights: [], droppedWords: [], matches }
  }

  /** Whether a living article has a word with this term, not only words that are it together. */
  #isWord(term: string): boolean {
    const { postings, documents } = this.index
    return postings.slots(term, WHOLE).some((list) => list?.some((ordinal) => documents.dead[ordinal] === 0))
  }

  /** The least weight of found words that makes an article a hit. */
  #threshold(plan: QueryPlan, read: readonly ReadWord[]): number {
    const { touched, carried } = this.#tally
    const isAll = plan.matchingStrategy === 'all'
    // nobody can have a word that no article has
    const counted = isAll ? read : read.filter(({ scores }) => scores.ordinals.length > 0)
    const total = counted.reduce((sum, { word, worth }) => sum + word.count * worth, 0)
    if (isAll) return total * (1 - ROUNDING)
    const share = total * WEIGHT_SHARE * (1 - ROUNDING)
    const heaviest = topOf(touched, HITS_WANTED, (a, b) => (carried[b] as number) - (carried[a] as number))
    const least = carried[heaviest.at(-1) ?? -1] ?? 0
    // whoever has nothing of the query is no hit
    return Math.max(Number.MIN_VALUE, Math.min(share, least * (1 - ROUNDING)))
  }

  /** Whether an article has a query word, whole, by all its parts or by what stands for it. */
  #has({ word, alternatives, stands }: LookedUpWord, ordinal: number): boolean {
    const { postings } = this.index
    const hasTerm = (term: string): boolean =>
      [WHOLE, PART, EXTRA, ALIAS].some((place) => postings.slots(term, place).some((list) => list?.includes(ordinal)))
    return (
      [word.term, ...alternatives].some(hasTerm) ||
      (word.parts.length > 0 && word.parts.every((part) => hasTerm(part.term))) ||
      stands.some(({ term, kind }) => kind === 'typo' && hasTerm(term))
    )
  }
}

const meantOf = (stands: readonly Stand[]): readonly Stand[] => stands.filter(({ kind }) => kind === 'typo')

/** A score that keeps below `ceiling`: the same up to half of it, then nearing it ever more slowly. */
function below(ceiling: number, score: number): number {
  return score <= ceiling / 2 ? score : ceiling - (ceiling * ceiling) / (4 * score)
}

/** Sums by ordinal, and which ordinals have any. */
class Tally {
  /** Of the scores of all words. */
  totals = new Float64Array(0)
  /** Of the weights of the words an article has. */
  carried = new Float64Array(0)
  /** What one word gives, all zero between words. */
  best = new Float64Array(0)
  touched: number[] = []

  begin(size: number): void {
    for (const ordinal of this.touched) this.totals[ordinal] = this.carried[ordinal] = 0
    this.touched = []
    if (this.totals.length >= size) return
    const capacity = Math.ceil(size * 1.25)
    this.totals = new Float64Array(capacity)
    this.carried = new Float64Array(capacity)
    this.best = new Float64Array(capacity)
  }

  addAll({ ordinals, scores, shares }: WordScores, count: number, worth: number): void {
    const { totals, carried, touched } = this
    const weight = count * worth
    for (let i = 0; i < ordinals.length; i++) {
      const ordinal = ordinals[i] as number
      const before = totals[ordinal] as number
      if (before === 0) touched.push(ordinal)
      totals[ordinal] = before + count * (scores[i] as number)
      carried[ordinal] = (carried[ordinal] as number) + (shares === null ? weight : weight * (shares[i] as number))
    }
  }
}
