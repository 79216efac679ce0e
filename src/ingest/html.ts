import type { Document, Element, ParentNode } from 'domhandler'
import { cleanLine } from './clean.ts'
import { isElement, parseHtml, walkTree } from './dom.ts'
import { fieldsFrom } from './fields.ts'
import { type Content, contentsOf } from './html-main.ts'
import { pageMeta } from './html-meta.ts'
import { pagePublication } from './html-publication.ts'
import { textBelow } from './html-text.ts'
import { readingOf } from './make.ts'
import type { Reader } from './reader.ts'

/**
 * HTML pages: the main content as plain text, without navigation, banners and the like. The title is the content's
 * first h1, which is then not repeated in the text, else what the head says.
 */
export const htmlReader: Reader = {
  name: 'html',
  extensions: ['.html', '.htm', '.xhtml'],
  onePerFile: true,
  markup: true,
  *read({ path, text }) {
    const isXhtml = path.toLowerCase().endsWith('.xhtml') || /^\s*<\?xml\s/.test(text)
    const document = parseHtml(text, { recognizeSelfClosing: isXhtml, recognizeCDATA: isXhtml })
    const { root, headline, body } = textOf(document)
    const { tags, description, title, ...page } = pageMeta(document, (element) => element === root)
    const fields = fieldsFrom(Object.entries({ ...page, tags }))
    fields.title = headline || (title ?? '')
    fields.text = body
    if (description !== undefined) fields.meta['description'] = description
    yield readingOf(fields, path, 1, pagePublication(document, { path, text, titles: [headline, title ?? ''] }))
  },
}

/** A text this short is compared with the page's looser reading, … */
const SHORT_LENGTH_MAX = 250
/** … and so much more there means that the text was missed. */
const LOOSE_LENGTH_MIN = 500

interface PageText {
  readonly root: ParentNode
  readonly heading: Element | null
  readonly headline: string
  readonly body: string
}

/** The first reading of a page that has words, unless it is short and the next one is not. */
function textOf(document: Document): PageText {
  const [strict, ...looser] = contentsOf(document) as [Content, ...Content[]]
  let text = readingOfContent(strict)
  if (text.body.length < SHORT_LENGTH_MAX) {
    const loose = readingOfContent(looser[0] as Content)
    if (loose.body.length > LOOSE_LENGTH_MIN) text = loose
  }
  for (const content of looser) {
    if (text.body !== '' || text.heading !== null) return text
    text = readingOfContent(content)
  }
  return text
}

function readingOfContent({ root, skip }: Content): PageText {
  const heading = firstHeading(root, skip)
  const headline = heading === null ? '' : cleanLine(textBelow(heading, skip))
  return { root, heading, headline, body: textBelow(root, (element) => element === heading || skip(element)) }
}

/** The first h1 that has words; logos often are an h1 too. */
function firstHeading(root: ParentNode, skip: (element: Element) => boolean): Element | null {
  let open: Element | null = null
  let found: Element | null = null
  walkTree(
    root,
    (node) => {
      if (found !== null) return false
      if (node.type === 'text' && open !== null && node.data.trim() !== '') found = open
      if (!isElement(node)) return 'children' in node
      if (skip(node)) return false
      if (node.name === 'h1') open ??= node
      return true
    },
    (element) => {
      if (element === open) open = null
    },
  )
  return found
}
