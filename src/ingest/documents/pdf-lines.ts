import { withUmlauts } from './pdf-umlauts.ts'

/** A piece of text as the PDF library gives it, as far as it is used. */
export interface TextItem {
  readonly str: string
  /** a, b, c, d, e, f of the matrix: size and direction in a to d, place in e and f. */
  readonly transform: readonly number[]
  readonly width: number
  readonly hasEOL: boolean
}

/** A stretch of a line without a wide gap. */
export interface Cell {
  readonly left: number
  readonly right: number
  readonly text: string
}

/** A line as it is drawn. Places are in points along the line and across it, the latter growing downwards. */
export interface Line {
  readonly text: string
  readonly cells: readonly Cell[]
  readonly left: number
  readonly right: number
  /** Of the baseline. */
  readonly top: number
  /** Of the largest letters. */
  readonly size: number
  /** In quarter turns. */
  readonly turn: number
}

/** A gap of so many letter heights parts cells. */
const CELL_GAP = 1.2
/** Baselines that are nearer than this share of the letter height are one: exponents and the like. */
const SAME_LINE = 0.45
/** What is drawn on one line. */
const PIECES_MAX = 20_000

// biome-ignore lint/suspicious/noControlCharactersInRegex: they are what is to go
const UNREADABLE = /[\0-\x08\x0b-\x1f\x7f-\x9f\ue000-\uf8ff\ufffd]/g

/** Lines of a page in the order in which they are drawn. */
export function linesOf(items: readonly TextItem[]): Line[] {
  const lines: Line[] = []
  let line: OpenLine | null = null
  for (const item of items) {
    const piece = pieceOf(item)
    if (line !== null && (piece.text.trim() !== '' || line.count > PIECES_MAX) && !line.takes(piece)) {
      lines.push(...line.closed())
      line = null
    }
    if (piece.text !== '') {
      line ??= new OpenLine(piece)
      line.add(piece)
    }
    // it may go on after a wide gap
    if (item.hasEOL) line?.add({ ...piece, text: ' ' })
  }
  return line === null ? lines : [...lines, ...line.closed()]
}

interface Piece {
  readonly text: string
  readonly left: number
  readonly right: number
  readonly top: number
  readonly size: number
  readonly turn: number
}

function pieceOf({ str, transform, width }: TextItem): Piece {
  const [a = 1, b = 0, c = 0, d = 1, e = 0, f = 0] = transform
  const turn = Math.abs(b) > Math.abs(a) ? (b > 0 ? 1 : 3) : a < 0 ? 2 : 0
  const size = Math.hypot(c, d)
  // along the line, and across it downwards
  const [left, top] = turn === 0 ? [e, -f] : turn === 1 ? [f, e] : turn === 2 ? [-e, f] : [-f, -e]
  return { text: str.replace(UNREADABLE, ' '), left, right: left + width, top, size, turn }
}

class OpenLine {
  readonly #pieces: Piece[] = []
  readonly #first: Piece
  #size = 0
  #right: number

  constructor(first: Piece) {
    this.#first = first
    this.#right = first.left
  }

  get count(): number {
    return this.#pieces.length
  }

  /** Whether a piece goes on with it: on the same height and not before it. */
  takes({ turn, top, size, left }: Piece): boolean {
    const height = Math.max(this.#size, size)
    const isLevel = turn === this.#first.turn && Math.abs(top - this.#first.top) <= SAME_LINE * height
    // the library sees the end of a line where a wide gap follows, too
    return isLevel && left >= this.#right - height && this.#pieces.length < PIECES_MAX
  }

  add(piece: Piece): void {
    this.#pieces.push(piece)
    if (piece.text.trim() === '') return
    this.#size = Math.max(this.#size, piece.size)
    this.#right = Math.max(this.#right, piece.right)
  }

  closed(): Line[] {
    const cells: Cell[] = []
    let open: { left: number; right: number; texts: string[] } | null = null
    const close = (): void => {
      const text = withUmlauts(open?.texts.join('') ?? '')
        .replace(/\s{2,}/g, ' ')
        .trim()
      if (open !== null && text !== '') cells.push({ left: open.left, right: open.right, text })
    }
    for (const { text, left, right, size } of this.#pieces) {
      if (text.trim() === '') {
        open?.texts.push(' ')
        continue
      }
      const gap = open === null ? 0 : left - open.right
      if (open !== null && gap > CELL_GAP * (size || 1)) {
        close()
        open = null
      }
      if (open === null) open = { left, right, texts: [text] }
      else {
        open.texts.push(text)
        open.right = Math.max(open.right, right)
      }
    }
    close()
    const [first, last] = [cells[0], cells.at(-1)]
    if (first === undefined || last === undefined) return []
    return [lineOf(cells, this.#first.top, this.#size, this.#first.turn)]
  }
}

/** @param cells not empty */
export function lineOf(cells: readonly Cell[], top: number, size: number, turn: number): Line {
  const [first, last] = [cells[0] as Cell, cells.at(-1) as Cell]
  return {
    text: cells.map(({ text }) => text).join(' '),
    cells,
    left: first.left,
    right: last.right,
    top,
    size,
    turn,
  }
}
