import { describe, expect, test } from 'vitest'
import { HeadingReader } from '../../../src/search/rank/heading-reader.ts'
import { headingWorth } from '../../../src/search/ranking/signals.ts'

/** Words of the query by what they are worth. */
const WEIGHTS = Float64Array.of(3, 1)
const reader = () => new HeadingReader(WEIGHTS, 4)

/** What the words of a query that stand in a text are worth: which token, which word, how well it matches. */
function worthOf(
  headings: readonly number[],
  found: readonly (readonly [token: number, word: number, strength: number])[],
) {
  const own = reader()
  own.begin(Uint32Array.from(headings))
  for (const [token, word, strength] of found) if (own.reaches(token)) own.enter(word, strength)
  return own.worth()
}

describe('what the best heading is worth', () => {
  test('its words by their strength, times the share of the heading, times the square of that of the query', () => {
    expect(worthOf([5, 9], [[6, 0, 0.5]])).toBeCloseTo(1.5 * (1.5 / 4) ** 2 * (1 / 4), 12)
    expect(headingWorth(1.5, 1.5 / 4, 1 / 4)).toBeCloseTo(1.5 * (1.5 / 4) ** 2 * (1 / 4), 12)
  })

  test('its borders count: a token before it, behind it, or in between two is in none', () => {
    const headings = [5, 7, 10, 12]
    for (const token of [0, 4, 7, 9, 12, 40]) expect(worthOf(headings, [[token, 0, 1]]), `${token}`).toBe(0)
    for (const token of [5, 6, 10, 11]) expect(worthOf(headings, [[token, 0, 1]]), `${token}`).toBeGreaterThan(0)
  })

  test('words of two headings are not put together', () => {
    const apart = worthOf(
      [0, 2, 2, 4],
      [
        [1, 0, 1],
        [2, 1, 1],
      ],
    )
    expect(apart).toBe(worthOf([0, 2, 2, 4], [[1, 0, 1]]))
    expect(apart).toBeLessThan(
      worthOf(
        [0, 4],
        [
          [1, 0, 1],
          [2, 1, 1],
        ],
      ),
    )
  })

  test('the best of several, wherever it stands', () => {
    const best = worthOf(
      [0, 2],
      [
        [0, 0, 1],
        [1, 1, 1],
      ],
    )
    expect(
      worthOf(
        [0, 2, 4, 6],
        [
          [0, 0, 1],
          [1, 1, 1],
          [4, 1, 1],
        ],
      ),
    ).toBe(best)
    expect(
      worthOf(
        [0, 2, 4, 6],
        [
          [0, 1, 1],
          [4, 0, 1],
          [5, 1, 1],
        ],
      ),
    ).toBe(best)
  })

  test('a compound that stands for two words is no more than all of its heading', () => {
    expect(
      worthOf(
        [0, 1],
        [
          [0, 0, 0.5],
          [0, 1, 0.5],
        ],
      ),
    ).toBeCloseTo(2 * (2 / 4) ** 2, 12)
  })

  test('a word that stands there twice counts once, at its best', () => {
    expect(
      worthOf(
        [0, 4],
        [
          [0, 0, 0.5],
          [1, 0, 1],
          [2, 0, 0.7],
        ],
      ),
    ).toBe(worthOf([0, 4], [[1, 0, 1]]))
  })

  test('nothing of a candidate is left for the next one', () => {
    const own = reader()
    own.begin(Uint32Array.of(0, 1))
    own.reaches(0)
    own.enter(0, 1)
    expect(own.worth()).toBeGreaterThan(0)
    own.begin(Uint32Array.of(3, 4))
    expect(own.reaches(0)).toBe(false)
    expect(own.worth()).toBe(0)
  })
})
