import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { orderKey } from '../../../src/analysis/german/order-key.ts'
import { type Range, SortedForms } from '../../../src/index/segment/sorted-forms.ts'
import { Vocabulary } from '../../../src/index/segment/vocabulary.ts'
import { analyzer } from '../../support/memory-index.ts'
import '../../support/property.ts'

/** Adds words to a vocabulary, in groups; the order is asked for after each. */
function ordered(groups: readonly (readonly string[])[]): SortedForms {
  const vocabulary = new Vocabulary()
  const order = new SortedForms(vocabulary)
  for (const group of groups) {
    for (const word of group) vocabulary.formOf(analyzer.word(word))
    order.range('a')
  }
  return order
}

const keysIn = (order: SortedForms, [first, end]: Range): string[] =>
  Array.from({ length: end - first }, (_, i) => order.keyAt(first + i))

const order = ordered([['Haus', 'Häuser', 'Hauses'], ['Hase', 'haus', 'Zoo', 'E-Mail', 'Aal'], ['Hausboot']])

test('by folded spelling, without hyphens, whenever a form came', () => {
  expect(keysIn(order, order.range(''))).toEqual([
    'aal',
    'email',
    'hase',
    'haus',
    'hausboot',
    'hauser',
    'hauses',
    'zoo',
  ])
})

test('a prefix, and a word alone', () => {
  expect(keysIn(order, order.range('haus'))).toEqual(['haus', 'hausboot', 'hauser', 'hauses'])
  expect(keysIn(order, order.rangeOf('haus'))).toEqual(['haus'])
  expect(keysIn(order, order.range('hauu'))).toEqual([])
})

describe('one slip away', () => {
  test.each([
    ['a letter too many', 'haaus'],
    ['a letter too few', 'hus'],
    ['another letter', 'hous'],
    ['two that changed places', 'huas'],
  ])('%s', (_, typed) => {
    const near = order.rangesNear(typed).flatMap((range) => keysIn(order, range))
    expect(near).toContain('haus')
  })

  test('the first letter is taken as right', () =>
    expect(order.rangesNear('zaus').flatMap((range) => keysIn(order, range))).toEqual([]))
})

const word = fc.string({ unit: fc.constantFrom('a', 'b', 'ä', 'ß', 'z'), minLength: 1, maxLength: 5 })

test('forms that come later stand where they would have stood', () => {
  fc.assert(
    fc.property(fc.array(fc.array(word, { maxLength: 8 }), { maxLength: 5 }), (groups) => {
      const [byAndBy, atOnce] = [ordered(groups), ordered([groups.flat()])]
      expect(byAndBy.pack()).toEqual(atOnce.pack())
      const all = keysIn(byAndBy, byAndBy.range(''))
      expect(all).toEqual([...all].sort())
      const prefix = orderKey(groups.flat()[0]?.slice(0, 2) ?? 'a')
      expect(keysIn(byAndBy, byAndBy.range(prefix))).toEqual(all.filter((key) => key.startsWith(prefix)))
    }),
  )
})
