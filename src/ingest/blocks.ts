import type { NoSnippet, StructureRange } from '../article/structure.ts'
import { cleanText, paragraphs } from './clean.ts'

/** A piece of a text that stands by itself: a paragraph, unless it says that it is something else. */
export type Block = {
  readonly text: string
  /** Whether a part of it is to be found and never shown in a snippet: then none of it is. */
  readonly isNoSnippet?: boolean
} & (
  | { readonly kind: 'paragraph' | 'code' }
  | { readonly kind: 'heading'; readonly level: number; readonly anchor?: string | null }
  | { readonly kind: 'item'; readonly depth: number; readonly isOrdered: boolean }
  /** Its text is that of its cells, parted by a blank. */
  | { readonly kind: 'row'; readonly cells: readonly string[] }
)

/** A text, clean as articles have it, and what stands where in it. */
export interface StructuredText {
  readonly text: string
  readonly structure: readonly StructureRange[]
}

/** Of an article with more ranges the rest is not told: each hit looks through them. */
const RANGES_MAX = 20_000
/** Longer addresses of headings are not kept. */
const ANCHOR_MAX = 300
/** Of larger tables no cells are told apart. */
const CELLS_MAX = 100

/** Blocks parted by empty lines; those without words are left out. Takes time in proportion to their length. */
export function structuredText(blocks: Iterable<Block>): StructuredText {
  const texts: string[] = []
  const structure: StructureRange[] = []
  let start = 0
  let noSnippet: { -readonly [Key in keyof NoSnippet]: NoSnippet[Key] } | null = null
  for (const block of blocks) {
    // cleaned by itself, so that its place is that in the article
    const text = paragraphs([cleanText(block.text)])
    if (text === '') continue
    if (block.isNoSnippet !== true) noSnippet = null
    else if (noSnippet !== null) noSnippet.end = start + text.length
    // what cannot be told must not be shown
    else if (structure.length >= RANGES_MAX) continue
    else {
      noSnippet = { kind: 'nosnippet', start, end: start + text.length }
      structure.push(noSnippet)
    }
    texts.push(text)
    const range = structure.length < RANGES_MAX ? rangeOf(block, text, start) : null
    if (range !== null) structure.push(range)
    start += text.length + GAP.length
  }
  return { text: texts.join(GAP), structure }
}

/** What parts blocks. */
const GAP = '\n\n'

/** @param text that of the block, clean */
function rangeOf(block: Block, text: string, start: number): StructureRange | null {
  const end = start + text.length
  switch (block.kind) {
    case 'paragraph':
      return null
    case 'code':
      return { kind: 'code', start, end }
    case 'item':
      return { kind: 'item', start, end, depth: block.depth, isOrdered: block.isOrdered }
    case 'row':
      return { kind: 'row', start, end, cells: cellStarts(block.cells, text).map((cell) => start + cell) }
    case 'heading': {
      const anchor = anchorOf(block.anchor)
      return { kind: 'heading', start, end, level: block.level, ...(anchor !== null && { anchor }) }
    }
  }
}

function anchorOf(given: string | null | undefined): string | null {
  const anchor = given?.toWellFormed().trim() ?? ''
  return anchor === '' || anchor.length > ANCHOR_MAX || /\s/.test(anchor) ? null : anchor
}

/** Where the cells but the first one begin in a row, an empty one where the next one does; none where its text is not that of its cells. */
function cellStarts(cells: readonly string[], row: string): number[] {
  const starts: number[] = []
  if (cells.length > CELLS_MAX) return starts
  let at = 0
  for (const [column, cell] of cells.entries()) {
    if (column > 0) starts.push(Math.min(at, row.length))
    const text = paragraphs([cleanText(cell)])
    if (text === '') continue
    if (!row.startsWith(text, at)) return []
    at += text.length + 1
  }
  return starts
}
