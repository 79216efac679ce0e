import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { B, inverseDocumentFrequency, K1, lengthNorm, saturation } from '../../../src/search/ranking/bm25.ts'

describe('bm25', () => {
  it('is the formula', () => {
    expect(inverseDocumentFrequency(1, 1)).toBeCloseTo(Math.log(4 / 3), 12)
    expect(inverseDocumentFrequency(3, 10)).toBeCloseTo(Math.log(1 + 7.5 / 3.5), 12)
    expect(lengthNorm(200, 100)).toBeCloseTo(0.9 * (0.3 + 1.4), 12)
    expect(saturation(2, 1)).toBeCloseTo((2 * 1.9) / 3, 12)
  })

  it('is k1 for a mean article, and where nothing has a length', () => {
    expect(lengthNorm(50, 50)).toBeCloseTo(K1, 12)
    expect(lengthNorm(0, 0)).toBe(K1)
    expect(lengthNorm(0, 10)).toBeCloseTo(K1 * (1 - B), 12)
  })

  const counts = fc.tuple(fc.integer({ min: 1, max: 1e6 }), fc.nat(1e6)).map(([n, df]) => [Math.min(df, n), n] as const)

  it('tells more by rarer words, always something', () => {
    fc.assert(
      fc.property(counts, ([df, n]) => {
        expect(inverseDocumentFrequency(df, n)).toBeGreaterThan(0)
        if (df > 0) expect(inverseDocumentFrequency(df, n)).toBeLessThan(inverseDocumentFrequency(df - 1, n))
      }),
    )
  })

  it('grows with the frequency towards a bound, and falls with the length', () => {
    fc.assert(
      fc.property(fc.integer({ min: 1, max: 500 }), fc.integer({ min: 1, max: 1e5 }), (frequency, length) => {
        const norm = lengthNorm(length, 100)
        expect(saturation(0, norm)).toBe(0)
        expect(saturation(frequency, norm)).toBeGreaterThan(saturation(frequency - 1, norm))
        expect(saturation(frequency, norm)).toBeLessThan(K1 + 1)
        expect(saturation(frequency, lengthNorm(length + 1, 100))).toBeLessThan(saturation(frequency, norm))
      }),
    )
  })
})
