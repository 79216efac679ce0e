/** One row of a table. `line` is where it begins, from 1; a row may span several lines. */
export type Row =
  | { readonly kind: 'cells'; readonly cells: readonly string[]; readonly line: number }
  | { readonly kind: 'broken'; readonly problem: QuoteProblem; readonly line: number }

/** The quote of a cell is never closed, or something stands between the closing quote and the next cell. */
export type QuoteProblem = 'open' | 'after'

/**
 * Cuts a table (RFC 4180, any delimiter) into rows; lines of nothing but blanks are left out. A quote inside an
 * unquoted cell is an ordinary character.
 *
 * Not csv-parse, because after a broken quote it loses everything up to the next quote or the end: here the row is
 * reported and reading goes on at the next line. Tests hold both against each other on sound tables.
 * @param text with line ends as `\n`
 */
export function* rowsOf(text: string, delimiter: string): Generator<Row> {
  let line = 1
  for (let start = 0; start < text.length; ) {
    const row = rowAt(text, delimiter, start)
    const end = row.problem === null ? row.end : lineEnd(text, start)
    if (row.problem !== null) yield { kind: 'broken', problem: row.problem, line }
    else if (row.cells.length > 1 || row.cells[0]?.trim() !== '' || row.lines > 0)
      yield { kind: 'cells', cells: row.cells, line }
    line += row.problem === null ? row.lines + 1 : 1
    start = end + 1
  }
}

interface RawRow {
  readonly cells: string[]
  /** Where its last line ends. */
  readonly end: number
  /** Line breaks inside of it. */
  readonly lines: number
  readonly problem: QuoteProblem | null
}

function rowAt(text: string, delimiter: string, start: number): RawRow {
  const cells: string[] = []
  let lines = 0
  let at = start
  for (;;) {
    if (text[at] === '"') {
      const close = closingQuote(text, at + 1)
      if (close < 0) return { cells, end: text.length, lines, problem: 'open' }
      const cell = text.slice(at + 1, close)
      cells.push(cell.includes('"') ? cell.replaceAll('""', '"') : cell)
      lines += count(cell, '\n')
      at = close + 1
      if (at < text.length && text[at] !== delimiter && text[at] !== '\n') {
        return { cells, end: at, lines, problem: 'after' }
      }
    } else {
      const from = at
      while (at < text.length && text[at] !== delimiter && text[at] !== '\n') at++
      cells.push(text.slice(from, at))
    }
    if (text[at] !== delimiter) return { cells, end: at, lines, problem: null }
    at++
  }
}

/** The next quote that is not doubled, or -1. */
function closingQuote(text: string, from: number): number {
  for (let at = text.indexOf('"', from); at >= 0; at = text.indexOf('"', at + 2)) if (text[at + 1] !== '"') return at
  return -1
}

function lineEnd(text: string, from: number): number {
  const end = text.indexOf('\n', from)
  return end < 0 ? text.length : end
}

function count(text: string, part: string): number {
  let found = 0
  for (let at = text.indexOf(part); at >= 0; at = text.indexOf(part, at + 1)) found++
  return found
}
