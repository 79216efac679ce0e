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
