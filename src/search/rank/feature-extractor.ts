import { COST, type WorkBudget } from '../../work-budget.ts'
import type { FormTable } from '../engine/forms.ts'
import {
  CAPITAL_BIT,
  FORM_MASK,
  type MatchingTokens,
  SENTENCE_BIT,
  type TokenStream,
  type TokenStreams,
} from '../engine/token-stream.ts'

import type { FormMatcher } from '../match/form-matcher.ts'
import { saturation } from '../ranking/bm25.ts'
import { INTRODUCTION_TOKENS } from '../ranking/lead.ts'
import type { Features } from '../ranking/signals.ts'
import { TITLE_WEIGHT } from '../ranking/weights.ts'
import type { ResolvedQuery } from '../rewrite/rewrite.ts'
import { ApartWords } from './apart-words.ts'
import { type ApartMember, type FormReading, FormReadings } from './form-readings.ts'
import { HeadingReader } from './heading-reader.ts'
import { LeadReader } from './lead-reader.ts'
import { TitleReader } from './title-reader.ts'

const NO_GRAMS: readonly number[] = []
const FEW = 1e-9
/** No place, no position. */
const NONE = -1
/** A word spelt alike but for a capital letter is nearly the same. */
const OTHER_CASE = 0.97

/**
 * Reads candidates for the second stage: one pass over those of an article's tokens that may mean something. What a form means to the query is worked
 * out once, when the first candidate has it.
 */
export class FeatureExtractor {
  readonly #readings: FormReadings
  readonly #titles: TitleReader
  readonly #leads: LeadReader
  readonly #headings: HeadingReader
  readonly #budget: WorkBudget
  readonly #termWeights: Float64Array
  readonly #total: number
  readonly #capitals: readonly boolean[]
  /** What each of the query's grams tells. */
  readonly #gramIdfs: readonly number[]
  /** The pairs of neighbours in the query, by the places of their terms, and how much each tells. */
  readonly #pairs: ReadonlyMap<number, number>
  readonly #sequenceLength: number
  // of one candidate
  readonly #best: Float64Array
  readonly #inSentence: Float64Array
  readonly #inTitle: Float64Array
  readonly #spelt: Float64Array
  readonly #gramCounts: Float64Array
  readonly #pairsSeen = new Set<number>()
  /** The forms it has, as many as are counted; the rest are those of others. */
  readonly #met: FormReading[] = []
  #metCount = 0
  readonly #apart: ApartWords
  /** By word that was typed apart which of the query's grams it has when it is written together. */
  readonly #gramsOfApart: readonly (readonly number[])[]
  #bestSentence = 0

  /** @param matches which words of the query the forms match */
  constructor(
    query: Pick<ResolvedQuery, 'words' | 'titleWords' | 'sequence' | 'grams'>,
    streams: Pick<TokenStreams, 'forms' | 'grams'>,
    matches: FormMatcher,
    budget: WorkBudget,
  ) {
    const { words, titleWords, sequence, grams } = query
    this.#readings = new FormReadings(query, streams, matches, budget)
    this.#titles = new TitleReader(titleWords, streams.forms, this.#readings.meaning, budget)
    this.#leads = new LeadReader(Float64Array.from(words, ({ leadWeight }) => leadWeight))
    this.#budget = budget
    this.#termWeights = Float64Array.from(words, ({ count, termWeight }) => count * termWeight)
    this.#total = this.#termWeights.reduce((sum, termWeight) => sum + termWeight, FEW)
    this.#headings = new HeadingReader(this.#termWeights, this.#total)
    this.#capitals = words.map(({ noun }) => noun)
    this.#gramIdfs = grams.map(({ idf }) => idf)
    this.#pairs = pairsOf(sequence, streams.forms)
    this.#sequenceLength = sequence.length
    this.#best = new Float64Array(words.length)
    this.#inSentence = new Float64Array(words.length)
    this.#inTitle = new Float64Array(words.length)
    this.#spelt = new Float64Array(words.length)
    this.#gramCounts = new Float64Array(grams.length)
    this.#apart = new ApartWords(words)
    this.#gramsOfApart = words.map(({ apart, word }) =>
      apart === null ? NO_GRAMS : grams.flatMap(({ gram }, at) => (`_${word.term}_`.includes(gram) ? [at] : [])),
    )
  }

  /** Gives its room to that of the next query: nothing is asked of it any more. */
  release(): void {
    this.#readings.release()
  }

  /** What a candidate says to the query. Takes time in proportion to the tokens that mean something to it, beside finding them. */
  features(stream: TokenStream): Features {
    const { title: titleEnd, text, titleLength, headings, norm, count } = stream
    this.#budget.spend(COST.rankedToken * count)
    const best = this.#best
    const inTitle = this.#inTitle
    for (const sums of [best, this.#inSentence, inTitle, this.#spelt, this.#gramCounts]) sums.fill(0)
    this.#titles.begin()
    this.#leads.begin()
    this.#headings.begin(headings)
    this.#bestSentence = 0
    this.#pairsSeen.clear()
    this.#apart.reset()
    this.#read(stream.matching(this.#readings.meaning), titleEnd, titleEnd + text)
    let pairs = 0
    for (const pair of this.#pairsSeen) pairs += this.#pairs.get(pair) ?? 0
    for (const word of this.#apart.asTyped) pairs += this.#termWeights[word] as number
    return {
      spelling: this.#weightedSum(this.#spelt),
      grams: this.#gramScore(norm),
      sentence: this.#bestSentence,
      pairs,
      coverage: this.#weightedSum(best) / this.#total,
      title: (this.#weightedSum(inTitle) * countOf(inTitle)) / Math.max(1, titleEnd),
      wholeTitle: titleEnd > 0 ? this.#titles.worth(titleLength, titleEnd) : 0,
      heading: this.#headings.worth(),
      lead: this.#leads.worth(),
      focus: (this.#weightedSum(best) * countOf(best)) / Math.max(1, count),
    }
  }

  /** Reads what may mean something, in order. A sentence ends with its field; of tags, author and meta each word stands by itself. */
  #read({ count, places, tokens }: MatchingTokens, titleEnd: number, textEnd: number): void {
    const readings = this.#readings
    const leadEnd = this.#leads.isNeeded ? titleEnd + INTRODUCTION_TOKENS : NONE
    let sentenceHas = false
    let positionBefore = NONE
    let placeBefore = NONE
    for (let i = 0; i < count; i++) {
      const place = places[i] as number
      const token = tokens[i] as number
      if (token >= SENTENCE_BIT || place >= textEnd || (place >= titleEnd && placeBefore < titleEnd)) {
        if (sentenceHas) this.#endSentence()
        sentenceHas = false
        positionBefore = NONE
        this.#apart.endSentence()
      }
      if (placeBefore !== place - 1) positionBefore = NONE
      placeBefore = place
      if (place < titleEnd) this.#titles.enter(token & FORM_MASK)
      const reading = readings.of(token & FORM_MASK)
      if (reading === null) {
        positionBefore = NONE
        continue
      }
      const { position } = reading
      if (positionBefore >= 0 && position >= 0) this.#pairsSeen.add(positionBefore * this.#sequenceLength + position)
      positionBefore = position
      if (this.#enter(reading, (token & CAPITAL_BIT) !== 0, place < titleEnd)) sentenceHas = true
      const inHeading = place >= titleEnd && place < textEnd && this.#headings.reaches(place - titleEnd)
      if (inHeading) this.#enterHeading(reading)
      for (let at = 0; at < reading.members.length; at++) {
        const member = reading.members[at] as ApartMember
        if (!this.#apart.follows(member, place)) continue
        sentenceHas = this.#enterApart(member, place < titleEnd)
        if (inHeading) this.#headings.enter(member.word, 1)
      }
      if (place < leadEnd) this.#enterLead(reading, place - titleEnd)
    }
    if (sentenceHas) this.#endSentence()
    this.#endReadings()
  }

  /**
   * Takes up a token. What counts once for an article is only looked at where the article has it in this way for the first time.
   * @returns whether its sentence has more of the query by it
   */
  #enter(reading: FormReading, isCapital: boolean, isTitle: boolean): boolean {
    if (reading.count === 0) this.#met[this.#metCount++] = reading
    reading.count += isTitle ? TITLE_WEIGHT : 1
    const way = 1 << ((isCapital ? 1 : 0) + (isTitle ? 2 : 0))
    if ((reading.ways & way) === 0) {
      reading.ways |= way
      this.#enterFirst(reading, isCapital, isTitle)
    }
    const { words, strengths } = reading
    const inSentence = this.#inSentence
    let sentenceHas = false
    for (let i = 0; i < words.length; i++) {
      const word = words[i] as number
      const strength = strengths[i] as number
      if (strength > (inSentence[word] as number)) {
        inSentence[word] = strength
        sentenceHas = true
      }
    }
    return sentenceHas
  }

  #enterFirst({ words, strengths, closeness }: FormReading, isCapital: boolean, isTitle: boolean): void {
    const [best, inTitle, spelt] = [this.#best, this.#inTitle, this.#spelt]
    for (let i = 0; i < words.length; i++) {
      const word = words[i] as number
      const strength = strengths[i] as number
      const close = closeness[i] as number
      if (close > (spelt[word] as number)) {
        const isSameCase = isCapital === this.#capitals[word]
        spelt[word] = Math.max(spelt[word] as number, isSameCase ? close : close * OTHER_CASE)
      }
      if (strength > (best[word] as number)) best[word] = strength
      if (isTitle && strength > (inTitle[word] as number)) inTitle[word] = strength
    }
  }

  /** Counts the grams of what the candidate had, and forgets it. */
  #endReadings(): void {
    const counts = this.#gramCounts
    for (let at = 0; at < this.#metCount; at++) {
      const reading = this.#met[at] as FormReading
      const { grams, count } = reading
      for (let i = 0; i < grams.length; i++) counts[grams[i] as number] = (counts[grams[i] as number] as number) + count
      reading.count = reading.ways = 0
    }
    this.#metCount = 0
  }

  #countGram(gram: number, isTitle: boolean): void {
    this.#gramCounts[gram] = (this.#gramCounts[gram] as number) + (isTitle ? TITLE_WEIGHT : 1)
  }

  /** Words that stand next to each other as one of the query was typed: they are that word. */
  #enterApart({ word }: ApartMember, isTitle: boolean): true {
    this.#best[word] = this.#inSentence[word] = 1
    if (isTitle) this.#inTitle[word] = 1
    if (!this.#apart.asTyped.has(word)) return true
    this.#spelt[word] = 1
    for (const gram of this.#gramsOfApart[word] as readonly number[]) this.#countGram(gram, isTitle)
    return true
  }

  #enterLead({ words, strengths }: FormReading, token: number): void {
    for (let i = 0; i < words.length; i++) this.#leads.enter(words[i] as number, strengths[i] as number, token)
  }

  #enterHeading({ words, strengths }: FormReading): void {
    for (let i = 0; i < words.length; i++) this.#headings.enter(words[i] as number, strengths[i] as number)
  }

  #endSentence(): void {
    const [inSentence, termWeights] = [this.#inSentence, this.#termWeights]
    let sum = 0
    for (let word = 0; word < inSentence.length; word++) {
      sum += (inSentence[word] as number) * (termWeights[word] as number)
      inSentence[word] = 0
    }
    if (sum > this.#bestSentence) this.#bestSentence = sum
  }

  /** BM25 over the grams that were counted. */
  #gramScore(norm: number): number {
    let score = 0
    for (let gram = 0; gram < this.#gramCounts.length; gram++) {
      const count = this.#gramCounts[gram] as number
      if (count > 0) score += (this.#gramIdfs[gram] as number) * saturation(count, norm)
    }
    return score
  }

  #weightedSum(strengths: Float64Array): number {
    let sum = 0
    for (let word = 0; word < strengths.length; word++)
      sum += (strengths[word] as number) * (this.#termWeights[word] as number)
    return sum
  }
}

/** What pairs of neighbours tell, by the places where their terms stand first in the sequence: first * length + second. */
function pairsOf(sequence: ResolvedQuery['sequence'], forms: FormTable): Map<number, number> {
  const places = new Map<string, number>()
  for (const [at, { term }] of sequence.entries()) if (!places.has(term)) places.set(term, at)
  const pairs = new Map<number, number>()
  for (let at = 0; at + 1 < sequence.length; at++) {
    const [first, second] = [sequence[at], sequence[at + 1]] as [Sequenced, Sequenced]
    // what no article has is no neighbour
    if (forms.termNumber(first.term) === undefined || forms.termNumber(second.term) === undefined) continue
    const place = (places.get(first.term) as number) * sequence.length + (places.get(second.term) as number)
    pairs.set(place, (first.idf + second.idf) / 2)
  }
  return pairs
}

type Sequenced = ResolvedQuery['sequence'][number]

/** How many words have any strength. */
function countOf(strengths: Float64Array): number {
  let count = 0
  for (let word = 0; word < strengths.length; word++) if ((strengths[word] as number) > 0) count += 1
  return count
}
