import fc from 'fast-check'
import { expect, test } from 'vitest'
import { NumberLists } from '../../../src/index/segment/number-lists.ts'
import { reopened } from '../../support/packed.ts'
import '../../support/property.ts'

const lists = fc.array(fc.array(fc.nat(2 ** 32 - 1), { maxLength: 4 }), { maxLength: 8 })

test('lists come back by their article, however often they were packed and opened', () => {
  fc.assert(
    fc.property(fc.array(lists, { minLength: 1, maxLength: 3 }), (pieces) => {
      let index = new NumberLists()
      const all: number[][] = []
      for (const piece of pieces) {
        for (const numbers of piece) {
          index.add(all.length, numbers)
          all.push(numbers)
        }
        const file = reopened(index.pack())
        index = new NumberLists(file.packed)
        for (const [docId, numbers] of all.entries()) expect([...index.of(docId)]).toEqual(numbers)
        expect(index.of(all.length)).toHaveLength(0)
        expect(file.isUntouched()).toBe(true)
      }
      expect(index.pack().docs).toHaveLength(all.filter((numbers) => numbers.length > 0).length)
    }),
  )
})
