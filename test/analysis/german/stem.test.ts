import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { stem } from '../../../src/analysis/german/stem.ts'
import { anyText, hostileText } from '../../support/property.ts'
import { snowballStem, stemmedOtherwise } from '../../support/stemmer.ts'

/** One line for each rule of the algorithm, and for each thing that keeps it from being used. */
const STEMS = [
  { why: 'empty', word: '', stem: '' },
  { why: 'too short for an ending', word: 'see', stem: 'see' },
  { why: 'three letters stand before the first region', word: 'uhren', stem: 'uhr' },
  { why: 'em, ern, er', word: 'kindern', stem: 'kind' },
  { why: 'e, en, es', word: 'hauses', stem: 'haus' },
  { why: 'the s of -nisse', word: 'ergebnisse', stem: 'ergebnis' },
  { why: 's behind a consonant that may stand there', word: 'berichts', stem: 'bericht' },
  { why: 's behind another', word: 'gleis', stem: 'gleis' },
  { why: 'est', word: 'kleinest', stem: 'klein' },
  { why: 'st behind three letters and one more', word: 'kleinst', stem: 'klein' },
  { why: 'st behind too few', word: 'ernst', stem: 'ernst' },
  { why: 'ung with ig', word: 'befriedigung', stem: 'befried' },
  { why: 'ig behind an e', word: 'verteidigeig', stem: 'verteidigeig' },
  { why: 'isch', word: 'politisch', stem: 'polit' },
  { why: 'lich with er', word: 'veränderlich', stem: 'verand' },
  { why: 'keit with lich', word: 'freundlichkeit', stem: 'freundlich' },
  { why: 'keit with ig', word: 'gerechtigkeit', stem: 'gerecht' },
  { why: 'umlauts lose their dots', word: 'häuser', stem: 'haus' },
  { why: 'ß is ss', word: 'straße', stem: 'strass' },
  { why: 'u between vowels is no vowel', word: 'bauer', stem: 'bau' },
  { why: 'digits and foreign letters stand as they are', word: 'ж4é', stem: 'ж4é' },
]

describe('stem', () => {
  it.each(STEMS)('$why: $word → $stem', ({ word, stem: expected }) => {
    expect(snowballStem(word)).toBe(expected)
    expect(stem(word)).toBe(expected)
  })

  it('is that of the package for every seventh word of the list; the rest is a scenario', () => {
    const { compared, different } = stemmedOtherwise(7)
    expect(different).toEqual([])
    expect(compared).toBeGreaterThan(240_000)
  })

  const letters = fc.string({ unit: fc.constantFrom(...'aeiouyäöüßsnbdtrghlckUYAÄẞéж1-😀'), maxLength: 12 })
  const endings = fc.array(
    fc.constantFrom(...'em ern er en es e s est st end ung ig ik isch lich heit keit niss ue ay u y ß'.split(' ')),
    { maxLength: 4 },
  )
  const words = fc.tuple(letters, endings).map(([begin, end]) => begin + end.join(''))

  it('is that of the package for any string', () => {
    fc.assert(
      fc.property(fc.oneof(words, words, words, hostileText(), anyText), (word) => {
        expect(stem(word)).toBe(snowballStem(word))
      }),
      { numRuns: 30_000 },
    )
  })

  it('is that of the package for words longer than any before', () => {
    for (const length of [511, 512, 513, 2000, 5000])
      for (const piece of ['ß', 'au', 'xe', 'heit']) {
        const word = piece.repeat(Math.ceil(length / piece.length)).slice(0, length)
        expect(stem(word)).toBe(snowballStem(word))
      }
  })
})
