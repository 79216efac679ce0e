import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { CompoundSplitter } from '../../../src/analysis/german/compounds.ts'
import { readLexicon } from '../../../src/analysis/lexicon-file.ts'
import { anyText } from '../../support/property.ts'
import { analyzeWord } from '../../support/words.ts'

const splitter = new CompoundSplitter(readLexicon())
const split = (key: string): string => {
  const parts = splitter.split(key)
  return parts.length === 0 ? key : parts.map((part) => part.key).join('+')
}

describe('compounds', () => {
  it.each([
    ['two nouns', 'haustür', 'haus+tür'],
    ['a linking s belongs to no part', 'arbeitsmarkt', 'arbeit+markt'],
    ['a first part in the plural is a word', 'kindergarten', 'kinder+garten'],
    ['a stem of a verb', 'schreibtisch', 'schreib+tisch'],
    ['several levels', 'bundesverfassungsgericht', 'bundes+verfassung+gericht'],
    ['ss for ß', 'strassenbahn', 'strassen+bahn'],
  ])('%s: %s', (_, key, parts) => {
    expect(split(key)).toBe(parts)
  })

  it.each([
    'insgesamt',
    'wissenschaft',
    'lehrerinnen',
    'robustere',
    'geschlechtlichen',
    'abholen',
    'vorstellung',
    'israel',
    'zusammenarbeit',
    'xqzwvt',
  ])('%s stays whole', (key) => {
    expect(split(key)).toBe(key)
  })

  it('parts cover the word, whatever it is', () => {
    const anyKey = fc.oneof(anyText, fc.string({ unit: fc.constantFrom(...'haustürengbdlsw'), maxLength: 90 }))
    fc.assert(
      fc.property(anyKey, (key) => {
        const parts = splitter.split(key)
        if (parts.length === 0) return
        expect(parts[0]?.start).toBe(0)
        expect(parts.at(-1)?.end).toBe(key.length)
        for (const [i, part] of parts.entries()) {
          expect(part.end - part.start).toBeGreaterThanOrEqual(3)
          const letters = key.slice(part.start, part.end)
          expect(letters.startsWith(part.key) || `${letters}n` === part.key).toBe(true)
          if (i > 0) expect(part.start).toBe(parts[i - 1]?.end)
        }
      }),
      { numRuns: 2000 },
    )
  })
})

describe('words', () => {
  it.each([
    [
      'in every spelling',
      ['Küchenschrank', 'Kuechenschrank', 'Ku\u0308chenschrank', 'Küchen\u00adschrank', 'KÜCHENSCHRANK'],
    ],
    ['with ß and ss', ['Fußballplatz', 'Fussballplatz']],
    ['with a hyphen or none', ['Jonglierkeulen', 'Jonglier-Keulen']],
    ['with an s that joins or none', ['Schifffahrtstraße', 'Schifffahrtsstraße', 'Schiffahrtsstraße']],
  ])('have the same parts %s', (_, spellings) => {
    const [first, ...others] = spellings.map((surface) => analyzeWord(surface).parts.map(({ term }) => term))
    expect(first?.length).toBeGreaterThan(1)
    for (const other of others) expect(other).toEqual(first)
  })

  it.each([
    ['a prefix and the first consonant', ['Bestand', 'Antwort', 'Gebrauch', 'Betrieb', 'Vorstand', 'Erlass']],
    ['a prefix and the first letters', ['Zugriff', 'Anteil', 'Antrieb']],
    ['a foreign beginning', ['Kontakt', 'Kontrolle', 'Finanzen', 'Minister', 'Register']],
    ['parts of other words', ['Manifest', 'Nachteile', 'Soldaten']],
    ['a participle', ['geholfen', 'zugelassen', 'bestätigt']],
    ['an infinitive', ['bleiben', 'erbringen', 'bestimmen', 'bestehen']],
    ['a comparative', ['freieste', 'neueste', 'sauberste']],
    ['an ending', ['Regelungen', 'Kleidung', 'Marketing']],
  ])('stay whole in spite of %s', (_, whole) => {
    for (const word of whole) expect([word, analyzeWord(word).parts]).toEqual([word, []])
  })

  it.each([
    ['a verb made of two', 'teilnehmen', ['teil', 'nehmen']],
    ['its forms', 'teilgenommen', ['teil', 'genommen']],
    ['Erbe without its e', 'Erbrecht', ['Erb', 'recht']],
    ['a real Zug', 'Zugluft', ['Zug', 'luft']],
    ['Ostern, not Osten', 'Osterfeuer', ['Oster', 'feuer']],
    ['an s of the last part', 'Schifffahrtstraße', ['Schifffahrt', 'straße']],
  ])('%s: %s', (_, word, parts) => {
    expect(analyzeWord(word).parts.map(({ start, end }) => word.slice(start, end))).toEqual(parts)
  })

  it.each(['Küchenschrank', 'Ku\u0308chenschrank', 'Kuechen\u00adschrank', 'Fußballplatz'])(
    '%s: offsets slice the word',
    (surface) => {
      const { parts } = analyzeWord(surface)
      expect(parts.map(({ start, end }) => surface.slice(start, end)).join('')).toBe(surface)
      expect(analyzeWord(surface.slice(parts[0]?.start, parts[0]?.end)).term).toBe(parts[0]?.term)
    },
  )
})
