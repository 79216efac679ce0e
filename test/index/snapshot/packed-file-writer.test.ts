import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { typeOf, writeColumns } from '../../../src/index/arrays/column-sink.ts'
import { packColumns, unpackColumns } from '../../../src/index/arrays/packed-file.ts'
import { PackedFileReader } from '../../../src/index/arrays/packed-file-reader.ts'
import { BlockHash } from '../../../src/index/snapshot/block-hash.ts'
import { PackedFileWriter } from '../../../src/index/snapshot/packed-file-writer.ts'
import { temporaryFolder } from '../../support/folders.ts'
import '../../support/property.ts'

const anyColumn = fc.oneof(
  fc.uint8Array({ maxLength: 40 }),
  fc.uint16Array({ maxLength: 40 }),
  fc.uint32Array({ maxLength: 40 }),
  fc.array(fc.double({ noNaN: true }), { maxLength: 20 }).map((numbers) => Float64Array.from(numbers)),
)

describe('a packed file written in stretches', () => {
  test('holds the columns, whatever comes first, with the checksum of each block', () => {
    const path = join(temporaryFolder(), 'file.bin')
    fc.assert(
      fc.property(
        fc.array(anyColumn, { maxLength: 6 }),
        fc.constantFrom(8, 24, 100, 4096),
        fc.array(fc.nat(5), { maxLength: 40, size: 'max' }),
        (columns, blockBytes, turns) => {
          const named = Object.fromEntries(columns.map((column, i) => [`c${i}`, column]))
          const writer = new PackedFileWriter(path, columns.length, blockBytes)
          const open = columns.map((column, i) => ({
            column,
            at: 0,
            writer: writer.column(`c${i}`, typeOf(column), column.length),
          }))
          const step = (one: (typeof open)[number], count: number): void => {
            one.writer.write(one.column.subarray(one.at, one.at + count))
            one.at += count
          }
          for (const turn of turns) {
            const one = open[turn]
            if (one !== undefined) step(one, 3)
          }
          for (const one of open.reverse()) {
            step(one, one.column.length)
            one.writer.end()
          }
          const digest = writer.finish()
          const file = readFileSync(path)
          expect(unpackColumns(new Uint8Array(file))).toEqual(
            unpackColumns(new Uint8Array(Buffer.concat(packColumns(named)))),
          )
          const hash = new BlockHash(blockBytes)
          hash.update(file)
          expect(digest).toEqual(hash.digest())
        },
      ),
      { numRuns: 200 },
    )
  })

  test('one column after the other need not have known lengths; stretches are read back', () => {
    const path = join(temporaryFolder(), 'file.bin')
    const writer = new PackedFileWriter(path, 8)
    const ends = writer.column('a.ends', 'u32')
    expect(() => writer.column('b', 'u8')).toThrow('begins before the one before has ended')
    ends.write(Uint32Array.of(1, 2))
    ends.write(Uint32Array.of(3))
    ends.end()
    writeColumns(writer, {
      a: { bytes: Uint8Array.of(7, 8, 9) },
      times: Float64Array.of(0.5, Number.NEGATIVE_INFINITY),
    })
    writer.finish()
    const file = new PackedFileReader(path)
    try {
      expect([file.lengthOf('a.ends'), file.has('a.bytes'), file.has('b')]).toEqual([3, true, false])
      expect([...file.u32('a.ends', 1, 3)]).toEqual([2, 3])
      expect([...file.u8('a.bytes')]).toEqual([7, 8, 9])
      expect([...file.f64('times')]).toEqual([0.5, Number.NEGATIVE_INFINITY])
      expect(() => file.u8('a.ends')).toThrow(RangeError)
      expect(() => file.u32('a.ends', 0, 4)).toThrow(RangeError)
      expect(() => file.u32('c')).toThrow('column c is missing')
    } finally {
      file.close()
    }
  })

  test('that is not what was said is not finished', () => {
    const path = join(temporaryFolder(), 'file.bin')
    const writer = new PackedFileWriter(path, 2)
    const column = writer.column('a', 'u16', 2)
    expect(() => column.write(Uint8Array.of(1))).toThrow('column a has type u16, got u8')
    column.write(Uint16Array.of(1))
    expect(() => column.end()).toThrow('has 1 numbers instead of 2')
    expect(() => column.write(Uint16Array.of(2, 3))).toThrow('more than 2 numbers')
    expect(() => writer.finish()).toThrow('a column has not ended')
    writer.close()
  })
})
