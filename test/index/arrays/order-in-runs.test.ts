import fc from 'fast-check'
import { expect, test } from 'vitest'
import { orderInRuns } from '../../../src/index/arrays/order-in-runs.ts'
import { orderOf } from '../../../src/index/arrays/string-order.ts'
import '../../support/property.ts'

const compare = (one: string, other: string): number => (one < other ? -1 : one > other ? 1 : 0)

test('strings sorted in runs are those sorted at once, whatever the runs; equal ones stay in their order', () => {
  const anyStrings = fc.array(fc.stringMatching(/^[ab]{0,3}$/), { maxLength: 60, size: 'max' })
  fc.assert(
    fc.property(anyStrings, fc.integer({ min: 1, max: 70 }), (strings, runLength) => {
      const keyOf = (number: number): string => strings[number] as string
      const found = [...orderInRuns(strings.length, runLength, { keyOf, compare, orderOf })]
      expect(found.map(([number]) => number)).toEqual([...orderOf(strings)])
      expect(found.map(([, key]) => key)).toEqual(found.map(([number]) => keyOf(number)))
    }),
    { numRuns: 500 },
  )
})
