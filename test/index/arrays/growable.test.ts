import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { ByteColumn, Uint32Column, VarintReader } from '../../../src/index/arrays/growable.ts'
import { PackedFile, packColumns } from '../../../src/index/arrays/packed-file.ts'
import { topOf } from '../../../src/index/arrays/top-k.ts'

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

describe('packed files', () => {
  const combined = (pieces: readonly Uint8Array[]): Uint8Array => new Uint8Array(Buffer.concat(pieces))

  test('keep typed arrays and well-formed strings, whatever is in them', () => {
    const text = fc.string({ unit: 'grapheme', maxLength: 6 }).map((string) => string.toWellFormed())
    const columns = fc.record({
      bytes: fc.uint8Array(),
      numbers: fc.uint32Array(),
      times: fc.float64Array(),
      texts: fc.array(fc.oneof(text, fc.constantFrom('', '\ufeff', '\ufeffKopf', '\0', '\n', 'ß', '😀'))),
    })
    fc.assert(
      fc.property(columns, ({ bytes, numbers, times, texts }) => {
        const file = new PackedFile(combined(packColumns({ bytes, texts, numbers, times })))
        expect(file.bytes('bytes')).toEqual(bytes)
        expect(file.u32('numbers')).toEqual(numbers)
        expect(file.f64('times')).toEqual(times)
        expect(file.strings('texts')).toEqual(texts)
      }),
    )
  })

  test('a byte-order mark at the very beginning stays, so that no later string is cut one off', () => {
    const file = new PackedFile(combined(packColumns({ ids: ['\ufeffa', 'bc', 'd'] })))
    expect(file.strings('ids')).toEqual(['\ufeffa', 'bc', 'd'])
  })

  test('refuse a missing column, a cut-off one, and what is no packed file', () => {
    const whole = combined(packColumns({ a: new Uint8Array(100) }))
    expect(() => new PackedFile(whole).bytes('b')).toThrow(RangeError)
    expect(() => new PackedFile(whole.subarray(0, whole.length - 10)).bytes('a')).toThrow(RangeError)
    expect(() => new PackedFile(new Uint8Array(0))).toThrow(RangeError)
    expect(() => new PackedFile(new TextEncoder().encode('Hallo\n'))).toThrow(SyntaxError)
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
