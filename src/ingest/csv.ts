import { FundstelleError } from '../errors.ts'
import { type QuoteProblem, type Row, rowsOf } from './csv-rows.ts'
import { cellNumber, fieldOf, recordFields, wholeNumber } from './fields.ts'
import { readingOf } from './make.ts'
import { recordPublication } from './publication-systems.ts'
import type { Reader, ReadResult } from './reader.ts'

const PROBLEMS = {
  open: { de: 'ein Anführungszeichen wird nicht geschlossen', en: 'a quotation mark is never closed' },
  after: {
    de: 'nach dem schließenden Anführungszeichen folgt noch etwas',
    en: 'something follows the closing quotation mark',
  },
} as const satisfies Record<QuoteProblem, unknown>

/** Excel's own first line, which names the delimiter. */
const SEPARATOR = /^"?sep=([;,\t|])"?[;, \t]*(?:\n|$)/i

/**
 * Tables with a header line that names the fields in German or English; comma, semicolon or tab. Other columns become
 * `meta`. A row that does not fit is refused with its line, the others are read.
 */
export const csvReader: Reader = {
  name: 'csv',
  extensions: ['.csv', '.tsv'],
  *read({ path, text }) {
    const declared = SEPARATOR.exec(text)
    const delimiter = declared?.[1] ?? delimiterOf(text)
    const rows = rowsOf(text, delimiter)
    // beside commas 1,234 and 10,20 are English thousands or a list
    const numberOf = delimiter === ',' ? wholeNumber : cellNumber
    let header: readonly string[] | null = null
    for (const given of rows) {
      const row: Row =
        header === null || given.kind === 'broken' ? given : withReferences(given, delimiter, header.length)
      if (declared !== null && row.line === 1) continue
      if (row.kind === 'broken') {
        yield refusal(new FundstelleError('csv_broken', { reason: PROBLEMS[row.problem] }), row.line)
        // Without a header no row can be understood
        if (header === null) return
      } else if (header === null) {
        header = row.cells.map((name, column) => name.trim() || `spalte-${column + 1}`)
        if (!header.some((name) => fieldOf(name) === 'title' || fieldOf(name) === 'text')) {
          yield refusal(new FundstelleError('csv_header', { got: header.join(', ').slice(0, 200) }), row.line)
          return
        }
      } else if (row.cells.length !== header.length) {
        const error = new FundstelleError('csv_cells', { got: row.cells.length, expected: header.length })
        yield refusal(error, row.line)
      } else if (row.cells.some((cell) => cell.trim() !== '')) {
        const named = header.map((name, column) => [name, row.cells[column]?.trim() ?? ''] as const)
        yield readingOf(
          recordFields(pairs(named, numberOf)),
          `${path}#L${row.line}`,
          row.line,
          recordPublication(named),
        )
      }
    }
  },
}

/** A reference to a character that a cell ends in, without its semicolon. */
const REFERENCE_END = /&(?:[a-z]{2,8}\d{0,2}|#\d{2,6}|#x[\da-f]{2,5})$/i

/** A row with the semicolons of `&uuml;` as parts of its cells, where so it has as many as the header. */
function withReferences<Cells extends { readonly cells: readonly string[] }>(
  row: Cells,
  delimiter: string,
  count: number,
): Cells {
  if (delimiter !== ';' || row.cells.length <= count) return row
  const cells: string[] = []
  let isOpen = false
  for (const cell of row.cells) {
    if (isOpen) cells.push(`${cells.pop() ?? ''};${cell}`)
    else cells.push(cell)
    isOpen = REFERENCE_END.test(cell)
  }
  return cells.length === count ? { ...row, cells } : row
}

/** Spreadsheets outside of English write semicolons; the header tells, its quoted names left out. */
function delimiterOf(text: string): string {
  const names = /\S[^\n]*/.exec(text)?.[0].replace(/"[^"]*"/g, '') ?? ''
  const found = [';', ',', '\t'].map((delimiter) => ({ delimiter, count: names.split(delimiter).length }))
  return found.sort((a, b) => b.count - a.count)[0]?.delimiter ?? ','
}

function* pairs(
  cells: readonly (readonly [string, string])[],
  numberOf: (cell: string) => string | number,
): Generator<[string, unknown]> {
  for (const [name, cell] of cells) {
    if (cell !== '') yield [name, fieldOf(name) === null ? numberOf(cell) : cell]
  }
}

function refusal(error: FundstelleError, line: number): ReadResult {
  return { kind: 'refusal', error, line }
}
