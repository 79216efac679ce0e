import type { AnyNode, Element, ParentNode } from 'domhandler'
import { isElement } from './dom.ts'
import type { Page } from './html-measure.ts'

/**
 * The headings that nothing is left below of: the boxes behind them are left out, then their parent ends or a heading of no
 * lower rank comes. A heading right below the first is its second line.
 * @param dropped the boxes that are left out
 */
export function headingsOf(dropped: ReadonlySet<ParentNode>, page: Page): readonly Element[] {
  const parents = new Set<ParentNode>()
  for (const box of dropped) if (isElement(box) && box.parentNode !== null) parents.add(box.parentNode)
  return [...parents].flatMap((parent) => headingsIn(parent.children, dropped, page))
}

function headingsIn(children: readonly AnyNode[], dropped: ReadonlySet<ParentNode>, page: Page): readonly Element[] {
  const left = children.filter((child) => (isElement(child) && dropped.has(child)) || hasWords(child, page))
  return left.flatMap((child, at) => {
    if (!isElement(child) || !/^h[2-6]$/.test(child.name) || dropped.has(child)) return []
    const above = left[at - 1]
    if (above !== undefined && isElement(above) && above.name === 'h1') return []
    let next = at + 1
    for (let node = left[next]; node !== undefined && isElement(node) && dropped.has(node); node = left[next]) next += 1
    const below = left[next]
    const isBare = below === undefined || (isElement(below) && /^h[1-6]$/.test(below.name) && below.name <= child.name)
    return next > at + 1 && isBare ? [child] : []
  })
}

function hasWords(node: AnyNode, { measures }: Page): boolean {
  if (isElement(node)) return (measures.get(node)?.length ?? 0) > 0
  return node.type === 'text' && node.data.trim() !== ''
}
