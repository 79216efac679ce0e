import { html, raw } from 'hono/html'
import type { ListItem, Structure, StructureRange, TableRow } from '../../article/structure.ts'
import { highlight } from '../../search/present/highlight.ts'
import type { MarkedRange } from '../../search/present/marks.ts'
import { type Html, MARK } from './html.ts'

/** A piece of a text that is an element of its own. */
type Piece =
  | { readonly kind: 'paragraph'; readonly start: number; readonly end: number }
  | Exclude<StructureRange, { readonly kind: 'page' | 'nosnippet' }>
  | { readonly kind: 'page'; readonly start: number; readonly end: number; readonly number: number }

/**
 * A text as elements: headings, lists, tables, lines of code, and paragraphs for all else. The first match gets the name that links from the
 * search lead to. Text and ranges are gone through once, side by side.
 * @param ranges what is marked, ascending and disjoint
 * @param pageName what to write where a page of a printed document begins
 */
export function articleText(
  text: string,
  ranges: readonly MarkedRange[],
  structure: Structure,
  pageName: (number: number) => string,
): Html {
  const marks = new Marks(text, ranges)
  const written = new Writer()
  for (const piece of piecesOf(text, structure)) {
    if (piece.kind === 'item') written.item(piece, marks.between(piece.start, piece.end))
    else if (piece.kind === 'row') written.row(cellsOf(piece).map(([start, end]) => marks.between(start, end)))
    else if (piece.kind === 'page')
      written.element(html`<p class="page" id="page=${piece.number}">${pageName(piece.number)}</p>`)
    else {
      const words = marks.between(piece.start, piece.end)
      if (piece.kind === 'code') written.element(`<pre dir="auto">${words}</pre>`)
      else if (piece.kind === 'paragraph') written.element(`<p dir="auto">${words}</p>`)
      else {
        // the title is the page's h1
        const name = `h${Math.min(6, Math.max(2, piece.level))}`
        written.element(`<${name} dir="auto">${words}</${name}>`)
      }
    }
  }
  return raw(written.end())
}

/** What a text consists of, in its order; ranges that do not fit it are left out. */
function* piecesOf(text: string, structure: Structure): Generator<Piece> {
  let at = 0
  for (const range of structure) {
    // an article's own page is no snippet
    if (range.kind === 'nosnippet') continue
    // a page may begin within an item: that is told behind it; a paragraph is parted there
    const start = range.kind === 'page' ? Math.max(at, range.start) : range.start
    const end = range.kind === 'page' ? start : range.end
    if (start < at || end > text.length || end < start) continue
    yield* paragraphsOf(text, at, start)
    yield range.kind === 'page' ? { ...range, start, end } : range
    at = end
  }
  yield* paragraphsOf(text, at, text.length)
}

function* paragraphsOf(text: string, start: number, end: number): Generator<Piece> {
  const stretch = text.slice(start, end)
  for (const { 0: found, index } of stretch.matchAll(/[^\n]+(?:\n[^\n]+)*/g)) {
    yield { kind: 'paragraph', start: start + index, end: start + index + found.length }
  }
}

const cellsOf = ({ start, end, cells }: TableRow): [number, number][] =>
  [start, ...cells].map((from, column) => [from, cells[column] ?? end])

/** The marks of a text, for one stretch after another. */
class Marks {
  readonly #text: string
  readonly #ranges: readonly MarkedRange[]
  #next = 0
  #isFirst = true

  constructor(text: string, ranges: readonly MarkedRange[]) {
    this.#text = text
    this.#ranges = ranges
  }

  /** A stretch as HTML; to be asked for in their order. */
  between(start: number, end: number): string {
    const ranges = this.#ranges
    while (this.#next < ranges.length && (ranges[this.#next] as MarkedRange)[1] <= start) this.#next += 1
    let last = this.#next
    while (last < ranges.length && (ranges[last] as MarkedRange)[0] < end) last += 1
    let marked = highlight(this.#text, start, end, ranges.slice(this.#next, last), MARK)
    if (this.#isFirst && last > this.#next) {
      marked = marked.replace(MARK.pre, '<mark id="fund">')
      this.#isFirst = false
    }
    // a range that goes on into the next stretch is one of its ranges, too
    if (last > this.#next) this.#next = (ranges[last - 1] as MarkedRange)[1] > end ? last - 1 : last
    return marked
  }
}

/** Lists nest so deep on a page; what lies deeper is shown there. */
const DEPTH_MAX = 12

/** Elements one after another; items and rows that follow each other become one list or table. */
class Writer {
  readonly #html: string[] = []
  /** Of each list that is open whether it is ordered. */
  readonly #lists: boolean[] = []
  /** Whether the innermost of them has no item yet. */
  #isListEmpty = false
  #isInTable = false

  element(element: string | Html): void {
    this.#close()
    this.#html.push(String(element))
  }

  item({ depth, isOrdered }: ListItem, words: string): void {
    this.#endTable()
    const wanted = Math.max(1, Math.min(depth, DEPTH_MAX))
    while (this.#lists.length > wanted) this.#endList()
    if (this.#lists.length === wanted && this.#lists.at(-1) !== isOrdered) this.#endList()
    if (this.#lists.length === wanted) this.#html.push('</li>')
    while (this.#lists.length < wanted) {
      if (this.#lists.length > 0 && this.#isListEmpty) this.#html.push('<li>')
      this.#lists.push(isOrdered)
      this.#html.push(isOrdered ? '<ol>' : '<ul>')
      this.#isListEmpty = true
    }
    this.#html.push(`<li dir="auto">${words}`)
    this.#isListEmpty = false
  }

  row(cells: readonly string[]): void {
    this.#endLists()
    if (!this.#isInTable) this.#html.push('<div class="table"><table>')
    this.#isInTable = true
    this.#html.push(`<tr>${cells.map((cell) => `<td dir="auto">${cell}</td>`).join('')}</tr>`)
  }

  end(): string {
    this.#close()
    return this.#html.join('')
  }

  #close(): void {
    this.#endLists()
    this.#endTable()
  }

  #endLists(): void {
    while (this.#lists.length > 0) this.#endList()
  }

  #endList(): void {
    this.#html.push(this.#lists.pop() ? '</li></ol>' : '</li></ul>')
  }

  #endTable(): void {
    if (this.#isInTable) this.#html.push('</table></div>')
    this.#isInTable = false
  }
}
