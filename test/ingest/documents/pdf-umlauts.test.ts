import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { withUmlauts } from '../../../src/ingest/documents/pdf-umlauts.ts'
import '../../support/property.ts'

describe('umlauts drawn as letters and dots', () => {
  it.each([
    ['Begr¨ußung', 'Begrüßung'],
    ['¨Offentlich zug¨anglich', 'Öffentlich zugänglich'],
    ['¨ Ubersicht f¨ ur alle', 'Übersicht für alle'],
    ['B¨aume und h¨aufige R¨aume', 'Bäume und häufige Räume'],
    ['fu¨r A¨nderungen', 'für Änderungen'],
    ['Ba¨ume, Ha¨user, A¨ußerung', 'Bäume, Häuser, Äußerung'],
    ['Citro¨en', 'Citroën'],
    ['schön', 'schön'],
  ])('%s is %s', (drawn, meant) => {
    expect(withUmlauts(drawn)).toBe(meant)
  })

  it('whole words are found again, whichever side the dots are drawn on', () => {
    const word = fc
      .array(fc.constantFrom('b', 'r', 's', 't', 'ä', 'ö', 'ü', 'äu'), { maxLength: 12 })
      .map((all) => all.join('t'))
    const drawn = (text: string, isBehind: boolean): string =>
      text.normalize('NFD').replace(/(.)\u0308/gu, isBehind ? '$1¨' : '¨$1')
    fc.assert(
      fc.property(word, fc.boolean(), (text, isBehind) => {
        expect(withUmlauts(drawn(text, isBehind))).toBe(text)
      }),
    )
  })

  it('a text without dots stays', () => {
    fc.assert(
      fc.property(fc.string(), (text) => {
        const plain = text.replaceAll('¨', '')
        expect(withUmlauts(plain)).toBe(plain)
      }),
    )
  })
})
