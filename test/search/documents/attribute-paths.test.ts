import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { areRelated, selected } from '../../../src/search/documents/attribute-paths.ts'

const DOCUMENT = {
  id: 7,
  titel: 'Der Hobbit',
  info: { kommentar: 'Großartig', stimmen: 900, quelle: { name: 'Blatt', jahr: 1937 } },
  preise: [{ ort: 'Kassel', betrag: 12 }, { ort: 'Köln' }, 'frei'],
  'a.b': 1,
  leer: null,
}

const chosen = (...wanted: string[]): unknown => JSON.parse(selected(JSON.stringify(DOCUMENT), wanted))

describe('attributes of a document', () => {
  test.each([
    [['id', 'titel'], { id: 7, titel: 'Der Hobbit' }],
    [['info'], { info: DOCUMENT.info }],
    [['info.kommentar'], { info: { kommentar: 'Großartig' } }],
    [['info.quelle.jahr', 'info.stimmen'], { info: { stimmen: 900, quelle: { jahr: 1937 } } }],
    [['preise.ort'], { preise: [{ ort: 'Kassel' }, { ort: 'Köln' }] }],
    [['preise.betrag'], { preise: [{ betrag: 12 }] }],
    [['a.b'], { 'a.b': 1 }],
    [['leer'], { leer: null }],
    [['fehlt', 'info.fehlt', 'titel.fehlt'], {}],
    [[], {}],
  ])('%j', (wanted, expected) => {
    expect(chosen(...wanted)).toEqual(expected)
  })

  test('all of them are the very text that came', () => {
    const json = '{ "id" : 12345678901234567890 , "x":1.0}'
    expect(selected(json, null)).toBe(json)
    expect(selected(json, ['*', 'id'])).toBe(json)
    expect(selected(json, ['id'])).toBe('{"id":12345678901234567890}')
  })

  test('of what is chosen nothing is changed, and choosing again changes nothing', () => {
    const names = fc.array(fc.constantFrom('a', 'b', 'a.a', 'a.b', 'b.a', 'b.b', 'c'), { maxLength: 4 })
    const { value } = fc.letrec((tie) => ({
      value: fc.oneof(
        { maxDepth: 3 },
        fc.jsonValue({ maxDepth: 0 }),
        tie('object'),
        fc.array(tie('object'), { maxLength: 2 }),
      ),
      object: fc.dictionary(fc.constantFrom('a', 'b', 'c'), tie('value'), { maxKeys: 3 }),
    }))
    fc.assert(
      fc.property(fc.dictionary(fc.constantFrom('a', 'b', 'c'), value), names, (document, wanted) => {
        const once = selected(JSON.stringify(document), wanted)
        for (const [name, inner] of Object.entries(JSON.parse(once)))
          if ((wanted as string[]).includes(name)) expect(inner).toEqual(JSON.parse(JSON.stringify(document))[name])
        expect(selected(once, wanted)).toBe(once)
      }),
    )
  })

  test('one is related to what lies within it, and not to what begins alike', () => {
    expect(areRelated('info', 'info.kommentar')).toBe(true)
    expect(areRelated('info.kommentar', 'info')).toBe(true)
    expect(areRelated('info', 'information')).toBe(false)
    expect(areRelated('info.a', 'info.b')).toBe(false)
  })
})
