import { describe, expect, it } from 'vitest'
import { BORDER, clauseBorders } from '../../../src/search/present/clauses.ts'
import { located } from '../../support/located.ts'

/** A sentence with some flags of its borders, each before the word that follows. */
function shown(sentence: string, flags: ReadonlyMap<number, string>): string {
  const field = located(sentence, [])
  const borders = clauseBorders(sentence, field, { first: 0, end: field.count }, new Float64Array(field.count + 1))
  const words = Array.from({ length: field.count }, (_, token) => {
    const border = borders[token] as number
    const signs = [...flags].map(([flag, sign]) => ((border & flag) !== 0 ? sign : '')).join('')
    return signs + sentence.slice(field.startOf(token), field.endOf(token))
  })
  expect(borders[field.count]).toBe(BORDER.begins | BORDER.ends | BORDER.sentence)
  return words.join(' ')
}

/** Where a stretch may end, and where one may begin. */
const EDGES = new Map<number, string>([
  [BORDER.ends, ']'],
  [BORDER.begins, '['],
])
const HANGS = new Map<number, string>([[BORDER.hangs, '~']])
const JOINS = new Map<number, string>([[BORDER.joins, '+']])

describe('clauseBorders', () => {
  it.each([
    ['a comma parts clauses', 'Es regnet, wir gehen.', '][Es regnet ][wir gehen'],
    ['so does a dash', 'Es regnet – wir gehen.', '][Es regnet ][wir gehen'],
    ['what hangs on the clause before is no beginning', 'Er ging, um zu schlafen.', '][Er ging ]um zu schlafen'],
    ['nor is a part of a reference', 'Nach § 5, Abs. 2 gilt es.', '][Nach 5 Abs 2 gilt es'],
    ['nor is a paragraph', 'Nach § 3, § 5 gilt es.', '][Nach 3 5 gilt es'],
    ['nor is what hangs behind a bracket', 'Er rief (laut), dass er komme.', '][Er rief ]laut ]dass er komme'],
    ['but a name that begins like one', 'Erst Ruhe, Artischocken dann.', '][Erst Ruhe ][Artischocken dann'],
    ['nothing in brackets is a border', 'Er (groß, alt, blind) ging.', '][Er ]groß alt blind ][ging'],
    ['nor in brackets within brackets', 'Er (groß (ja, sehr), alt) ging.', '][Er ]groß ja sehr alt ][ging'],
    ['a bracket that never closes hides nothing', 'Er (groß, alt ging.', '][Er ]groß ][alt ging'],
    ['nor does one that never opened', 'a) Antrag, b) Bescheid', '][a ][Antrag ][b ][Bescheid'],
  ])('%s', (_, sentence, expected) => {
    expect(shown(sentence, EDGES)).toBe(expected)
  })

  it.each([
    [
      'the next of several things hangs on them',
      'Die Eröffnung, Führung oder Leitung.',
      'Die ~Eröffnung ~Führung ~oder ~Leitung',
    ],
    ['also where there are many', 'Brot, Butter, Käse und Wein.', 'Brot ~Butter ~Käse ~und ~Wein'],
    ['a name behind a clause does not', 'Es kam Peter, Anna blieb.', 'Es kam Peter Anna blieb'],
    ['a noun hangs on its article and its attribute', 'Er mag den alten Turm.', 'Er mag den ~alten ~Turm'],
    ['and on a number with an ending', 'Er lebte in den 1950er Jahren.', 'Er lebte in ~den ~1950er ~Jahren'],
    ['what tells more of a noun hangs on it', 'Sie las Zeitungen aus Rom.', 'Sie las Zeitungen ~aus ~Rom'],
    ['a name hangs on the one before', 'Ich sah Karl Marx dort.', 'Ich sah Karl ~Marx dort'],
    ['a clause on the one it tells more of', 'Er ging, weil es regnet.', 'Er ging ~weil ~es regnet'],
  ])('%s', (_, sentence, expected) => {
    expect(shown(sentence, HANGS)).toBe(expected)
  })

  it('are told of words that join what follows', () => {
    expect(shown('Er las und schrieb oder malte, und schlief.', JOINS)).toBe(
      'Er las +und schrieb +oder malte +und schlief',
    )
  })
})
