import { describe, expect, it } from 'vitest'
import type { Expansion } from '../../../src/search/query/resolved-query.ts'
import { readingsOf } from '../../../src/search/rewrite/readings.ts'

const one = (term: string, kind: Expansion['kind'], weight: number): Expansion => ({ term, kind, weight, documents: 1 })

const slip = one('schlager', 'typo', 0.6)
const beginning = one('schwangere', 'prefix', 0.6)
const alike = one('schwangerschaft', 'similar', 0.68)
const hardlyAlike = one('schwank', 'similar', 0.3)

interface Case {
  readonly why: string
  readonly expansions: readonly Expansion[]
  readonly isKnown: boolean
  readonly meant: readonly Expansion[]
}

const CASES: readonly Case[] = [
  {
    why: 'what looks like it more than the slip is near',
    expansions: [slip, alike, hardlyAlike],
    isKnown: false,
    meant: [slip, alike],
  },
  { why: 'the slip is nearer', expansions: [slip, hardlyAlike], isKnown: false, meant: [slip] },
  { why: 'some article has the word', expansions: [slip, alike], isKnown: true, meant: [slip] },
  { why: 'a beginning was typed, nothing was guessed', expansions: [beginning, alike], isKnown: false, meant: [] },
  { why: 'a beginning or a slip', expansions: [slip, beginning, alike], isKnown: false, meant: [slip, alike] },
  {
    why: 'nothing is nearer than what looks like it',
    expansions: [alike, hardlyAlike],
    isKnown: false,
    meant: [alike, hardlyAlike],
  },
]

describe('what counts as a word', () => {
  it.each(CASES)('$why', ({ expansions, isKnown, meant }) => {
    expect(readingsOf(expansions, isKnown, false).meant).toEqual(meant)
  })
})
