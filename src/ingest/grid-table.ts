/** The border of a table drawn with lines (Pandoc, Quarto): `+-----+=====+`. */
const BORDER = /^[ \t]*\+(?:[-=:]{2,}\+)+[ \t]*$/
const MARK_OF_ITEM = /^[-*+] +/
const BLANK_CELL = ' '

export interface GridTable {
  /** The same table as GitHub writes it; as it stands where its lines do not meet. */
  readonly lines: readonly string[]
  /** The line behind it. */
  readonly end: number
}

/** A table drawn with lines that begins at a line; null where there is none. */
export function gridTableAt(lines: readonly string[], at: number): GridTable | null {
  const border = lines[at] ?? ''
  if (!BORDER.test(border)) return null
  const places = [...border.matchAll(/\+/g)].map(({ index }) => index)
  const rows: string[][] = []
  /** The words of the cells of a row that is not closed yet, line by line. */
  let open: string[][] = []
  let isMet = true
  let end = at + 1
  for (; end < lines.length; end++) {
    const line = lines[end] ?? ''
    if (BORDER.test(line)) {
      if (open.length > 0) rows.push(joined(open))
      open = []
    } else if (/^[ \t]*\|/.test(line)) {
      const cells = cellsOf(line, places)
      if (cells === null) isMet = false
      else open.push(cells)
    } else break
  }
  const [head, ...body] = rows
  if (head === undefined || open.length > 0 || !isMet) return { lines: lines.slice(at, end), end }
  return { lines: ['', row(head), row(head.map(() => '---')), ...body.map(row), ''], end }
}

/** What stands between the places of the border; null where one of them is no line. */
function cellsOf(line: string, places: readonly number[]): string[] | null {
  if (places.some((place) => line[place] !== '|')) return null
  return places.slice(1).map((place, number) => line.slice((places[number] ?? 0) + 1, place).trim())
}

const joined = (lines: readonly (readonly string[])[]): string[] =>
  (lines[0] ?? []).map((_, column) =>
    lines
      .map((cells) => (cells[column] ?? '').replace(MARK_OF_ITEM, ''))
      .join(' ')
      .trim(),
  )

const row = (cells: readonly string[]): string =>
  `| ${cells.map((cell) => (cell === '' ? BLANK_CELL : cell.replace(/(?<!\\)\|/g, '\\|'))).join(' | ')} |`
