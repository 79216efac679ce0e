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
import { ArticleCounts } from './counting.ts'
import { allOf, anyOf, noneOf } from './filter-query.ts'
import { LISTS_REMEMBERED, RememberedAnswers } from './gathered-lookups.ts'
import { POSTINGS } from './index-mappings.ts'
import { hasLower, leastSaturation } from './least-saturation.ts'
import type { PhraseFinder } from './phrase-finder.ts'
import { similarTerms } from './similar-terms.ts'
import type { Snapshot } from './snapshot.ts'
import { spellingCandidates } from './spelling-lookup.ts'
import type { TermFrequencies } from './term-frequencies.ts'
import { prefixTerms, spellingsOfTerms, surfaceForms } from './vocabulary-lookup.ts'
import { hasAllParts, hasAnyPart, hasWhole } from './word-query.ts'

interface Remembered {
  readonly prefixes: RememberedAnswers<readonly TermCandidate[]>
  readonly spellings: RememberedAnswers<readonly SpellingCandidate[]>
}

const known = new WeakMap<Snapshot, Remembered>()

/** What an index of a cluster tells about its terms. Questions that are asked at once go in one request, and answers are remembered as long as the state is read. */
export class ClusterDictionary implements TermDictionary {
  readonly isFar = true
  readonly #snapshot: Snapshot
  readonly #counts: ArticleCounts
  readonly #remembered: Remembered
  readonly #frequencies: TermFrequencies
  readonly #phrases: PhraseFinder

  constructor(snapshot: Snapshot, frequencies: TermFrequencies, phrases: PhraseFinder) {
    this.#snapshot = snapshot
    this.#frequencies = frequencies
    this.#phrases = phrases
    this.#counts = ArticleCounts.of(snapshot)
    this.#remembered = known.get(snapshot) ?? {
      prefixes: new RememberedAnswers(LISTS_REMEMBERED),
      spellings: new RememberedAnswers(LISTS_REMEMBERED),
    }
    known.set(snapshot, this.#remembered)
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
    return this.#counts.having(POSTINGS.title, terms)
  }

  async gramFrequencies(grams: readonly string[]): Promise<readonly number[]> {
    return (await this.#frequencies.grams(grams)).map(({ documents }) => documents)
  }

  async wordStatistics(word: QueryWord): Promise<WordStatistics> {
    const whole = hasWhole(word)
    const all = hasAllParts(word)
    const isEach = word.word.key.includes('-')
    // asked for with the statistics: retrieving needs it where the word has parts
    if (hasLower(word, 0)) void leastSaturation(this.#snapshot, word)
    const parts = isEach ? hasAnyPart(word) : all
    const [documents, hasParts] = await Promise.all([
      this.#counts.of(anyOf([whole, all])),
      this.#counts.has(allOf([parts, noneOf([whole])])),
    ])
    return { documents, hasParts }
  }

  async wholeWords(terms: readonly string[]): Promise<ReadonlySet<string>> {
    const counts = await this.#counts.having(POSTINGS.whole, terms)
    return new Set(terms.filter((_, at) => (counts[at] as number) > 0))
  }

  async hasSpelling(term: string, spellings: readonly string[]): Promise<boolean> {
    const [forms = []] = await spellingsOfTerms(this.#snapshot, [term])
    return forms.some(({ form }) => spellings.includes(form))
  }

  async phraseFrequencies(phrases: readonly FieldPhrase[]): Promise<readonly number[]> {
    const found = await this.#phrases.findAll(phrases)
    return found.map(({ size }) => size)
  }

  prefixTerms(query: PrefixQuery): Promise<readonly TermCandidate[]> {
    const { prefixes } = this.#remembered
    return prefixes.of(JSON.stringify(query), () => prefixTerms(this.#snapshot, query))
  }

  similarTerms(term: string): Promise<readonly SimilarTerm[]> {
    return similarTerms(this.#snapshot, term)
  }

  spellingCandidates(spelling: string, distanceMax: number): Promise<readonly SpellingCandidate[]> {
    const { spellings } = this.#remembered
    return spellings.of(`${distanceMax} ${spelling}`, () => spellingCandidates(this.#snapshot, spelling, distanceMax))
  }

  surfaceForms(terms: readonly string[], most: number): Promise<readonly string[]> {
    return surfaceForms(this.#snapshot, terms.slice(0, most))
  }
}
