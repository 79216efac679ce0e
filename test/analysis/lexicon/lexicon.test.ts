import fc from 'fast-check'
import { expect, it } from 'vitest'
import { CLASS_COUNTS, Lexicon, productivityClass } from '../../../src/analysis/lexicon/lexicon.ts'
import { SubstringHashes } from '../../../src/analysis/lexicon/substring-hashes.ts'

const word = fc.string({ minLength: 1, maxLength: 20 })

it('knows what was put in, and nothing else, after being written and read', () => {
  fc.assert(
    fc.property(fc.dictionary(word, fc.integer({ min: 1, max: 255 })), fc.array(word), (entries, others) => {
      const lexicon = Lexicon.parse(Lexicon.of(new Map(Object.entries(entries))).toBytes())
      for (const [key, value] of Object.entries(entries)) expect(lexicon.value(key)).toBe(value)
      for (const other of others) if (!Object.hasOwn(entries, other)) expect(lexicon.value(other)).toBe(0)
    }),
  )
})

it('looks up letters with an ending, stretches, and a word with another letter, as the strings they are', () => {
  fc.assert(
    fc.property(word, word, word, fc.nat(19), (before, middle, after, at) => {
      const whole = before + middle + after
      const entries = new Map([[middle, 0xff]])
      const lexicon = Lexicon.of(entries)
      lexicon.read(whole)
      const known = (one: string): number => entries.get(one) ?? 0
      expect(lexicon.valueOf(before.length, before.length + middle.length)).toBe(0xff)
      expect(lexicon.valueOf(0, whole.length)).toBe(known(whole))
      for (let end = 0; end <= middle.length; end++) {
        expect(lexicon.isNoun(middle, end, middle.slice(end))).toBe(true)
        expect(lexicon.isNoun(middle, end, after)).toBe(known(middle.slice(0, end) + after) !== 0)
      }
      const place = at % middle.length
      const changed = `${middle.slice(0, place)}x${middle.slice(place + 1)}`
      lexicon.read(changed)
      expect(lexicon.valueWith(middle.charCodeAt(place), place, changed.length)).toBe(0xff)
    }),
  )
})

it('hashes a stretch of a word like the word it is', () => {
  const [long, short] = [new SubstringHashes(80), new SubstringHashes(80)]
  fc.assert(
    fc.property(word, word, word, (before, middle, after) => {
      long.read(before + middle + after)
      short.read(middle)
      const [start, end] = [before.length, before.length + middle.length]
      expect([long.first(start, end), long.second(start, end)]).toEqual([
        short.first(0, middle.length),
        short.second(0, middle.length),
      ])
    }),
  )
})

it('refuses what is no lexicon', () => {
  for (const bytes of [new Uint8Array(12), new Uint8Array(100).fill(7)])
    expect(() => Lexicon.parse(bytes)).toThrow('npm run build')
})

it('keeps counts in classes that stand for about as much', () => {
  expect(productivityClass(0)).toBe(0)
  for (const [index, count] of CLASS_COUNTS.entries()) expect(productivityClass(count)).toBe(index)
})
