/** How much less a longer title counts: BM25's saturation for a word that stands there once. */
export const TITLE_K1 = 1
export const TITLE_B = 0.7

/**
 * What a title is worth among all titles, by which candidates are found; what it adds to a score is `wholeTitle` (signals.ts).
 * @param found what the query's words in it are worth
 */
export const titleScore = (found: number, length: number, meanLength: number): number =>
  (found * (TITLE_K1 + 1)) / (1 + TITLE_K1 * (1 - TITLE_B + (TITLE_B * length) / meanLength))
