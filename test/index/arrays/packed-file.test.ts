import fc from 'fast-check'
import { expect, test } from 'vitest'
import { packColumns, unpackColumns } from '../../../src/index/arrays/packed-file.ts'
import '../../support/property.ts'

const combined = (pieces: readonly Uint8Array[]): Uint8Array => new Uint8Array(Buffer.concat(pieces))

/** Names, but for those with a dot, which stands between the names of records. */
const name = fc.oneof(
  fc.constantFrom('ends', 'bytes', '0', '17', 'länge', '__proto__', 'constructor', 'toString'),
  fc.string({ maxLength: 4 }).filter((text) => !text.includes('.')),
)
// also in the middle of a longer buffer, as columns are that grew
const column = fc
  .oneof(fc.uint8Array(), fc.uint16Array(), fc.uint32Array(), fc.float64Array())
  .chain((array) => fc.nat(array.length).map((from) => array.subarray(from)))

type Columns = Map<string, Columns | Uint8Array | Uint16Array | Uint32Array | Float64Array>
const { columns } = fc.letrec<{ columns: Columns; entry: [string, Columns | Uint8Array] }>((tie) => ({
  columns: fc
    .uniqueArray(tie('entry'), { selector: ([key]) => key, minLength: 1, maxLength: 4 })
    .map((entries) => new Map(entries)),
  entry: fc.tuple(name, fc.oneof({ maxDepth: 3 }, column, tie('columns'))) as fc.Arbitrary<[string, Uint8Array]>,
}))

/** The same as a record that has these names and no others. */
function recordOf(within: Columns): object {
  const record = Object.create(null) as Record<string, unknown>
  for (const [key, one] of within) record[key] = one instanceof Map ? recordOf(one) : one
  return record
}

function expectSame(got: object, wanted: Columns): void {
  expect(new Set(Object.keys(got))).toEqual(new Set(wanted.keys()))
  for (const [key, one] of wanted) {
    const found = (got as Record<string, object>)[key] as object
    if (one instanceof Map) expectSame(found, one)
    else expect(found).toEqual(one)
  }
}

test('columns of all types come back, in records within records, each at a multiple of eight bytes', () => {
  fc.assert(
    fc.property(columns, (wanted) => {
      const file = combined(packColumns(recordOf(wanted)))
      expect(file.length % 8).toBe(0)
      expectSame(unpackColumns(file), wanted)
    }),
  )
  expect(Object.keys(Object.prototype)).toEqual([])
})

test('they are views into the file', () => {
  const file = combined(packColumns({ a: Uint8Array.of(1), in: { b: Uint32Array.of(2, 3), c: Float64Array.of(4) } }))
  const { a, in: within } = unpackColumns<{ a: Uint8Array; in: { b: Uint32Array; c: Float64Array } }>(file)
  for (const { buffer, byteOffset } of [a, within.b, within.c])
    expect([buffer, byteOffset % 8]).toEqual([file.buffer, 0])
})

test.each([
  ['strings', ['a']],
  ['other numbers', Int32Array.of(-1)],
  ['a number', 5],
  ['nothing', null],
])('what is no column is refused: %s', (_, column) => {
  expect(() => packColumns({ within: { column } })).toThrow(TypeError)
})

const withHeader = (header: string, bytes = 16): Uint8Array =>
  new Uint8Array(Buffer.concat([Buffer.from(`${header}\n`), new Uint8Array(bytes)]))
const header = (changed: object): string =>
  JSON.stringify([{ name: 'a', type: 'u32', offset: 0, bytes: 8, ...changed }])

test('what is no packed file is refused, whatever else it is', () => {
  const whole = combined(packColumns({ a: new Uint8Array(100) }))
  expect(() => unpackColumns(whole.subarray(0, whole.length - 10))).toThrow(RangeError)
  expect(() => unpackColumns(new Uint8Array(0))).toThrow(RangeError)
  expect(() => unpackColumns(new TextEncoder().encode('Hallo\n'))).toThrow(SyntaxError)
})

test.each(['null', '5', '{}', '"a"', '[null]', '[5]', '[[]]', '[{}]'])('a header that is none: %s', (text) => {
  expect(() => unpackColumns(withHeader(text))).toThrow(RangeError)
})

test.each([
  { name: 5 },
  { type: 'i32' },
  { type: undefined },
  { offset: -8 },
  { offset: 4.5 },
  { offset: '0' },
  { bytes: -4 },
  { bytes: 6 },
  { type: 'f64', bytes: 12 },
  { bytes: 24 },
  { offset: 16, bytes: 8 },
  { offset: null },
])('a header that says %o', (changed) => {
  // padded, so that the columns begin at a multiple of eight
  const text = header(changed)
  expect(() => unpackColumns(withHeader(text.padEnd(Math.ceil((text.length + 1) / 8) * 8 - 1)))).toThrow(RangeError)
})

test('damage anywhere in the header is refused, or what is read lies within the file', () => {
  const whole = combined(
    packColumns({ ids: { bytes: Uint8Array.of(1, 2, 3), ends: Uint32Array.of(1, 3) }, t: Float64Array.of(5) }),
  )
  const end = whole.indexOf(0x0a)
  const within = (columns: object): boolean =>
    Object.values(columns).every((one) =>
      ArrayBuffer.isView(one) ? one.buffer === damaged.buffer : within(one as object),
    )
  let damaged = whole
  fc.assert(
    fc.property(fc.nat(end), fc.nat(255), (at, byte) => {
      damaged = whole.slice()
      damaged[at] = byte
      let columns: object
      try {
        columns = unpackColumns(damaged)
      } catch (error) {
        if (!(error instanceof SyntaxError)) expect(error).toBeInstanceOf(RangeError)
        return
      }
      expect(within(columns)).toBe(true)
    }),
    { numRuns: 1000 },
  )
})
