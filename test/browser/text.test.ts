/// <reference lib="dom" />
import { describe, expect, it } from 'vitest'
import { fragmentOf, shortened } from '../../src/browser/box/text.ts'

describe('a snippet in a narrow box', () => {
  it.each([
    ['stays as it is without a match', 'Auf dem Höhenzug drehen sich seit Ostern vier Windräder.', null],
    ['stays as it is where the match comes early', '… Preis: Rund ein Drittel der <mark>Energie</mark> geht', null],
    [
      'begins shortly before its first match',
      ' … „Viele unterschreiben erst und fragen dann, ob es Geld gibt“, erzählt <mark>Energieberater</mark> Jörg Mößner. … ',
      '… es Geld gibt“, erzählt <mark>Energieberater</mark> Jörg Mößner. … ',
    ],
    ['is not cut inside a word', `${'x'.repeat(60)} <mark>Energie</mark>`, null],
  ])('%s', (_, snippet, expected) => {
    expect(shortened(snippet)).toBe(expected ?? snippet)
  })
})

describe('a text fragment', () => {
  it('has the first words from the match on, and no signs of its own syntax', () => {
    expect(fragmentOf(' … die <mark>E-Bikes</mark> &amp; Räder, sagt <mark>sie</mark> … ')).toBe(
      ':~:text=E%2DBikes%20%26%20R%C3%A4der%2C%20sagt',
    )
  })

  it('ends where something is left out', () => {
    expect(fragmentOf('Das <mark>Haus</mark> brannte.  …  Im Keller lag <mark>Holz</mark>. … ')).toBe(
      ':~:text=Haus%20brannte.',
    )
  })

  it('is missing where nothing matched', () => {
    expect(fragmentOf('nichts')).toBe('')
  })
})
