import fc from 'fast-check'
import { expect, test } from 'vitest'
import { PackedInts } from '../../../src/index/arrays/packed-ints.ts'
import { reopened } from '../../support/packed.ts'
import '../../support/property.ts'

const values = fc
  .integer({ min: 0, max: 32 })
  .chain((bits) => fc.array(fc.integer({ min: 0, max: 2 ** bits - 1 }), { maxLength: 150, size: 'max' }))

test('come back as they were, one at a time and in a row, in as few bits as the greatest needs', () => {
  fc.assert(
    fc.property(values, fc.nat(150), fc.nat(150), (numbers, one, other) => {
      const { packed } = reopened(PackedInts.from(Uint32Array.from(numbers)).packed)
      const ints = new PackedInts(packed)
      expect(ints.length).toBe(numbers.length)
      expect(Array.from(numbers, (_, at) => ints.at(at))).toEqual(numbers)
      const [start, end] = [one, other].map((at) => Math.min(at, numbers.length)).sort((a, b) => a - b) as [
        number,
        number,
      ]
      const row = new Uint32Array(end - start)
      ints.read(start, end, row)
      expect(Array.from(row)).toEqual(numbers.slice(start, end))
      const bits = Math.max(1, ...numbers.map((number) => number.toString(2).length))
      expect(packed.shape[0]).toBe(bits)
      expect(packed.words.length).toBe(Math.ceil((numbers.length * bits) / 32))
    }),
  )
})

test('are written as docs/FORMAT.md says', () => {
  expect(PackedInts.from(Uint32Array.of(1, 2, 3, 4, 5, 6, 7, 0, 1, 2, 3)).packed).toEqual({
    shape: Uint32Array.of(3, 11),
    words: Uint32Array.of(0b11_010_001_000_111_110_101_100_011_010_001 >>> 0, 0b0),
  })
})
