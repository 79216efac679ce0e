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

/** The places of the greatest numbers in a list, the greatest first; of equal ones the first. */
export const greatest = (scores: readonly number[], most: number): number[] =>
  topOf(Uint32Array.from(scores.keys()), most, (a, b) => (scores[b] as number) - (scores[a] as number) || a - b)
