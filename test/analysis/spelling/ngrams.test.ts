import fc from 'fast-check'
import { expect, test } from 'vitest'
import { gramsOf } from '../../../src/analysis/spelling/ngrams.ts'

test('a term has each run of four letters once, its borders among them', () => {
  expect(gramsOf('haus')).toEqual(['_hau', 'haus', 'aus_'])
  expect(gramsOf('aaaaa')).toEqual(['_aaa', 'aaaa', 'aaa_'])
  expect(gramsOf('§ 3')).toEqual([])
})

test('letters of two UTF-16 units are letters like any other', () => {
  expect(gramsOf('𠮷野家')).toEqual(['_𠮷野家', '𠮷野家_'])
})

test('no gram has half a letter', () => {
  const letters = fc.string({ unit: fc.constantFrom('a', 'ß', '𠮷', '𐌰', 'é'), minLength: 3, maxLength: 12 })
  fc.assert(
    fc.property(letters, (term) => {
      const grams = gramsOf(term)
      expect(grams.every((gram) => Array.from(gram).length === 4 && Buffer.from(gram).toString() === gram)).toBe(true)
      expect(new Set(grams).size).toBe(grams.length)
    }),
  )
})
