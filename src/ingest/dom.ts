import { type AnyNode, type Document, DomHandler, type Element, type ParentNode } from 'domhandler'
import { Parser, type ParserOptions } from 'htmlparser2'
import { FundstelleError } from '../errors.ts'

/** What pages of frames show to those who have none: HTML like any other. */
const RAW = /<no(?:frames|embed)/i
const RAWS = /<\/?no(?:frames|embed)(?:\s[^<>]{0,200})?>/gi

/** Browsers stop at 512; the parser takes quadratic time in the depth. */
const DEPTH_MAX = 2000

/**
 * The tree of a piece of HTML, whatever is wrong with it.
 * @throws FundstelleError `nested_too_deep`
 */
export function parseHtml(html: string, options: ParserOptions = {}): Document {
  const handler = new BoundedHandler()
  // their content would come as it is written
  new Parser(handler, options).end(RAW.test(html) ? html.replace(RAWS, '') : html)
  return handler.root
}

class BoundedHandler extends DomHandler {
  override onopentag(name: string, attributes: Record<string, string>): void {
    super.onopentag(name, attributes)
    if (this.tagStack.length > DEPTH_MAX) {
      const what = { de: 'HTML-Elemente', en: 'HTML elements' }
      throw new FundstelleError('nested_too_deep', { what, max: DEPTH_MAX })
    }
  }
}

/**
 * Goes through what is below `root` in document order, without recursion, since files may nest deeper than a call stack.
 * @param enter called for every node; false leaves out the node with all that is below it
 * @param leave called for every element that was entered, after what is below it
 */
export function walkTree(
  root: ParentNode,
  enter: (node: AnyNode) => boolean,
  leave?: (element: Element) => void,
): void {
  let node: AnyNode | null = root.firstChild
  while (node !== null) {
    const entered = enter(node)
    if (entered && isParent(node) && node.firstChild !== null) {
      node = node.firstChild
      continue
    }
    if (entered && isElement(node)) leave?.(node)
    while (node !== null && node.nextSibling === null) {
      const parent: ParentNode | null = node.parentNode
      node = parent === null || parent === root ? null : (parent as AnyNode)
      if (node !== null && isElement(node)) leave?.(node)
    }
    node = node?.nextSibling ?? null
  }
}

export function isElement(node: AnyNode): node is Element {
  return 'attribs' in node
}

function isParent(node: AnyNode): node is AnyNode & ParentNode {
  return 'children' in node
}

/** An attribute in lower case; empty where there is none. */
export function attribute(element: Element, name: string): string {
  return element.attribs[name]?.trim().toLowerCase() ?? ''
}

/** The words below an element, as they stand. */
export function wordsBelow(root: ParentNode): string {
  const words: string[] = []
  walkTree(root, (node) => {
    if (node.type === 'text') words.push(node.data)
    return true
  })
  return words.join('')
}
