/** Words of a passage that are no stop words: about a hundred with those. */
export const PASSAGE_LENGTH = 57

/** Collections of articles that are as short on average, stop words left out, have no leads: their articles are one passage each. */
const LENGTH_MIN = 142

/** How much leads count in a collection, from 0 for short articles to 1 for very long ones. One figure for all of its articles, or long ones would stand before short ones. */
export const leadGate = (meanLength: number): number => Math.max(0, 1 - LENGTH_MIN / meanLength)

/** So many tokens of the text are the lead, and so many what follows it more loosely, at half of the weight. */
export const LEAD_TOKENS = 30
export const INTRODUCTION_TOKENS = 120
export const INTRODUCTION_SHARE = 0.5
