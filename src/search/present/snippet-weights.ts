/** The weights of snippets; what they are worth is in docs/RANKING.md. Lengths are in tokens unless something else is said. */
export const SNIPPET = {
  /** A word's weight is (count · idf) to the power of this. */
  idfPower: 0.4,
  /** Of a word that every sentence of a text has so much of its weight is taken, of one that a single sentence has nothing; but some is left. */
  rarity: 1.35,
  rarityLeast: 0.02,
  /** What a word in the sentence before counts of what it does in the sentence itself, and where that begins with a word that refers back. */
  before: 0.35,
  beforeReferring: 0.6,
  /** What a sentence loses that begins with such a word where the sentence before has no word of the query. */
  referring: 0.08,
  /** What the best answer in a sentence adds to its score, for its class. */
  answer: 0.1,
  /** What a sentence e times as long as `lengthMean` loses; longer ones than `lengthMax` lose no more. */
  length: 0.05,
  lengthMean: 20,
  lengthMax: 40,
  /** What very short sentences lose, and what lines without a full stop do, of which there are longer ones. */
  short: 0.3,
  shortTokens: 5,
  unstopped: 0.2,
  unstoppedTokens: 12,
  /** What an item of a list loses that goes on with a small letter from a line that is not shown. */
  goesOn: 0.15,
  /** What a sentence loses in which an address is written out: mostly a list of links. */
  address: 0.2,
  /** A second fragment is shown where its sentence's score is so much of the first's, and where so many words are left. */
  secondShare: 0.65,
  secondWords: 8,
  /** Where the first sentence leaves no room, both are cut if the second's score is so much of the first's; the first gets so much of the words. */
  splitShare: 0.85,
  splitFirst: 0.6,
  /** A query of so many words asks for nothing more than they say: a sentence that has them all is not cut for the sake of another. */
  fewWords: 3,
  /** Whole neighbours are added as long as less of the words is used. */
  fill: 0.9,
  /** How far from a match words of a long sentence tell something: with one fragment, and with two. */
  reach: 6,
  reachSecond: 12,
  /** What a word near a match counts, beside 1 for one that tells something new, and what an answer adds to that. */
  stopWord: 0.5,
  queryWord: 0.3,
  windowAnswer: 1,
  /** What a window gets for the words of the query in it, and for each of its ends that lies at a clause's or the sentence's border. */
  cover: 0.6,
  clause: 0.06,
  sentence: 0.06,
  /** So many tokens behind the last border of a clause are left out at the end of a window where they tell nothing new. */
  restTokens: 5,
} as const
