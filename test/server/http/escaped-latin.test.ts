import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { inUtf8 } from '../../../src/server/http/escaped-latin.ts'

const read = (query: string): string | null => new URLSearchParams(inUtf8(query)).get('q')

describe('escapes of an address', () => {
  it.each([
    ['q=Geb%FChren', 'Gebühren'],
    ['q=Stra%DFe+%C4cker', 'Straße Äcker'],
    ['q=%E4%DF', 'äß'],
    ['q=Gr%F6%DFe&limit=3', 'Größe'],
    ['q=Geb%C3%BChren', 'Gebühren'],
    ['q=%E2%82%AC', '€'],
    ['q=Caf%e9', 'Café'],
    ['q=50%25+100%', '50% 100%'],
    // half of a surrogate pair is no UTF-8
    ['q=%ED%A0%A1', 'í\u00a0¡'],
    ['q=5%80', '5€'],
    ['q=%84Haus%93', '„Haus“'],
    // of windows-1252 no character, but it has its place
    ['q=%81', '\u0081'],
    ['q=Drohnen', 'Drohnen'],
    ['', null],
  ])('%s is read as %s', (query, expected) => {
    expect(read(query)).toBe(expected)
  })

  it('reads long runs', () => {
    const plain = '%20'.repeat(5000)
    expect(inUtf8(plain)).toBe(plain)
    expect(inUtf8(`${plain}%FC${plain}`)).toBe(`${plain}%C3%BC${plain}`)
    expect(inUtf8('%fc'.repeat(5000))).toBe('%C3%BC'.repeat(5000))
    expect(inUtf8(`${'%7'.repeat(5000)}%FC`)).toBe(`${'%7'.repeat(5000)}%C3%BC`)
  })

  it('leaves what is UTF-8 as it is, and of any bytes makes UTF-8', () => {
    fc.assert(
      fc.property(fc.string({ unit: 'grapheme' }), (text) => {
        const query = `q=${encodeURIComponent(text)}`
        expect(inUtf8(query)).toBe(query)
      }),
    )
    fc.assert(
      fc.property(fc.uint8Array(), (bytes) => {
        const escaped = Array.from(bytes, (byte) => `%${byte.toString(16).padStart(2, '0')}`).join('')
        expect(() => decodeURIComponent(inUtf8(escaped))).not.toThrow()
      }),
    )
  })
})
