import { type Cell, type Line, lineOf } from './pdf-lines.ts'

/** So many of the lines have a cell on either side of a gutter, so many at most go across it. */
const SIDES_MIN = 0.35
const ACROSS_MAX = 0.3
/** Cells of tables are shorter on average. */
const CELL_LENGTH_MIN = 14
const LINES_MIN = 5

/**
 * Puts columns one below the other where a page draws them side by side, line by line. Most pages draw one after the other, and stay as
 * they are; so do tables.
 */
export function inColumns(lines: readonly Line[]): readonly Line[] {
  const gutter = gutterOf(lines)
  if (gutter === null) return lines
  const ordered: Line[] = []
  let [left, right]: [Line[], Line[]] = [[], []]
  const flush = (): void => {
    ordered.push(...left, ...right)
    ;[left, right] = [[], []]
  }
  for (const line of lines) {
    const { before, after, isAcross } = sidesOf(line, gutter)
    if (isAcross) {
      flush()
      ordered.push(line)
      continue
    }
    const part = (cells: readonly Cell[]): Line[] =>
      cells.length === 0 ? [] : [lineOf(cells, line.top, line.size, line.turn)]
    left.push(...part(before))
    right.push(...part(after))
  }
  flush()
  return ordered
}

/** Where a gutter runs; null where there is none. */
function gutterOf(lines: readonly Line[]): number | null {
  if (lines.length < LINES_MIN) return null
  const gaps = lines.flatMap(({ cells }) =>
    cells.slice(1).map((cell, at) => ({ left: (cells[at] as Cell).right, right: cell.left })),
  )
  if (gaps.length < SIDES_MIN * lines.length) return null
  // the middle of the middle gap: a gutter has the same place in most lines
  const middles = gaps.map(({ left, right }) => (left + right) / 2).sort((a, b) => a - b)
  const gutter = middles[middles.length >> 1] as number
  let [sides, across, cells, length] = [0, 0, 0, 0]
  for (const line of lines) {
    const { before, after, isAcross } = sidesOf(line, gutter)
    if (isAcross) across += 1
    else if (before.length > 0 && after.length > 0) {
      sides += 1
      cells += before.length + after.length
      length += line.text.length
    }
  }
  const isGutter =
    sides >= SIDES_MIN * lines.length && across <= ACROSS_MAX * lines.length && length >= CELL_LENGTH_MIN * cells
  return isGutter ? gutter : null
}

function sidesOf({ cells }: Line, gutter: number): { before: Cell[]; after: Cell[]; isAcross: boolean } {
  return {
    before: cells.filter(({ right }) => right <= gutter),
    after: cells.filter(({ left }) => left >= gutter),
    isAcross: cells.some(({ left, right }) => left < gutter && right > gutter),
  }
}
