import type { Suggestion } from '../../search/engine/engine.ts'
import { topOf } from '../arrays/top-k.ts'

/** A suggestion that may be made. */
export interface Candidate {
  readonly kind: Suggestion['kind']
  /** In how many articles; worked out only where the suggestion is made. */
  readonly count: () => number
  /** The better, the greater. */
  readonly score: number
  /** Its text, worked out only where the suggestion is made. */
  readonly text: () => string
}

/** What is one slip away from what was typed counts so much of what is not: it comes after all others. */
export const SLIP = 0.05
/** What begins so only without the dots of its umlauts, or with them. */
export const OTHER_DOTS = 0.4

/**
 * What a suggestion is worth: the more articles have it and the less must still be typed, the more.
 * @param typed letters typed
 * @param whole letters of the whole
 */
export const scoreOf = (count: number, typed: number, whole: number): number =>
  Math.log2(1 + count) * (0.4 + (0.6 * Math.min(typed, whole)) / Math.max(1, whole))

/** The places of the greatest numbers in a list, the greatest first; of equal ones the first. */
export const greatest = (scores: readonly number[], most: number): number[] =>
  topOf(Uint32Array.from(scores.keys()), most, (a, b) => (scores[b] as number) - (scores[a] as number) || a - b)
