import fc from 'fast-check'
import { expect, test } from 'vitest'
import type { FieldValue } from '../../../src/article/article-fields.ts'
import { ValueOrder } from '../../../src/index/segment/value-order.ts'
import '../../support/property.ts'

const value = fc.oneof(
  fc.constantFrom<FieldValue>('Äpfel', 'Apfel', 'apfel', 'Zebra', 'straße', 'Strasse', '', '10', '9', 'é', 'e\u0301'),
  fc.integer({ min: -3, max: 3 }),
)

const key = (text: string): string => text.normalize('NFKD').replace(/\p{M}/gu, '').toLowerCase().replaceAll('ß', 'ss')

/** Numbers first, then texts as a German dictionary has them; equal ones by code unit. */
function compare(a: FieldValue, b: FieldValue): number {
  if (typeof a === 'number' || typeof b === 'number') {
    if (typeof a !== typeof b) return typeof a === 'number' ? -1 : 1
    return (a as number) - (b as number)
  }
  const [keyA, keyB] = [key(a), key(b)]
  return keyA < keyB ? -1 : keyA > keyB ? 1 : a < b ? -1 : a > b ? 1 : 0
}

test('dates have the order of their moments, however they are written', () => {
  const dates = ['2024-03-03T11:00:00+01:00', '2024-03-03T10:00:00Z', '2024-03-03T10:30:00+01:00', '2023', '2024-03-03']
  expect([...new ValueOrder(true).ranksOf(dates)]).toEqual([3, 3, 2, 0, 1])
})

test('ranks are those of sorting all at once, however the list grew', () => {
  fc.assert(
    fc.property(fc.array(fc.array(value, { maxLength: 8 }), { maxLength: 6 }), (pieces) => {
      const order = new ValueOrder(false)
      const list: FieldValue[] = []
      for (const piece of pieces) {
        list.push(...piece)
        const ranks = order.ranksOf(list)
        for (const [i, a] of list.entries())
          for (const [j, b] of list.entries())
            expect(Math.sign((ranks[i] as number) - (ranks[j] as number))).toBe(Math.sign(compare(a, b)))
      }
    }),
  )
})
