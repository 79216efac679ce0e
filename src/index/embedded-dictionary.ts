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
import { COST, type WorkBudget } from '../work-budget.ts'
import { NgramSimilarTerms } from './dictionary/ngram-similar-terms.ts'
import { PrefixTerms } from './dictionary/prefix-terms.ts'
import { type Lookup, RememberedLookups } from './dictionary/remembered-lookups.ts'
import { SpellingCandidates } from './dictionary/spelling-candidates.ts'
import type { PhraseMatcher } from './match/phrase-matcher.ts'
import type { WordFrequencyReader } from './retrieve/word-frequencies.ts'
import { ALIAS, type PostingList, TITLE, WHOLE } from './segment/posting-list.ts'
import type { ArticleIndex } from './segment/segment.ts'
import type { SurfaceForms } from './suggest/surface-forms.ts'

const TOTAL_KINDS = [WHOLE, ALIAS]
const TITLE_KINDS = [TITLE]

/** What the index of this process tells about its terms. */
export class EmbeddedDictionary implements TermDictionary {
  readonly #index: ArticleIndex
  readonly #frequencies: WordFrequencyReader
  readonly #phrases: PhraseMatcher
  readonly #surfaceForms: SurfaceForms
  readonly #similar: NgramSimilarTerms
  readonly #candidates: SpellingCandidates
  readonly #prefixTerms: PrefixTerms
  readonly #remembered = new RememberedLookups()
  #budget: WorkBudget | undefined

  constructor(
    index: ArticleIndex,
    frequencies: WordFrequencyReader,
    phrases: PhraseMatcher,
    surfaceForms: SurfaceForms,
  ) {
    const { vocabulary } = index
    this.#index = index
    this.#frequencies = frequencies
    this.#phrases = phrases
    this.#surfaceForms = surfaceForms
    this.#similar = new NgramSimilarTerms(
      index.grams,
      (term) => vocabulary.documentFrequencies.at(term) > 0,
      (term) => vocabulary.terms.at(term) as string,
    )
    this.#candidates = new SpellingCandidates(vocabulary, index.prepared.spellings)
    this.#prefixTerms = new PrefixTerms(vocabulary, index.formOrder)
  }

  /** @param budget of the query whose words are asked for from now on */
  reset(budget: WorkBudget): void {
    const { size, liveCount } = this.#index.documents
    this.#budget = budget
    this.#similar.reset(budget)
    this.#candidates.reset(budget)
    this.#prefixTerms.reset(budget)
    // whatever is added or removed changes one of these
    this.#remembered.reset(`${size} ${liveCount}`, budget)
  }

  /** Makes the tables what they are between uses, after an exception somewhere among these. */
  restore(): void {
    this.#similar.restore()
    this.#candidates.restore()
  }

  /** Prepares spelling candidates for so many more words of the vocabulary; whether all are prepared. */
  warmUp(words: number): boolean {
    return this.#candidates.add(words)
  }

  get documents(): number {
    return this.#index.documents.liveCount
  }

  get titles(): number {
    return this.#index.documents.titledCount
  }

  get meanLength(): number {
    return this.#index.documents.meanLength
  }

  get spellings(): number {
    return this.#index.vocabulary.livingForms
  }

  async documentFrequencies(terms: readonly string[]): Promise<readonly number[]> {
    return terms.map((term) => this.#index.vocabulary.documentFrequency(term))
  }

  async totalTermFrequencies(terms: readonly string[]): Promise<readonly number[]> {
    return terms.map((term) => this.#sumOf(term, TOTAL_KINDS, (frequency) => frequency))
  }

  async titleFrequencies(terms: readonly string[]): Promise<readonly number[]> {
    return terms.map((term) => this.#sumOf(term, TITLE_KINDS, () => 1))
  }

  /** Of the postings of living articles. */
  #sumOf(term: string, kinds: readonly number[], worth: (frequency: number) => number): number {
    const { postings, documents, vocabulary } = this.#index
    const number = vocabulary.termNumber(term)
    let sum = 0
    for (const kind of kinds) {
      for (const { docIds, frequencies, start, end } of postings.lists(number, kind)) {
        this.#budget?.spend(COST.posting * (end - start))
        for (let at = start; at < end; at++)
          if (documents.deletedDocs[docIds[at] as number] === 0) sum += worth(frequencies[at] as number)
      }
    }
    return sum
  }

  async gramFrequencies(grams: readonly string[]): Promise<readonly number[]> {
    const index = this.#index.grams
    return grams.map((gram) => {
      const number = index.number(gram)
      return number === undefined ? 0 : index.frequency(number)
    })
  }

  async wordStatistics(word: QueryWord): Promise<WordStatistics> {
    const { whole, subwords } = this.#frequencies.word(word)
    return { documents: whole.docIds.length + subwords.complete, hasParts: subwords.docIds.length > 0 }
  }

  async wholeWords(terms: readonly string[]): Promise<ReadonlySet<string>> {
    const { postings, documents, vocabulary } = this.#index
    const hasLive = ({ docIds, start, end }: PostingList): boolean => {
      for (let at = start; at < end; at++) if (documents.deletedDocs[docIds[at] as number] === 0) return true
      return false
    }
    return new Set(terms.filter((term) => postings.lists(vocabulary.termNumber(term), WHOLE).some(hasLive)))
  }

  async hasSpelling(term: string, spellings: readonly string[]): Promise<boolean> {
    const { vocabulary } = this.#index
    const number = vocabulary.termNumber(term)
    return number !== undefined && spellings.some((spelling) => vocabulary.hasForm(spelling, number))
  }

  async phraseFrequencies(phrases: readonly FieldPhrase[]): Promise<readonly number[]> {
    return (await this.#phrases.findAll(phrases)).map(({ size }) => size)
  }

  async prefixTerms(query: PrefixQuery): Promise<readonly TermCandidate[]> {
    const { prefix, except, isLiteral, termLengthMin, most } = query
    const name = ['prefix', prefix, isLiteral, termLengthMin, most, ...except].join(' ')
    return this.#remembered.of(name, () => {
      const found = this.#prefixTerms.of(query).map((term) => this.#termCandidate(term))
      const isSame = this.#prefixTerms.watch(prefix)
      return { found, now: () => (isSame() ? found : null) }
    })
  }

  async similarTerms(term: string): Promise<readonly SimilarTerm[]> {
    const { length, terms, similarities } = this.#remembered.of(`similar ${term}`, () => {
      const found = this.#similar.of(term)
      const isSame = this.#similar.watch(term)
      return { found, now: () => (isSame() ? found : null) }
    })
    return Array.from({ length }, (_, at) => {
      // spelt out: of objects that begin as copies of others each gets a hidden class of its own, hundreds of bytes
      const { term: name, documents } = this.#termCandidate(terms[at] as number)
      return { term: name, documents, similarity: similarities[at] as number }
    })
  }

  async spellingCandidates(spelling: string, distanceMax: number): Promise<readonly SpellingCandidate[]> {
    return this.#remembered.of(`spelling ${spelling} ${distanceMax}`, () =>
      this.#spellingCandidates(spelling, distanceMax),
    )
  }

  #spellingCandidates(spelling: string, distanceMax: number): Lookup<readonly SpellingCandidate[]> {
    const candidates = this.#candidates
    const stored = this.#remembered.of(`stored ${spelling} ${distanceMax}`, () => {
      const found = candidates.nearStored(spelling, distanceMax)
      return { found, now: () => found }
    })
    const words = [...stored, ...candidates.nearLater(spelling, distanceMax)]
    const later = candidates.countLater()
    const found = (): SpellingCandidate[] =>
      candidates.candidates(words).map(({ term: number, distance, isTerm, isStop }) => {
        const { term, documents } = this.#termCandidate(number)
        return { term, documents, distance, matched: isTerm ? 'term' : 'spelling', isStop }
      })
    return { found: found(), now: () => (candidates.countLater() === later ? found() : null) }
  }

  async surfaceForms(terms: readonly string[], most: number): Promise<readonly string[]> {
    const { vocabulary } = this.#index
    const budget = this.#budget as WorkBudget
    this.#surfaceForms.reset(budget)
    const spellings = new Set<string>()
    for (const term of terms) {
      if (spellings.size === most || budget.isSpent()) break
      let best = -1
      vocabulary.forEachForm(vocabulary.termNumber(term) ?? -1, false, (form) => {
        const count = vocabulary.formFrequencies.at(form)
        if (count > 0 && (best < 0 || count > vocabulary.formFrequencies.at(best))) best = form
      })
      if (best >= 0) spellings.add(this.#surfaceForms.of(best))
    }
    return [...spellings]
  }

  #termCandidate(number: number): TermCandidate {
    const { terms, documentFrequencies } = this.#index.vocabulary
    return { term: terms.at(number) as string, documents: documentFrequencies.at(number) }
  }
}
