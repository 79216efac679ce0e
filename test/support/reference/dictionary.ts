import type { Analyzer } from '../../../src/analysis/analyzer.ts'
import { fold } from '../../../src/analysis/german/fold.ts'
import { orderKey } from '../../../src/analysis/german/order-key.ts'
import {
  codesOf,
  EDIT_LENGTH_MAX,
  EditDistanceFilter,
  editDistance,
  phoneticCode,
} from '../../../src/analysis/spelling/edit-distance.ts'
import { gramsOf } from '../../../src/analysis/spelling/ngrams.ts'
import { keyOfForm } from '../../../src/analysis/word/word.ts'
import type {
  PrefixQuery,
  SimilarTerm,
  SpellingCandidate,
  TermCandidate,
  TermDictionary,
  WordStatistics,
} from '../../../src/search/engine/dictionary.ts'
import { phraseSpansOf } from '../../../src/search/match/phrase-spans.ts'
import type { FieldPhrase } from '../../../src/search/query/resolved-query.ts'
import type { QueryWord } from '../../../src/search/query/words.ts'
import { WorkBudget } from '../../../src/work-budget.ts'
import type { ReferenceDocument, ReferenceForms } from './documents.ts'
import { hasAllParts, hasSomePart, hasWord, wholeFrequencyOf } from './words.ts'

const SIMILARITY_MIN = 0.5
const SIMILAR_MAX = 50
/** One edit is looked for from so many letters on, two from so many. */
const ONE_EDIT_LENGTH = 3
const TWO_EDITS_LENGTH = 7
const ONE_EDIT_DISTANCE = 1.55
const DISTANCE_PER_LETTER = 0.35
const LETTERS = /^\p{L}+$/u

/** Every look-up goes through all documents, or all words of them. */
export class ReferenceDictionary implements TermDictionary {
  readonly #documents: readonly ReferenceDocument[]
  readonly #forms: ReferenceForms
  readonly #analyzer: Analyzer
  readonly #frequencies = new Map<string, number>()
  readonly #gramFrequencies = new Map<string, number>()
  /** By gram how many terms have it. */
  readonly #termsOfGrams = new Map<string, number>()
  readonly #grams: readonly (readonly string[])[]
  readonly #codes: ReadonlyMap<string, Uint8Array>
  /** Terms that only stop words have. */
  readonly #stopTerms: ReadonlySet<string>

  constructor(documents: readonly ReferenceDocument[], forms: ReferenceForms, analyzer: Analyzer) {
    this.#documents = documents
    this.#forms = forms
    this.#analyzer = analyzer
    for (const term of forms.terms) this.#frequencies.set(term, documents.filter(({ terms }) => terms.has(term)).length)
    this.#grams = forms.terms.map(gramsOf)
    for (const [number, term] of forms.terms.entries())
      for (const gram of this.#grams[number] as readonly string[]) {
        this.#gramFrequencies.set(gram, (this.#gramFrequencies.get(gram) ?? 0) + this.#documentFrequency(term))
        this.#termsOfGrams.set(gram, (this.#termsOfGrams.get(gram) ?? 0) + 1)
      }
    const contentTerms = new Set(forms.words.filter(({ stop }) => !stop).map(({ term }) => term))
    this.#stopTerms = new Set(forms.words.map(({ term }) => term).filter((term) => !contentTerms.has(term)))
    const spellings = [...forms.terms, ...forms.words.map(({ form }) => fold(keyOfForm(form)))]
    this.#codes = new Map(spellings.filter(isWord).map((word) => [word, codesOf(phoneticCode(word))]))
  }

  get documents(): number {
    return this.#documents.length
  }

  get titles(): number {
    return this.#count(({ stream }) => stream.titleLength > 0)
  }

  get meanLength(): number {
    const total = this.#documents.reduce((sum, { length }) => sum + length, 0)
    return this.#documents.length === 0 ? 0 : total / this.#documents.length
  }

  get spellings(): number {
    return this.#forms.forms.length
  }

  async documentFrequencies(terms: readonly string[]): Promise<number[]> {
    return terms.map((term) => this.#documentFrequency(term))
  }

  async totalTermFrequencies(terms: readonly string[]): Promise<number[]> {
    return terms.map((term) => this.#documents.reduce((sum, one) => sum + one.occurrences(term), 0))
  }

  async titleFrequencies(terms: readonly string[]): Promise<number[]> {
    return terms.map((term) => this.#count((one) => one.titleFrequency(term) > 0))
  }

  async gramFrequencies(grams: readonly string[]): Promise<number[]> {
    return grams.map((gram) => this.#gramFrequency(gram))
  }

  async wordStatistics(word: QueryWord): Promise<WordStatistics> {
    return {
      documents: this.#count((one) => hasWord(one, word)),
      hasParts: this.#documents.some((one) => wholeFrequencyOf(one, word) === 0 && partsCount(one, word)),
    }
  }

  async wholeWords(terms: readonly string[]): Promise<Set<string>> {
    return new Set(terms.filter((term) => this.#documents.some((one) => one.wholeFrequency(term) > 0)))
  }

  async hasSpelling(term: string, spellings: readonly string[]): Promise<boolean> {
    return this.#forms.words.some((word) => word.term === term && spellings.includes(word.form))
  }

  async phraseFrequencies(phrases: readonly FieldPhrase[]): Promise<number[]> {
    const spans = phraseSpansOf(this.#forms, this.#analyzer)
    return phrases.map(({ phrase, field }) =>
      this.#count(({ stream }) => spans.of(stream, phrase, field, new WorkBudget()).length > 0),
    )
  }

  async prefixTerms({ prefix, except, isLiteral, termLengthMin, most }: PrefixQuery): Promise<TermCandidate[]> {
    const begins = orderKey(prefix)
    if (begins === '') return []
    const terms = this.#forms.words
      .filter(({ stop, form }) => !stop && orderKey(keyOfForm(form)).startsWith(begins))
      .filter(({ form }) => !isLiteral || keyOfForm(form).startsWith(prefix))
      .map(({ term }) => term)
      .filter((term) => term.length >= termLengthMin && !except.includes(term))
    return [...new Set(terms)]
      .map((term) => ({ term, documents: this.#documentFrequency(term) }))
      .sort((a, b) => b.documents - a.documents || (a.term < b.term ? -1 : 1))
      .slice(0, most)
  }

  async similarTerms(term: string): Promise<SimilarTerm[]> {
    const own = gramsOf(term)
    const rarity = (gram: string): number =>
      Math.log(1 + rounded(this.#forms.terms.length) / rounded(this.#termsOfGrams.get(gram) ?? 0))
    const weight = (grams: readonly string[]): number => grams.reduce((sum, gram) => sum + rarity(gram), 0)
    return this.#forms.terms
      .map((other, number) => {
        const grams = this.#grams[number] as readonly string[]
        const common = grams.filter((gram) => own.includes(gram))
        const similarity = common.length === 0 ? 0 : weight(common) / Math.min(weight(own), weight(grams))
        return { term: other, documents: this.#documentFrequency(other), similarity }
      })
      .filter(({ term: other, documents }) => other !== term && documents > 0)
      .filter(({ similarity }) => similarity >= SIMILARITY_MIN)
      .sort((a, b) => b.similarity - a.similarity || (a.term < b.term ? -1 : 1))
      .slice(0, SIMILAR_MAX)
  }

  async spellingCandidates(spelling: string, distanceMax: number): Promise<SpellingCandidate[]> {
    if (spelling.length < ONE_EDIT_LENGTH || spelling.length > EDIT_LENGTH_MAX) return []
    const edits = spelling.length < TWO_EDITS_LENGTH || distanceMax <= 1 ? 1 : 2
    const farthest = Math.min(distanceMax, edits === 1 ? ONE_EDIT_DISTANCE : spelling.length * DISTANCE_PER_LETTER)
    const filter = new EditDistanceFilter(codesOf(phoneticCode(spelling)), edits)
    const distanceTo = (word: string): number => {
      const codes = this.#codes.get(word)
      if (codes === undefined) return Infinity
      return filter.passes(codes, 0, codes.length) ? editDistance(spelling, word, farthest) : Infinity
    }
    const spelt = this.#forms.words.map(({ form, term, stop }) => ({
      term,
      documents: this.#documentFrequency(term),
      distance: distanceTo(fold(keyOfForm(form))),
      matched: 'spelling' as const,
      isStop: stop,
    }))
    const stems = this.#forms.terms.map((term) => ({
      term,
      documents: this.#documentFrequency(term),
      distance: distanceTo(term),
      matched: 'term' as const,
      isStop: this.#stopTerms.has(term),
    }))
    return [...spelt, ...stems].filter(({ distance, documents }) => distance < Infinity && documents > 0)
  }

  /** In lower case: where a spelling with capitals is looked for is the engine's business. */
  async surfaceForms(terms: readonly string[], most: number): Promise<string[]> {
    return terms
      .slice(0, most)
      .flatMap((term) => this.#forms.words.filter((word) => word.term === term).slice(0, 1))
      .map(({ form }) => keyOfForm(form))
  }

  #count(test: (document: ReferenceDocument) => boolean): number {
    return this.#documents.filter(test).length
  }

  #documentFrequency(term: string): number {
    return this.#frequencies.get(term) ?? 0
  }

  #gramFrequency(gram: string): number {
    return this.#gramFrequencies.get(gram) ?? 0
  }
}

/** A number plus one, rounded down to a half power of two. */
const rounded = (count: number): number => 2 ** (Math.floor(2 * Math.log2(count + 1) + 1e-9) / 2)

const isWord = (word: string): boolean =>
  LETTERS.test(word) && word.length >= ONE_EDIT_LENGTH - 1 && word.length <= EDIT_LENGTH_MAX

const partsCount = (document: ReferenceDocument, word: QueryWord): boolean =>
  word.word.key.includes('-') ? hasSomePart(document, word) : hasAllParts(document, word)
