import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { isIsoDate } from '../../src/article/article.ts'
import { dateInPath, isoDate } from '../../src/ingest/dates.ts'
import { cellNumber, fieldOf, fieldsFrom, wholeNumber } from '../../src/ingest/fields.ts'
import '../support/property.ts'

describe('isoDate', () => {
  it.each([
    ['2021-03-04', '2021-03-04'],
    ['2021-3-4', '2021-03-04'],
    ['2021/03/04', '2021-03-04'],
    ['2021-03-04T10:00:00+01:00', '2021-03-04T10:00:00+01:00'],
    ['2021-03-04 10:00:00 +0100', '2021-03-04T10:00:00+01:00'],
    ['2021-03-04T10:00:00.123Z', '2021-03-04T10:00:00Z'],
    ['04.03.2021', '2021-03-04'],
    ['March 4th, 2021 3:04 PM', '2021-03-04T15:04'],
    ['4th March 2021', '2021-03-04'],
    ['2021-03-04 12:30 am', '2021-03-04T00:30'],
    ['4.3.2021', '2021-03-04'],
    ['4. 3. 2021, 9:05 Uhr', '2021-03-04T09:05'],
    ['4. März 2021', '2021-03-04'],
    ['4. Ma\u0308rz 2021', '2021-03-04'],
    ['4. Maerz 2021', '2021-03-04'],
    ['4.März 2021', '2021-03-04'],
    ['Donnerstag, 4. März 2021 um 10:30 Uhr', '2021-03-04T10:30'],
    ['1. Jänner 2021', '2021-01-01'],
    ['1. Dez. 2021', '2021-12-01'],
    ['Thu, 04 Mar 2021 10:00:00 +0100', '2021-03-04T10:00:00+01:00'],
    ['04 Mar 2021 10:00 GMT', '2021-03-04T10:00Z'],
    ['Thu, 04 Mar 2021 10:00:00 EST', '2021-03-04T10:00:00-05:00'],
    ['March 4, 2021', '2021-03-04'],
    ['04 Mar 24', '2024-03-04'],
    ['Mon, 04 Mar 24 10:00:00 GMT', '2024-03-04T10:00:00Z'],
    ['Thu, 04 Mar 99 10:00 +0100', '1999-03-04T10:00+01:00'],
    ['Mon, 04 Mar 2024 10:00:00 +0100 (CET)', '2024-03-04T10:00:00+01:00'],
    ['2024-03-04T10:00:00+01', '2024-03-04T10:00:00+01:00'],
    ['Stand: 4. März 2024', '2024-03-04'],
    ['Stand 04.03.2024', '2024-03-04'],
    ['Veröffentlicht am 4. Ma\u0308rz 2024', '2024-03-04'],
    ['Zuletzt aktualisiert: Montag, 4. März 2024', '2024-03-04'],
    ['4. März 2024 | 14:30 Uhr', '2024-03-04T14:30'],
    ['04.03.2024 – 9.05 Uhr', '2024-03-04T09:05'],
    ['Montag, 4. März 2024 · 14:30 Uhr', '2024-03-04T14:30'],
    ['1. Mai 10:30 Uhr', null],
    ['Stand: März 2024', null],
    [new Date('2021-03-04'), '2021-03-04'],
    [new Date('2021-03-04T10:00:00Z'), '2021-03-04T10:00:00Z'],
    ['29.02.2020', '2020-02-29'],
    ['29.02.2021', null],
    ['31. April 2021', null],
    ['2021-13-01', null],
    ['4. Marzipan 2021', null],
    ['04.03.21', '2021-03-04'],
    ['4.3.98', '1998-03-04'],
    ['04/03/21', null],
    ['20210304', '2021-03-04'],
    ['20211304', null],
    ['März 2021', null],
    ['2021', null],
    ['04.03.2021 25:00', null],
    ['', null],
    [20210304, null],
    [new Date('x'), null],
  ])('%j is %j', (value, date) => {
    expect(isoDate(value)).toBe(date)
  })

  it('gives only what the schema takes, and its own results unchanged', () => {
    const parts = fc.constantFrom(
      '2021',
      '3',
      '04',
      '.',
      '-',
      ' ',
      'März',
      'T',
      ':',
      '10',
      '+01:00',
      'Z',
      ', ',
      '/',
      'GMT',
      'Stand: ',
      ' | ',
      '+01',
      ' (CET)',
      '24',
    )
    fc.assert(
      fc.property(
        fc.oneof(
          fc.array(parts).map((all) => all.join('')),
          fc.string(),
        ),
        (text) => {
          const date = isoDate(text)
          if (date === null) return
          expect(isIsoDate(date)).toBe(true)
          expect(isoDate(date)).toBe(date)
        },
      ),
      { numRuns: 2000 },
    )
  })
})

describe('dateInPath', () => {
  it.each([
    ['2021-03-04-name.md', '2021-03-04'],
    ['2021-03-04.md', '2021-03-04'],
    ['blog/2021-03-04-x/index_de.md', '2021-03-04'],
    ['2021/03/04/x.html', '2021-03-04'],
    ['2020-01-01-alt/2021-03-04-neu.md', '2021-03-04'],
    ['2021-02-30-name.md', null],
    ['version-2021-03-04.md', null],
    ['12021-03-04.md', null],
    ['2021-03-045.md', null],
    ['2021/03/name.md', null],
  ])('%s has %j', (path, date) => {
    expect(dateInPath(path)).toBe(date)
  })
})

describe('fieldOf', () => {
  it.each([
    ['Titel', 'title'],
    ['page-title', 'title'],
    ['Page_Title', 'title'],
    ['ÜBERSCHRIFT', 'title'],
    ['U\u0308berschrift', 'title'],
    ['ueberschrift', 'title'],
    ['Volltext', 'text'],
    ['_id', 'id'],
    ['Veröffentlicht am', 'date'],
    ['pubDate', 'date'],
    ['Autorin', 'author'],
    ['Stichwörter', 'tags'],
    ['lang', 'language'],
    ['Ort', null],
    ['constructor', null],
    ['', null],
  ])('%j is %j', (key, field) => {
    expect(fieldOf(key)).toBe(field)
  })
})

describe('fieldsFrom', () => {
  it('prefers the better name and keeps the other in meta', () => {
    const fields = fieldsFrom([
      ['name', 'b'],
      ['Title', 'a'],
      ['Datum', 'bald'],
      ['created', '2021-03-04'],
    ])
    expect(fields).toEqual({ title: 'a', date: '2021-03-04', tags: [], meta: { name: 'b', datum: 'bald' } })
  })

  it('gathers tags from all their names', () => {
    expect(
      fieldsFrom([
        ['tags', ['a', 2]],
        ['Rubrik', 'b, a; c|d'],
      ]).tags,
    ).toEqual(['a', '2', 'b', 'c', 'd'])
  })

  it('numbers keys that come again, whatever stands there already', () => {
    const fields = fieldsFrom([
      ['a-2', 'x'],
      ['a', 1],
      ['A', 2],
      ['a ', 3],
    ])
    expect(fields.meta).toEqual({ 'a-2': 'x', a: 1, 'a-3': 2, 'a-4': 3 })
  })

  it('takes 100,000 keys of one name and as many tags in linear time', () => {
    // Searching for a free number, or through the tags, each time would take minutes
    const many = Array.from({ length: 100_000 }, (_, i) => `t${i}`)
    const fields = fieldsFrom([['tags', many], ...many.map((text): [string, string] => ['spalte', text])])
    expect(fields.tags).toHaveLength(100_000)
    expect(fields.meta['spalte-100000']).toBe('t99999')
  })

  it('flattens, makes lists strings, leaves out null and keeps keys that are dangerous elsewhere', () => {
    const nested = { Bild: { Quelle: 'x', Maße: { b: 3 } }, liste: [1, null, { name: 'n' }], leer: null, ja: true }
    const fields = fieldsFrom([...Object.entries(nested), ['__proto__', 'p']])
    expect(Object.entries(fields.meta)).toEqual([
      ['bild.quelle', 'x'],
      ['bild.maße.b', 3],
      ['liste', ['1', 'n']],
      ['ja', true],
      ['__proto__', 'p'],
    ])
  })

  it('never takes an address of another scheme, nor a language that is none', () => {
    const fields = fieldsFrom([
      ['url', 'javascript:alert(1)'],
      ['sprache', 'Plattdeutsch aus Husum'],
      ['link', '/artikel/1'],
    ])
    expect(fields.url).toBe('/artikel/1')
    expect(fields.language).toBeUndefined()
    expect(fields.meta).toEqual({ url: 'javascript:alert(1)', sprache: 'Plattdeutsch aus Husum' })
  })

  it.each([
    ['Deutsch', 'de'],
    ['de_AT', 'de-AT'],
    ['en', 'en'],
  ])('reads the language %s as %s', (text, tag) => {
    expect(fieldsFrom([['Sprache', text]]).language).toBe(tag)
  })
})

it.each([
  ['4700', 4700],
  ['4.700', 4700],
  ['1.234.567', 1_234_567],
  ['-3', -3],
  ['0', 0],
  ['01067', '01067'],
  ['4.70', '4.70'],
  ['3,5', '3,5'],
  ['99999999999999999999', '99999999999999999999'],
  ['', ''],
])('wholeNumber(%j) is %j', (text, value) => {
  expect(wholeNumber(text)).toBe(value)
})

it.each<readonly [string, string | number]>([
  ['4,50', 4.5],
  ['0,5', 0.5],
  ['-3,5', -3.5],
  ['1.234,56', 1234.56],
  ['12.345.678,9', 12_345_678.9],
  ['4.700', 4700],
  ['4700', 4700],
  ...['4.50', '1.2.3', '01,5', '1,2,3', '12.34,5', ',5', '4,', '4,50 €', '12 %', '1.234,5.6', '01067'].map(
    (text) => [text, text] as const,
  ),
])('cellNumber(%j) is %j', (text, value) => {
  expect(cellNumber(text)).toBe(value)
})
