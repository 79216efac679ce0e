import type { FieldPhrase } from '../query/resolved-query.ts'
import type { QueryWord } from '../query/words.ts'

/** A term of an index that was looked for by its letters. */
export interface TermCandidate {
  readonly term: string
  /** How many articles have it. */
  readonly documents: number
}

/** A term that shares n-grams with another. */
export interface SimilarTerm extends TermCandidate {
  /** From 0.5 to 1: the share of the n-grams, by their weight, that both have. */
  readonly similarity: number
}

/** What a misspelt word may have been meant to be. */
export interface SpellingCandidate extends TermCandidate {
  /** How far the spellings are apart; 1 for the slip of one key, less for letters that sound alike. */
  readonly distance: number
  /** What was compared: a spelling of the articles, folded, or the term itself. */
  readonly matched: 'spelling' | 'term'
  /** Whether the articles have it as a stop word only. */
  readonly isStop: boolean
}

export interface PrefixQuery {
  /** In lower case. */
  readonly prefix: string
  /** Terms that are left out. */
  readonly except: readonly string[]
  /** Whether spellings must begin just so, not only when umlauts and accents are folded. */
  readonly isLiteral: boolean
  /** Shorter terms are left out. */
  readonly termLengthMin: number
  /** Of more, those that most articles have. */
  readonly most: number
}

/** How many articles have a word of a query, whole. */
export interface WordStatistics {
  /** Articles with its term, an alternative, or all its parts. */
  readonly documents: number
  /** Whether articles have some of its parts where they lack the word. */
  readonly hasParts: boolean
}

/**
 * What rewriting a query asks of an index: counts of living articles, and terms by their letters. Look-ups that take more than a moment
 * are charged to the budget of the search.
 */
export interface TermDictionary {
  /** Whether each look-up takes a while, and is remembered: rewriting then asks for all it may need at once, before it asks for one thing after the other. */
  readonly isFar?: boolean
  /** All living articles. */
  readonly documents: number
  /** Those that have a title. */
  readonly titles: number
  /** The mean of the lengths BM25 counts. */
  readonly meanLength: number
  /** Different spellings in them: what a short prefix costs, and how little it tells. */
  readonly spellings: number
  /** For each term how many articles have it anywhere. */
  documentFrequencies(terms: readonly string[]): Promise<readonly number[]>
  /** For each term how often living articles have it as a word in title and text, see `TITLE_WEIGHT`; an article counts it 255 times at most. */
  totalTermFrequencies(terms: readonly string[]): Promise<readonly number[]>
  /** For each term how many articles have it in their titles, as a word. */
  titleFrequencies(terms: readonly string[]): Promise<readonly number[]>
  /** For each 4-gram the sum of the document frequencies of the terms that have it; 0 where none has. */
  gramFrequencies(grams: readonly string[]): Promise<readonly number[]>
  wordStatistics(word: QueryWord): Promise<WordStatistics>
  /** Those of the terms that some article has as a word of its own, written together. */
  wholeWords(terms: readonly string[]): Promise<ReadonlySet<string>>
  /** Whether an article has a word of this term that is spelt in one of these ways. */
  hasSpelling(term: string, spellings: readonly string[]): Promise<boolean>
  /** For each phrase how many articles have it; those found so far where the budget for phrases is used up. */
  phraseFrequencies(phrases: readonly FieldPhrase[]): Promise<readonly number[]>
  /** Terms of words that begin so, without stop words. The most frequent first, then by name. */
  prefixTerms(query: PrefixQuery): Promise<readonly TermCandidate[]>
  /** The most alike first. */
  similarTerms(term: string): Promise<readonly SimilarTerm[]>
  /** In no order; a term may come several times. */
  spellingCandidates(spelling: string, distanceMax: number): Promise<readonly SpellingCandidate[]>
  /** The spelling that most articles have of each term, as they spell it. */
  surfaceForms(terms: readonly string[], most: number): Promise<readonly string[]>
}
