import fc from 'fast-check'
import { expect, it } from 'vitest'
import { LetterRuns } from '../../../src/analysis/german/letter-runs.ts'
import { RESPELT } from '../../../src/analysis/german/respelt.ts'

const word = fc.string({ unit: fc.constantFrom(...'abcegnortuyzäöüßéж1-'), maxLength: 8 })
const longer = fc.string({ unit: fc.constantFrom(...'aenrtäß'), minLength: 4, maxLength: 8 })

it.each([3, 4] as const)('never says no of a word that ends with one of the strings, with %i letters', (letters) => {
  fc.assert(
    fc.property(word, fc.array(word, { minLength: 1 }), (before, endings) => {
      const runs = new LetterRuns(letters, endings)
      for (const ending of endings) expect(runs.mayEnd(before + ending)).toBe(true)
    }),
  )
})

it('never says no of a word that has one of the strings', () => {
  fc.assert(
    fc.property(word, longer, word, (before, string, after) => {
      const sign = string.slice(0, 3)
      expect(new LetterRuns(3, [sign]).mayHave(before + sign + after)).toBe(true)
    }),
  )
})

it('says no of most other words', () => {
  const runs = new LetterRuns(3, ['pho', 'rrh'])
  expect(runs.mayHave('photographie')).toBe(true)
  for (const other of ['', 'ph', 'fotografie', 'graphit', 'haus']) expect(runs.mayHave(other)).toBe(false)
  for (const other of ['fotografie', 'phot']) expect(runs.mayEnd(other)).toBe(false)
})

it.each(RESPELT)('the old spelling %s → %s has its sign %s', (old, _, sign) => {
  expect(sign).toHaveLength(3)
  // without what only looks around: (?<=…), (?=…)
  expect(old.replace(/\(\?[^)]*\)/g, '')).toContain(sign)
})
