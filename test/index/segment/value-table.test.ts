import fc from 'fast-check'
import { expect, test } from 'vitest'
import type { FieldValue } from '../../../src/article/article-fields.ts'
import { ValueTable } from '../../../src/index/segment/value-table.ts'
import { reopened } from '../../support/packed.ts'
import { wellFormed } from '../../support/well-formed.ts'

const value: fc.Arbitrary<FieldValue> = fc.oneof(
  fc.constantFrom<FieldValue>(7, '7', '#7', '=7', '', '#', '=', 0.1, '0.1', -3, '-3', 1e21, '1e21', 5e-324, 2 ** 53),
  fc.double({ noNaN: true, noDefaultInfinity: true }).map((number) => (number === 0 ? 0 : number)),
  fc.integer(),
  wellFormed,
)
const rounds = fc.array(fc.array(value, { maxLength: 12 }), { minLength: 1, maxLength: 4 })

test('values have codes in the order they came, numbers apart from texts, however often they were packed', () => {
  fc.assert(
    fc.property(rounds, fc.array(value), (pieces, others) => {
      let table = new ValueTable()
      let isUntouched = (): boolean => true
      // a Map keeps the number 7 and the text 7 apart, too
      const codes = new Map<FieldValue, number>()
      for (const piece of pieces) {
        for (const one of piece) {
          if (!codes.has(one)) codes.set(one, codes.size)
          expect(table.add(one)).toBe(codes.get(one))
        }
        for (const one of [...codes.keys(), ...others]) expect(table.codeOf(one)).toBe(codes.get(one))
        expect([...table]).toEqual([...codes.keys()])
        expect([...codes.values()].map((code) => table.at(code))).toEqual([...codes.keys()])
        expect([table.length, table.at(codes.size)]).toEqual([codes.size, undefined])
        expect(isUntouched()).toBe(true)
        const file = reopened(table.pack())
        isUntouched = file.isUntouched
        table = new ValueTable(file.packed)
        expect(table.packedLength).toBe(codes.size)
      }
      expect([...table]).toEqual([...codes.keys()])
      for (const one of [...codes.keys(), ...others]) expect(table.codeOf(one)).toBe(codes.get(one))
    }),
  )
})
