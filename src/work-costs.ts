// Apart from the budget itself: what makes a snapshot counts work, too, and must not hang on the sentences of errors.

/**
 * What pieces of work cost, in units of about a nanosecond on a two-core machine of 2026 with warm code. Work is counted, never
 * timed: the same request does the same work on every machine, whatever else runs there.
 */
export const COST = {
  /** One UTF-16 unit of a query, analysed. */
  queryCharacter: 5_000,
  /** Planning and answering a search, whatever it finds. */
  search: 100_000,
  /** One hit, compared with others of its group. */
  foldedHit: 20,
  /** Looking for words that look like one, and for what a word was meant to be, beside what is compared. */
  similar: 200_000,
  corrections: 150_000,
  /** One token of a value of a field: most of its forms are known. */
  valueToken: 2_000,
  /** One term that a word of the query is expanded to, with everything that is made of it later. */
  expansion: 1_500,
  /** One term, looked up in all its posting lists, and one in a single list. */
  term: 2_000,
  knownTerm: 300,
  /** One entry of a posting list. */
  posting: 8,
  /** One token of an article, looked up in a table, and one that is only compared. */
  token: 2.5,
  comparedToken: 1,
  /** One token of an article, read for the second stage, and one form that is met there for the first time. */
  rankedToken: 8,
  rankedForm: 1_500,
  /** One token of an article, compared with another as near duplicates are. */
  shingledToken: 100,
  /** One token of a hit, decoded with its offsets, and one match in it. */
  locatedToken: 30,
  match: 60,
  /** One comparison of two spellings by edit distance, and one of their sounds or n-grams. */
  editDistance: 1_000,
  likeness: 50,
  /** One form of the vocabulary that begins as wanted. */
  completion: 250,
  /** One step of matching a phrase at a place. */
  phraseStep: 60,
  /** One value of a field, compared with another; one entry of a column; one document of a set. */
  value: 60,
  /** One value that was found, in a list of values by frequency. */
  countedValue: 80,
  /** One value in the list that is answered. */
  listedValue: 600,
  entry: 2,
  document: 1,
  /** One comparison while hits are ordered. */
  comparison: 30,
  /** One range of an article's structure, unpacked. */
  structureRange: 200,
  /** One UTF-16 unit of a text that is looked through, and one of an answer: written, encoded, compressed. */
  character: 2,
  output: 10,
} as const

/**
 * How far the budget may be used up when a stage of a search still begins something new. What comes later keeps the rest: hits that
 * were found are worth little without their order and their snippets. Reading the texts of hits may go over it: they are shown
 * without marks then.
 */
export const SHARE = {
  phrases: 0.45,
  expansion: 0.55,
  words: 0.62,
  scores: 0.72,
  ranking: 0.86,
  page: 1,
  hits: 1.2,
} as const
