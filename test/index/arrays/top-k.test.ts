import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { topOf } from '../../../src/index/arrays/top-k.ts'
import '../../support/property.ts'

describe('the first of some items', () => {
  test('are those of sorting all of them', () => {
    const items = fc.uniqueArray(fc.nat(100_000), { maxLength: 300, size: 'max' })
    fc.assert(
      fc.property(items, fc.nat(320), fc.nat(7), (all, count, by) => {
        // many are equal but for their numbers
        const compare = (a: number, b: number): number => (a % (by + 1)) - (b % (by + 1)) || a - b
        expect(topOf(Uint32Array.from(all), count, compare)).toEqual([...all].sort(compare).slice(0, count))
      }),
    )
  })

  test('are none of none', () => {
    expect(topOf([], 3, (a, b) => a - b)).toEqual([])
    expect(topOf([2, 1], 0, (a, b) => a - b)).toEqual([])
  })
})
