import { cleanText } from '../clean.ts'
import { lineJoint } from '../join-lines.ts'
import type { Line } from './pdf-lines.ts'

/** A gap so much wider than that of most lines parts paragraphs, and letters so much larger or smaller. */
const GAP_SCALE = 1.3
const SIZE_SCALE = 1.12
/** The distance of lines is at least so many heights of letters; it is known from so many lines. */
const LEADING = 1.25
const GAPS_MIN = 4
/** A line that is so much shorter than the longest is the last of its paragraph where it ends a sentence. */
const SHORT_LINE = 0.85
/** Lines of a list begin so. */
const ITEM = /^(?:[•●▪■◦‣∙–—-]|\d{1,3}[.)]|[a-z]\)|\(\d{1,3}\)|§+\s?\d{1,4})\s/u
const SENTENCE_END = /[.!?:…]["“”«»)]?$/u

/** A text with the places in it where pages begin, one for each page. */
export interface PagedText {
  readonly text: string
  readonly starts: readonly number[]
}

/** Joins lines to paragraphs and pages to a text; a paragraph may go on from one page to the next. */
export function textOfPages(pages: readonly (readonly Line[])[]): PagedText {
  const text = new TextJoiner()
  const starts: number[] = []
  let last: Line | null = null
  for (const lines of pages) {
    const leading = usualGap(lines)
    const width = lines.reduce((most, { left, right }) => Math.max(most, right - left), 0)
    let isFirst = true
    for (const line of lines) {
      const clean = cleanText(line.text).trim()
      if (clean === '') continue
      const isNew: boolean =
        last === null || (isFirst ? !goesOn(last, line) : beginsParagraph(last, line, leading, width))
      text.add(clean, isNew)
      if (isFirst) starts.push(text.lineStart)
      isFirst = false
      last = line
    }
    // a page without text begins where the next one does
    if (isFirst) starts.push(Number.NaN)
  }
  return { text: text.text, starts: filled(starts, text.text.length) }
}

class TextJoiner {
  /** Where the last line begins. */
  lineStart = 0
  readonly #done: string[] = []
  #length = 0
  #line = ''

  get text(): string {
    return this.#done.join('') + this.#line
  }

  add(line: string, isNew: boolean): void {
    if (this.#line !== '') {
      const joined = isNew ? { line: this.#line, joint: '\n\n' } : lineJoint(this.#line, line)
      this.#done.push(joined.line, joined.joint)
      this.#length += joined.line.length + joined.joint.length
    }
    this.lineStart = this.#length
    this.#line = line
  }
}

function beginsParagraph(before: Line, line: Line, leading: number, width: number): boolean {
  if (before.turn !== line.turn) return true
  const gap = line.top - before.top
  // a column ends, or something that is drawn elsewhere
  if (gap < 0) return !goesOn(before, line)
  if (gap > GAP_SCALE * Math.max(leading, LEADING * line.size)) return true
  const scale = line.size / (before.size || 1)
  if (scale > SIZE_SCALE || scale < 1 / SIZE_SCALE) return true
  if (ITEM.test(line.text)) return true
  // a row of a table
  if (before.cells.length > 1 || line.cells.length > 1) return true
  // an abbreviation may end a line as well
  if (!/^[\p{Lu}„“"»«(]/u.test(line.text)) return false
  return SENTENCE_END.test(before.text) && before.right - before.left < SHORT_LINE * width
}

/** Whether a sentence goes on in another column or on another page. */
const goesOn = (before: Line, line: Line): boolean =>
  !SENTENCE_END.test(before.text) && /^\p{Ll}/u.test(line.text) && Math.abs(before.size - line.size) < 1

/** The distance of most lines that follow each other. */
function usualGap(lines: readonly Line[]): number {
  const gaps = lines
    .slice(1)
    .map(({ top }, at) => top - (lines[at] as Line).top)
    .filter((gap) => gap > 0)
    .sort((a, b) => a - b)
  // of a few lines none is usual
  return gaps.length < GAPS_MIN ? 0 : (gaps[gaps.length >> 1] as number)
}

function filled(starts: readonly number[], end: number): number[] {
  const all = [...starts]
  let next = end
  for (let at = all.length - 1; at >= 0; at--) {
    if (Number.isNaN(all[at])) all[at] = next
    next = all[at] as number
  }
  return all
}
