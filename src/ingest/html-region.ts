import type { Document, Text } from 'domhandler'
import { isElement, walkTree } from './dom.ts'
import { isCode, isNoSnippetElement } from './html-text.ts'

/**
 * Marks that bound what search engines index, as comments: TYPO3's `TYPO3SEARCH_begin`, Contao's `indexer::stop`, the
 * `googleoff: index` of search appliances.
 */
const BEGIN = /^\s*TYPO3SEARCH_begin\s*$/
const END = /^\s*TYPO3SEARCH_end\s*$/
const OFF = /^\s*(?:indexer::stop|googleoff: ?(?:index|all))\s*$/
const ON = /^\s*(?:indexer::continue|googleon: ?(?:index|all))\s*$/

/**
 * Empties the texts outside of the region that marks bound. A page that these leave nothing of is left as it is.
 * @returns whether marks of what is not to be indexed leave nothing of it
 */
export function boundRegion(document: Document): boolean {
  const outside: Text[] = []
  let isMarked = false
  let isOpen = false
  let isOff = false
  let noSnippetDepth = 0
  let restLength = 0
  let insideLength = 0
  let offLength = 0
  const before: Text[] = []
  walkTree(
    document,
    (node) => {
      if (node.type === 'comment') {
        if (BEGIN.test(node.data)) [isMarked, isOpen] = [true, true]
        else if (END.test(node.data)) isOpen = false
        else if (OFF.test(node.data)) isOff = true
        else if (ON.test(node.data)) isOff = false
        return false
      }
      if (node.type === 'text') {
        if (isOff) offLength += node.data.trim().length
        if (isOff) outside.push(node)
        else if (!isOpen) before.push(node)
        // what nobody is to be shown is nothing beside what nobody is to find
        const length = isOff || noSnippetDepth > 0 ? 0 : node.data.trim().length
        if (isOpen) insideLength += length
        else restLength += length
        return false
      }
      if (!isElement(node)) return 'children' in node
      if (isCode(node) || node.name === 'title') return false
      if (isNoSnippetElement(node)) noSnippetDepth++
      return true
    },
    (element) => {
      if (isNoSnippetElement(element)) noSnippetDepth--
    },
  )
  // only now it is known whether there are marks at all
  if (restLength + insideLength === 0) return offLength > 0
  for (const text of outside) text.data = ''
  if (isMarked && insideLength > 0) for (const text of before) text.data = ''
  return false
}
