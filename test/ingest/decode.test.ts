import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { FundstelleError } from '../../src/errors.ts'
import { decode } from '../../src/ingest/decode.ts'
import '../support/property.ts'

function bytes(...parts: readonly (string | readonly number[])[]): Uint8Array {
  return Buffer.concat(parts.map((part) => Buffer.from(part as string)))
}

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
    ['a stray byte in UTF-8, on line 3', bytes('Öl\nÜ\nStra', [0xdf], 'e'), 'encoding_broken', 3],
    ['UTF-8 that is cut off', bytes('ä ö ü ', [0xc3]), 'encoding_broken', 1],
    ['UTF-8 with a byte-order mark and a stray byte', bytes([0xef, 0xbb, 0xbf], 'a\n', [0xff]), 'encoding_broken', 2],
    ['a surrogate in UTF-8', bytes('ä\r\nö', [0xed, 0xa0, 0x80]), 'encoding_broken', 2],
    ['half a pair in UTF-16LE', bytes([0xff, 0xfe, 0x0a, 0, 0, 0xd8, 0x41, 0]), 'encoding_broken', 2],
    ['an odd byte in UTF-16BE', bytes([0xfe, 0xff, 0, 0x41, 0]), 'encoding_broken', 1],
    ['a control character in Windows-1252', bytes([0xe4, 0x0a, 0x0a, 0x01]), 'encoding_broken', 3],
    ['a zero byte', bytes('a\0'), 'file_binary', undefined],
    ['UTF-32, which has zeros', bytes([0xff, 0xfe, 0, 0, 0x41, 0, 0, 0]), 'file_binary', undefined],
  ])('refuses %s', (_, input, code, line) => {
    expect(failure(input)).toEqual({ code, line })
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
