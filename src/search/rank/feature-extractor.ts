import { COST, type WorkBudget } from '../../work-budget.ts'
import type { FormTable, GramTable } from '../engine/forms.ts'
import { CAPITAL_BIT, FORM_MASK, type TokenStream, type TokenStreams } from '../engine/token-stream.ts'
import type { FormMatch, FormMatcher } from '../match/form-matcher.ts'
import { FormSet } from '../match/form-set.ts'
import { saturation } from '../ranking/bm25.ts'
import type { Features } from '../ranking/signals.ts'
import { TITLE_WEIGHT } from '../ranking/weights.ts'
import type { ResolvedQuery } from '../rewrite/rewrite.ts'
import type { FormReadings } from './form-readings.ts'

/** What one form means to a query. */
interface FormReading {
  readonly matches: readonly FormMatch[]
  /** For each match how closely it is spelt like the query word. */
  readonly closeness: readonly number[]
  /** Where its term stands in the query's sequence of terms, or -1. */
  readonly position: number
  /** Which of the query's grams it has. */
  readonly grams: readonly number[]
}

const FEW = 1e-9
/** A word spelt alike but for a capital letter is nearly the same. */
const OTHER_CASE = 0.97

/** In the table of readings: not met yet; means nothing to the query; from here on the number of a reading. */
const UNMET = 0
const MEANINGLESS = 1
const FIRST_READING = 2
/** So many different forms of the candidates are read: beyond, they count as strangers. */
const READINGS_MAX = 2 ** 16 - FIRST_READING

/**
 * Reads candidates for the second stage: one pass over an article's tokens, a look-up each. What a form means to the query is worked
 * out once, when the first candidate has it.
 */
export class FeatureExtractor {
  readonly #forms: FormTable
  readonly #grams: GramTable
  readonly #matches: FormMatcher
  readonly #budget: WorkBudget
  /** By form the number of its reading, see above. */
  readonly #numbers: Uint16Array
  readonly #markForm: FormReadings['mark']
  /** The forms that may mean something: those that match a word, or are one of the sequence. */
  readonly #meaning: FormSet
  readonly #formTerms: Uint32Array
  readonly #readings: FormReading[] = []
  readonly #termWeights: Float64Array
  readonly #total: number
  readonly #capitals: readonly boolean[]
  /** By gram its position among those of the query, and what each of these tells. */
  readonly #gramPositions = new Map<number, number>()
  readonly #gramIdfs: readonly number[]
  readonly #positions = new Map<number, number>()
  /** The pairs of neighbours in the query, by the places of their terms, and how much each tells. */
  readonly #pairs = new Map<number, number>()
  readonly #sequenceLength: number
  // of one candidate
  readonly #best: Float64Array
  readonly #inSentence: Float64Array
  readonly #inTitle: Float64Array
  readonly #spelt: Float64Array
  readonly #gramCounts: Float64Array
  readonly #pairsSeen = new Set<number>()
  #bestSentence = 0

  /**
   * @param matches which words of the query the forms match
   * @param readings a table of all forms, empty
   */
  constructor(
    { words, sequence, grams }: Pick<ResolvedQuery, 'words' | 'sequence' | 'grams'>,
    { forms, grams: gramTable }: Pick<TokenStreams, 'forms' | 'grams'>,
    matches: FormMatcher,
    readings: FormReadings,
    budget: WorkBudget,
  ) {
    this.#forms = forms
    this.#grams = gramTable
    this.#matches = matches
    this.#budget = budget
    this.#numbers = readings.numbers
    this.#markForm = (form) => readings.mark(form)
    this.#formTerms = forms.termsOfForms()
    this.#termWeights = Float64Array.from(words, ({ count, termWeight }) => count * termWeight)
    this.#total = this.#termWeights.reduce((sum, termWeight) => sum + termWeight, FEW)
    this.#capitals = words.map(({ noun }) => noun)
    this.#meaning = new FormSet(forms.forms.length)
    this.#meaning.addAll(matches.matching)
    budget.spend(COST.value * matches.visits)
    for (const [position, { gram }] of grams.entries()) this.#noteGram(gramTable.number(gram), position)
    this.#gramIdfs = grams.map(({ idf }) => idf)
    this.#enterPairs(sequence)
    this.#sequenceLength = sequence.length
    this.#best = new Float64Array(words.length)
    this.#inSentence = new Float64Array(words.length)
    this.#inTitle = new Float64Array(words.length)
    this.#spelt = new Float64Array(words.length)
    this.#gramCounts = new Float64Array(grams.length)
  }

  /** A gram that no term has is in no article. */
  #noteGram(gram: number | undefined, position: number): void {
    if (gram !== undefined) this.#gramPositions.set(gram, position)
  }

  #mark(form: number): void {
    this.#budget.spend(COST.value)
    this.#meaning.add(form)
  }

  #enterPairs(sequence: ResolvedQuery['sequence']): void {
    const numbers = sequence.map(({ term }) => this.#forms.termNumber(term) ?? -1)
    for (const [at, number] of numbers.entries()) {
      if (number < 0 || this.#positions.has(number)) continue
      this.#positions.set(number, at)
      this.#forms.forEachForm(number, false, (form) => this.#mark(form))
    }
    const positionAt = (at: number): number => this.#positions.get(numbers[at] ?? -1) ?? -1
    for (let at = 0; at + 1 < numbers.length; at++) {
      const [first, second] = [positionAt(at), positionAt(at + 1)]
      if (first < 0 || second < 0) continue
      const pairWeight = ((sequence[at]?.idf as number) + (sequence[at + 1]?.idf as number)) / 2
      this.#pairs.set(first * sequence.length + second, pairWeight)
    }
  }

  /** What a candidate says to the query. Takes one look-up a token. */
  features({ tokens, title: titleEnd, text, norm }: TokenStream): Features {
    this.#budget.spend(COST.rankedToken * tokens.length)
    const best = this.#best
    const inTitle = this.#inTitle
    for (const sums of [best, this.#inSentence, inTitle, this.#spelt, this.#gramCounts]) sums.fill(0)
    this.#bestSentence = 0
    this.#pairsSeen.clear()
    const signed = new Int32Array(tokens.buffer, tokens.byteOffset, tokens.length)
    const textEnd = titleEnd + text
    this.#readField(signed, 0, titleEnd, 'title')
    this.#readField(signed, titleEnd, textEnd, 'text')
    // tags, author and meta: each word stands by itself
    for (let at = textEnd; at < tokens.length; at++) this.#readField(signed, at, at + 1, 'extra')
    let pairs = 0
    for (const pair of this.#pairsSeen) pairs += this.#pairs.get(pair) ?? 0
    return {
      spelling: this.#weightedSum(this.#spelt),
      grams: this.#gramScore(norm),
      sentence: this.#bestSentence,
      pairs,
      coverage: this.#weightedSum(best) / this.#total,
      title: (this.#weightedSum(inTitle) * countOf(inTitle)) / Math.max(1, titleEnd),
      focus: (this.#weightedSum(best) * countOf(best)) / Math.max(1, tokens.length),
    }
  }

  /**
   * Reads tokens of one field. Most mean nothing to the query and are passed over in a loop of a few instructions: that is where the time
   * of long articles goes.
   * @param tokens as signed numbers: one that begins a sentence is negative
   */
  #readField(tokens: Int32Array, from: number, to: number, field: 'title' | 'text' | 'extra'): void {
    const { bits } = this.#meaning
    let sentenceHas = false
    let positionBefore = -1
    let before = from - 1
    for (let at = from; at < to; at++) {
      let borders = 0
      let token = 0
      for (; at < to; at++) {
        token = tokens[at] as number
        borders |= token
        const form = token & FORM_MASK
        if ((((bits[form >>> 5] as number) >>> (form & 31)) & 1) === 1) break
      }
      if (at === to) break
      if (borders < 0) {
        if (sentenceHas) this.#endSentence()
        sentenceHas = false
        positionBefore = -1
      }
      if (before !== at - 1) positionBefore = -1
      before = at
      const form = token & FORM_MASK
      let number = this.#numbers[form] as number
      if (number === UNMET) number = this.#resolve(form)
      if (number === MEANINGLESS) {
        positionBefore = -1
        continue
      }
      const reading = this.#readings[number - FIRST_READING] as FormReading
      const { position } = reading
      if (positionBefore >= 0 && position >= 0) this.#pairsSeen.add(positionBefore * this.#sequenceLength + position)
      positionBefore = position
      if (this.#enter(reading, (token & CAPITAL_BIT) !== 0, field === 'title')) sentenceHas = true
    }
    if (sentenceHas) this.#endSentence()
  }

  /** @returns whether its sentence has more of the query by it */
  #enter({ matches, closeness, grams }: FormReading, isCapital: boolean, isTitle: boolean): boolean {
    const [best, inSentence, inTitle, spelt] = [this.#best, this.#inSentence, this.#inTitle, this.#spelt]
    const weight = isTitle ? TITLE_WEIGHT : 1
    for (let i = 0; i < grams.length; i++) {
      const gram = grams[i] as number
      this.#gramCounts[gram] = (this.#gramCounts[gram] as number) + weight
    }
    let sentenceHas = false
    for (let i = 0; i < matches.length; i++) {
      const { word, strength } = matches[i] as FormMatch
      const close = closeness[i] as number
      if (close > (spelt[word] as number)) {
        const isSameCase = isCapital === this.#capitals[word]
        spelt[word] = Math.max(spelt[word] as number, isSameCase ? close : close * OTHER_CASE)
      }
      if (strength > (best[word] as number)) best[word] = strength
      if (isTitle && strength > (inTitle[word] as number)) inTitle[word] = strength
      if (strength > (inSentence[word] as number)) {
        inSentence[word] = strength
        sentenceHas = true
      }
    }
    return sentenceHas
  }

  #endSentence(): void {
    this.#bestSentence = Math.max(this.#bestSentence, this.#weightedSum(this.#inSentence))
    this.#inSentence.fill(0)
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
    this.#numbers[form] = number
    this.#markForm(form)
    return number
  }

  #read(form: number): FormReading | null {
    const term = this.#formTerms[form] as number
    const matches = this.#matches.of(form)
    const position = this.#positions.get(term) ?? -1
    if (matches.length === 0 && position < 0) return null
    const closeness = matches.map((match) => this.#matches.closeness(form, match))
    return { matches, closeness, position, grams: this.#sharedGrams(term) }
  }

  #sharedGrams(term: number): number[] {
    const shared: number[] = []
    this.#grams.forEachGram(term, (gram) => {
      const position = this.#gramPositions.get(gram)
      if (position !== undefined) shared.push(position)
    })
    return shared
  }
}

/** How many words have any strength. */
function countOf(strengths: Float64Array): number {
  let count = 0
  for (let word = 0; word < strengths.length; word++) if ((strengths[word] as number) > 0) count += 1
  return count
}
