import type { Block } from './blocks.ts'
import { COST_MAX, inlineCost, PIECE_COST, SECTION_LINE_COST, structureCost } from './markdown-cost.ts'
import { plainBlocks } from './markdown-plain.ts'
import { definitionsIn, sectionsOf, withDefinitions } from './markdown-sections.ts'
import { blocksOf } from './markdown-text.ts'
import { blockTreeOf, type MarkdownSyntax, treeOf } from './markdown-tree.ts'

/** What reaches beyond an empty line at top level: fences, HTML with an end of its own, definitions. */
const REACHING = /```|~~~|<[!?]|<(?:script|pre|style|textarea)|\]:/i

/** What the parser treats on its own at the start of a document, or as an end of line. */
const UNUSUAL = /[\ufeff\r\0]/

/** A list item's mark: after code the parser wants the first item of a list to be number one, and none empty. */
const MARK = /^(?:[-+][ \t]*(?:\n|$)|\d+[.)])/

/** What is parsed at once, where it may be cut: with each list that ends the parser goes through all that stands before it. */
const PENDING_MAX = 8000

/**
 * The blocks of a Markdown document, as `wholeBlocks` gives them but faster: pieces of nothing but words are not parsed
 * (markdown-plain.ts), only what stands between them is.
 *
 * Why that is the same (CommonMark 0.31): after an empty line, a line that is not indented closes every open container
 * and block, because a list item goes on only with indented lines, a quote only with `>`, and a paragraph that lazy
 * lines could continue ended at the empty line (5.1, 5.2). What does reach over an empty line is `REACHING`; a document
 * that has it is parsed whole. A list may fall apart into several, which leaves its text as it is. Tests hold both
 * against each other, on random documents and on real ones.
 */
export function markdownBlocks(body: string, syntax: MarkdownSyntax = 'markdown'): Block[] {
  const budget = { left: COST_MAX }
  if (REACHING.test(body) || UNUSUAL.test(body)) return wholeBlocks(body, syntax, budget)
  const blocks: Block[] = []
  let pending = ''
  for (const chunks of piecesOf(body)) {
    const startsAnew = pending === '' || !MARK.test(chunks[0] ?? '')
    if (startsAnew && pending.length > PENDING_MAX) {
      addAll(blocks, wholeBlocks(pending, syntax, budget))
      pending = ''
    }
    const plain = startsAnew ? plainBlocks(chunks) : null
    if (plain === null) pending += chunks.join('')
    else {
      if (pending !== '') addAll(blocks, wholeBlocks(pending, syntax, budget))
      pending = ''
      addAll(blocks, plain)
    }
  }
  if (pending !== '') addAll(blocks, wholeBlocks(pending, syntax, budget))
  return blocks
}

/** Not a spread: all blocks of a large document would be too many arguments. */
function addAll(blocks: Block[], more: readonly Block[]): void {
  for (const block of more) blocks.push(block)
}

/**
 * The blocks of a Markdown document, all of it parsed; but what would cost too much is read as it stands: first the
 * marks inside of paragraphs, and where quotes and lists are the trouble, section by section, then everything.
 * @param budget what may yet be spent on this document
 */
export function wholeBlocks(body: string, syntax: MarkdownSyntax = 'markdown', budget = { left: COST_MAX }): Block[] {
  const structure = PIECE_COST + structureCost(body)
  if (structure > budget.left) {
    const sections = sectionsOf(body)
    if (sections.length === 1) return linesOf(body)
    const definitions = definitionsIn(body)
    return sections.flatMap((section) => sectionBlocks(section, definitions, { syntax, budget }))
  }
  budget.left -= structure
  // Paragraphs are no longer than what stands between empty lines; only where that is too much they are looked for
  let inline = inlineCost(chunksOf(body))
  if (inline > budget.left) {
    const blocks = blocksOf(blockTreeOf(body, syntax))
    inline = inlineCost(blocks.map(({ text }) => text))
    if (inline > budget.left) return blocks
  }
  budget.left -= inline
  return blocksOf(treeOf(body, syntax))
}

/** A section by itself; when too much is spent on those before it, its heading and the rest as it stands. */
function sectionBlocks(
  section: string,
  definitions: ReadonlyMap<string, string>,
  { syntax, budget }: { readonly syntax: MarkdownSyntax; readonly budget: { left: number } },
): Block[] {
  budget.left -= SECTION_LINE_COST * section.split('\n').length
  if (budget.left > 0) return wholeBlocks(withDefinitions(section, definitions), syntax, budget)
  const [line = '', ...rest] = section.split('\n')
  const marks = /^#{1,6}(?=[ \t])/.exec(line)?.[0]
  if (marks === undefined) return linesOf(section)
  const heading: Block = { kind: 'heading', text: line.slice(marks.length).trim(), level: marks.length }
  return [heading, ...linesOf(rest.join('\n'))]
}

function linesOf(body: string): Block[] {
  return [...chunksOf(body)].map((text) => ({ kind: 'paragraph', text }))
}

/** Pieces that stand alone, each as its chunks: what stands between empty lines. Joined they give the document. */
function* piecesOf(body: string): Generator<string[]> {
  let chunks: string[] = []
  for (const chunk of chunksOf(body)) {
    if (chunks.length > 0 && !chunk.startsWith(' ') && !chunk.startsWith('\t')) {
      yield chunks
      chunks = []
    }
    chunks.push(chunk)
  }
  yield chunks
}

/** The document cut after its runs of empty lines. */
function* chunksOf(body: string): Generator<string> {
  let from = 0
  let wasBlank = false
  for (let start = 0; start < body.length; ) {
    const end = body.indexOf('\n', start)
    const next = end < 0 ? body.length : end + 1
    const isBlank = /^[ \t]*\n?$/.test(body.slice(start, next))
    if (wasBlank && !isBlank) {
      yield body.slice(from, start)
      from = start
    }
    wasBlank = isBlank
    start = next
  }
  yield body.slice(from)
}
