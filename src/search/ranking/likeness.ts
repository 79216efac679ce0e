// Which terms of an index look like a word, by the n-grams that both have. What is left out is left out by every engine that has an index, or they would find different articles.

/** Below this share of the n-grams two terms have nothing to do with each other. */
export const SIMILARITY_MIN = 0.5
/** The most alike of them are looked up. */
export const NEIGHBOURS_MAX = 50
/** The rarest grams are looked through until so small a share of the weight is left: a term that shares only those is hardly alike. */
export const LOOKED_THROUGH = 0.3
/** A gram of more terms tells too little to look through all of them for words that look alike. */
export const COMMON_GRAM = 600
