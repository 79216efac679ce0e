import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { canonicalNumber, digitGroups, isNumber } from '../../../src/analysis/numbers/numbers.ts'

const CASES: readonly {
  readonly why: string
  readonly number: string
  readonly canonical: string
  readonly groups: number
}[] = [
  { why: 'plain', number: '4700', canonical: '4700', groups: 0 },
  { why: 'German thousands', number: '4.700', canonical: '4700', groups: 0 },
  { why: 'Swiss thousands', number: "4'700", canonical: '4700', groups: 0 },
  { why: 'thousands with a typographic apostrophe', number: '4’700', canonical: '4700', groups: 0 },
  { why: 'thousands with a fixed space', number: '15\u00a0000', canonical: '15000', groups: 0 },
  { why: 'millions', number: '1.234.567', canonical: '1234567', groups: 0 },
  { why: 'thousands and decimals', number: '1.234,5', canonical: '1234.5', groups: 0 },
  { why: 'Swiss decimals', number: "1'234.50", canonical: '1234.50', groups: 0 },
  { why: 'decimals', number: '1,7', canonical: '1.7', groups: 0 },
  { why: 'decimals of three', number: '1,700', canonical: '1.700', groups: 0 },
  { why: 'a year stays', number: '2024', canonical: '2024', groups: 0 },
  { why: 'leading noughts stay', number: '007', canonical: '007', groups: 0 },
  { why: 'a day', number: '03.03.2024', canonical: '2024-03-03', groups: 3 },
  { why: 'a day without noughts', number: '3.3.2024', canonical: '2024-03-03', groups: 3 },
  { why: 'a day as computers write it', number: '2024-03-03', canonical: '2024-03-03', groups: 3 },
  { why: 'a year of two digits', number: '03.03.24', canonical: '2024-03-03', groups: 3 },
  { why: 'a year of two digits of the last century', number: '03.03.89', canonical: '1989-03-03', groups: 3 },
  { why: 'and without noughts', number: '1.6.24', canonical: '2024-06-01', groups: 3 },
  { why: 'and with one', number: '03.3.24', canonical: '2024-03-03', groups: 3 },
  { why: 'a version that no calendar has', number: '1.15.10', canonical: '1.15.10', groups: 3 },
  { why: 'what no calendar has', number: '30.02.2024', canonical: '30.02.2024', groups: 3 },
  { why: 'a version', number: '1.2.3', canonical: '1.2.3', groups: 3 },
  { why: 'one stop is no date', number: '1.75', canonical: '1.75', groups: 0 },
]

describe('numbers', () => {
  it.each(CASES)('$why: $number', ({ number, canonical, groups }) => {
    expect(isNumber(number)).toBe(true)
    expect(canonicalNumber(number)).toBe(canonical)
    expect(digitGroups(number)).toHaveLength(groups)
  })

  it.each(['', 'a', '5kg', 'SA-22', '.5', '²', '٣'])('%j is none', (text) => {
    expect(isNumber(text)).toBe(false)
  })

  it('are the same with and without separators', () => {
    fc.assert(
      fc.property(
        fc.integer({ min: 1000, max: 2 ** 40 }),
        fc.constantFrom('.', "'", '’', '\u00a0', '\u202f'),
        (n, separator) => {
          const grouped = String(n).replace(/\B(?=(\d{3})+$)/g, separator)
          expect(canonicalNumber(grouped)).toBe(String(n))
        },
      ),
    )
  })
})
