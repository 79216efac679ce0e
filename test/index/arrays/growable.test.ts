import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import {
  ByteColumn,
  Float64Column,
  Uint8Column,
  Uint32Column,
  VarintReader,
} from '../../../src/index/arrays/growable.ts'
import { topOf } from '../../../src/index/arrays/top-k.ts'
import '../../support/property.ts'

const u32 = fc.oneof(fc.nat(300), fc.integer({ min: 0, max: 0xffff_ffff }))

describe('Uint32Column', () => {
  test('grows past its first capacity and reads 0 beyond its end', () => {
    const column = new Uint32Column()
    for (let i = 0; i < 5000; i++) column.push(i * 2)
    expect(column.length).toBe(5000)
    expect([column.at(0), column.at(4999), column.at(5000), column.at(1e6)]).toEqual([0, 9998, 0, 0])
  })

  test('holds what was pushed, also on top of a packed array', () => {
    fc.assert(
      fc.property(fc.array(u32), fc.array(u32), (packed, pushed) => {
        const column = new Uint32Column(Uint32Array.from(packed))
        for (const value of pushed) column.push(value)
        expect([...column.view()]).toEqual([...packed, ...pushed])
      }),
    )
  })
})

describe('what a column is made of', () => {
  const change = fc.oneof(
    fc.record({ kind: fc.constant('push' as const), value: u32 }),
    fc.record({ kind: fc.constant('set' as const), at: fc.nat(50), value: u32 }),
  )

  test('is never written to, whatever is pushed and set', () => {
    fc.assert(
      fc.property(fc.array(u32, { maxLength: 20 }), fc.array(change), (packed, changes) => {
        // in the middle of a file, which goes on behind it
        const file = Uint32Array.of(7, 8, ...packed, 9, ...new Array<number>(20).fill(10))
        const [before, wanted] = [file.slice(), [...packed]]
        const column = new Uint32Column(file.subarray(2, 2 + packed.length))
        for (const one of changes) {
          if (one.kind === 'push') {
            column.push(one.value)
            wanted.push(one.value)
          } else if (one.at < wanted.length) {
            column.set(one.at, one.value)
            wanted[one.at] = one.value
          }
          expect([...column.view()]).toEqual(wanted)
        }
        expect(Array.from({ length: wanted.length }, (_, at) => column.at(at))).toEqual(wanted)
        expect(file).toEqual(before)
      }),
    )
  })

  test.each([
    ['Uint32Column', Uint32Array.of(1, 2, 3, 4), (data: Uint32Array) => new Uint32Column(data)],
    [
      'Float64Column',
      Float64Array.of(1, 2.5, Number.NEGATIVE_INFINITY, 4),
      (data: Float64Array) => new Float64Column(data),
    ],
    ['Uint8Column', Uint8Array.of(1, 2, 3, 4), (data: Uint8Array) => new Uint8Column(data)],
  ] as const)('is lent out until the first change, and stays as it was: %s', (_, file, columnOf) => {
    const before = file.slice()
    const part = file.subarray(1, 3)
    const column = (columnOf as (data: typeof part) => Uint32Column | Float64Column | Uint8Column)(part)
    expect(column.data).toBe(part)
    for (let value = 0; value < 3000; value++) column.push(value % 256)
    expect(column.view().slice(0, 2)).toEqual(part)
    expect(Array.from(column.view().subarray(2))).toEqual(Array.from({ length: 3000 }, (_, value) => value % 256))
    expect(file).toEqual(before)
  })
})

describe('varints', () => {
  test.each([
    [0, [0]],
    [127, [127]],
    [128, [0x80, 1]],
    [16_384, [0x80, 0x80, 1]],
    [0xffff_ffff, [0xff, 0xff, 0xff, 0xff, 0x0f]],
  ])('%i is written as LEB128', (value, bytes) => {
    const column = new ByteColumn()
    column.pushVarint(value)
    expect([...column.view()]).toEqual(bytes)
  })

  test('come back as they were, one after another, also on top of packed bytes', () => {
    fc.assert(
      fc.property(fc.array(u32, { maxLength: 1000, size: 'max' }), fc.array(u32), (first, second) => {
        const begun = new ByteColumn()
        for (const value of first) begun.pushVarint(value)
        const column = new ByteColumn(begun.view().slice())
        for (const value of second) column.pushVarint(value)
        const reader = new VarintReader(column.view())
        expect([...first, ...second].map(() => reader.next())).toEqual([...first, ...second])
        expect(reader.position).toBe(column.length)
      }),
    )
  })

  test('reading any bytes ends, and beyond the end gives zeros', () => {
    fc.assert(
      fc.property(fc.uint8Array({ maxLength: 20 }), (bytes) => {
        const reader = new VarintReader(bytes)
        for (let i = 0; i < 30; i++) expect(reader.next()).toBeGreaterThanOrEqual(0)
        expect(reader.next()).toBe(0)
      }),
    )
  })
})

describe('topOf', () => {
  test('is the beginning of the sorted whole', () => {
    const compare = (a: number, b: number): number => b - a
    fc.assert(
      fc.property(fc.uniqueArray(fc.nat(), { maxLength: 200, size: 'max' }), fc.nat(60), (items, count) => {
        const before = [...items]
        expect(topOf(items, count, compare)).toEqual([...items].sort(compare).slice(0, count))
        expect(items).toEqual(before)
      }),
    )
  })
})
