import { describe, expect, it } from 'vitest'
import { BORDER, clauseBorders } from '../../../src/search/present/clauses.ts'
import { located } from '../../support/located.ts'

/** A sentence with its borders: `[` where a stretch may begin, `]` where one may end, both before the word that follows. */
function shown(sentence: string): string {
  const field = located(sentence, [])
  const borders = clauseBorders(sentence, field, { first: 0, end: field.count }, new Float64Array(field.count + 1))
  const words = Array.from({ length: field.count }, (_, token) => {
    const border = borders[token] as number
    const signs = ((border & BORDER.ends) !== 0 ? ']' : '') + ((border & BORDER.begins) !== 0 ? '[' : '')
    return signs + sentence.slice(field.startOf(token), field.endOf(token))
  })
  expect(borders[field.count]).toBe(BORDER.begins | BORDER.ends | BORDER.sentence)
  return words.join(' ')
}

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
    expect(shown(sentence)).toBe(expected)
  })
})
