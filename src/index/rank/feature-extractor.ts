import type { ExpandedWord } from '../../search/engine/engine.ts'
import { inverseDocumentFrequency, saturation } from '../../search/ranking/bm25.ts'
import type { Features } from '../../search/ranking/signals.ts'
import { TITLE_WEIGHT } from '../../search/ranking/weights.ts'
import { COST, type WorkBudget } from '../../work-budget.ts'
import { type FormMatch, FormMatcher } from '../match/form-matcher.ts'
import { CAPITAL_BIT, FORM_MASK, SENTENCE_BIT } from '../segment/forward-index.ts'
import { gramsOf } from '../segment/ngram-index.ts'
import type { ArticleIndex } from '../segment/segment.ts'

/** What one form means to a query. */
interface FormReading {
  readonly matches: readonly FormMatch[]
  /** For each match how closely it is spelt like the query word. */
  readonly closeness: readonly number[]
  /** Where its term stands in the query's sequence of terms, or -1. */
  readonly place: number
  /** Which of the query's grams it has. */
  readonly grams: readonly number[]
}

const FEW = 1e-9
/** A word spelt alike but for a capital letter is nearly the same. */
const OTHER_CASE = 0.97

/** In `formReadings`: means nothing to the query; not met yet; from here on the number of a reading. */
const MEANINGLESS = 0
const UNMET = 1
const FIRST_READING = 2
/** So many different forms of the candidates are read: beyond, they count as strangers. */
const READINGS_MAX = 2 ** 16 - FIRST_READING

/**
 * Reads candidates for the second stage: one pass over an article's tokens, a look-up each. What a form means to the query is
 * worked out once, when the first candidate has it.
 */
export class FeatureExtraction {
  readonly #index: ArticleIndex
  /** By form, see above. All zero between queries. */
  #formReadings = new Uint16Array(0)
  /** By gram its place among the query's grams, from 1 on; 0 where the query does not have it. All zero between queries. */
  #gramPlaces = new Uint16Array(0)
  #last: FeatureExtractor | null = null

  constructor(index: ArticleIndex) {
    this.#index = index
  }

  /**
   * Ends the reading before.
   * @param words the query's words, with what each is worth
   * @param sequence the terms of the query in order, stop words included
   */
  begin(
    words: readonly ExpandedWord[],
    termWeights: readonly number[],
    sequence: readonly string[],
    budget: WorkBudget,
  ): FeatureExtractor {
    const { vocabulary, grams } = this.#index
    this.#last?.end()
    if (this.#formReadings.length < vocabulary.forms.length)
      this.#formReadings = new Uint16Array(Math.ceil(vocabulary.forms.length * 1.25))
    if (this.#gramPlaces.length < grams.count) this.#gramPlaces = new Uint16Array(Math.ceil(grams.count * 1.25))
    this.#last = null
    const tables = { formReadings: this.#formReadings, gramPlaces: this.#gramPlaces }
    this.#last = new FeatureExtractor(this.#index, words, termWeights, sequence, tables, budget)
    return this.#last
  }

  /** Makes the tables what they are between queries, after an exception somewhere among these. */
  restore(): void {
    this.#last = null
    this.#formReadings.fill(MEANINGLESS)
    this.#gramPlaces.fill(0)
  }
}

/** One query's reading of candidates. */
export class FeatureExtractor {
  readonly matches: FormMatcher
  readonly #index: ArticleIndex
  readonly #budget: WorkBudget
  readonly #formReadings: Uint16Array
  readonly #gramPlaces: Uint16Array
  readonly #formTerms: Uint32Array
  readonly #readings: FormReading[] = []
  readonly #notedForms: number[] = []
  readonly #termWeights: Float64Array
  readonly #total: number
  readonly #capitals: readonly boolean[]
  readonly #grams: number[] = []
  readonly #gramIdfs: number[] = []
  readonly #places = new Map<number, number>()
  /** The pairs of neighbours in the query, by the places of their terms, and what each is worth. */
  readonly #pairs = new Map<number, number>()
  readonly #sequenceLength: number
  // of one candidate
  readonly #best: Float64Array
  readonly #inSentence: Float64Array
  readonly #inTitle: Float64Array
  readonly #spelt: Float64Array
  readonly #gramCounts: Float64Array

  constructor(
    index: ArticleIndex,
    words: readonly ExpandedWord[],
    termWeights: readonly number[],
    sequence: readonly string[],
    { formReadings, gramPlaces }: { readonly formReadings: Uint16Array; readonly gramPlaces: Uint16Array },
    budget: WorkBudget,
  ) {
    this.#index = index
    this.#budget = budget
    this.#formReadings = formReadings
    this.#gramPlaces = gramPlaces
    this.#formTerms = index.vocabulary.termsOfForms()
    this.#termWeights = Float64Array.from(words, ({ count }, i) => count * (termWeights[i] as number))
    this.#total = this.#termWeights.reduce((sum, termWeight) => sum + termWeight, FEW)
    this.#capitals = words.map(({ noun }) => noun)
    this.matches = new FormMatcher(index, words)
    this.matches.forEachForm((form) => this.#mark(form))
    this.#enterGrams(words)
    this.#enterPairs(sequence)
    this.#sequenceLength = sequence.length
    this.#best = new Float64Array(words.length)
    this.#inSentence = new Float64Array(words.length)
    this.#inTitle = new Float64Array(words.length)
    this.#spelt = new Float64Array(words.length)
    this.#gramCounts = new Float64Array(this.#grams.length)
  }

  /** Leaves the tables as they were. */
  end(): void {
    for (const form of this.#notedForms) this.#formReadings[form] = MEANINGLESS
    for (const gram of this.#grams) this.#gramPlaces[gram] = 0
  }

  #mark(form: number): void {
    this.#budget.spend(COST.value)
    if (this.#formReadings[form] === UNMET) return
    this.#formReadings[form] = UNMET
    this.#notedForms.push(form)
  }

  #enterGrams(words: readonly ExpandedWord[]): void {
    const { grams, documents } = this.#index
    for (const { word } of words) {
      for (const name of gramsOf(word.term)) {
        const gram = grams.number(name)
        if (gram === undefined || this.#gramPlaces[gram] !== 0) continue
        this.#grams.push(gram)
        this.#gramPlaces[gram] = this.#grams.length
        const articles = Math.min(grams.frequency(gram), documents.liveCount)
        this.#gramIdfs.push(inverseDocumentFrequency(articles, documents.liveCount))
      }
    }
  }

  #enterPairs(sequence: readonly string[]): void {
    const { vocabulary, documents } = this.#index
    const numbers = sequence.map((term) => vocabulary.termNumber(term) ?? -1)
    const idfOf = (term: number): number =>
      term < 0 ? 0 : inverseDocumentFrequency(vocabulary.documentFrequencies.at(term), documents.liveCount)
    for (const [at, number] of numbers.entries()) {
      if (number < 0 || this.#places.has(number)) continue
      this.#places.set(number, at)
      vocabulary.forEachForm(number, false, (form) => this.#mark(form))
    }
    const placeOf = (at: number): number => this.#places.get(numbers[at] ?? -1) ?? -1
    for (let at = 0; at + 1 < numbers.length; at++) {
      const [first, second] = [placeOf(at), placeOf(at + 1)]
      if (first < 0 || second < 0) continue
      const pairWeight = (idfOf(numbers[at] as number) + idfOf(numbers[at + 1] as number)) / 2
      this.#pairs.set(first * sequence.length + second, pairWeight)
    }
  }

  /** What a candidate says to the query. Takes one look-up a token. */
  features(docId: number): Features {
    const { forward, documents } = this.#index
    const tokens = forward.tokensOf(docId)
    this.#budget.spend(COST.rankedToken * tokens.length)
    const { title: titleEnd, text } = forward.counts(docId)
    const textEnd = titleEnd + text
    const formReadings = this.#formReadings
    const best = this.#best
    const inSentence = this.#inSentence
    const inTitle = this.#inTitle
    const spelt = this.#spelt
    const gramCounts = this.#gramCounts
    for (const sums of [best, inSentence, inTitle, spelt, gramCounts]) sums.fill(0)
    let bestSentence = 0
    let sentenceHas = false
    let placeBefore = -1
    let pairsSeen: Set<number> | undefined
    for (let at = 0; at < tokens.length; at++) {
      const token = tokens[at] as number
      if (token >= SENTENCE_BIT || at >= textEnd || at === titleEnd) {
        if (sentenceHas) {
          bestSentence = Math.max(bestSentence, this.#weightedSum(inSentence))
          inSentence.fill(0)
          sentenceHas = false
        }
        placeBefore = -1
      }
      const form = token & FORM_MASK
      let number = formReadings[form] as number
      if (number === UNMET) number = this.#resolve(form)
      if (number === MEANINGLESS) {
        placeBefore = -1
        continue
      }
      const { matches, closeness, place, grams } = this.#readings[number - FIRST_READING] as FormReading
      if (placeBefore >= 0 && place >= 0) {
        pairsSeen ??= new Set()
        pairsSeen.add(placeBefore * this.#sequenceLength + place)
      }
      placeBefore = place
      const weight = at < titleEnd ? TITLE_WEIGHT : 1
      for (let i = 0; i < grams.length; i++) {
        const gram = grams[i] as number
        gramCounts[gram] = (gramCounts[gram] as number) + weight
      }
      for (let i = 0; i < matches.length; i++) {
        const { word, strength } = matches[i] as FormMatch
        const close = closeness[i] as number
        if (close > (spelt[word] as number)) {
          const isSameCase = ((token & CAPITAL_BIT) !== 0) === this.#capitals[word]
          spelt[word] = Math.max(spelt[word] as number, isSameCase ? close : close * OTHER_CASE)
        }
        if (strength > (best[word] as number)) best[word] = strength
        if (at < titleEnd && strength > (inTitle[word] as number)) inTitle[word] = strength
        if (strength > (inSentence[word] as number)) {
          inSentence[word] = strength
          sentenceHas = true
        }
      }
    }
    if (sentenceHas) bestSentence = Math.max(bestSentence, this.#weightedSum(inSentence))
    let pairs = 0
    if (pairsSeen !== undefined) for (const pair of pairsSeen) pairs += this.#pairs.get(pair) ?? 0
    return {
      spelling: this.#weightedSum(spelt),
      grams: this.#gramScore(documents.norms()[docId] as number),
      sentence: bestSentence,
      pairs,
      coverage: this.#weightedSum(best) / this.#total,
      title: (this.#weightedSum(inTitle) * countOf(inTitle)) / Math.max(1, titleEnd),
      focus: (this.#weightedSum(best) * countOf(best)) / Math.max(1, tokens.length),
    }
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

  /** Works out what a form means to the query. */
  #resolve(form: number): number {
    this.#budget.spend(COST.rankedForm)
    const reading = this.#read(form)
    const isNew = reading !== null && this.#readings.length < READINGS_MAX
    const number = isNew ? this.#readings.push(reading) - 1 + FIRST_READING : MEANINGLESS
    this.#formReadings[form] = number
    return number
  }

  #read(form: number): FormReading | null {
    const term = this.#formTerms[form] as number
    const matches = this.matches.of(form)
    const place = this.#places.get(term) ?? -1
    if (matches.length === 0 && place < 0) return null
    const closeness = matches.map((match) => this.matches.closeness(form, match))
    return { matches, closeness, place, grams: this.#sharedGrams(term) }
  }

  #sharedGrams(term: number): number[] {
    const ends = this.#index.grams.ends()
    const row = this.#index.grams.row()
    const end = ends[term] as number
    const shared: number[] = []
    for (let at = term === 0 ? 0 : (ends[term - 1] as number); at < end; at++) {
      const place = this.#gramPlaces[row[at] as number] as number
      if (place > 0) shared.push(place - 1)
    }
    return shared
  }
}

/** How many words have any strength. */
function countOf(strengths: Float64Array): number {
  let count = 0
  for (let word = 0; word < strengths.length; word++) if ((strengths[word] as number) > 0) count += 1
  return count
}
