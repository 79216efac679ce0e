import fc from 'fast-check'
import { expect, test } from 'vitest'
import { SoundsWriter } from '../../../src/index/dictionary/packed-sounds.ts'
import { PhoneticIndex } from '../../../src/index/dictionary/phonetic-index.ts'
import type { PackedSounds } from '../../../src/index/segment/prepared.ts'
import '../../support/property.ts'

const anyWord = fc.oneof(
  fc.stringMatching(/^[abdehinrstuz]{2,12}$/),
  fc.constantFrom('haus', 'maus', 'straße', 'schifffahrt', 'donaudampfschiff', 'ei', 'aha', 'xylophon', 'żółw', 'дом'),
)

/** Columns as texts, which are compared faster. */
const textOf = ({ postings, ...columns }: PackedSounds): string[] =>
  Object.entries({ ...columns, ...postings }).map(([name, column]) => `${name}: ${column.join()}`)

test('words entered all at once are what those are that come one by one, number for number', () => {
  fc.assert(
    fc.property(fc.array(anyWord, { maxLength: 80, size: 'max' }), (words) => {
      const [one, all] = [new PhoneticIndex((item) => words[item] as string), new SoundsWriter(words.length)]
      for (const [item, word] of words.entries()) {
        one.add(word, item)
        all.add(word, item)
      }
      expect(textOf(all.pack())).toEqual(textOf(one.pack()))
    }),
    { numRuns: 200 },
  )
})

test('many of them, too, whose table has grown', () => {
  const letters = 'abdefgklmnoprstu'
  const words = Array.from({ length: 8000 }, (_, item) =>
    Array.from({ length: 7 }, (_, at) => letters[(item * 2654435761 + at * item) % (letters.length - at)]).join(''),
  )
  const [one, all] = [new PhoneticIndex((item) => words[item] as string), new SoundsWriter(words.length)]
  for (const [item, word] of words.entries()) {
    one.add(word, item)
    all.add(word, item)
  }
  const packed = all.pack()
  expect(packed.table.length).toBeGreaterThan(2 ** 12)
  expect(textOf(packed)).toEqual(textOf(one.pack()))
})
