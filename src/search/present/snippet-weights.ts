/** The weights of snippets: what they are worth is in docs/RANKING.md. Tuned on xquad-answers. */
export const SNIPPET = {
  /** How much of the idf counts. */
  idfPower: 0.4,
  /** A word that every sentence of a text has counts little, one that a single sentence has counts whole. */
  rarity: 1.35,
  rarityLeast: 0.02,
  /** A word in the sentence before counts so much of what it does in the sentence itself; more where that refers back. */
  before: 0.4,
  beforeReferring: 0.6,
  /** What the best token for what is asked adds. */
  answer: 0.1,
  /** What each doubling (by e) of a sentence's length takes; lengths up to 40 tokens, beside 20. */
  length: 0.05,
  lengthMean: 20,
  lengthMax: 40,
  /** What is taken from sentences of fewer tokens. */
  short: 0.3,
  shortTokens: 5,
  /** A second fragment is shown where its sentence's score is at least so much of the first's and so many words are left. */
  secondShare: 0.7,
  secondWords: 8,
  splitShare: 0.85,
  splitFirst: 0.6,
  /** Neighbours are added up to so much of the length. */
  fill: 0.8,
  /** In a long sentence: how far from a match a word tells something, in tokens, and what words of each kind are worth. */
  reach: 6,
  reachSecond: 12,
  stopWord: 0.5,
  queryWord: 0.3,
  windowAnswer: 1,
  /** What a window that begins or ends at the border of a clause, or of its sentence, is worth more, as a share. */
  clause: 0.06,
  sentence: 0.06,
  cover: 0.6,
}
