import fc from 'fast-check'
import { expect, test } from 'vitest'
import { NgramIndex } from '../../../src/index/segment/ngram-index.ts'
import { packNgrams } from '../../../src/index/segment/packed-ngrams.ts'
import { Vocabulary } from '../../../src/index/segment/vocabulary.ts'
import { anyContent, articleOf } from '../../support/articles.ts'
import { indexOf } from '../../support/memory-index.ts'
import '../../support/property.ts'

test('grams entered all at once are those that are entered one by one', () => {
  fc.assert(
    fc.property(fc.array(anyContent, { maxLength: 5 }), fc.array(fc.nat(5), { maxLength: 2 }), (contents, gone) => {
      const index = indexOf(contents.map((content, i) => articleOf({ ...content, id: `a${i}` })))
      for (const at of gone) index.remove(at + 1)
      const vocabulary = new Vocabulary(index.vocabulary.pack())
      const oneByOne = new NgramIndex(vocabulary)
      // what is asked for is entered
      expect(oneByOne.size).toBe(vocabulary.terms.length)
      expect(packNgrams(vocabulary)).toEqual(oneByOne.pack())
    }),
    { numRuns: 100 },
  )
})
