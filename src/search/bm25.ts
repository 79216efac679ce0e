/**
 * BM25 over weighted frequencies, the model every engine scores by.
 *
 * A word's frequency in an article is `text + TITLE_WEIGHT x title + EXTRA_WEIGHT x extras + PART_WEIGHT x parts`, the
 * article's length is weighted alike (stop words left out), and both enter the formula once (as in BM25F, Robertson, Zaragoza and Taylor 2004):
 *
 *     score = sum over query words of  count x idf x f x (k1 + 1) / (f + k1 x (1 - b + b x length / meanLength))
 *     idf   = ln(1 + (N - df + 0.5) / (df + 0.5))
 */
export const K1 = 0.9
export const B = 0.4

/** One occurrence in the title counts like this many in the text. A whole number: it is counted into the same frequency. */
export const TITLE_WEIGHT = 3
/** One occurrence in tags, author or a string of `meta`. */
export const EXTRA_WEIGHT = 0.5
/** One occurrence as a part of a longer word. */
export const PART_WEIGHT = 0.5
/** What the parts of a query word with hyphens count where an article has them, but not the whole word. */
export const SCATTERED_WEIGHT = 0.7

/** What a word adds that is spelt as in the query, as a share of its inverse document frequency; the best hundred are read for it. */
export const EXACT_WEIGHT = 0.3
/** Where only umlauts or ß are spelt another way. */
export const FOLDED_SHARE = 0.3

/** How telling a word is that `documentFrequency` of `documents` have; always above 0. */
export function inverseDocumentFrequency(documentFrequency: number, documents: number): number {
  return Math.log(1 + (documents - documentFrequency + 0.5) / (documentFrequency + 0.5))
}

/** The part of the saturation that only the article's length decides. */
export function lengthNorm(length: number, meanLength: number): number {
  return meanLength > 0 ? K1 * (1 - B + (B * length) / meanLength) : K1
}

/** What a weighted frequency is worth: 0 for 0, below k1 + 1 for any. */
export function saturation(frequency: number, norm: number): number {
  return (frequency * (K1 + 1)) / (frequency + norm)
}
