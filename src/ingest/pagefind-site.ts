import { decode } from './decode.ts'
import { isElement, parseHtml, walkTree } from './dom.ts'
import { htmlReader } from './html.ts'

const BODY = 'data-pagefind-body'

/** Whether a file is one of those that Pagefind's rule about a whole site concerns. */
export function isPage(path: string): boolean {
  return htmlReader.extensions.some((extension) => path.toLowerCase().endsWith(extension))
}

/**
 * Whether a page says which part of it is to be searched, as Pagefind has it: where one page of a site does, those that do not are
 * not searched. Never throws; what cannot be read says nothing.
 */
export function hasPagefindBody(bytes: Buffer): boolean {
  // nearly all pages are done with here; in the others it may stand in a text about it
  if (!bytes.includes(BODY)) return false
  let isFound = false
  try {
    walkTree(parseHtml(decode(bytes, true).text), (node) => {
      if (isElement(node) && node.attribs[BODY] !== undefined) isFound = true
      return !isFound && 'children' in node
    })
  } catch {
    return false
  }
  return isFound
}
