import { describe, expect, it } from 'vitest'
import { cityOf } from '../../src/ingest/dateline.ts'
import { takeDetails } from '../../src/ingest/details.ts'
import { textReader } from '../../src/ingest/text.ts'

describe('placeOf', () => {
  it.each([
    ['Kursk, Russland - Die Situation', 'Kursk, Russland'],
    ['Berlin (dpa) – Der Rat', 'Berlin'],
    ['HAMBURG — Am Hafen', 'HAMBURG'],
    ['Frankfurt/Main (dpa/lhe) - Ein Zug', 'Frankfurt/Main'],
    ['Frankfurt am Main – Ein Zug', 'Frankfurt am Main'],
    ['St. Gallen – „Nein“, sagt sie.', 'St. Gallen'],
    ['Rothenburg ob der Tauber - 3 Tote', 'Rothenburg ob der Tauber'],
    ['Alles neu – Die Regierung', null],
    ['Das Ende – Die Folgen', null],
    ['Update – Die Lage', null],
    ['Berlin ist groß. Das – Die', null],
    ['Baden-Württemberg hat gewählt', null],
    ['Berlin – und zwar heute', null],
    ['', null],
  ])('%s: %j', (text, place) => {
    expect(cityOf(text)).toBe(place)
  })
})

describe('lines of a paragraph', () => {
  it.each([
    // what stands in two lines, what the paragraph says
    ['Die Verpflegungs-\nstationen', 'Die Verpflegungsstationen'],
    ['Vor-\nund Nachteile', 'Vor- und Nachteile'],
    ['Hin-\noder Rückweg', 'Hin- oder Rückweg'],
    ['Boden-\nLuft-Raketen', 'Boden-Luft-Raketen'],
    ['sie kam -\nund ging', 'sie kam - und ging'],
    ['von 1939-\n1945', 'von 1939- 1945'],
    ['eins\nzwei', 'eins zwei'],
  ])('%j becomes %j', (lines, paragraph) => {
    const [reading] = textReader.read({ path: 'a.txt', text: `Titel\n\n${lines}\n` })
    expect(reading).toMatchObject({ kind: 'article', article: { text: paragraph } })
  })
})

describe('takeDetails', () => {
  const entries = (text: string) => takeDetails(text.split('\n'))?.entries

  it.each<[string, unknown]>([
    [
      'Details\nOrt Kursk, Russland\nVerletzte 4700\nQuellen',
      [
        ['ort', 'Kursk, Russland'],
        ['verletzte', 4700],
        ['quellen', []],
      ],
    ],
    [
      'Details:\nort: Husum\n\nE-Mail: a@b.de\n',
      [
        ['ort', 'Husum'],
        ['e-mail', 'a@b.de'],
      ],
    ],
    ['Details\nQuelle dpa\nQuelle Reuters', [['quelle', ['dpa', 'Reuters']]]],
    ['Details\nTags a, b', [['tags', ['a', 'b']]]],
    ['Details\nOrt Husum\nDetails\nOrt Kiel', [['ort', 'Kiel']]],
    ['Details', undefined],
    ['Details\nOrt Husum\nund so weiter', undefined],
    ['Details\nOrt Husum\n- Liste', undefined],
    ['Details\nDie Polizei sagte, dass alle in Sicherheit sind.', undefined],
    ['Mehr Details\nOrt Husum', undefined],
  ])('%j', (text, expected) => {
    expect(entries(text)).toEqual(expected)
  })

  it('leaves the lines before as they are', () => {
    expect(takeDetails(['a', '', 'Details', 'Ort b'])?.before).toEqual(['a', ''])
  })
})
