import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { HIATUS_BEGINNINGS, HIATUS_WORDS } from '../../../src/analysis/german/digraphs.ts'
import { fold } from '../../../src/analysis/german/fold.ts'
import { anyText, hostileText } from '../../support/property.ts'
import { FOLDED } from '../word/words.cases.ts'

describe('fold', () => {
  it.each(FOLDED)('$why: $word → $folded', ({ word, folded }) => {
    expect(fold(word)).toBe(folded)
  })

  it.each([...HIATUS_BEGINNINGS, ...HIATUS_WORDS])('keeps %s', (word) => {
    expect(word).toMatch(/[aou]e/)
    expect(fold(word)).toBe(word)
  })

  it('keeps whole words only as whole words', () => {
    for (const word of HIATUS_WORDS) expect(fold(`${word}xx`)).not.toBe(`${word}xx`)
  })

  it('keeps what goes on from a beginning, and folds what follows', () => {
    for (const word of HIATUS_BEGINNINGS) expect(fold(`${word}tät`)).toBe(fold(`${word}taet`))
  })

  const texts = fc.oneof(hostileText(), anyText)

  it('never throws, gives the same for NFC and NFD, and begins with no mark', () => {
    fc.assert(
      fc.property(texts, (text) => {
        const lower = text.normalize('NFC').toLowerCase()
        expect(fold(lower.normalize('NFD'))).toBe(fold(lower))
        expect(fold(lower)).not.toMatch(/^\p{M}/u)
      }),
      { numRuns: 2000 },
    )
  })

  it('folds what is folded no further, where no digraph remains', () => {
    fc.assert(
      fc.property(texts, (text) => {
        const folded = fold(text.normalize('NFC').toLowerCase())
        fc.pre(!/[aou]e/.test(folded))
        expect(fold(folded)).toBe(folded)
      }),
      { numRuns: 2000 },
    )
  })

  it('brings umlauts and digraphs of letters without vowels around them together', () => {
    const consonant = fc.constantFrom(...'bcdfghjklmnprstvwxz')
    const syllable = fc
      .tuple(consonant, fc.constantFrom('ä', 'ö', 'ü', 'ß', 'i'), consonant)
      .map((letters) => letters.join(''))
    fc.assert(
      fc.property(fc.array(syllable, { minLength: 1, maxLength: 5 }), (syllables) => {
        const word = syllables.join('')
        const typed = word.replace(/[äöü]/g, (umlaut) => `${fold(umlaut)}e`).replaceAll('ß', 'ss')
        fc.pre(![...HIATUS_BEGINNINGS, ...HIATUS_WORDS].some((kept) => typed.startsWith(kept)))
        expect(fold(typed)).toBe(fold(word))
      }),
    )
  })
})
