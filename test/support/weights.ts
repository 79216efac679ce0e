import { afterAll, beforeAll } from 'vitest'
import { SIGNALS } from '../../src/search/ranking/signals.ts'
import { WEIGHTS, type Weights } from '../../src/search/ranking/weights.ts'

/** While the tests of this block run some weights are others: one signal is looked at alone. */
export function withWeights(others: Partial<Weights>): void {
  const kept = { ...WEIGHTS }
  beforeAll(() => {
    Object.assign(WEIGHTS, others)
  })
  afterAll(() => {
    Object.assign(WEIGHTS, kept)
  })
}

/** Nothing but BM25: no second stage, and no word stands for another. */
export const BM25_ALONE: Partial<Weights> = {
  ...Object.fromEntries(SIGNALS.map((name) => [name, 0])),
  neighbour: 0,
  correction: 0,
  nouns: 0,
}
