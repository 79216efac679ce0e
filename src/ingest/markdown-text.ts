import type { Heading, Link, Nodes, Paragraph, PhrasingContent, Root, TableRow } from 'mdast'
import { htmlToText } from './html-text.ts'
import { isWordlessLink } from './note-links.ts'

/** A paragraph of Markdown in plain text; `heading` is the level where it is one. */
export interface Block {
  readonly text: string
  readonly heading: Heading['depth'] | null
}

/**
 * The plain text of a Markdown tree: paragraphs, headings, list items, quotes, rows of tables, footnotes and code are a
 * block each, links and emphasis give their words, images their description, raw HTML its text.
 */
export function blocksOf(root: Root): Block[] {
  const blocks: Block[] = []
  // A stack of our own: quotes and lists nest as deep as a file likes
  const stack: Nodes[] = [root]
  for (let node = stack.pop(); node !== undefined; node = stack.pop()) {
    if (node.type === 'paragraph') blocks.push({ text: item(node), heading: null })
    else if (node.type === 'heading') blocks.push({ text: phrase(node.children), heading: node.depth })
    else if (node.type === 'tableRow') blocks.push({ text: row(node), heading: null })
    else if (node.type === 'code') blocks.push({ text: node.value, heading: null })
    else if (node.type === 'html') blocks.push({ text: htmlToText(node.value), heading: null })
    else if ('children' in node) stack.push(...node.children.toReversed())
  }
  return blocks
}

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
function row({ children }: TableRow): string {
  const cells = children.map((cell) => phrase(cell.children).trim())
  return cells.filter((cell) => cell !== '').join(' ')
}

function leavesOf(nodes: readonly PhrasingContent[]): PhrasingContent[] {
  const leaves: PhrasingContent[] = []
  const stack = [...nodes].reverse()
  for (let node = stack.pop(); node !== undefined; node = stack.pop()) {
    if (node.type === 'link' && isWordlessLink(node.url, wordsBelow(node))) continue
    if ('children' in node) stack.push(...node.children.toReversed())
    else leaves.push(node)
  }
  return leaves
}

function wordsBelow({ children }: Link): string {
  return leavesOf(children).map(wordsOf).join('')
}

function wordsOf(node: PhrasingContent): string {
  if (node.type === 'text') return node.value.replaceAll('\n', ' ')
  if (node.type === 'inlineCode') return node.value
  if (node.type === 'break') return '\n'
  if (node.type === 'image' || node.type === 'imageReference') return node.alt ?? ''
  return ''
}

function escapeHtml(text: string): string {
  return text.replaceAll('&', '&amp;').replaceAll('<', '&lt;').replaceAll('\n', '<br>')
}
