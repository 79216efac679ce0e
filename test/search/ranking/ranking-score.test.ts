import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { rankingOfScore, scoreOfRanking } from '../../../src/search/ranking/ranking-score.ts'

const weight = fc.double({ min: 0.01, max: 20, noNaN: true })
const words = fc.array(fc.record({ count: fc.integer({ min: 1, max: 3 }), termWeight: weight }), {
  minLength: 1,
  maxLength: 5,
})
const score = fc.double({ min: 0, max: 1000, noNaN: true })

describe('a score as a number from 0 to 1', () => {
  test('is half where it is what the words weigh', () => {
    expect(rankingOfScore(6, [{ count: 2, termWeight: 3 }])).toBe(0.5)
    expect(rankingOfScore(0, [{ count: 2, termWeight: 3 }])).toBe(0)
    expect(rankingOfScore(7, null)).toBe(1)
  })

  test('rises with the score and stays below 1', () => {
    fc.assert(
      fc.property(words, score, score, (query, one, other) => {
        const [less, more] = [Math.min(one, other), Math.max(one, other)]
        expect(rankingOfScore(less, query)).toBeLessThanOrEqual(rankingOfScore(more, query))
        expect(rankingOfScore(more, query)).toBeLessThan(1)
        expect(rankingOfScore(less, query)).toBeGreaterThanOrEqual(0)
      }),
    )
  })

  test('is the same for rare words and common ones', () => {
    fc.assert(
      fc.property(words, score, fc.integer({ min: 1, max: 9 }), (query, given, times) => {
        const rarer = query.map(({ count, termWeight }) => ({ count, termWeight: termWeight * times }))
        expect(rankingOfScore(given * times, rarer)).toBeCloseTo(rankingOfScore(given, query), 9)
      }),
    )
  })

  test('comes from the score that it tells', () => {
    fc.assert(
      fc.property(words, fc.double({ min: 0, max: 0.999, noNaN: true }), (query, ranking) => {
        expect(rankingOfScore(scoreOfRanking(ranking, query), query)).toBeCloseTo(ranking, 9)
      }),
    )
    expect(scoreOfRanking(1, [{ count: 1, termWeight: 1 }])).toBe(Number.POSITIVE_INFINITY)
  })
})
