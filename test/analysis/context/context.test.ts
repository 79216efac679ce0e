import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { createAnalyzer } from '../../../src/analysis/analyzer.ts'
import { germanText } from '../../support/property.ts'

const analyzer = createAnalyzer()
/** Further terms by neighbours: `word: term`, echoes with a quote before the term. */
const aliases = (text: string): string[] => {
  const { words, starts, ends } = analyzer.analyze(text)
  return words.flatMap((word, i) =>
    word.aliases
      .filter(({ kind }) => kind !== 'verbLemma')
      .map(({ term, isUncounted }) => `${text.slice(starts[i], ends[i])}: ${isUncounted === true ? '"' : ''}${term}`),
  )
}

describe('further terms by what stands around a word', () => {
  it.each([
    ['a compound written apart', 'Jonglier Keulen', ['Jonglier: jonglierkeul', 'Keulen: "jonglierkeul']],
    ['not in small letters', 'die keulen', []],
    ['a verb written apart', 'sie kennen lernen', ['kennen: kennenlern', 'lernen: "kennenlern']],
    ['an ampersand with blanks', 'AT & T', ['AT: at&t', 'T: "at&t']],
    ['a file', '1 BvR 16/13', ['1: 1bvr16/13', 'BvR: "1bvr16/13', '16: "1bvr16/13', '13: "1bvr16/13']],
    ['a file without blanks', '1BvR16/13', ['1BvR16: 1bvr16/13', '13: "1bvr16/13']],
    ['not a season', 'Saison 12/13', []],
    ['not what stands before a fraction', 'im 1/20', []],
    ['a number in even groups', '12 34 56', ['12: 123456', '34: "123456', '56: "123456']],
    ['not years', '2019 2020 2021', []],
    [
      'a telephone number from abroad',
      '+49 (0)30 123456',
      ['49: 030123456', '0: "030123456', '30: "030123456', '123456: "030123456'],
    ],
    ['the same glued', '+4930123456', ['4930123456: 030123456']],
    ['a bank number', 'DE12 1234 1234 12345', []],
    ['not across a comma', 'Jonglier, Keulen', []],
    ['a code', 'Die SA 22', ['SA: sa22', '22: "sa22']],
    ['a parted verb', 'Er holt sie heute ab.', ['holt: abhol', 'ab: "abhol']],
    ['at the end of the text', 'Er holt sie ab', ['holt: abhol', 'ab: "abhol']],
    ['before und', 'Er holt sie ab und geht', ['holt: abhol', 'ab: "abhol']],
    ['not where the prefix is a preposition', 'Er holt sie an der Ecke', []],
    ['not across a comma', 'Er holt, was sie will, ab', []],
    ['a preposition before a number', 'Die Kasse schließt um 18 Uhr.', ['18: 18:00', 'Uhr: "18:00']],
    ['a preposition at any place', 'Sie kommt mit 5 Kindern.', []],
    ['an article', 'Er kauft ein Auto.', []],
    ['a preposition beside the prefix', 'Er fährt um acht Uhr ab.', ['fährt: abfahr', 'ab: "abfahr']],
    ['two of them', 'Er zieht im Mai nach Kassel um.', ['zieht: umzieh', 'um: "umzieh']],
    ['a noun is no verb', 'Der Laden macht heute auf.', ['macht: aufmach', 'auf: "aufmach']],
    ['but where it begins the sentence', 'Laden Sie alle ein!', ['Laden: einlad', 'ein: "einlad']],
    ['an ordinal', 'Sie sagte das Treffen am 5. Mai ab.', ['sagte: absag', 'ab: "absag']],
    ['an abbreviation', 'Er lehnte den Antrag von Dr. Maier ab.', ['lehnte: ablehn', 'ab: "ablehn']],
    ['not across a sentence', 'Sie sagte es um 5. Dann ab.', []],
    ['before als', 'Sie sieht besser aus als er.', ['sieht: ausseh', 'aus: "ausseh']],
    ['what is no preposition, before one', 'Sie nahm teil an der Wahl', ['nahm: teilnehm', 'teil: "teilnehm']],
    ['a form that is a noun too', 'Sie macht die Tür zu.', ['macht: zumach', 'zu: "zumach']],
    ['a shortened pair', 'Vor- und Nachteile', ['Vor: vorteil']],
    ['a list of them', 'Vor-, Zwischen- und Endprüfung', ['Vor: vorpruf', 'Zwischen: zwischenpruf']],
    ['not what makes no word', 'Xyz- und Nachteile', []],
    ['a dash is none', 'Vor - und Nachteile', []],
    [
      'the second shortened',
      'Frauenfußball und -handball',
      ['handball: frauenfusshandball', 'handball: frauenhandball'],
    ],
    ['verbs', 'auf- und abbauen', ['auf: aufbau']],
    ['thousands', '4 700 Leute', ['4: 4700', '700: "4700']],
    ['not a list', '12 700 800 90', []],
    ['not a year', 'Seite 4 2024', []],
    ['a day', 'am 3. März 2024', ['3: 2024-03-03', 'März: "2024-03-03', '2024: "2024-03-03']],
    ['not one that no calendar has', 'am 31. April 2024', []],
    ['a time', 'um 20 Uhr', ['20: 20:00', 'Uhr: "20:00']],
    ['a time with minutes', 'um 8:05 Uhr', ['8: 08:05', '05: "08:05', 'Uhr: "08:05']],
    ['not one that no clock has', 'um 99 Uhr', []],
    ['a unit', '1,5 kg', ['1,5: 1.5kg', 'kg: "1.5kg']],
    ['glued', '1,5kg', ['1,5: 1.5kg', 'kg: "1.5kg']],
    ['a paragraph', '§ 5', ['5: paragraf5']],
    [
      'its divisions',
      '§ 5 Abs. 2 Satz 1',
      [
        '5: paragraf5',
        'Abs: "paragraf5absatz2',
        '2: paragraf5absatz2',
        'Satz: "paragraf5absatz2satz1',
        '1: paragraf5absatz2satz1',
      ],
    ],
    ['a row of them', '§§ 5, 6 und 7', ['5: paragraf5', '6: paragraf6', '7: paragraf7']],
    ['an article of a law', 'Art. 3 GG', ['Art: "artikel3', '3: artikel3']],
    ['a paragraph in words', 'Paragraf 5', ['Paragraf: "paragraf5', '5: paragraf5']],
    ['its division in brackets', '§ 5 (2)', ['5: paragraf5', '2: paragraf5absatz2']],
    ['a remark in brackets is none', '§ 5 (2 Leute)', ['5: paragraf5']],
    ['a day with spaces', '3. 3. 2024', ['3: 2024-03-03', '3: "2024-03-03', '2024: "2024-03-03']],
    ['a day with strokes', '15/06/2024', ['15: 2024-06-15', '06: "2024-06-15', '2024: "2024-06-15']],
    ['a month is no telephone number', '06/2024', []],
    ['a unit written out', '5 Kilogramm', ['5: 5kg', 'Kilogramm: "5kg']],
    ['a unit in the dative', 'in 24 Stunden', ['24: 24h', 'Stunden: "24h']],
    ['another abbreviation', '80 qm', ['80: 80m2', 'qm: "80m2']],
    ['a sign', '5 % und 3€', ['5: 5prozent', '3: 3euro']],
    ['a unit without a number', 'ein Kilogramm', []],
    ['a telephone number', '030/12 34-56', ['030: 030123456', '12: "030123456', '34: "030123456', '56: "030123456']],
    ['with its country', '+49 30 123456', ['49: 030123456', '30: "030123456', '123456: "030123456']],
    ['nothing', 'Die Katze schläft.', []],
    ['the empty text', '', []],
  ])('%s: %s', (_, text, expected) => {
    expect(aliases(text)).toEqual(expected)
  })

  it('are counted once: every echo has its first word', () => {
    fc.assert(
      fc.property(germanText, (text) => {
        const { words } = analyzer.analyze(text)
        const counted = new Set(
          words.flatMap(({ aliases }) =>
            aliases.filter(({ isUncounted }) => isUncounted !== true).map(({ term }) => term),
          ),
        )
        for (const { aliases } of words)
          for (const { term, isUncounted } of aliases) {
            expect(term).toMatch(/^[\p{L}\p{N}]/u)
            if (isUncounted === true) expect(counted).toContain(term)
          }
      }),
      { numRuns: 3000 },
    )
  })

  it('are the same each time, in NFC and NFD, and where another analyser begins', () => {
    fc.assert(
      fc.property(germanText, (text) => {
        const forms = (one: typeof analyzer, of: string): string[] => one.analyze(of).words.map(({ form }) => form)
        const first = forms(analyzer, text)
        expect(forms(analyzer, text)).toEqual(first)
        expect(forms(analyzer, text.normalize('NFD'))).toEqual(forms(analyzer, text.normalize('NFC')))
      }),
      { numRuns: 2000 },
    )
    const text = 'Vor- und Nachteile, er holt die Stadt Berlin ab. § 5 Abs. 2 am 3. März 2024 um 20 Uhr'
    expect(createAnalyzer().analyze(text).words).toEqual(analyzer.analyze(text).words)
  })

  // a megabyte of what each rule looks at: anything but linear would not end in the time a test has
  it.each([
    '§ 5 ',
    '§§ 5, ',
    'Vor- ',
    'Vor- und ',
    '-teil ',
    'nimmt ',
    'ab ',
    '0 ',
    '030 123 ',
    '4 700 ',
    '3. März ',
    'Haus ',
    '20 Uhr ',
    '5 kg ',
    'Abs. 2 ',
  ])('take linear time for a megabyte of „%s“', (piece) => {
    const { count } = analyzer.analyze(piece.repeat(Math.ceil((1 << 20) / piece.length)))
    expect(count).toBeGreaterThan(1 << 16)
  })
})
