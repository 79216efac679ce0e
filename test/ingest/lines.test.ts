import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { FundstelleError } from '../../src/errors.ts'
import { type ByteSource, bytesSource } from '../../src/ingest/byte-source.ts'
import { decode } from '../../src/ingest/decode.ts'
import { jsonlReader } from '../../src/ingest/jsonl.ts'
import { linesOf } from '../../src/ingest/lines.ts'
import { readLines } from '../../src/ingest/read-file.ts'
import type { ReadResult } from '../../src/ingest/reader.ts'
import '../support/property.ts'

const NO_LIMIT = { lineBytesMax: Number.POSITIVE_INFINITY }

/** Reads as a disk may: fewer bytes at once than asked for, another number each time. */
function inCuts(bytes: Uint8Array, cuts: readonly number[]): ByteSource {
  return {
    size: bytes.length,
    stream() {
      const whole = bytesSource(bytes).stream()
      let reads = 0
      return (target) => whole(target.subarray(0, cuts[reads++ % cuts.length] ?? 1))
    },
  }
}

/** What an error says, or what was read. */
function outcomeOf<T>(read: () => T): T | { code: string; params: unknown } {
  try {
    return read()
  } catch (error) {
    if (!(error instanceof FundstelleError)) throw error
    return { code: error.code, params: error.params }
  }
}

function linesRead(source: ByteSource, limits: Parameters<typeof linesOf>[1]): unknown[] {
  return [...linesOf(source, limits)].filter((line) => line !== null)
}

/** By `decode`, which has the whole file before it. */
function linesOfWhole(bytes: Uint8Array): unknown[] {
  const { text, strays } = decode(bytes)
  const lines = text.split('\n')
  if (lines.at(-1) === '') lines.pop()
  const note = strays === null ? [] : [{ line: strays.line, text: null, strays }]
  return [...note, ...lines.map((line, at) => ({ line: at + 1, text: line }))]
}

const utf8 = (text: string): number[] => [...Buffer.from(text)]
const windows = (text: string): number[] => [...Buffer.from(text, 'latin1')]

/** What lines are made of, and what spoils them. */
const ends = fc.constantFrom([0x0a], [0x0d], [0x0d, 0x0a], [0x0d, 0x0d, 0x0a], [0x0a, 0x0d])
const sound = fc.constantFrom(...['a', 'ä', 'ß', '€', '„', '中', '😀', '\ufeff', '{"text":"ö"}'].map(utf8))
const inWindows = fc.constantFrom(...['a', 'ä', 'ß', '\x80', 'Spa\xdf\x93', '\xa0'].map(windows))
const broken = fc.constantFrom(
  [0xff],
  [0xc3],
  [0xe2, 0x82],
  [0xf0, 0x9f, 0x98],
  [0xed, 0xa0, 0x80],
  [0x81],
  [0x01],
  [0],
)

const bytesOf = (...parts: readonly fc.Arbitrary<readonly number[]>[]): fc.Arbitrary<Uint8Array> =>
  fc.array(fc.oneof(...parts), { maxLength: 30 }).map((pieces) => Uint8Array.from(pieces.flat()))

const marked = (bytes: fc.Arbitrary<Uint8Array>): fc.Arbitrary<Uint8Array> =>
  fc
    .tuple(fc.constantFrom([], [], [0xef, 0xbb, 0xbf], [0xff, 0xfe], [0xfe, 0xff]), bytes)
    .map(([mark, rest]) => Uint8Array.from([...mark, ...rest]))

const inUtf16 = fc
  .tuple(
    fc.array(fc.constantFrom('a', 'ä', '中', '😀', '\ud83d', '\ude00', '\n', '\r', '\r\n')),
    fc.boolean(),
    fc.boolean(),
  )
  .map(([parts, isBig, isOdd]) => {
    const text = Buffer.from(`\ufeff${parts.join('')}`, 'utf16le')
    return Uint8Array.from([...(isBig ? text.swap16() : text), ...(isOdd ? [0x41] : [])])
  })

const files = fc.oneof(
  bytesOf(sound, ends),
  bytesOf(inWindows, inWindows, ends),
  marked(bytesOf(sound, inWindows, ends, broken)),
  bytesOf(sound, sound, sound, ends, fc.constantFrom([0xff], [0xe4])),
  inUtf16,
  marked(fc.uint8Array()),
)
const cuts = fc.array(fc.integer({ min: 1, max: 7 }), { minLength: 1, maxLength: 5 })
const pieceBytes = fc.integer({ min: 1, max: 40 })

describe('a file read in pieces', () => {
  it('has the lines, and the faults, of the same file read whole, wherever it is cut', () => {
    fc.assert(
      fc.property(files, cuts, pieceBytes, (bytes, sizes, piece) => {
        const inPieces = outcomeOf(() => linesRead(inCuts(bytes, sizes), { ...NO_LIMIT, pieceBytes: piece }))
        expect(inPieces).toEqual(outcomeOf(() => linesOfWhole(bytes)))
      }),
      { numRuns: 5000 },
    )
  })

  it('gives the same articles and refusals on the same lines', () => {
    const lines = fc.constantFrom(
      '{"id":"x","title":"Straße"}',
      '{"text":"Öl"},',
      '\ufeff{"text":"y"}',
      '{"title":"x","draft":true}',
      '{"title":',
      '[]',
      '',
      '   ',
    )
    const texts = fc.array(fc.tuple(lines, fc.constantFrom('\n', '\r\n', '\r'))).map((all) => all.flat().join(''))
    const encoded = fc
      .tuple(texts, fc.constantFrom('utf8', 'latin1', 'utf16le'))
      .map(([text, encoding]) => Buffer.from(encoding === 'utf16le' ? `\ufeff${text}` : text, encoding as 'utf8'))
    fc.assert(
      fc.property(encoded, cuts, pieceBytes, (bytes, sizes, piece) => {
        const limits = { ...NO_LIMIT, pieceBytes: piece }
        const inPieces = told(readLines(inCuts(bytes, sizes), 'a.jsonl', 'a.jsonl', limits))
        expect(inPieces).toEqual(told(jsonlReader.read({ path: 'a.jsonl', text: decode(bytes).text })))
      }),
      { numRuns: 500 },
    )
  })

  it('passes over the lines that are too long, tells how long they are, and reads the others', () => {
    const limit = fc.integer({ min: 1, max: 30 })
    fc.assert(
      fc.property(bytesOf(sound, ends), cuts, pieceBytes, limit, (bytes, sizes, piece, lineBytesMax) => {
        fc.pre(bytes[0] !== 0xef)
        const expected = (linesOfWhole(bytes) as { line: number; text: string }[]).map(({ line, text }) => {
          const length = Buffer.byteLength(text)
          return length > lineBytesMax ? { line, text: null, bytes: length } : { line, text }
        })
        expect(linesRead(inCuts(bytes, sizes), { lineBytesMax, pieceBytes: piece })).toEqual(expected)
      }),
      { numRuns: 1000 },
    )
  })

  it('never asks for more at once than a piece, or a line of the length allowed', () => {
    const size = 20_000_000
    const asked: number[] = []
    const source: ByteSource = {
      size,
      stream() {
        let at = 0
        return (target) => {
          asked.push(target.length)
          const read = Math.min(target.length, size - at)
          target.fill(0x61, 0, read)
          at += read
          return read
        }
      },
    }
    expect(linesRead(source, { lineBytesMax: 100_000, pieceBytes: 4096 })).toEqual([
      { line: 1, text: null, bytes: size },
    ])
    expect(Math.max(...asked)).toBeLessThanOrEqual(200_000)
  })

  it('takes a line of UTF-16 that the limit for its bytes allows', () => {
    const text = '中'.repeat(50)
    const bytes = Buffer.from(`\ufeff${text}\n`, 'utf16le')
    expect(linesRead(bytesSource(bytes), { lineBytesMax: 100 })).toEqual([{ line: 1, text }])
  })
})

describe('readLines', () => {
  it('refuses an article that is too large with its line, in words', () => {
    const text = `{"id":"a","text":"x"}\n${JSON.stringify({ text: 'y'.repeat(1_500_000) })}\n{"id":"b","text":"z"}`
    const limits = { lineBytesMax: 1 << 20 }
    const readings = [...readLines(bytesSource(Buffer.from(text)), 'a.jsonl', 'a.jsonl', limits)].filter(isReading)
    expect(readings.map(({ kind, ...rest }) => [kind, 'line' in rest ? rest.line : null])).toEqual([
      ['article', 1],
      ['refusal', 2],
      ['article', 3],
    ])
    const [, refusal] = readings
    if (refusal?.kind !== 'refusal') throw new Error('not refused')
    expect(refusal.error.code).toBe('line_too_large')
    expect(refusal.error.detail('de')).toContain('1,44 MB, das sind mehr als die erlaubten 1 MB')
    expect(refusal.error.detail('en')).toContain('1.44 MB, which is more than the 1 MB allowed')
  })

  it('gives what it has read before the disk fails, and then a refusal of the file', () => {
    const bytes = Buffer.from('{"id":"a","text":"x"}\n'.repeat(3))
    let streams = 0
    const source: ByteSource = {
      size: bytes.length,
      stream() {
        const whole = bytesSource(bytes).stream()
        streams += 1
        const isLast = streams === 3
        let reads = 0
        return (target) => {
          reads += 1
          if (isLast && reads === 2) throw Object.assign(new Error('EIO: i/o error'), { code: 'EIO' })
          return whole(target.subarray(0, 30))
        }
      },
    }
    const readings = [...readLines(source, 'a.jsonl', 'a.jsonl', NO_LIMIT)].filter(isReading)
    expect(readings).toMatchObject([
      { kind: 'article', line: 1 },
      { kind: 'refusal', line: null, error: { code: 'path_unreadable' } },
    ])
  })
})

function isReading(reading: ReadResult | null): reading is ReadResult {
  return reading !== null
}

function told(readings: Iterable<ReadResult | null>): unknown[] {
  return [...readings].filter(isReading).map((reading) => {
    if (reading.kind !== 'refusal') return reading
    return { line: reading.line, code: reading.error.code, params: reading.error.params }
  })
}
