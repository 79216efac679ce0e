import fc from 'fast-check'
import { expect, test } from 'vitest'
import type { FieldValue } from '../../../src/article/article-fields.ts'
import { ValueOrder } from '../../../src/index/segment/value-order.ts'
import { reopened } from '../../support/packed.ts'
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

/** A list that grows, as columns do. */
const listOf = (values: readonly FieldValue[]) => ({
  get length() {
    return values.length
  },
  at: (number: number) => values[number],
})

test('dates have the order of their moments, however they are written', () => {
  const dates = ['2024-03-03T11:00:00+01:00', '2024-03-03T10:00:00Z', '2024-03-03T10:30:00+01:00', '2023', '2024-03-03']
  expect([...new ValueOrder(listOf(dates), true).ranks()]).toEqual([3, 3, 2, 0, 1])
})

function expectSorted(order: ValueOrder, list: readonly FieldValue[]): void {
  const ranks = order.ranks()
  expect(ranks.length).toBe(list.length)
  for (const [i, a] of list.entries())
    for (const [j, b] of list.entries())
      expect(Math.sign((ranks[i] as number) - (ranks[j] as number))).toBe(Math.sign(compare(a, b)))
  // equal ones in the order they came: packed, it is the same file however it grew
  const wanted = [...list.keys()].sort((a, b) => compare(list[a] as FieldValue, list[b] as FieldValue) || a - b)
  expect([...order.pack().order]).toEqual(wanted)
}

const pieces = fc.array(fc.array(value, { maxLength: 8 }), { maxLength: 6 })

test('ranks are those of sorting all at once, however the list grew', () => {
  fc.assert(
    fc.property(pieces, (all) => {
      const list: FieldValue[] = []
      const order = new ValueOrder(listOf(list), false)
      for (const piece of all) {
        list.push(...piece)
        expectSorted(order, list)
      }
      expect(order.pack()).toEqual(new ValueOrder(listOf(list), false).pack())
    }),
  )
})

test('so they are where an order was packed and opened again in between, which leaves the file as it was', () => {
  fc.assert(
    fc.property(pieces, fc.boolean(), (all, isDate) => {
      const list: FieldValue[] = []
      let order = new ValueOrder(listOf(list), isDate)
      let isUntouched = (): boolean => true
      for (const piece of all) {
        list.push(...piece)
        const file = reopened(order.pack())
        expect(isUntouched()).toBe(true)
        isUntouched = file.isUntouched
        order = new ValueOrder(listOf(list), isDate, file.packed)
        expect(order.ranks()).toEqual(new ValueOrder(listOf(list), isDate).ranks())
        expect(order.pack()).toEqual(new ValueOrder(listOf(list), isDate).pack())
        if (!isDate) expectSorted(order, list)
      }
      expect(isUntouched()).toBe(true)
    }),
  )
})
