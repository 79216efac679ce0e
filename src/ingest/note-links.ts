import type { Element } from 'domhandler'
import { attribute, isElement } from './dom.ts'

/** The mark of a footnote, such as `[12]`, has no more characters or nodes below it. */
const MARK_LENGTH_MAX = 8
const MARK_NODES_MAX = 12

/**
 * Whether a link within its page has no words: the way back from a footnote (`↩`), to the top (`↑`), or a heading's own
 * address (`¶`).
 */
export function isWordlessLink(address: string, words: string): boolean {
  return address.startsWith('#') && !/[\p{L}\p{N}]/u.test(words)
}

/** Whether an element is such a link, or the mark of a footnote: left in, its number would stick to the word before it. */
export function isNoteLink(element: Element): boolean {
  const address = element.attribs['href'] ?? ''
  if (element.name !== 'a' || !address.startsWith('#')) return false
  const words = shortWordsBelow(element)
  if (words === null) return false
  return isWordlessLink(address, words) || (/^\[?[\d*†‡]+\]?$/.test(words) && isRaised(element, words))
}

function isRaised(element: Element, words: string): boolean {
  if (words.startsWith('[') || attribute(element, 'role') === 'doc-noteref') return true
  const { parentNode, firstChild } = element
  return [parentNode, firstChild].some((node) => node !== null && 'name' in node && node.name === 'sup')
}

/** The words below an element; null where there are too many for a mark. Never goes through all of a large element. */
function shortWordsBelow(element: Element): string | null {
  let words = ''
  const stack = [...element.children.slice(0, MARK_NODES_MAX)].reverse()
  let left = MARK_NODES_MAX - element.children.length
  for (let node = stack.pop(); node !== undefined && left >= 0; node = stack.pop()) {
    if (node.type === 'text') words += node.data
    else if (isElement(node)) {
      left -= node.children.length
      stack.push(...node.children.slice(0, MARK_NODES_MAX).reverse())
    }
  }
  words = words.trim()
  return left < 0 || words.length > MARK_LENGTH_MAX ? null : words
}
