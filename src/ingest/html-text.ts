import type { Element, ParentNode } from 'domhandler'
import type { Block } from './blocks.ts'
import { paragraphs } from './clean.ts'
import { attribute, isElement, parseHtml, walkTree } from './dom.ts'
import { Place } from './html-place.ts'
import { isNoteLink } from './note-links.ts'

const BLOCKS = new Set(
  (
    'address article aside blockquote body caption center dd details dialog dir div dl dt fieldset figcaption figure ' +
    'footer form h1 h2 h3 h4 h5 h6 header hgroup hr html legend li main menu nav ol optgroup option p pre search ' +
    'section summary table tbody td tfoot th thead tr ul'
  ).split(' '),
)

/** What a reader of the page never sees as text. Not `head`: where its end is not marked, it holds the body. */
const CODE = new Set(['script', 'style', 'template', 'title'])
const UNSEEN = new Set(
  (
    'script style template noscript iframe frame object svg canvas audio video title button select datalist textarea ' +
    'input'
  ).split(' '),
)

/** True for elements that hold no text of their own at all, such as scripts. */
export function isCode(element: Element): boolean {
  return CODE.has(element.name)
}

/** True for elements a reader of the page does not see as text: scripts, controls, hidden ones, marks of footnotes. */
export function isUnseen(element: Element): boolean {
  if (isNoteLink(element)) return true
  if (UNSEEN.has(element.name) && !isHeadingsButton(element)) return true
  // What unfolds when somebody searches for it is content
  const isHidden = element.attribs['hidden'] !== undefined && attribute(element, 'hidden') !== 'until-found'
  if (isHidden || attribute(element, 'aria-hidden') === 'true') return true
  return /(^|;)\s*(display\s*:\s*none|visibility\s*:\s*hidden)/.test(attribute(element, 'style'))
}

/** Headings that unfold what is below them are buttons inside of the heading. */
function isHeadingsButton({ name, parentNode }: Element): boolean {
  return (
    name === 'button' && parentNode !== null && 'name' in parentNode && /^(h[1-6]|dt|summary)$/.test(parentNode.name)
  )
}

/**
 * The plain text of a piece of HTML, such as the content of a feed's item. Empty in, empty out.
 * @throws FundstelleError `nested_too_deep`, and nothing else
 */
export function htmlToText(html: string): string {
  return textBelow(parseHtml(html), isUnseen)
}

/**
 * The blocks of a piece of HTML.
 * @throws FundstelleError `nested_too_deep`, and nothing else
 */
export function htmlToBlocks(html: string): Block[] {
  return blocksBelow(parseHtml(html), isUnseen)
}

/**
 * The plain text below an element, see `blocksBelow`.
 * @param skip tells which elements to leave out
 */
export function textBelow(root: ParentNode, skip: (element: Element) => boolean): string {
  return paragraphs(blocksBelow(root, skip).map(({ text }) => text))
}

/**
 * The blocks below an element: block elements are blocks, `<br>` is a line break, a table row is one block with its cells parted by spaces,
 * `<pre>` keeps its lines, all other white space is collapsed.
 * @param skip tells which elements to leave out
 */
export function blocksBelow(root: ParentNode, skip: (element: Element) => boolean): Block[] {
  const layout = layoutRows(root)
  const blocks: Block[] = []
  const place = new Place()
  let words: string[] = []
  let cells: string[] = []
  let rowDepth = 0
  /** How many elements around what comes next are marked, and whether words of this block are. */
  let noSnippetDepth = isNoSnippetWithin(root) ? 1 : 0
  let isNoSnippet = false

  /** What was said of the block that ends here. */
  function mark(): { isNoSnippet?: true } {
    const marked = isNoSnippet
    isNoSnippet = false
    return marked ? { isNoSnippet: true } : {}
  }
  function endBlock(): void {
    const block = words.join('')
    words = []
    if (block === '') return
    blocks.push({ ...place.kindOf(block), text: place.isInCode ? block : collapsedLines(block), ...mark() })
  }
  function endCell(): void {
    cells.push(collapsedLines(words.join('')).trim())
    words = []
  }
  function endRow(): void {
    if (words.join('').trim() !== '') endCell()
    const text = cells.filter((cell) => cell !== '').join(' ')
    if (text !== '') blocks.push({ kind: 'row', text, cells, ...mark() })
    words = []
    cells = []
  }
  function edge(element: Element): void {
    if (!BLOCKS.has(element.name)) return
    if (rowDepth > 0) words.push(' ')
    else endBlock()
  }

  walkTree(
    root,
    (node) => {
      if (node.type === 'text') {
        if (noSnippetDepth > 0 && node.data.trim() !== '') isNoSnippet = true
        words.push(place.isInCode ? node.data : node.data.replace(/[ \t\n\r\f]+/g, ' '))
        return false
      }
      if (!isElement(node)) return 'children' in node
      if (skip(node)) return false
      if (node.name === 'br') words.push('\n')
      edge(node)
      if (isRow(node, layout)) rowDepth++
      if (isNoSnippetElement(node)) noSnippetDepth++
      place.enter(node)
      return true
    },
    (element) => {
      if (rowDepth === 1 && (element.name === 'td' || element.name === 'th')) endCell()
      else if (rowDepth === 1 && element.name === 'tr') endRow()
      else edge(element)
      if (isRow(element, layout)) rowDepth--
      if (isNoSnippetElement(element)) noSnippetDepth--
      place.leave(element)
    },
  )
  endBlock()
  return blocks
}

/** Whether what is in an element is to be found and not shown in snippets. */
export const isNoSnippetElement = (element: Element): boolean => element.attribs['data-nosnippet'] !== undefined

/** Whether an element is marked, or one around it. */
function isNoSnippetWithin(root: ParentNode): boolean {
  for (let up: ParentNode | null = root; up !== null; up = up.parentNode)
    if (isElement(up) && isNoSnippetElement(up)) return true
  return false
}

function isRow(element: Element, layout: ReadonlySet<ParentNode>): boolean {
  return element.name === 'tr' && !layout.has(element)
}

/** Rows that hold tables or headings only lay out a page: what is in them are paragraphs of their own. */
function layoutRows(root: ParentNode): ReadonlySet<ParentNode> {
  const holders = new Set<ParentNode>()
  walkTree(root, (node) => {
    if (isElement(node) && /^(table|h[1-6])$/.test(node.name)) {
      // Ancestors seen before are not gone through again: linear however deep tables nest
      for (let up = node.parentNode; up !== null && !holders.has(up); up = up.parentNode) holders.add(up)
    }
    return true
  })
  return holders
}

function collapsedLines(text: string): string {
  return text
    .split('\n')
    .map((line) => line.replace(/ {2,}/g, ' ').trim())
    .join('\n')
}
