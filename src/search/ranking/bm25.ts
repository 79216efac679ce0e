/**
 * BM25 over weighted frequencies, the model every engine scores by.
 *
 * A word's frequency in an article is `text + TITLE_WEIGHT x title + extra x extras + part x parts` (weights.ts), the
 * article's length is that of its text and its extras, weighted alike (stop words left out). Both enter the formula once (as in BM25F, Robertson, Zaragoza and Taylor
 * 2004, there with the title in the length, too):
 *
 *     score = sum over query words of  count x idf x f x (k1 + 1) / (f + k1 x (1 - b + b x length / meanLength))
 *     idf   = ln(1 + (N - df + 0.5) / (df + 0.5))
 */
export const K1 = 0.9
export const B = 0.7

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
