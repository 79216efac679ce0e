/** What is one slip away from what was typed counts so much of what is not: it comes after all others. */
export const SLIP = 0.05
/** What begins so only without the dots of its umlauts, or with them. */
export const OTHER_DOTS = 0.4
/** A title that begins with what was typed comes before one that has it elsewhere. */
export const ELSEWHERE = 0.6
/** Words that only stand in the same articles tell less than those next to each other. */
export const APART = 0.3

/**
 * What a suggestion is worth: the more articles have it and the less must still be typed, the more.
 * @param typed letters typed
 * @param whole letters of the whole
 */
export const scoreOf = (count: number, typed: number, whole: number): number =>
  Math.log2(1 + count) * (0.4 + (0.6 * Math.min(typed, whole)) / Math.max(1, whole))
