import { parse } from 'csv-parse/sync'
import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { rowsOf } from '../../src/ingest/csv-rows.ts'
import '../support/property.ts'

function cellsOf(text: string, delimiter = ','): (readonly string[] | string)[] {
  return [...rowsOf(text, delimiter)].map((row) => (row.kind === 'cells' ? row.cells : `${row.problem} ${row.line}`))
}

describe('rowsOf', () => {
  it.each([
    [
      'a,b\nc,d',
      [
        ['a', 'b'],
        ['c', 'd'],
      ],
    ],
    [
      'a,\n,b\n',
      [
        ['a', ''],
        ['', 'b'],
      ],
    ],
    ['"a,1","b ""x"""\n', [['a,1', 'b "x"']]],
    ['a "b" c,5" Rohr\n', [['a "b" c', '5" Rohr']]],
    ['\n\na\n \nb', [['a'], ['b']]],
    ['""\na', [[''], ['a']]],
    ['"a" b,c\nd,e', ['after 1', ['d', 'e']]],
    ['a,"b\nc,d\ne,f', ['open 1', ['c', 'd'], ['e', 'f']]],
    ['', []],
  ])('%j', (text, rows) => {
    // A cell of nothing but quotes is a cell; an empty line is none
    expect(cellsOf(text)).toEqual(rows.filter((row) => !(Array.isArray(row) && row.length === 1 && row[0] === '')))
  })

  it('counts lines through quoted cells', () => {
    expect([...rowsOf('a\n"b\n\nc"\nd\n', ',')].map(({ line }) => line)).toEqual([1, 2, 5])
  })

  it('agrees with csv-parse on every sound table', () => {
    const cell = fc.oneof(
      fc.string(),
      fc.array(fc.constantFrom('"', ',', '\n', ';', ' ', 'ä')).map((parts) => parts.join('')),
    )
    const table = fc.array(fc.array(cell, { minLength: 2, maxLength: 4 }), { minLength: 1 })
    fc.assert(
      fc.property(table, fc.constantFrom(',', ';', '\t'), (rows, delimiter) => {
        const quoted = (text: string): string => (/["\n,;\t]/.test(text) ? `"${text.replaceAll('"', '""')}"` : text)
        const text = rows.map((row) => row.map(quoted).join(delimiter)).join('\n')
        expect(cellsOf(text, delimiter)).toEqual(rows)
        expect(cellsOf(text, delimiter)).toEqual(
          parse(text, { delimiter, relax_column_count: true, record_delimiter: '\n' }),
        )
      }),
    )
  })
})
