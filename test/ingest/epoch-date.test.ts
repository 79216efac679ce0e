import { describe, expect, it } from 'vitest'
import { isIsoDate } from '../../src/article/article.ts'
import { epochDate } from '../../src/ingest/epoch-date.ts'
import { fieldsFrom } from '../../src/ingest/fields.ts'

describe('seconds since 1970', () => {
  it.each([
    ['1715500800', '2024-05-12T08:00:00Z'],
    ['1715500800000', '2024-05-12T08:00:00Z'],
    ['1000000000', '2001-09-09T01:46:40Z'],
    // a day and an hour
    ['2024051208', null],
    ['1999123123', null],
    ['20240512', null],
    ['202405120800', null],
    ['171550080', null],
    [' 1715500800', null],
    ['', null],
  ])('%j is %j', (text, date) => {
    expect(epochDate(text)).toBe(date)
    if (date !== null) expect(isIsoDate(date)).toBe(true)
  })

  it.each(['datetime', 'date', 'crdate', 'Datum'])('as a date in a field called %s', (name) => {
    const { date, meta } = fieldsFrom([[name, 1715500800]])
    if (name === 'crdate') expect(meta).toEqual({ crdate: 1715500800 })
    else expect(date).toBe('2024-05-12T08:00:00Z')
  })
})

describe('addresses', () => {
  it.each([
    ['/garten/quittenbaum/', '/garten/quittenbaum/'],
    ['https://example.org/a:b', 'https://example.org/a:b'],
    ['https://example.org/:x', 'https://example.org/:x'],
    ['wiki/Datei:Turm', 'wiki/Datei:Turm'],
    ['pretty.html', 'pretty.html'],
    // of which generators make addresses
    ['/:year/:month/:title/', undefined],
    [':title', undefined],
    ['/blog/{{slug}}/', undefined],
    ['/{%if%}x/', undefined],
    ['pretty', undefined],
    ['none', undefined],
  ])('%s', (given, url) => {
    const fields = fieldsFrom([['permalink', given]])
    expect(fields.url).toBe(url)
    if (url === undefined) expect(fields.meta).toEqual({ permalink: given })
  })
})
