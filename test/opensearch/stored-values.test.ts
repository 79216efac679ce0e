import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { bounded, fieldValue, orderedNumber, valuesIn } from '../../src/opensearch/field-values.ts'
import { posting, storedTerm, termOfStored } from '../../src/opensearch/stored-terms.ts'
import { anyText } from '../support/property.ts'

describe('a term in the cluster', () => {
  it('stays as it is where it is a word', () => expect(storedTerm('straße')).toBe('straße'))

  it('has no blanks, and no sign that parts it from its frequency', () => {
    expect(storedTerm('a b|c%d\u00a0e')).toBe('a%20;b%7c;c%25;d%a0;e')
    expect(posting('a|b', 12)).toBe('a%7c;b|12')
  })

  it('is the same again when it is read, whatever it was', () =>
    fc.assert(
      fc.property(anyText, (text) => {
        const stored = storedTerm(text)
        expect(termOfStored(stored)).toBe(text)
        expect(stored).not.toMatch(/[\s|]/u)
        expect(stored.isWellFormed()).toBe(true)
      }),
    ))
})

describe('a number in the cluster', () => {
  it('is ordered as a text like the numbers are', () =>
    fc.assert(
      fc.property(fc.double({ noNaN: true }), fc.double({ noNaN: true }), (a, b) => {
        const [one, other] = [orderedNumber(a), orderedNumber(b)]
        expect(one < other).toBe(a < b)
        expect(one === other).toBe(a === b)
      }),
    ))

  it('ends at nothing: infinities are the first and the last', () => {
    expect(orderedNumber(Number.NEGATIVE_INFINITY) < orderedNumber(-1e308)).toBe(true)
    expect(orderedNumber(Number.POSITIVE_INFINITY) > orderedNumber(1e308)).toBe(true)
  })
})

describe('the value of a field in the cluster', () => {
  it('is found under its field alone', () => {
    const stored = [fieldValue('meta.ort', 'sKursk'), fieldValue('meta.ort2', 'sBonn'), fieldValue('meta.n', 'n5')]
    expect(valuesIn(stored, 'meta.ort')).toEqual(['Kursk'])
    expect(valuesIn(stored, 'meta.n')).toEqual([5])
    expect(valuesIn(stored, 'meta')).toEqual([])
  })

  it('is no longer than a cluster takes, and long ones that differ anywhere stay different', () => {
    const long = 'ä'.repeat(50_000)
    const [one, other] = [fieldValue('f', `${long}a`), fieldValue('f', `${long}b`)]
    expect(one).not.toBe(other)
    expect(Buffer.byteLength(one)).toBeLessThan(32_766)
  })

  it('is so, too, behind a long name, in letters of any length, and is found under that name', () => {
    for (const letter of ['a', 'ä', '€', '😀'])
      for (const [name, length] of [
        [1, 50_000],
        [4_000, 4_000],
        [8_000, 7_000],
        [8_000, 8_000],
        [50_000, 50_000],
        [50_000, 1],
      ] as const) {
        const field = letter.repeat(name)
        const [one, other] = [`s${letter.repeat(length)}1`, `s${letter.repeat(length)}2`]
        const [stored, another] = [fieldValue(field, one), fieldValue(field, other)]
        expect(stored).not.toBe(another)
        expect(stored.isWellFormed()).toBe(true)
        expect(Buffer.byteLength(stored)).toBeLessThanOrEqual(32_000)
        expect(valuesIn([stored], field)).toHaveLength(1)
        expect(valuesIn([stored], `${field}x`)).toEqual([])
        expect(Buffer.byteLength(bounded(one))).toBeLessThanOrEqual(32_000)
      }
  })

  it('is whole as long as it fits', () =>
    fc.assert(
      fc.property(anyText, (text) => {
        expect(bounded(text)).toBe(text.toWellFormed())
        expect(fieldValue('f', text)).toBe(`f\u0000${text.toWellFormed()}`)
      }),
    ))
})
