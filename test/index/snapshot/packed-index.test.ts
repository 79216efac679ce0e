import { expect, test } from 'vitest'
import { ArticleIndex } from '../../../src/index/segment/segment.ts'
import { differences } from '../../../src/index/snapshot/differences.ts'
import { buffersOf, indexOf as openedIndex, packedIndexOf } from '../../../src/index/snapshot/packed-index.ts'
import { articleOf } from '../../support/articles.ts'
import { indexOf } from '../../support/memory-index.ts'

test.each([
  ['an empty one', []],
  ['one without a word', [articleOf({ id: 'a', text: '' })]],
  ['one with words', [articleOf({ id: 'a', text: 'Haus' })]],
])('an index whose buffers went to another thread leaves every other one as it was: %s', (_, articles) => {
  const packed = packedIndexOf(indexOf(articles))
  const received = structuredClone(packed, { transfer: buffersOf(packed) })
  expect(openedIndex(received).documents.liveCount).toBe(articles.length)
  expect(openedIndex(received).vocabulary.terms.length).toBe(indexOf(articles).vocabulary.terms.length)
  expect(differences(new ArticleIndex(), indexOf([]))).toEqual([])
  expect(differences(indexOf(articles), indexOf(articles))).toEqual([])
})
