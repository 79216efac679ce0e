import fc from 'fast-check'
import { expect, test } from 'vitest'
import { AppendedColumn } from '../../../src/index/arrays/appended-column.ts'
import '../../support/property.ts'

const u32 = fc.oneof(fc.nat(300), fc.integer({ min: 0, max: 0xffff_ffff }))

test('holds what was pushed behind what it is made of, which is neither copied nor written to', () => {
  fc.assert(
    fc.property(fc.array(u32), fc.array(u32), (packed, pushed) => {
      const file = Uint32Array.of(...packed, 7)
      const column = new AppendedColumn(file.subarray(0, packed.length))
      expect(column.pack().buffer).toBe(file.buffer)
      for (const value of pushed) column.push(value)
      const all = [...packed, ...pushed]
      expect(column.length).toBe(all.length)
      expect(all.map((_, at) => column.at(at))).toEqual(all)
      expect(column.at(all.length)).toBe(0)
      expect([...column.pack()]).toEqual(all)
      expect([...file]).toEqual([...packed, 7])
    }),
  )
})

test('is empty where it is made of nothing', () => {
  expect([...new AppendedColumn().pack()]).toEqual([])
  expect(new AppendedColumn().at(0)).toBe(0)
})
