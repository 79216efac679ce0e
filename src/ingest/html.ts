import type { Element, ParentNode } from 'domhandler'
import { structuredText } from './blocks.ts'
import { cleanLine } from './clean.ts'
import { isElement, parseHtml, walkTree } from './dom.ts'
import { fieldsFrom } from './fields.ts'
import { contentOf } from './html-main.ts'
import { pageMeta } from './html-meta.ts'
import { pagePublication } from './html-publication.ts'
import { blocksBelow, textBelow } from './html-text.ts'
import { readingOf, withStructure } from './make.ts'
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
    const content = contentOf(document)
    const { tags, description, title, ...page } = pageMeta(document, (element) => element === content.root)

    let heading: Element | null = null
    let headline = ''
    let body = structuredText([])
    for (const skip of content.skips) {
      heading = firstHeading(content.root, skip)
      headline = heading === null ? '' : cleanLine(textBelow(heading, skip))
      body = structuredText(blocksBelow(content.root, (element) => element === heading || skip(element)))
      if (body.text !== '' || heading !== null) break
    }
    const fields = fieldsFrom(Object.entries({ ...page, tags }))
    fields.title = headline || (title ?? '')
    fields.text = body.text
    if (description !== undefined) fields.meta['description'] = description
    const publication = pagePublication(document, { path, text, titles: [headline, title ?? ''] })
    yield withStructure(readingOf(fields, path, 1, publication), body)
  },
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
