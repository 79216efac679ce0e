import type { Code, Link, Nodes, Paragraph, PhrasingContent, Root, TableRow } from 'mdast'
import type { Block } from './blocks.ts'
import { htmlToBlocks, htmlToText } from './html-text.ts'
import { htmlWithoutMarkdown, withoutLinkEnds } from './loose-marks.ts'
import { isWordlessLink } from './note-links.ts'

/** Ends of elements that are set in behind an empty line: code by the letter, but nothing that a page shows. */
const LOOSE_ENDS = /^\s*(?:<\/[a-z][a-z0-9-]*>\s*)+$/i

/** What is left of a table of nothing but pictures where no ruler makes it one: kramdown needs none. */
const BARS = /^(?=\s*\|)[|\s]+$/

/** What is still to be gone through, and in which list it stands. */
interface Open {
  readonly node: Nodes
  readonly list: OpenList | null
  /** Set for what an item of a list begins with. */
  readonly isFirst: boolean
}

interface OpenList {
  readonly depth: number
  readonly isOrdered: boolean
}

/**
 * The plain text of a Markdown tree: paragraphs, headings, list items, quotes, rows of tables, footnotes and code are a
 * block each, links and emphasis give their words, images their description, raw HTML its text.
 */
export function blocksOf(root: Root): Block[] {
  const blocks: Block[] = []
  // A stack of our own: quotes and lists nest as deep as a file likes
  const stack: Open[] = [{ node: root, list: null, isFirst: false }]
  for (let open = stack.pop(); open !== undefined; open = stack.pop()) {
    const { node, list, isFirst } = open
    if (node.type === 'paragraph') {
      const text = item(node)
      if (!BARS.test(text))
        blocks.push(isFirst && list !== null ? { kind: 'item', text, ...list } : { kind: 'paragraph', text })
    } else if (node.type === 'heading') {
      blocks.push({ kind: 'heading', text: phrase(node.children), level: node.depth })
    } else if (node.type === 'tableRow') blocks.push(row(node))
    else if (node.type === 'code') {
      if (!isLooseEnds(node)) blocks.push({ kind: 'code', text: node.value })
    }
    // not spread, here and below: all of a large document would be too many arguments
    else if (node.type === 'html') for (const block of htmlToBlocks(htmlWithoutMarkdown(node.value))) blocks.push(block)
    else if ('children' in node) {
      const inner = node.type === 'list' ? listIn(list, node.ordered === true) : list
      const isItem = node.type === 'listItem'
      for (const [at, child] of [...node.children.entries()].reverse())
        stack.push({ node: child as Nodes, list: inner, isFirst: isItem && at === 0 })
    }
  }
  return blocks
}

/** Only of code that is set in: between marks it is shown. */
function isLooseEnds({ value, position }: Code): boolean {
  if (position === undefined || !LOOSE_ENDS.test(value)) return false
  return position.end.line - position.start.line === value.split('\n').length - 1
}

const listIn = (outer: OpenList | null, isOrdered: boolean): OpenList => ({ depth: (outer?.depth ?? 0) + 1, isOrdered })

/** The words of one paragraph. With raw HTML in it, it is read as the HTML it would become: only so scripts vanish. */
function phrase(nodes: readonly PhrasingContent[]): string {
  const leaves = leavesOf(nodes)
  if (!leaves.some(({ type }) => type === 'html')) return leaves.map(wordsOf).join('')
  const html = leaves.map((leaf) => (leaf.type === 'html' ? leaf.value : escapeHtml(wordsOf(leaf))))
  return htmlToText(html.join(''))
}

/** A task's mark leaves the blank after it. */
function item({ children }: Paragraph): string {
  return phrase(children).replace(/^[ \t\n]+/, '')
}

/** As a row of an HTML table: the cells parted by a space. */
function row({ children }: TableRow): Block {
  const cells = children.map((cell) => phrase(cell.children).trim())
  return { kind: 'row', text: cells.filter((cell) => cell !== '').join(' '), cells }
}

function leavesOf(nodes: readonly PhrasingContent[]): PhrasingContent[] {
  const leaves: PhrasingContent[] = []
  const stack = [...nodes].reverse()
  for (let node = stack.pop(); node !== undefined; node = stack.pop()) {
    if (node.type === 'link' && isWordlessLink(node.url, wordsBelow(node))) continue
    if ('children' in node) for (const child of node.children.toReversed()) stack.push(child)
    else leaves.push(node)
  }
  return leaves
}

function wordsBelow({ children }: Link): string {
  return leavesOf(children).map(wordsOf).join('')
}

function wordsOf(node: PhrasingContent): string {
  if (node.type === 'text') return withoutLinkEnds(node.value.replaceAll('\n', ' '))
  if (node.type === 'inlineCode') return node.value
  if (node.type === 'break') return '\n'
  if (node.type === 'image' || node.type === 'imageReference') return node.alt ?? ''
  return ''
}

function escapeHtml(text: string): string {
  return text.replaceAll('&', '&amp;').replaceAll('<', '&lt;').replaceAll('\n', '<br>')
}
