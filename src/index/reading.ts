import type { LookedUpWord } from '../search/engine.ts'
import { inverseDocumentFrequency, saturation } from '../search/ranking/bm25.ts'
import { type Evidence, NO_EVIDENCE } from '../search/ranking/signals.ts'
import { TITLE_WEIGHT } from '../search/ranking/weights.ts'
import type { ArticleIndex } from './article-index.ts'
import { type FormMatch, FormMatches } from './form-matches.ts'
import { CAPITAL_BIT, FORM_MASK, SENTENCE_BIT } from './forward.ts'
import { gramsOf } from './grams.ts'

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

const NO_GRAMS: readonly number[] = []
const FEW = 1e-9
/** A word spelt alike but for a capital letter is nearly the same. */
const OTHER_CASE = 0.97

/**
 * Reads candidates for the second stage: one pass over an article's tokens, a look-up each. What a form means to the query is
 * worked out once, when the first candidate has it.
 */
export class Reader {
  readonly #index: ArticleIndex
  // by form: which query last met it, and its reading there (0: none)
  #seen = new Uint32Array(0)
  #readings = new Uint16Array(0)
  #query = 0
  // by gram: which query has it, and its place among the query's grams
  #gramSeen = new Uint32Array(0)
  #gramPlaces = new Uint16Array(0)

  constructor(index: ArticleIndex) {
    this.#index = index
  }

  /**
   * @param words the query's words, with what each is worth
   * @param sequence the terms of the query in order, stop words included
   */
  begin(words: readonly LookedUpWord[], worths: readonly number[], sequence: readonly string[]): QueryReading {
    const { vocabulary, grams } = this.#index
    if (this.#seen.length < vocabulary.forms.length) {
      this.#seen = new Uint32Array(Math.ceil(vocabulary.forms.length * 1.25))
      this.#readings = new Uint16Array(this.#seen.length)
    }
    if (this.#gramSeen.length < grams.count) {
      this.#gramSeen = new Uint32Array(Math.ceil(grams.count * 1.25))
      this.#gramPlaces = new Uint16Array(this.#gramSeen.length)
    }
    this.#query += 1
    return new QueryReading(this.#index, words, worths, sequence, {
      query: this.#query,
      seen: this.#seen,
      readings: this.#readings,
      gramSeen: this.#gramSeen,
      gramPlaces: this.#gramPlaces,
    })
  }
}

interface Tables {
  readonly query: number
  readonly seen: Uint32Array
  readonly readings: Uint16Array
  readonly gramSeen: Uint32Array
  readonly gramPlaces: Uint16Array
}

/** So many different forms of the candidates are read: beyond, they count as strangers. */
const READINGS_MAX = 2 ** 16 - 1

export class QueryReading {
  readonly matches: FormMatches
  readonly #index: ArticleIndex
  readonly #worths: readonly number[]
  readonly #total: number
  readonly #capitals: readonly boolean[]
  readonly #tables: Tables
  /** The first one stands for forms that mean nothing. */
  readonly #formReadings: (FormReading | null)[] = [null]
  readonly #gramWorths: number[] = []
  readonly #places = new Map<number, number>()
  /** By the place of its first term what each pair of neighbours in the query is worth. */
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
    words: readonly LookedUpWord[],
    worths: readonly number[],
    sequence: readonly string[],
    tables: Tables,
  ) {
    this.#index = index
    this.#worths = words.map(({ count }, i) => count * (worths[i] as number))
    this.#total = this.#worths.reduce((sum, worth) => sum + worth, FEW)
    this.#capitals = words.map(({ noun }) => noun)
    this.#tables = tables
    this.matches = new FormMatches(index, words)
    this.#enterGrams(words)
    this.#enterPairs(sequence)
    this.#sequenceLength = sequence.length
    this.#best = new Float64Array(words.length)
    this.#inSentence = new Float64Array(words.length)
    this.#inTitle = new Float64Array(words.length)
    this.#spelt = new Float64Array(words.length)
    this.#gramCounts = new Float64Array(this.#gramWorths.length)
  }

  #enterGrams(words: readonly LookedUpWord[]): void {
    const { grams, documents } = this.#index
    const { query, gramSeen, gramPlaces } = this.#tables
    for (const { word } of words) {
      for (const name of gramsOf(word.term)) {
        const gram = grams.number(name)
        if (gram === undefined) continue
        if (gramSeen[gram] !== query) {
          gramSeen[gram] = query
          gramPlaces[gram] = this.#gramWorths.length
          this.#gramWorths.push(0)
        }
        const articles = Math.min(grams.frequency(gram), documents.living)
        const place = gramPlaces[gram] as number
        this.#gramWorths[place] = inverseDocumentFrequency(articles, documents.living)
      }
    }
  }

  #enterPairs(sequence: readonly string[]): void {
    const { vocabulary, documents } = this.#index
    const numbers = sequence.map((term) => vocabulary.termNumber(term) ?? -1)
    const worthOf = (term: number): number =>
      term < 0 ? 0 : inverseDocumentFrequency(vocabulary.documentFrequencies.at(term), documents.living)
    for (const [at, number] of numbers.entries())
      if (number >= 0 && !this.#places.has(number)) this.#places.set(number, at)
    const placeOf = (at: number): number => this.#places.get(numbers[at] ?? -1) ?? -1
    for (let at = 0; at + 1 < numbers.length; at++) {
      const [first, second] = [placeOf(at), placeOf(at + 1)]
      if (first < 0 || second < 0) continue
      const worth = (worthOf(numbers[at] as number) + worthOf(numbers[at + 1] as number)) / 2
      this.#pairs.set(first * sequence.length + second, worth)
    }
  }

  /** What a candidate says to the query. Takes one look-up a token. */
  evidence(ordinal: number): Evidence {
    const { forward, documents } = this.#index
    const tokens = forward.tokensOf(ordinal)
    const { title: titleEnd, text } = forward.counts(ordinal)
    const textEnd = titleEnd + text
    const { query, seen, readings } = this.#tables
    const evidence: Evidence = { ...NO_EVIDENCE }
    const [best, inSentence, inTitle, spelt, gramCounts] = [
      this.#best,
      this.#inSentence,
      this.#inTitle,
      this.#spelt,
      this.#gramCounts,
    ]
    best.fill(0)
    inSentence.fill(0)
    inTitle.fill(0)
    spelt.fill(0)
    gramCounts.fill(0)
    let sentenceHas = false
    let placeBefore = -1
    const pairsSeen = new Set<number>()
    for (let at = 0; at < tokens.length; at++) {
      const token = tokens[at] as number
      if (token >= SENTENCE_BIT || at >= textEnd || at === titleEnd) {
        if (sentenceHas) evidence.sentence = Math.max(evidence.sentence, this.#worthOf(inSentence))
        if (sentenceHas) inSentence.fill(0)
        sentenceHas = false
        placeBefore = -1
      }
      const form = token & FORM_MASK
      const number = seen[form] === query ? (readings[form] as number) : this.#enter(form)
      if (number === 0) {
        placeBefore = -1
        continue
      }
      const reading = this.#formReadings[number] as FormReading
      if (placeBefore >= 0 && reading.place >= 0) pairsSeen.add(placeBefore * this.#sequenceLength + reading.place)
      placeBefore = reading.place
      const weight = at < titleEnd ? TITLE_WEIGHT : 1
      for (const gram of reading.grams) gramCounts[gram] = (gramCounts[gram] as number) + weight
      for (let i = 0; i < reading.matches.length; i++) {
        const { word, strength } = reading.matches[i] as FormMatch
        const closeness = reading.closeness[i] as number
        if (closeness > (spelt[word] as number)) {
          const isSameCase = ((token & CAPITAL_BIT) !== 0) === this.#capitals[word]
          spelt[word] = Math.max(spelt[word] as number, isSameCase ? closeness : closeness * OTHER_CASE)
        }
        if (strength > (best[word] as number)) best[word] = strength
        if (at < titleEnd && strength > (inTitle[word] as number)) inTitle[word] = strength
        if (strength > (inSentence[word] as number)) {
          inSentence[word] = strength
          sentenceHas = true
        }
      }
    }
    if (sentenceHas) evidence.sentence = Math.max(evidence.sentence, this.#worthOf(inSentence))
    for (let word = 0; word < best.length; word++) {
      const worth = this.#worths[word] as number
      evidence.spelling += (spelt[word] as number) * worth
      evidence.coverage += ((best[word] as number) * worth) / this.#total
    }
    const norm = documents.norms()[ordinal] as number
    for (let gram = 0; gram < gramCounts.length; gram++) {
      const count = gramCounts[gram] as number
      if (count > 0) evidence.grams += (this.#gramWorths[gram] as number) * saturation(count, norm)
    }
    for (const pair of pairsSeen) evidence.pairs += this.#pairs.get(pair) ?? 0
    evidence.focus = (this.#worthOf(best) * countOf(best)) / Math.max(1, tokens.length)
    evidence.title = (this.#worthOf(inTitle) * countOf(inTitle)) / Math.max(1, titleEnd)
    return evidence
  }

  #worthOf(strengths: Float64Array): number {
    let worth = 0
    for (let word = 0; word < strengths.length; word++)
      worth += (strengths[word] as number) * (this.#worths[word] as number)
    return worth
  }

  /** Works out what a form means to the query. */
  #enter(form: number): number {
    const { query, seen, readings, gramSeen, gramPlaces } = this.#tables
    const { vocabulary, grams } = this.#index
    seen[form] = query
    readings[form] = 0
    const term = vocabulary.termOfForm(form)
    let shared: number[] | undefined
    const row = grams.row()
    const end = grams.end(term)
    for (let at = grams.start(term); at < end; at++) {
      const gram = row[at] as number
      if (gramSeen[gram] !== query) continue
      shared ??= []
      shared.push(gramPlaces[gram] as number)
    }
    const matches = this.matches.of(form)
    const place = this.#places.get(term) ?? -1
    if ((shared === undefined && matches.length === 0 && place < 0) || this.#formReadings.length > READINGS_MAX)
      return 0
    const closeness = matches.map((match) => this.matches.closeness(form, match))
    const number = this.#formReadings.length
    this.#formReadings.push({ matches, closeness, place, grams: shared ?? NO_GRAMS })
    readings[form] = number
    return number
  }
}

/** How many words have any strength. */
function countOf(strengths: Float64Array): number {
  let count = 0
  for (const strength of strengths) if (strength > 0) count += 1
  return count
}
