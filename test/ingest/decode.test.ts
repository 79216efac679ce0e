import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { FundstelleError } from '../../src/errors.ts'
import { decode as decoded } from '../../src/ingest/decode.ts'
import '../support/property.ts'

function bytes(...parts: readonly (string | readonly number[])[]): Uint8Array {
  return Buffer.concat(parts.map((part) => Buffer.from(part as string)))
}

const decode = (input: Uint8Array, markup = false): string => decoded(input, markup).text

function failure(input: Uint8Array, markup = false): { code: string; line: unknown } {
  try {
    decode(input, markup)
  } catch (error) {
    if (error instanceof FundstelleError) return { code: error.code, line: error.params['line'] }
    throw error
  }
  throw new Error('decoded without complaint')
}

describe('decode', () => {
  it('takes line ends of every kind as \\n', () => {
    expect(decode(bytes('a\r\nb\rc\nd'))).toBe('a\nb\nc\nd')
  })

  it('reads every byte that Windows-1252 has as what it means there', () => {
    const unused = new Set([0x81, 0x8d, 0x8f, 0x90, 0x9d])
    const high = Array.from({ length: 32 }, (_, index) => 0x80 + index).filter((byte) => !unused.has(byte))
    expect(decode(bytes(high))).toBe('€‚ƒ„…†‡ˆ‰Š‹ŒŽ‘’“”•–—˜™š›œžŸ')
    expect(decode(bytes([0xe4, 0xf6, 0xfc, 0xdf, 0xa0, 0xff]))).toBe('äöüß\u00a0ÿ')
  })

  it('does not take a sharp s before a quotation mark for UTF-8', () => {
    expect(decode(bytes([0x84], 'Spa', [0xdf, 0x93], ' k', [0xf6], 'nnen'))).toBe('„Spaß“ können')
  })

  it.each([
    ['a byte of Latin-1 in UTF-8, on line 3', bytes('Öl\nÜ\nStra', [0xdf], 'e'), 'Öl\nÜ\nStraße', 1, 3],
    ['UTF-8 that is cut off', bytes('ä ö ü ', [0xc3]), 'ä ö ü Ã', 1, 1],
    ['a mark and a stray byte', bytes([0xef, 0xbb, 0xbf], 'a\n', [0xfc]), 'a\nü', 1, 2],
    ['a surrogate in UTF-8', bytes('ä\r\nö', [0xed, 0xa0, 0x80]), 'ä\nöí\u00a0€', 3, 2],
    ['half a pair in UTF-16LE', bytes([0xff, 0xfe, 0x0a, 0, 0, 0xd8, 0x41, 0]), '\n\ufffdA', 1, 2],
    ['an odd byte in UTF-16BE', bytes([0xfe, 0xff, 0, 0x41, 0]), 'A', 1, 1],
    ['a byte that Windows-1252 lacks', bytes([0xe4, 0x0a, 0x0a, 0x81]), 'ä\n\n\ufffd', 1, 3],
    ['one zero among a hundred bytes', bytes('a'.repeat(99), '\n\0'), `${'a'.repeat(99)}\n\ufffd`, 1, 2],
    ['a zero in Windows-1252', bytes('ab\n'.repeat(40), [0, 0xe4]), `${'ab\n'.repeat(40)}\ufffdä`, 1, 41],
  ])('costs a character and a note: %s', (_, input, text, count, line) => {
    expect(decoded(input)).toEqual({ text, strays: { encoding: expect.any(String), count, line } })
  })

  it('takes UTF-8 in a page that declares Latin-1 for what it is, where Latin-1 lacks its bytes', () => {
    const page = bytes('<meta charset="iso-8859-1">\nF', [0xfc], 'r Árger')
    expect(decoded(page, true)).toMatchObject({
      text: '<meta charset="iso-8859-1">\nFür Árger',
      strays: { count: 1, line: 2 },
    })
  })

  it.each([
    ['UTF-8 with a mark and nothing but stray bytes', bytes([0xef, 0xbb, 0xbf], 'a\n', new Array(20).fill(0xff)), 2],
    ['bytes of a program', bytes([0xe4, 0x0a, 0x0a, 0x01, 0x02, 0x81]), 3],
    ['halves of pairs alone', bytes([0xff, 0xfe, 0, 0xd8, 0, 0xd8, 0x41, 0]), 1],
  ])('refuses %s', (_, input, line) => {
    expect(failure(input)).toEqual({ code: 'encoding_broken', line })
  })

  it.each([
    ['a zero byte in three', bytes('a\0')],
    ['UTF-32, which has zeros', bytes([0xff, 0xfe, 0, 0, 0x41, 0, 0, 0])],
  ])('refuses %s as binary', (_, input) => {
    expect(failure(input).code).toBe('file_binary')
  })

  it('honours a declared encoding only where the format has declarations', () => {
    const koi8 = bytes('<?xml version="1.0" encoding="koi8-r"?>', [0xcd, 0xc9, 0xd2])
    expect(decode(koi8, true)).toMatch(/мир$/)
    expect(decode(koi8, false)).toMatch(/ÍÉÒ$/)
    expect(decode(bytes('<meta charset=latin1>', [0xe4]), true)).toMatch(/ä$/)
    expect(decode(bytes('<meta charset="gibtsnicht">', [0xe4]), true)).toMatch(/ä$/)
  })

  it('believes bytes that are UTF-8 more than a declaration', () => {
    expect(decode(bytes('<meta charset="iso-8859-1">ä'), true)).toMatch(/ä$/)
  })

  it('names the line where a declared encoding breaks', () => {
    expect(failure(bytes('<meta charset="shift_jis">\n\n', [0x81, 0xff]), true)).toEqual({
      code: 'encoding_broken',
      line: 3,
    })
  })

  it('throws nothing but FundstelleError, and gives well-formed text', () => {
    const marks = fc.constantFrom(
      [],
      [0xff, 0xfe],
      [0xfe, 0xff],
      [0xef, 0xbb, 0xbf],
      [...bytes('<?xml version="1" encoding="gbk"?>')],
    )
    const some = fc.oneof(
      fc.uint8Array({ min: 1 }),
      fc.uint8Array(),
      fc.string().map((text) => bytes(text)),
    )
    fc.assert(
      fc.property(marks, some, fc.boolean(), (mark, input, markup) => {
        try {
          const text = decode(bytes(mark, [...input]), markup)
          expect(text.isWellFormed()).toBe(true)
          expect(text).not.toContain('\r')
        } catch (error) {
          expect(error).toBeInstanceOf(FundstelleError)
        }
      }),
      { numRuns: 1000 },
    )
  })

  it('gives every text back, in UTF-8 and in UTF-16', () => {
    fc.assert(
      fc.property(fc.string({ unit: 'grapheme' }), (text) => {
        fc.pre(!/[\r\0\ufeff]/.test(text))
        expect(decode(bytes(text))).toBe(text)
        expect(decode(bytes([0xff, 0xfe], [...Buffer.from(text, 'utf16le')]))).toBe(text)
      }),
    )
  })
})
