import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { fullStopBehind, isNoAbbreviation } from '../../../src/analysis/tokenizer/abbreviations.ts'
import { anyText, hostileText } from '../../support/property.ts'

const isNone = (word: string): boolean => isNoAbbreviation(`(${word}.`, 1, 1 + word.length)

describe('isNoAbbreviation', () => {
  it.each(['Haus', 'steht', 'Straßenverkehr', 'Bundesverfassungsgericht', 'größer'])('tells of %s', (word) => {
    expect(isNone(word)).toBe(true)
  })

  it.each([
    'Dr',
    'bzw',
    'usw',
    'Abs',
    'bgbl',
    'Buchst',
    'niederl',
    'GmbH',
    'IV',
    'XII',
    'C',
    '3',
    'Hauptstr',
    'Bahnhofstr',
    'z.B',
    'St.-Georg-Str',
    'österr',
    'ggü',
  ])('leaves %s to a closer look', (word) => {
    expect(isNone(word)).toBe(false)
  })

  it('tells of no word that a closer look takes for an abbreviation, a numeral or a letter', () => {
    const letters = fc.string({ unit: fc.constantFrom(...'abcdefgklmnrstuvxzäöüßIVXS.-'), minLength: 1, maxLength: 14 })
    fc.assert(
      fc.property(fc.oneof(letters, hostileText(), anyText), (word) => {
        fc.pre(word.length > 0)
        if (!isNone(word)) return
        expect(fullStopBehind(word.normalize('NFC').toLowerCase())).toBe('ends')
        expect(word).not.toMatch(/^(?:.|\d+|[IVXLC]+)$/u)
      }),
      { numRuns: 5000 },
    )
  })
})
