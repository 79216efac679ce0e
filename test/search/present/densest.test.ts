import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import type { LocatedField } from '../../../src/search/match/locate.ts'
import { densest, type Window } from '../../../src/search/present/densest.ts'
import { WorkBudget } from '../../../src/work-budget.ts'
import { locatedField } from '../../support/located.ts'
import '../../support/property.ts'

/** Tokens of five letters with a blank between; those with a word number match it. */
function fieldOf(tokens: readonly (number | null)[]): LocatedField {
  const matches = tokens.flatMap((word, token) => (word === null ? [] : [token]))
  const field = {
    count: tokens.length,
    startOf: (token: number) => token * 6,
    endOf: (token: number) => token * 6 + 5,
    beginsSentence: () => false,
  }
  return locatedField(
    field,
    matches,
    matches.map((token) => tokens[token] as number),
  )
}

/** The closest group of all matches of a field. */
const densestOf = (
  field: LocatedField,
  weights: readonly number[],
  cropLength: number,
  charactersMax: number,
  budget: WorkBudget,
): Window => densest(field, 0, field.matches.length, weights, cropLength, charactersMax, budget)

/** From each match on: the words within reach, weighed, and as few tokens as hold all of them. */
function bruteForce(field: LocatedField, weights: readonly number[], cropLength: number, charactersMax: number) {
  const { matches, matchedWords } = field
  const rank = [...new Set(matchedWords)]
  let best: readonly [number, number] = [0, 0]
  let bestWeight = Number.NEGATIVE_INFINITY
  let end = 0
  for (const [from, first] of matches.entries()) {
    end = Math.max(end, from + 1)
    while (
      end < matches.length &&
      (matches[end] as number) - first < cropLength &&
      field.endOf(matches[end] as number) - field.startOf(first) <= charactersMax / 2
    )
      end += 1
    const within = matchedWords.slice(from, end)
    let [weight, last] = [0, from]
    for (const word of rank) {
      const at = within.indexOf(word)
      if (at < 0) continue
      weight += weights[word] ?? 0
      last = Math.max(last, from + at)
    }
    const window = [first, matches[last] as number] as const
    const isCloser = weight === bestWeight && window[1] - window[0] < best[1] - best[0]
    if (weight <= bestWeight && !isCloser) continue
    best = window
    bestWeight = weight
  }
  return best
}

describe('the closest group of matches', () => {
  it.each<[string, (number | null)[], number, readonly [number, number]]>([
    ['two words side by side before one alone', [0, null, null, null, null, 0, 1], 3, [5, 6]],
    ['the words that weigh more', [0, 0, null, null, null, 2], 2, [5, 5]],
    ['the first of equal ones', [0, 1, null, null, 0, 1], 2, [0, 1]],
    ['the closest of equal ones', [0, null, 1, null, null, null, 0, 1], 3, [6, 7]],
    ['nothing where nothing matches', [null, null], 3, [0, 0]],
  ])('%s', (_, tokens, cropLength, expected) =>
    expect(densestOf(fieldOf(tokens), [1, 1, 5], cropLength, 1000, new WorkBudget())).toEqual(expected),
  )

  it('is that of looking at every place', () => {
    fc.assert(
      fc.property(
        fc.array(fc.option(fc.nat(4), { freq: 2 }), { maxLength: 40 }),
        fc.array(fc.constantFrom(0.1, 0.2, 0.3, 1.7, 2), { minLength: 5, maxLength: 5 }),
        fc.integer({ min: 1, max: 12 }),
        fc.integer({ min: 10, max: 200 }),
        (tokens, weights, cropLength, charactersMax) => {
          const field = fieldOf(tokens)
          const expected = bruteForce(field, weights, cropLength, charactersMax)
          expect(densestOf(field, weights, cropLength, charactersMax, new WorkBudget())).toEqual(expected)
        },
      ),
      { numRuns: 2000 },
    )
  })

  it('is looked for among the matches it is given', () => {
    const field = fieldOf([0, 1, null, null, null, 0, null, 1, null, null, null, 0, 1])
    expect(densest(field, 2, 4, [1, 1], 5, 1000, new WorkBudget())).toEqual([5, 7])
  })

  it('takes work in proportion to matches and the words in one window', () => {
    const work = (count: number, words: number): number => {
      const budget = new WorkBudget(Number.POSITIVE_INFINITY)
      const field = fieldOf(Array.from({ length: count }, (_, i) => i % words))
      densestOf(
        field,
        Array.from({ length: words }, () => 1),
        10,
        1000,
        budget,
      )
      return budget.spent
    }
    expect(work(4000, 400)).toBeLessThan(work(1000, 400) * 4.2)
    expect(work(4000, 400)).toBeLessThan(work(4000, 10) * 1.1)
  })

  it('where the budget is used up, the best place so far', () => {
    const budget = new WorkBudget(10_000)
    const field = fieldOf([0, 1, ...Array.from({ length: 5000 }, () => 0), 0, 1, 2])
    expect(densestOf(field, [1, 1, 1], 10, 1000, budget)).toEqual([0, 1])
    expect(budget.cuts).toEqual(['matches'])
  })
})
