import type {
  PrefixQuery,
  SimilarTerm,
  SpellingCandidate,
  TermCandidate,
  TermDictionary,
  WordStatistics,
} from '../search/engine/dictionary.ts'
import type { FieldPhrase } from '../search/query/resolved-query.ts'
import type { QueryWord } from '../search/query/words.ts'
import { countsOf } from './counting.ts'
import { allOf, anyOf, noneOf, type Query } from './filter-query.ts'
import { POSTINGS } from './index-mappings.ts'
import type { PhraseFinder } from './phrase-finder.ts'
import { similarTerms } from './similar-terms.ts'
import type { Snapshot } from './snapshot.ts'
import { spellingCandidates } from './spelling-lookup.ts'
import { storedTerm } from './stored-terms.ts'
import type { TermFrequencies } from './term-frequencies.ts'
import { prefixTerms, spellingsOfTerm, surfaceForms } from './vocabulary-lookup.ts'
import { hasAllParts, hasAnyPart, hasWhole } from './word-query.ts'

/** What an index of a cluster tells about its terms: a request for each question, of which none needs more than a few answers. */
export class ClusterDictionary implements TermDictionary {
  readonly #snapshot: Snapshot
  readonly #frequencies: TermFrequencies
  readonly #phrases: PhraseFinder
  readonly #signal: AbortSignal | undefined

  constructor(
    snapshot: Snapshot,
    frequencies: TermFrequencies,
    phrases: PhraseFinder,
    signal: AbortSignal | undefined,
  ) {
    this.#snapshot = snapshot
    this.#frequencies = frequencies
    this.#phrases = phrases
    this.#signal = signal
  }

  get documents(): number {
    return this.#snapshot.statistics.documents
  }

  get titles(): number {
    return this.#snapshot.statistics.titles
  }

  get meanLength(): number {
    return this.#snapshot.statistics.meanLength
  }

  get spellings(): number {
    return this.#snapshot.statistics.spellings
  }

  documentFrequencies(terms: readonly string[]): Promise<readonly number[]> {
    return this.#frequencies.documents(terms)
  }

  totalTermFrequencies(terms: readonly string[]): Promise<readonly number[]> {
    return this.#frequencies.occurrences(terms)
  }

  titleFrequencies(terms: readonly string[]): Promise<readonly number[]> {
    return this.#count(terms.map((term) => ({ term: { [POSTINGS.title]: storedTerm(term) } })))
  }

  gramFrequencies(grams: readonly string[]): Promise<readonly number[]> {
    return this.#frequencies.grams(grams)
  }

  async wordStatistics(word: QueryWord): Promise<WordStatistics> {
    const whole = hasWhole(word)
    const all = hasAllParts(word)
    const isEach = word.word.key.includes('-')
    const parts = isEach ? hasAnyPart(word) : all
    const [documents = 0, apart = 0] = await this.#count([anyOf([whole, all]), allOf([parts, noneOf([whole])])])
    return { documents, hasParts: apart > 0 }
  }

  async wholeWords(terms: readonly string[]): Promise<ReadonlySet<string>> {
    const counts = await this.#count(terms.map((term) => ({ term: { [POSTINGS.whole]: storedTerm(term) } })))
    return new Set(terms.filter((_, at) => (counts[at] as number) > 0))
  }

  async hasSpelling(term: string, spellings: readonly string[]): Promise<boolean> {
    const forms = await spellingsOfTerm(this.#snapshot, term, this.#signal)
    return forms.some(({ form }) => spellings.includes(form))
  }

  async phraseFrequencies(phrases: readonly FieldPhrase[]): Promise<readonly number[]> {
    const found = await this.#phrases.findAll(phrases)
    return found.map(({ size }) => size)
  }

  prefixTerms(query: PrefixQuery): Promise<readonly TermCandidate[]> {
    return prefixTerms(this.#snapshot, query, this.#signal)
  }

  similarTerms(term: string): Promise<readonly SimilarTerm[]> {
    return similarTerms(this.#snapshot, term, this.#signal)
  }

  spellingCandidates(spelling: string, distanceMax: number): Promise<readonly SpellingCandidate[]> {
    return spellingCandidates(this.#snapshot, spelling, distanceMax, this.#signal)
  }

  surfaceForms(terms: readonly string[], most: number): Promise<readonly string[]> {
    return surfaceForms(this.#snapshot, terms.slice(0, most), this.#signal)
  }

  async #count(queries: readonly Query[]): Promise<number[]> {
    return queries.length === 0 ? [] : countsOf(this.#snapshot, queries, this.#signal)
  }
}
