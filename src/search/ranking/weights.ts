import { EXTRA_WEIGHT } from './index-weights.ts'

export { TITLE_WEIGHT } from './index-weights.ts'

/**
 * What each signal counts, in one place; those that an index is built with have their values in `index-weights.ts`. Found by test/bench/ranking/tune.mjs on one half of the questions of several sets and
 * measured on the other; docs/RANKING.md has what each is worth.
 */
export const WEIGHTS = {
  // the first stage, as shares of what the word itself would count
  /** An occurrence in tags, author or a string of `meta`. */
  extra: EXTRA_WEIGHT,
  /** An occurrence as a part of a longer word. */
  part: 0.5,
  /** The parts of a compound where the article has them, but not the compound. */
  scattered: 0.7,
  /** A term that shares its grams, times the square of the share. */
  neighbour: 0.85,
  /** A word that begins with the one that is being typed. */
  prefix: 0.6,
  /** What the site owner says means the same. */
  synonym: 0.9,
  /** What a thesaurus says means the same in one sense or another. */
  thesaurus: 0.2,
  /** The same letters with or without capitals, where that is another word. */
  reading: 0.5,
  /** A word of the index that an unknown word was probably meant to be, less its distance. */
  correction: 0.95,

  // the second stage, over the best hundred
  /** Words spelt just as in the query. */
  spelling: 0.7,
  /** BM25 over the words' 4-grams. */
  grams: 0.1,
  /** The sentence that has most of the query. */
  sentence: 1,
  /** Two words that stand next to each other in the query and in the article. */
  pairs: 1,
  /** How much of the query the article has at all. */
  coverage: 2,
  /** How much of the title the query is. */
  title: 1,
  /** A title that the query has every word of. */
  wholeTitle: 4,
  /** How much of one heading the query is. */
  heading: 1,
  /** Words near the beginning of a long article. */
  lead: 1,
  /** A phrase that stands there just as it is spelt in the query, of what its words are worth: before every other form of it. */
  phrase: 6,
  /** How much of the article the query is. */
  focus: 2,
  /** How much more an article of today counts, where newer ones are preferred. */
  recency: 0.25,
  /** What an article in another language than German counts, of what it would count, unless the query is in another one, too. */
  otherLanguage: 0.5,
  /** How much more nouns weigh where the query tells them apart. */
  nouns: 0.3,
  /** What a word of a question counts that only says that something is asked for. */
  framing: 0.3,
}

export type Weights = typeof WEIGHTS

/**
 * How much more or less signals of the second stage count where the query is a question. A question has many words, and not all of them stand in the
 * sentence that answers it; few words that somebody looks for mostly stand together.
 */
export const QUESTION_FACTORS: Readonly<Partial<Weights>> = { grams: 1.5, sentence: 0.75, focus: 2 }
