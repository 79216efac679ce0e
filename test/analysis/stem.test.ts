import { readFileSync } from 'node:fs'
import { createRequire } from 'node:module'
import fc from 'fast-check'
import snowball from 'snowball-stemmers'
import { expect, it } from 'vitest'
import { fold } from '../../src/analysis/fold.ts'
import { stem } from '../../src/analysis/stem.ts'

const reference = snowball.newStemmer('german')
const list = createRequire(import.meta.url).resolve('all-the-german-words/woerter.json')

it('stems German words as Snowball does', () => {
  const words = (JSON.parse(readFileSync(list, 'utf8')) as string[]).filter((_, i) => i % 50 === 0)
  const spellings = words.map((word) => word.toLowerCase()).flatMap((word) => [word, fold(word)])
  expect(spellings.filter((word) => stem(word) !== reference.stem(word))).toEqual([])
})

it('stems whatever else is made of endings as Snowball does', () => {
  const piece = fc.constantFrom(
    ...'a e i o u y ä ö ü ß n s t r g c é em ern er en es est st niss end ung ig ik isch lich heit keit'.split(' '),
  )
  fc.assert(
    fc.property(fc.array(piece, { maxLength: 9 }), (pieces) => {
      const word = pieces.join('')
      expect(stem(word)).toBe(reference.stem(word))
    }),
    { numRuns: 5000 },
  )
})
